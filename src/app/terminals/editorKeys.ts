/** What a terminal sends for the keys of a keyboard, as commands of the line editor and of the screen. */
import type { EditorCommand, EditorKey } from '../../shell/lineEditor.ts';

export type ScreenKey =
  | { readonly kind: 'edit'; readonly key: EditorKey }
  | { readonly kind: 'enter' | 'interrupt' | 'endOfFileOrDelete' | 'complete' | 'clear' | 'escape' };

const edit = (kind: EditorCommand): ScreenKey => ({ kind: 'edit', key: { kind } });

/** Control characters, and escape sequences without their first character. */
const controls: Readonly<Record<string, ScreenKey>> = {
  '\u0001': edit('lineStart'),
  '\u0002': edit('left'),
  '\u0003': { kind: 'interrupt' },
  '\u0004': { kind: 'endOfFileOrDelete' },
  '\u0005': edit('lineEnd'),
  '\u0006': edit('right'),
  '\u0007': edit('abort'),
  '\u0008': edit('backspace'),
  '\t': { kind: 'complete' },
  '\n': { kind: 'enter' },
  '\u000b': edit('killToEnd'),
  '\u000c': { kind: 'clear' },
  '\r': { kind: 'enter' },
  '\u000e': edit('nextLine'),
  '\u0010': edit('previousLine'),
  '\u0012': edit('searchBack'),
  '\u0014': edit('transpose'),
  '\u0015': edit('killToStart'),
  '\u0017': edit('killBlankWordBack'),
  '\u0019': edit('yank'),
  '\u007f': edit('backspace'),
};
const sequences: Readonly<Record<string, ScreenKey>> = {
  '[A': edit('previousLine'),
  '[B': edit('nextLine'),
  '[C': edit('right'),
  '[D': edit('left'),
  '[F': edit('lineEnd'),
  '[H': edit('lineStart'),
  '[1;3C': edit('wordRight'),
  '[1;3D': edit('wordLeft'),
  '[1;5C': edit('wordRight'),
  '[1;5D': edit('wordLeft'),
  '[1~': edit('lineStart'),
  '[3~': edit('delete'),
  '[4~': edit('lineEnd'),
  OA: edit('previousLine'),
  OB: edit('nextLine'),
  OC: edit('right'),
  OD: edit('left'),
  OF: edit('lineEnd'),
  OH: edit('lineStart'),
  b: edit('wordLeft'),
  d: edit('killWord'),
  f: edit('wordRight'),
  '.': edit('lastWordOfPrevious'),
  _: edit('lastWordOfPrevious'),
  '<': edit('firstLine'),
  '>': edit('lastLine'),
  '\u007f': edit('killWordBack'),
  '\u0008': edit('killWordBack'),
};

// oxlint-disable-next-line no-control-regex -- keyboards send control characters
const unit = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O[A-Z]|[^[\u001b])|[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/g;

/** Keys that mean nothing here are left out. `\r\n` in a pasted text is one end of line. */
export function screenKeysOf(data: string): readonly ScreenKey[] {
  return (data.replaceAll('\r\n', '\r').match(unit) ?? []).flatMap((text) => {
    if (text === '\u001b') return [{ kind: 'escape' } as const];
    const known = text.startsWith('\u001b') ? sequences[text.slice(1)] : controls[text];
    if (known !== undefined) return [known];
    const isControl = text < ' ' || text === '\u007f';
    return isControl ? [] : [{ kind: 'edit', key: { kind: 'insert', text } } as const];
  });
}
