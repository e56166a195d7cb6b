/** `lines-by-the-clock COUNT EVERY_MS`: a program for the benchmark that prints lines one by one, for a pipe to carry to a producer. */
import { exit, print } from '../src/shell/effects.ts';
import { defineProgram } from '../src/shell/program.ts';
import { ms } from '../src/kernel/time.ts';
import type { KernelEffect } from '../src/kernel/effects.ts';

interface Lines {
  readonly printed: number;
  readonly count: number;
  readonly everyMs: number;
}

const waiting = ({ everyMs }: Lines): KernelEffect => ({
  type: 'setTimer',
  params: { id: 'next line', delayUs: ms(everyMs), event: { type: 'NEXT_LINE' } },
});

export const linesByTheClock = defineProgram<Lines, { readonly type: 'NEXT_LINE' }>({
  startUpUs: 0,
  start({ argv: [, count = '1', everyMs = '1'] }) {
    const state = { printed: 0, count: Number(count), everyMs: Number(everyMs) };
    return { state, effects: [waiting(state)] };
  },
  handle(before, { type }) {
    if (type !== 'NEXT_LINE') return { state: before, effects: [] };
    const state = { ...before, printed: before.printed + 1 };
    const next = state.printed === state.count ? exit(0) : waiting(state);
    return { state, effects: [print(`record ${state.printed}\n`), next] };
  },
});
