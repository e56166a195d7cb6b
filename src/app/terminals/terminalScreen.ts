/**
 * One terminal on the page: an xterm that shows what the journal holds of it, and after that the line being edited. Keys go to the line
 * editor; only whole lines and control keys leave it. Everything drawn for the edit is wiped before the journal's next text is written.
 */
import { FitAddon } from '@xterm/addon-fit';
import type { IBufferCellPosition, ILink } from '@xterm/xterm';
import { Terminal } from '@xterm/xterm';
import type { Completion } from '../../shell/completion.ts';
import type { EditorKey, LineEditor } from '../../shell/lineEditor.ts';
import { edit, emptyLine, nextLineOf, searchLabel, withText } from '../../shell/lineEditor.ts';
import { columnsOf } from '../../shell/text/columns.ts';
import type { ScreenKey } from './editorKeys.ts';
import { screenKeysOf } from './editorKeys.ts';
import type { OutputLink } from './outputLinks.ts';
import { PastedLines, pastedText } from './pastedLines.ts';
import type { Edited } from './screenOutput.ts';
import { ScreenOutput, scrollbackLines } from './screenOutput.ts';
import { SpokenOutput } from './spokenOutput.ts';
import type { TerminalJournal } from './terminalJournal.ts';
import { terminalOptionsAt } from './terminalTheme.ts';

/** Escapes further apart are two, not a double one. */
const doubleEscapeMs = 1000;

/** Keys that bring another line. */
const recalls: ReadonlySet<EditorKey['kind']> = new Set([
  'previousLine',
  'nextLine',
  'firstLine',
  'lastLine',
  'lastWordOfPrevious',
  'searchBack',
  'yank',
]);

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
  /** What of a printed line stands for something in the figure. */
  linksIn(line: string): readonly OutputLink[];
  /** Shows a mark in the figure. */
  select(mark: string): void;
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
  readonly #output: ScreenOutput;
  readonly #spoken: SpokenOutput;
  readonly #pasted = new PastedLines();
  #editor: LineEditor = emptyLine;
  #status: ScreenStatus = { isAtPrompt: true, awaitsLine: false, proposal: '' };
  #escapedAtMs = Number.NEGATIVE_INFINITY;
  /** The key before was a Tab that had nothing to add. */
  #hasTabFailed = false;
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
    this.#spoken = new SpokenOutput(host);
    this.#output = new ScreenOutput(
      this.#xterm,
      () => this.#edited(),
      (text) => this.#spoken.say(text),
    );
    this.#xterm.loadAddon(this.#fit);
    this.#xterm.open(host);
    this.#xterm.element?.querySelector('.live-region')?.setAttribute('aria-live', 'off');
    this.#xterm.onData((data) => this.take(data));
    this.#xterm.registerLinkProvider({ provideLinks: (row, give) => give(this.#linksAt(row)) });
    this.#xterm.attachCustomKeyEventHandler((event) => this.#isForTerminal(event));
    this.#takeInputWithoutKeys();
    this.fit();
    void document.fonts.load(`16px ${this.#xterm.options.fontFamily ?? 'monospace'}`).then(() => this.#measureAgain());
  }

  /** Of its place to type, for screen readers. */
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
    this.#spoken.dispose();
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
    if (this.#xterm.cols !== cols) this.#output.writeAll();
  }

  /** Shows what the journal has of a terminal up to the present. */
  show(journal: TerminalJournal, terminal: string): void {
    this.#output.show(journal, terminal);
  }

  /** Enters the next pasted line when the terminal waits for one. */
  set status(status: ScreenStatus) {
    const { isAtPrompt, proposal } = this.#status;
    this.#status = status;
    if (status.isAtPrompt !== isAtPrompt || status.proposal !== proposal) this.#output.redraw();
    if (status.awaitsLine) this.#enterPasted();
  }

  /** What keys give. */
  take(data: string): void {
    this.#port.ownKey();
    this.#output.saysEchoes = false;
    const keys = screenKeysOf(data);
    const pasted = pastedText(keys);
    if (pasted === null) for (const key of keys) this.#press(key);
    else if (this.#pasted.areWaiting) this.#pasted.add(pasted);
    else this.#paste(pasted);
  }

  /** Puts a text in the edited line, as if it were typed. */
  setLine(text: string): void {
    this.#output.saysEchoes = true;
    this.#setEditor(withText(nextLineOf(this.#editor), text));
  }

  /** Return. */
  enter(): void {
    const line = this.#editor.text;
    this.#editor = nextLineOf(this.#editor);
    this.#port.enter(line);
    this.#output.redraw();
  }

  /** Links that begin or end on a row of the buffer, counted from 1; a line may take several rows. */
  #linksAt(row: number): ILink[] {
    const { active } = this.#xterm.buffer;
    const { cols } = this.#xterm;
    let first = row - 1;
    while (first > 0 && active.getLine(first)?.isWrapped === true) first--;
    let line = active.getLine(first)?.translateToString() ?? '';
    for (let next = first + 1; active.getLine(next)?.isWrapped === true; next++)
      line += active.getLine(next)?.translateToString() ?? '';
    const placeOf = (index: number): IBufferCellPosition => ({
      x: (index % cols) + 1,
      y: first + Math.floor(index / cols) + 1,
    });
    return this.#port.linksIn(line).flatMap(({ start, end, mark }) => {
      const range = { start: placeOf(start), end: placeOf(end - 1) };
      if (row < range.start.y || row > range.end.y) return [];
      const activate = (event: MouseEvent): void => {
        if (event.ctrlKey || event.metaKey) this.#port.select(mark);
      };
      return [
        { range, text: line.slice(start, end), activate, decorations: { pointerCursor: false, underline: true } },
      ];
    });
  }

  /** Characters that no key gives (an emoji chosen, a touch keyboard): xterm leaves them out while it serves screen readers. */
  #takeInputWithoutKeys(): void {
    let isKeyDown = false;
    const { textarea } = this.#xterm;
    textarea?.addEventListener('keydown', () => (isKeyDown = true), true);
    textarea?.addEventListener('keyup', () => (isKeyDown = false), true);
    textarea?.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent) || event.inputType !== 'insertText' || isKeyDown || event.isComposing) return;
      if (event.data !== null) this.take(event.data);
    });
  }

  /** The first line goes on where the edited line is. */
  #paste(text: string): void {
    const lineEnd = text.indexOf('\n');
    this.#edit({ kind: 'insert', text: lineEnd === -1 ? text : text.slice(0, lineEnd) });
    if (lineEnd === -1) return;
    this.#pasted.add(text.slice(lineEnd + 1));
    this.enter();
    this.#editPastedRest();
  }

  #enterPasted(): void {
    const line = this.#pasted.take();
    if (line === undefined) return;
    this.#port.enter(line);
    this.#editPastedRest();
  }

  #editPastedRest(): void {
    const rest = this.#pasted.takeRest();
    if (rest !== '') this.#edit({ kind: 'insert', text: rest });
  }

  #press(key: ScreenKey): void {
    if (key.kind !== 'escape') this.#escapedAtMs = Number.NEGATIVE_INFINITY;
    if (key.kind !== 'complete') this.#hasTabFailed = false;
    switch (key.kind) {
      case 'edit':
        return this.#edit(key.key);
      case 'enter':
        return this.enter();
      case 'interrupt':
        this.#pasted.forget();
        this.#setEditor(nextLineOf(this.#editor));
        return this.#port.interrupt();
      case 'endOfFileOrDelete':
        if (this.#editor.text !== '') return this.#edit({ kind: 'delete' });
        return this.#port.endOfFile();
      case 'complete':
        return this.#complete();
      case 'clear':
        return this.#output.clear();
      case 'escape':
        return this.#escape();
    }
  }

  #edit(key: EditorKey): void {
    const before = this.#editor;
    this.#setEditor(edit(before, key, this.#port.history()));
    // A line that comes from elsewhere than the keyboard.
    if (recalls.has(key.kind) && this.#editor.text !== before.text) this.#spoken.say(this.#editor.text);
  }

  #setEditor(editor: LineEditor): void {
    this.#editor = editor;
    this.#output.redraw();
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

  /** As bash: a Tab that has nothing to add is silent, the next one lists. */
  #complete(): void {
    const { text, cursor } = this.#editor;
    const completion = this.#port.complete(text, cursor);
    if (completion === null) return this.#edit({ kind: 'insert', text: '\t' });
    const { from, replacement, candidates } = completion;
    if (candidates.length === 0) return;
    const completed = text.slice(0, from) + replacement + text.slice(cursor);
    if (completed !== text) {
      this.#spoken.say(replacement);
      return this.#setEditor(withText(this.#editor, completed, from + replacement.length));
    }
    if (this.#hasTabFailed && candidates.length > 1) {
      this.#spoken.say(candidates.join('\n'));
      this.#output.list(columnsOf(candidates, this.#xterm.cols));
    }
    this.#hasTabFailed = true;
  }

  #edited(): Edited {
    const { text, cursor, search } = this.#editor;
    const label = search === null ? '' : searchLabel(search);
    const { proposal, isAtPrompt } = this.#status;
    return { label, text, cursor, proposal: label + text === '' ? proposal : '', isCommand: isAtPrompt };
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
