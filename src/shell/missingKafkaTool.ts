/** What runs for a script of Kafka whose tool is not simulated: it says so, and names those that are. */
import type { Program } from '../kernel/process.ts';
import { exit, printError } from './effects.ts';
import { defineProgram, startUpUsOf } from './program.ts';

/** `simulated`: names of scripts without `.sh`. */
export function missingKafkaTool(simulated: readonly string[]): Program {
  return defineProgram<null>({
    startUpUs: startUpUsOf.smallCommand,
    start: ({ argv }) => {
      const name = argv[0]?.split('/').at(-1) ?? '';
      const known = simulated.map((tool) => `  ${tool}.sh\n`).join('');
      const text =
        `${name}: this tool of Kafka 3.9.0 exists, but the simulator does not have it yet.\n` +
        (known === '' ? '' : `These it has:\n${known}`);
      return { state: null, effects: [printError(text), exit(1)] };
    },
    handle: (state) => ({ state, effects: [] }),
  });
}
