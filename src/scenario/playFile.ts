/** A scenario file played: the file as it was, with what each step brought about in the place of any `got` it had. */
import type { Got } from './got.ts';
import type { PlayOptions } from './player.ts';
import { playScenario } from './player.ts';
import { readScenario } from './schema.ts';

export interface PlayedScenario {
  readonly id: string;
  readonly steps: readonly { readonly do: string; readonly got: Got }[];
}

/** Throws a `ValiError` for a file of another form. */
export function playFile(file: unknown, options: PlayOptions): PlayedScenario {
  const scenario = readScenario(file);
  const played = playScenario(scenario, options);
  const steps = scenario.steps.map((step, index) => ({ ...step, got: played[index]! }));
  return { ...scenario, steps };
}
