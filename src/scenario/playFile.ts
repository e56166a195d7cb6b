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
  const played = playScenario(readScenario(file), options);
  // Its form has been checked; what it says is kept as it says it, without the defaults.
  const given = file as Omit<PlayedScenario, 'steps'> & { readonly steps: readonly StepAsGiven[] };
  return { ...given, steps: given.steps.map((step, index) => ({ ...step, got: played[index]! })) };
}

type StepAsGiven = Omit<PlayedScenario['steps'][number], 'got'>;
