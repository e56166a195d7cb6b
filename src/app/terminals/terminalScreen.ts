/**
 * One terminal on the page: an xterm that shows what the journal holds of it, and after that the line being edited. Keys go to the line
 * editor; only whole lines and control keys leave it. Everything drawn for the edit is wiped before the journal's next text is written.
 */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { Completion } from '../../shell/completion.ts';
import type { EditorKey, LineEditor } from '../../shell/lineEditor.ts';
import { edit, emptyLine, nextLineOf, searchLabel, withText } from '../../shell/lineEditor.ts';
import { columnsOf } from '../../shell/text/columns.ts';
import type { Drawn, EditView } from './editDrawing.ts';
import { columnOf, drawEdit, skipEdit, wipeEdit } from './editDrawing.ts';
import type { ScreenKey } from './editorKeys.ts';
import { screenKeysOf } from './editorKeys.ts';
import { styleCommand, styleProposal } from './styledText.ts';
import type { Piece, TerminalJournal } from './terminalJournal.ts';
import { terminalOptionsAt } from './terminalTheme.ts';

const scrollbackLines = 1000;
/** Escapes further apart are two, not a double one. */
const doubleEscapeMs = 1000;

/** What a screen asks of the page. */
export interface ScreenPort {
  enter(line: string): void;
  interrupt(): void;
  endOfFile(): void;
  /** A key of the learner's own: whoever types for them stops. */
  ownKey(): void;
  typeForMe(): void;
  leave(): void;
  history(): readonly string[];
  /** Null: Tab is a character here. */
  complete(line: string, cursor: number): Completion | null;
}

/** What the screen has to know of its terminal. */
export interface ScreenStatus {
  readonly isAtPrompt: boolean;
  readonly awaitsLine: boolean;
  /** A command to show dimly at an empty prompt. */
  readonly proposal: string;
}

export class TerminalScreen {
  readonly #xterm: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #port: ScreenPort;
  #editor: LineEditor = emptyLine;
  #drawn: Drawn | null = null;
  #status: ScreenStatus = { isAtPrompt: true, awaitsLine: false, proposal: '' };
  /** Pasted lines that wait until the terminal asks for one. */
  #pasted: string[] = [];
  /** Goes to the edited line once they are gone. */
  #pastedRest = '';
  #pieces: readonly Piece[] = [];
  #shownCount = 0;
  #lastShown: Piece | undefined;
  /** The line that the cursor is in, as it was printed. */
  #lastLine = '';
  #escapedAtMs = Number.NEGATIVE_INFINITY;
  #hasRungForTab = false;
  #isDisposed = false;

  constructor(host: HTMLElement, port: ScreenPort) {
    this.#host = host;
    this.#port = port;
    this.#xterm = new Terminal({
      ...terminalOptionsAt(host),
      scrollback: scrollbackLines,
      scrollOnEraseInDisplay: true,
      screenReaderMode: true,
      cursorInactiveStyle: 'outline',
      drawBoldTextInBrightColors: false,
      fontWeightBold: '600',
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
    });
    this.#xterm.loadAddon(this.#fit);
    this.#xterm.open(host);
    this.#xterm.element?.querySelector('.live-region')?.setAttribute('aria-live', 'polite');
    this.#xterm.onData((data) => this.#take(data));
    this.#takeInputWithoutKeys();
    this.#xterm.attachCustomKeyEventHandler((event) => this.#isForTerminal(event));
    this.fit();
    void document.fonts.load(`16px ${this.#xterm.options.fontFamily ?? 'monospace'}`).then(() => this.#measureAgain());
  }

  set label(label: string) {
    this.#xterm.textarea?.setAttribute('aria-label', label);
  }

  get isInSight(): boolean {
    return this.#host.clientHeight > 0;
  }

  get hasFocus(): boolean {
    return this.#host.contains(document.activeElement);
  }

  focus(): void {
    this.#xterm.focus();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#xterm.dispose();
  }

  /** Colours, font and size from the page's tokens again. */
  readTheme(): void {
    Object.assign(this.#xterm.options, terminalOptionsAt(this.#host));
    this.fit();
  }

  /** As many columns and rows as the place has; another width wraps everything anew. */
  fit(): void {
    if (this.#isDisposed || this.#host.clientWidth === 0 || this.#host.clientHeight === 0) return;
    const { cols } = this.#xterm;
    this.#fit.fit();
    if (this.#xterm.cols !== cols) this.#writeAll();
  }

  /** Shows what the journal has of a terminal up to the present. */
  show(journal: TerminalJournal, terminal: string): void {
    const pieces = journal.piecesOf(terminal);
    const count = journal.shownCountOf(terminal);
    const goesOn =
      pieces === this.#pieces && count >= this.#shownCount && pieces[this.#shownCount - 1] === this.#lastShown;
    if (goesOn && count === this.#shownCount) return;
    const from = this.#shownCount;
    this.#pieces = pieces;
    this.#shownCount = count;
    this.#lastShown = pieces[count - 1];
    if (!goesOn) return this.#writeAll();
    const text = this.#textOf(from);
    // What would be scrolled out of sight at once need not be written.
    if (text === null) this.#writeAll();
    else this.#write(text);
  }

  /** Sends the next pasted line when the terminal waits for one. */
  set status(status: ScreenStatus) {
    const { isAtPrompt, proposal } = this.#status;
    const isSame = status.isAtPrompt === isAtPrompt && status.proposal === proposal;
    this.#status = status;
    if (!isSame) this.#redraw();
    if (!status.awaitsLine || this.#pasted.length === 0) return;
    const line = this.#pasted.shift()!;
    if (this.#pasted.length === 0 && this.#pastedRest !== '') {
      this.#setEditor(withText(this.#editor, this.#pastedRest));
      this.#pastedRest = '';
    }
    this.#port.enter(line);
  }

  /** Puts a text in the edited line, as if it were typed. */
  setLine(text: string): void {
    this.#setEditor(withText(nextLineOf(this.#editor), text));
  }

  /** Characters that no key gives (an emoji chosen, a touch keyboard): xterm leaves them out while it serves screen readers. */
  #takeInputWithoutKeys(): void {
    let isKeyDown = false;
    const { textarea } = this.#xterm;
    textarea?.addEventListener('keydown', () => (isKeyDown = true), true);
    textarea?.addEventListener('keyup', () => (isKeyDown = false), true);
    textarea?.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent) || event.inputType !== 'insertText' || isKeyDown || event.isComposing) return;
      if (event.data !== null) this.#take(event.data);
    });
  }

  #take(data: string): void {
    this.#port.ownKey();
    const keys = screenKeysOf(data);
    // Several keys at once were pasted: a Tab among them is a character.
    if (keys.length > 1) return this.#paste(keys);
    for (const key of keys) this.#press(key);
  }

  #paste(keys: readonly ScreenKey[]): void {
    const texts = keys.map((key) =>
      key.kind === 'edit' && key.key.kind === 'insert' ? key.key.text : key.kind === 'complete' ? '\t' : key,
    );
    if (!texts.some((text) => typeof text === 'string' || text.kind === 'enter')) {
      for (const key of keys) this.#press(key);
      return;
    }
    const lines = texts.map((text) => (typeof text === 'string' ? text : text.kind === 'enter' ? '\n' : '')).join('');
    const [first = '', ...rest] = lines.split('\n');
    if (this.#pasted.length > 0) {
      this.#pasted.push(this.#pastedRest + first, ...rest);
      this.#pastedRest = this.#pasted.pop() ?? '';
      return;
    }
    this.#edit({ kind: 'insert', text: first });
    if (rest.length === 0) return;
    this.#pasted = rest;
    this.#pastedRest = this.#pasted.pop() ?? '';
    const isLast = this.#pasted.length === 0;
    this.enter();
    if (isLast && this.#pastedRest !== '') {
      this.#edit({ kind: 'insert', text: this.#pastedRest });
      this.#pastedRest = '';
    }
  }

  #press(key: ScreenKey): void {
    if (key.kind !== 'escape') this.#escapedAtMs = Number.NEGATIVE_INFINITY;
    if (key.kind !== 'complete') this.#hasRungForTab = false;
    switch (key.kind) {
      case 'edit':
        return this.#edit(key.key);
      case 'enter':
        return this.enter();
      case 'interrupt':
        this.#forgetLine();
        return this.#port.interrupt();
      case 'endOfFileOrDelete':
        if (this.#editor.text !== '') return this.#edit({ kind: 'delete' });
        return this.#port.endOfFile();
      case 'complete':
        return this.#complete();
      case 'clear':
        return this.#clear();
      case 'escape':
        return this.#escape();
    }
  }

  #edit(key: EditorKey): void {
    this.#setEditor(edit(this.#editor, key, this.#port.history()));
  }

  /** Return. */
  enter(): void {
    const line = this.#editor.text;
    if (this.#pasted.length > 0 && !this.#status.awaitsLine) this.#pasted.push(line);
    this.#editor = nextLineOf(this.#editor);
    this.#port.enter(line);
    // Nothing of it came back: the terminal is closed.
    this.#redraw();
  }

  #forgetLine(): void {
    this.#pasted = [];
    this.#pastedRest = '';
    this.#setEditor(nextLineOf(this.#editor));
  }

  #escape(): void {
    const now = performance.now();
    const isDouble = now - this.#escapedAtMs < doubleEscapeMs;
    this.#escapedAtMs = isDouble ? Number.NEGATIVE_INFINITY : now;
    if (isDouble) {
      this.#xterm.blur();
      this.#port.leave();
    } else if (this.#editor.search !== null) this.#edit({ kind: 'leaveSearch' });
  }

  #complete(): void {
    const { text, cursor } = this.#editor;
    const completion = this.#port.complete(text, cursor);
    if (completion === null) return this.#edit({ kind: 'insert', text: '\t' });
    const { from, replacement, candidates } = completion;
    const completed = text.slice(0, from) + replacement + text.slice(cursor);
    if (candidates.length === 0) return;
    if (completed !== text) return this.#setEditor(withText(this.#editor, completed, from + replacement.length));
    // As bash: the first Tab that has no more to add is silent, the second lists.
    if (this.#hasRungForTab && candidates.length > 1) this.#list(candidates);
    this.#hasRungForTab = true;
  }

  /** Below the line, which then comes again. */
  #list(candidates: readonly string[]): void {
    const listed = columnsOf(candidates, this.#xterm.cols).replaceAll('\n', '\r\n');
    const leave = this.#drawn === null ? '' : skipEdit(this.#view(), this.#drawn, this.#xterm.cols);
    this.#drawn = null;
    this.#xterm.write(`${leave}\r\n${listed}${this.#lastLine}${this.#draw()}`);
  }

  /** Ctrl-L: the line goes to the top. */
  #clear(): void {
    this.#drawn = null;
    this.#xterm.write(`\u001b[H\u001b[2J${this.#lastLine}${this.#draw()}`);
  }

  #setEditor(editor: LineEditor): void {
    this.#editor = editor;
    this.#redraw();
  }

  #redraw(): void {
    const wipe = this.#wipe();
    this.#xterm.write(wipe + this.#draw());
  }

  #write(text: string): void {
    const wipe = this.#wipe();
    this.#follow(text);
    this.#xterm.write(wipe + text + this.#draw());
  }

  /** From an empty screen: after a jump in time, or at another width. */
  #writeAll(): void {
    const text = this.#textOf(0, { keepsTail: true }) ?? '';
    this.#lastLine = '';
    this.#drawn = null;
    this.#follow(text);
    this.#xterm.write(`\u001bc${text}${this.#draw()}`);
  }

  /** Shown pieces from an index on. More lines than are kept: null, or only the last of them. */
  #textOf(from: number, { keepsTail = false } = {}): string | null {
    const parts: string[] = [];
    let lines = 0;
    for (let index = this.#shownCount - 1; index >= from; index--) {
      const { text } = this.#pieces[index]!;
      parts.push(text);
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
      if (lines > scrollbackLines + this.#xterm.rows) {
        if (keepsTail) break;
        return null;
      }
    }
    const text = parts.reverse().join('');
    return lines > scrollbackLines + this.#xterm.rows ? lastLinesOf(text, scrollbackLines + this.#xterm.rows) : text;
  }

  #follow(text: string): void {
    const lineAt = text.lastIndexOf('\n') + 1;
    this.#lastLine = lineAt === 0 ? this.#lastLine + text : text.slice(lineAt);
  }

  #wipe(): string {
    const sequence = this.#drawn === null ? '' : wipeEdit(this.#drawn);
    this.#drawn = null;
    return sequence;
  }

  #draw(): string {
    const { cols } = this.#xterm;
    const isCommand = this.#status.isAtPrompt;
    const { sequence, drawn } = drawEdit(this.#view(), columnOf(this.#lastLine), cols, {
      text: (text) => (isCommand ? styleCommand(text) : text),
      proposal: styleProposal,
    });
    this.#drawn = drawn;
    return sequence;
  }

  #view(): EditView {
    const { text, cursor, search } = this.#editor;
    const label = search === null ? '' : searchLabel(search);
    return { label, text, cursor, proposal: label + text === '' ? this.#status.proposal : '' };
  }

  /** False: the key is the page's, or the browser's. */
  #isForTerminal(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const { key, ctrlKey, shiftKey } = event;
    if (ctrlKey && shiftKey && key.toLowerCase() === 'c') {
      event.preventDefault();
      const selection = this.#xterm.getSelection();
      if (selection !== '') void navigator.clipboard.writeText(selection);
      return false;
    }
    if (ctrlKey && key === 'Enter') {
      event.preventDefault();
      this.#port.typeForMe();
      return false;
    }
    return key !== 'F6' && !(ctrlKey && key.toLowerCase() === 'v');
  }

  /** Once the font is there: letters have another width. */
  #measureAgain(): void {
    if (this.#isDisposed) return;
    const { fontFamily } = this.#xterm.options;
    this.#xterm.options.fontFamily = 'monospace';
    this.#xterm.options.fontFamily = fontFamily ?? 'monospace';
    this.fit();
  }
}

function lastLinesOf(text: string, count: number): string {
  let at = text.length;
  for (let line = 0; line < count && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return at > 0 ? text.slice(at + 1) : text;
}
