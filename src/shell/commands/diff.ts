/** `diff` of two files. */
import { editsBetween, normalDiff, unifiedDiff } from '../text/lineDifferences.ts';
import { formatTime } from '../text/dates.ts';
import { findNode } from '../../kernel/fileSystem.ts';
import { command } from './command.ts';
import { textOf } from './lineCommand.ts';

export const diff = command(
  {
    name: 'diff',
    help: `Usage: diff [OPTION]... FILE1 FILE2
Compare two files line by line.

  -q, --brief     report only when files differ
  -u, --unified   output 3 lines of unified context
`,
    exitCodeOfMisuse: 2,
    flags: 'qusNrwb',
    long: { brief: 'q', unified: 'u' },
  },
  (run) => {
    const [one, other] = run.operands;
    if (one === undefined || other === undefined) {
      run.misuse(one === undefined ? 'missing operand' : `missing operand after '${one}'`, 2);
      return;
    }
    const texts = [one, other].map((operand) => textOf(run.files, run.path(operand)));
    for (const [index, found] of texts.entries())
      if ('reason' in found) run.complain(`${[one, other][index]}: ${found.reason}`, 2);
    const [before, after] = texts;
    if (before === undefined || after === undefined || 'reason' in before || 'reason' in after) return;
    if (before.text === after.text) return;
    run.exitCode = 1;
    if (run.options.has('q')) return run.out(`Files ${one} and ${other} differ\n`);
    const edits = editsBetween(before.text.split('\n').slice(0, -1), after.text.split('\n').slice(0, -1));
    if (!run.options.has('u')) return run.out(normalDiff(edits));
    const stamp = (operand: string): string => {
      const node = findNode(run.files, run.path(operand));
      return `${operand}\t${node === undefined ? '' : formatTime('%Y-%m-%d %H:%M:%S.%N +0000', node.modifiedAt)}`;
    };
    run.out(`--- ${stamp(one)}\n+++ ${stamp(other)}\n${unifiedDiff(edits)}`);
  },
);
