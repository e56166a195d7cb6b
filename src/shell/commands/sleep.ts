/** `sleep`. */
import { exit, setTimer } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { beginRun } from './command.ts';

const help = `Usage: sleep NUMBER[SUFFIX]...
Pause for NUMBER seconds. SUFFIX may be 's' for seconds, 'm' for minutes, 'h' for hours or 'd' for days.
`;
const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep = defineProgram<null, { readonly type: 'WAKE_UP' }>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const run = beginRun({ name: 'sleep', help, flags: '' }, input);
    if ('effects' in run) return { state: null, effects: run.effects };
    let durationUs = 0;
    if (run.operands.length === 0) run.misuse('missing operand');
    for (const operand of run.operands) {
      const [, number, suffix = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(operand) ?? [];
      if (number === undefined) run.misuse(`invalid time interval ‘${operand}’`);
      else durationUs += Number(number) * (secondsOf[suffix] ?? 1) * 1_000_000;
    }
    if (run.exitCode !== 0) return { state: null, effects: [...run.takeEffects(), exit(run.exitCode)] };
    return { state: null, effects: [setTimer('sleep', durationUs, { type: 'WAKE_UP' })] };
  },
  handle: (state, event) => ({ state, effects: event.type === 'WAKE_UP' ? [exit(0)] : [] }),
});
