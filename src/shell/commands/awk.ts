/** `awk`, for what it is mostly used for: printing fields of lines that match. */
import type { AwkProgram } from '../text/awkProgram.ts';
import { awkPrints, parseAwk } from '../text/awkProgram.ts';
import { lineCommand } from './lineCommand.ts';

export const awk = lineCommand<{ readonly program: AwkProgram; readonly lineNumber: number }>(
  {
    name: 'awk',
    help: `Usage: awk [-F fs] [-v var=value] 'program' [file ...]

Simulated programs: [/regex/ | condition] { print field, "text", ... } with $0, $1, $NF, NR, NF
`,
    exitCodeOfMisuse: 2,
    flags: '',
    valued: 'Fv',
    stopsAtOperand: true,
  },
  {
    begin(run) {
      const [source, ...files] = run.operands;
      if (source === undefined) {
        run.error('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
        run.exitCode = 2;
        return null;
      }
      const program = parseAwk(source);
      if (program === null) {
        run.complain(`this program is beyond what is simulated: ${source}`, 2);
        return null;
      }
      return { state: { program, lineNumber: 0 }, sources: files };
    },
    line(run, { program, lineNumber }, { text }) {
      const number = lineNumber + 1;
      for (const line of awkPrints(program, text, { lineNumber: number, separator: run.options.value('F') ?? ' ' }))
        run.out(`${line}\n`);
      return { program, lineNumber: number };
    },
  },
);
