/** `nano`, `vi`, `vim`, `code`, `emacs`: ask the page for an editor, which writes the file back as an input. */
import type { Program } from '../../kernel/process.ts';
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import { tell } from '../effects.ts';
import { command } from './command.ts';

/** The fact that the page opens its editor upon. */
export const editorOpened = 'editorOpened';
/** What it carries: the file's absolute path, whether or not it is there yet. */
export interface EditorOpened {
  readonly path: string;
}

const editor = (name: string): Program =>
  command(
    { name, help: `Usage: ${name} FILE\nOpens FILE in the editor of the page.\n`, flags: '', readsItsOptions: true },
    (run) => {
      const file = run.operands.find((word) => !/^[-+]/.test(word));
      if (file === undefined) return run.complain('name a file to edit');
      const path = run.path(file);
      const parent = path.slice(0, path.lastIndexOf('/')) || '/';
      if (asDirectory(findNode(run.files, path)) !== undefined) return run.complain(`"${file}" is a directory`);
      if (asDirectory(findNode(run.files, parent)) === undefined)
        return run.complain(`the directory of "${file}" does not exist`);
      run.effect(tell(editorOpened, { path } satisfies EditorOpened));
    },
  );

export const editors = {
  code: editor('code'),
  emacs: editor('emacs'),
  gedit: editor('gedit'),
  nano: editor('nano'),
  vi: editor('vi'),
  vim: editor('vim'),
} as const;
