/** What a script of Kafka's `bin/` that is not simulated says. */
import type { AnyStateMachine } from 'xstate';
import { exit, printError } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';

/** `simulated`: names of the scripts that are, without `.sh`. */
export const missingTool = (simulated: readonly string[]): AnyStateMachine =>
  defineProgram<null>({
    startUpUs: startUpUsOf.smallCommand,
    start: ({ argv }) => ({
      state: null,
      effects: [
        printError(
          `${argv[0] ?? 'this tool'}: this tool of Kafka is not simulated yet.\nSimulated are: ${[...simulated]
            .sort()
            .map((name) => `${name}.sh`)
            .join(', ')}\n`,
        ),
        exit(1),
      ],
    }),
    handle: (state) => ({ state, effects: [] }),
  });
