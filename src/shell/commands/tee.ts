/** `tee`. */
import { asDirectory, canHold, findNode } from '../../kernel/fileSystem.ts';
import { lineCommand, whole } from './lineCommand.ts';

export const tee = lineCommand<readonly string[]>(
  {
    name: 'tee',
    help: 'Usage: tee [OPTION]... [FILE]...\nCopy standard input to each FILE, and also to standard output.\n\n  -a, --append    append to the given FILEs, do not overwrite\n',
    flags: 'ai',
    long: { append: 'a' },
  },
  {
    begin(run) {
      const paths: string[] = [];
      for (const operand of run.operands) {
        const path = run.path(operand);
        if (asDirectory(findNode(run.files, path)) !== undefined) run.complain(`${operand}: Is a directory`);
        else if (!canHold(run.files, path)) run.complain(`${operand}: No such file or directory`);
        else {
          if (!run.options.has('a')) run.change({ kind: 'write', path, text: '' });
          paths.push(path);
        }
      }
      return { state: paths, sources: [] };
    },
    line(run, paths, line) {
      const text = whole(line);
      run.out(text);
      for (const path of paths) run.change({ kind: 'append', path, text });
      return paths;
    },
  },
);
