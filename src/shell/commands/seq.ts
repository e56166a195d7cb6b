/** `seq`. */
import { command } from './command.ts';

export const seq = command(
  {
    name: 'seq',
    help: `Usage: seq [OPTION]... [FIRST [INCREMENT]] LAST
Print numbers from FIRST to LAST, in steps of INCREMENT.

  -s, --separator=STRING   use STRING to separate numbers
  -w, --equal-width        equalize width by padding with leading zeroes
`,
    flags: 'w',
    valued: 's',
    long: { separator: 's', 'equal-width': 'w' },
  },
  (run) => {
    const { operands, options } = run;
    if (operands.length === 0) return run.misuse('missing operand');
    if (operands.length > 3) return run.misuse(`extra operand ‘${operands[3]}’`);
    const wrong = operands.find((operand) => operand.trim() === '' || Number.isNaN(Number(operand)));
    if (wrong !== undefined) return run.misuse(`invalid floating point argument: ‘${wrong}’`);
    const numbers = operands.map(Number);
    const last = numbers.at(-1)!;
    const first = numbers.length > 1 ? numbers[0]! : 1;
    const step = numbers.length === 3 ? numbers[1]! : 1;
    if (step === 0) return run.misuse(`invalid Zero increment value: ‘${operands[1]}’`);
    const decimals = operands
      .slice(0, 2)
      .reduce((most, operand) => Math.max(most, operand.split('.')[1]?.length ?? 0), 0);
    const count = Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
    const texts = Array.from({ length: Math.min(count, 1_000_000) }, (_, index) =>
      (first + index * step).toFixed(decimals),
    );
    const width = options.has('w') ? texts.reduce((most, text) => Math.max(most, text.length), 0) : 0;
    if (texts.length > 0)
      run.out(`${texts.map((text) => text.padStart(width, '0')).join(options.value('s') ?? '\n')}\n`);
  },
);
