/**
 * The line being typed at a prompt, as GNU readline edits it in its emacs mode: movement, kill and yank, history, incremental search.
 * A pure function of keys: where they come from, and how the line is drawn, is the screen's business.
 */
import { nextCharacterAt, previousCharacterAt, wordEndAfter, wordStartBefore } from './text/characterSteps.ts';

export interface LineEditor {
  readonly text: string;
  /** In UTF-16 units, never inside a character. */
  readonly cursor: number;
  /** What Ctrl-Y puts back. */
  readonly killed: string;
  /** The key before killed: what the next one kills is added. */
  readonly isKilling: boolean;
  /** The line of the history that is shown, from 0; null for the new line. */
  readonly recalled: number | null;
  /** Lines left while moving in the history: by index what was made of one, under −1 the new line. */
  readonly drafts: ReadonlyMap<number, string>;
  readonly search: Search | null;
  /** After Alt-.: which word was put where. */
  readonly lastWord: { readonly at: number; readonly line: number } | null;
}

/** Ctrl-R: the line and the cursor are those of what was found. */
export interface Search {
  readonly pattern: string;
  readonly isFailing: boolean;
  /** Index in the history of what was found last; its length before the first match. */
  readonly found: number;
  readonly before: { readonly text: string; readonly cursor: number };
}

export type EditorCommand =
  | 'left'
  | 'right'
  | 'wordLeft'
  | 'wordRight'
  | 'lineStart'
  | 'lineEnd'
  | 'backspace'
  | 'delete'
  | 'killToStart'
  | 'killToEnd'
  /** Ctrl-W: back to a blank. */
  | 'killBlankWordBack'
  /** Alt-Backspace: back to what is no letter. */
  | 'killWordBack'
  | 'killWord'
  | 'yank'
  | 'transpose'
  | 'previousLine'
  | 'nextLine'
  | 'firstLine'
  | 'lastLine'
  | 'searchBack'
  | 'leaveSearch'
  | 'abort'
  | 'lastWordOfPrevious';
export type EditorKey = { readonly kind: 'insert'; readonly text: string } | { readonly kind: EditorCommand };

export const emptyLine: LineEditor = {
  text: '',
  cursor: 0,
  killed: '',
  isKilling: false,
  recalled: null,
  drafts: new Map(),
  search: null,
  lastWord: null,
};

/** A new line; what was killed can still be put back. */
export const nextLineOf = ({ killed }: LineEditor): LineEditor => ({ ...emptyLine, killed });

/** The line with another text, the cursor at its end unless told. */
export const withText = (editor: LineEditor, text: string, cursor = text.length): LineEditor => ({
  ...editor,
  text,
  cursor,
  isKilling: false,
  lastWord: null,
});

/** The line after a key. `history`: earlier lines, the oldest first. */
export function edit(editor: LineEditor, key: EditorKey, history: readonly string[]): LineEditor {
  if (editor.search !== null) return editSearch(editor, editor.search, key, history);
  const { text, cursor } = editor;
  switch (key.kind) {
    case 'insert':
      return replace(editor, cursor, cursor, key.text);
    case 'left':
      return moveTo(editor, previousCharacterAt(text, cursor));
    case 'right':
      return moveTo(editor, nextCharacterAt(text, cursor));
    case 'wordLeft':
      return moveTo(editor, wordStartBefore(text, cursor));
    case 'wordRight':
      return moveTo(editor, wordEndAfter(text, cursor));
    case 'lineStart':
      return moveTo(editor, 0);
    case 'lineEnd':
      return moveTo(editor, text.length);
    case 'backspace':
      return replace(editor, previousCharacterAt(text, cursor), cursor, '');
    case 'delete':
      return replace(editor, cursor, nextCharacterAt(text, cursor), '');
    case 'killToStart':
      return kill(editor, 0, cursor);
    case 'killToEnd':
      return kill(editor, cursor, text.length);
    case 'killBlankWordBack':
      return kill(editor, cursor - (/\S+\s*$/.exec(text.slice(0, cursor))?.[0].length ?? cursor), cursor);
    case 'killWordBack':
      return kill(editor, wordStartBefore(text, cursor), cursor);
    case 'killWord':
      return kill(editor, cursor, wordEndAfter(text, cursor));
    case 'yank':
      return replace(editor, cursor, cursor, editor.killed);
    case 'transpose':
      return transpose(editor);
    case 'previousLine':
      return recall(editor, (editor.recalled ?? history.length) - 1, history);
    case 'nextLine':
      return recall(editor, (editor.recalled ?? history.length) + 1, history);
    case 'firstLine':
      return recall(editor, 0, history);
    case 'lastLine':
      return recall(editor, history.length, history);
    case 'searchBack':
      return {
        ...moveTo(editor, cursor),
        search: { pattern: '', isFailing: false, found: history.length, before: { text, cursor } },
      };
    case 'lastWordOfPrevious':
      return putLastWord(editor, history);
    case 'leaveSearch':
    case 'abort':
      return moveTo(editor, cursor);
  }
}

const moveTo = (editor: LineEditor, cursor: number): LineEditor => withText(editor, editor.text, cursor);

const replace = (editor: LineEditor, from: number, to: number, by: string): LineEditor =>
  withText(editor, editor.text.slice(0, from) + by + editor.text.slice(to), from + by.length);

function kill(editor: LineEditor, from: number, to: number): LineEditor {
  const piece = editor.text.slice(from, to);
  const isBackwards = to === editor.cursor && from !== to;
  const before = editor.isKilling ? editor.killed : '';
  const killed = piece === '' ? editor.killed : isBackwards ? piece + before : before + piece;
  return { ...replace(editor, from, to, ''), killed, isKilling: piece !== '' || editor.isKilling };
}

/** Ctrl-T: the character before the cursor goes over the one under it; at the end of the line, the last two change places. */
function transpose(editor: LineEditor): LineEditor {
  const { text } = editor;
  const middle = editor.cursor === text.length ? previousCharacterAt(text, text.length) : editor.cursor;
  const from = previousCharacterAt(text, middle);
  const to = nextCharacterAt(text, middle);
  if (from === middle || middle === to) return moveTo(editor, editor.cursor);
  return replace(editor, from, to, text.slice(middle, to) + text.slice(from, middle));
}

function recall(editor: LineEditor, index: number, history: readonly string[]): LineEditor {
  const from = editor.recalled ?? history.length;
  if (index < 0 || index > history.length || index === from) return moveTo(editor, editor.cursor);
  const drafts = new Map(editor.drafts).set(editor.recalled ?? -1, editor.text);
  const isNew = index === history.length;
  const text = drafts.get(isNew ? -1 : index) ?? history[index] ?? '';
  return { ...withText(editor, text), recalled: isNew ? null : index, drafts };
}

/** Alt-.: the last word of the line before; again, of the one before that. */
function putLastWord(editor: LineEditor, history: readonly string[]): LineEditor {
  const line = (editor.lastWord?.line ?? history.length) - 1;
  const word = history[line]?.trim().split(/\s+/).at(-1);
  if (word === undefined) return editor;
  const at = editor.lastWord?.at ?? editor.cursor;
  return { ...replace(editor, at, editor.cursor, word), lastWord: { at, line } };
}

function editSearch(editor: LineEditor, search: Search, key: EditorKey, history: readonly string[]): LineEditor {
  switch (key.kind) {
    case 'insert':
      return find(editor, search, search.pattern + key.text, search.found, history);
    case 'backspace': {
      const pattern = search.pattern.slice(0, previousCharacterAt(search.pattern, search.pattern.length));
      return find(editor, search, pattern, history.length, history);
    }
    case 'searchBack':
      return find(editor, search, search.pattern, search.found - 1, history);
    case 'abort':
      return { ...withText(editor, search.before.text, search.before.cursor), search: null };
    case 'leaveSearch':
      return { ...editor, search: null };
    // Any other key takes what was found, and works on it.
    default:
      return edit({ ...editor, search: null }, key, history);
  }
}

/** The latest line up to `from` that has the pattern in it. */
function find(
  editor: LineEditor,
  search: Search,
  pattern: string,
  from: number,
  history: readonly string[],
): LineEditor {
  if (pattern === '') return { ...editor, search: { ...search, pattern, isFailing: false } };
  for (let index = Math.min(from, history.length - 1); index >= 0; index--) {
    const line = history[index]!;
    const at = line.lastIndexOf(pattern);
    // The same command over and over is found once.
    if (at === -1 || (from < search.found && line === editor.text)) continue;
    return {
      ...withText(editor, line, at),
      recalled: index,
      drafts: new Map(editor.drafts).set(-1, search.before.text),
      search: { ...search, pattern, isFailing: false, found: index },
    };
  }
  return { ...editor, search: { ...search, pattern, isFailing: true } };
}

/** What stands before the line while it is searched for. */
export const searchLabel = ({ pattern, isFailing }: Search): string =>
  `(${isFailing ? 'failed ' : ''}reverse-i-search)\`${pattern}': `;
