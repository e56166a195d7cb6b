/** A scenario file played: the file as it was, with what each step brought about in the place of any `got` it had. */
import type { Got } from './got.ts';
import type { PlayOptions } from './player.ts';
import { playScenario } from './player.ts';
import { readScenario } from './schema.ts';
import { planIn } from './torture/scenarioFile.ts';
import { torture } from './torture/torture.ts';

export interface PlayedScenario {
  readonly id: string;
  readonly steps: readonly { readonly do: string; readonly got: Got }[];
}

/** Throws a `ScenarioError` for a file of another form, and for a step that cannot be played. */
export function playFile(file: unknown, options: PlayOptions): PlayedScenario {
  const plan = planIn(file);
  const played = plan === null ? playScenario(readScenario(file), options) : [playTorture(plan, options)];
  // Its form has been checked; what it says is kept as it says it, without the defaults.
  const given = file as Omit<PlayedScenario, 'steps'> & { readonly steps: readonly StepAsGiven[] };
  return { ...given, steps: given.steps.map((step, index) => ({ ...step, got: played[index]! })) };
}

/** The plan has a seed of its own. */
function playTorture(plan: NonNullable<ReturnType<typeof planIn>>, { programs, onFact }: PlayOptions): Got {
  const { failure, totals, events, virtualSeconds, lostAsAllowed } = torture(plan, programs, onFact);
  return { state: { failure, events, virtualSeconds, lostAsAllowed, totals: { ...totals } } };
}

type StepAsGiven = Omit<PlayedScenario['steps'][number], 'got'>;
