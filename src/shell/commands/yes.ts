/** `yes`: as fast as who reads it, a thousand lines a millisecond here. */
import { print, setTimer } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';

export const yes = defineProgram<string, { readonly type: 'AGAIN' }>({
  startUpUs: startUpUsOf.smallCommand,
  start: ({ argv }) => {
    const text = `${argv.length > 1 ? argv.slice(1).join(' ') : 'y'}\n`.repeat(1000);
    return { state: text, effects: [print(text), setTimer('again', 1000, { type: 'AGAIN' })] };
  },
  handle: (text, event) => ({
    state: text,
    effects: event.type === 'AGAIN' ? [print(text), setTimer('again', 1000, { type: 'AGAIN' })] : [],
  }),
});
