/** `cat`. */
import { lineCommand, whole } from './lineCommand.ts';

const help = `Usage: cat [OPTION]... [FILE]...
Concatenate FILE(s) to standard output.

  -A, --show-all           show tabs as ^I and ends of lines as $
  -b, --number-nonblank    number nonempty output lines
  -E, --show-ends          display $ at end of each line
  -n, --number             number all output lines
  -s, --squeeze-blank      suppress repeated empty output lines
  -T, --show-tabs          display TAB characters as ^I
`;

export const cat = lineCommand<{ readonly number: number; readonly wasBlank: boolean }>(
  {
    name: 'cat',
    help,
    flags: 'AbEnsTuv',
    long: {
      'show-all': 'A',
      'number-nonblank': 'b',
      'show-ends': 'E',
      number: 'n',
      'squeeze-blank': 's',
      'show-tabs': 'T',
    },
  },
  {
    begin: ({ operands }) => ({ state: { number: 0, wasBlank: false }, sources: operands }),
    line(run, { number, wasBlank }, line) {
      const { options } = run;
      const isBlank = line.text === '';
      if (isBlank && wasBlank && options.has('s')) return { number, wasBlank };
      const isNumbered = options.has('b') ? !isBlank : options.has('n');
      const next = isNumbered ? number + 1 : number;
      const shown = options.has('A') || options.has('T') ? line.text.replaceAll('\t', '^I') : line.text;
      const end = (options.has('A') || options.has('E')) && line.isEnded ? '$' : '';
      run.out((isNumbered ? `${String(next).padStart(6)}\t` : '') + whole({ ...line, text: shown + end }));
      return { number: next, wasBlank: isBlank };
    },
  },
);
