/** A scenario file that cannot be read, or a step of it that cannot be played, and why. */
export class ScenarioError extends Error {}
