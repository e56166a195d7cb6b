/**
 * What is written to a terminal's screen: the pieces that the journal holds of it, in their order, and after them the line being edited,
 * which is wiped before anything else is written. All goes through the terminal's own queue, so that order is all that matters.
 */
import type { Terminal } from '@xterm/xterm';
import type { Drawn, EditView } from './editDrawing.ts';
import { columnOf, drawEdit, skipEdit, wipeEdit } from './editDrawing.ts';
import { styleCommand, styleProposal } from './styledText.ts';
import type { Piece, TerminalJournal } from './terminalJournal.ts';

/** Lines kept above the screen. */
export const scrollbackLines = 1000;

/** The line being edited, as it is now. */
export type Edited = EditView & {
  /** A command: drawn as one. */
  readonly isCommand: boolean;
};

export class ScreenOutput {
  readonly #xterm: Pick<Terminal, 'write' | 'cols' | 'rows'>;
  readonly #edited: () => Edited;
  readonly #say: (text: string) => void;
  #drawn: Drawn | null = null;
  #pieces: readonly Piece[] = [];
  #shownCount = 0;
  #lastShown: Piece | undefined;
  /** The line that the cursor is in, as it was printed. */
  #lastLine = '';

  /** Whether lines that were typed are said too: somebody else has typed them. */
  saysEchoes = false;

  /** `say`: what has been printed, for those who listen; not what is shown again after a jump in time. */
  constructor(
    xterm: Pick<Terminal, 'write' | 'cols' | 'rows'>,
    edited: () => Edited,
    say: (text: string) => void = () => {},
  ) {
    this.#xterm = xterm;
    this.#edited = edited;
    this.#say = say;
  }

  /** Shows what the journal has of a terminal up to the present: what is new, or all of it after a jump in time. */
  show(journal: Pick<TerminalJournal, 'piecesOf' | 'shownCountOf'>, terminal: string): void {
    const pieces = journal.piecesOf(terminal);
    const count = journal.shownCountOf(terminal);
    const from = this.#shownCount;
    const goesOn = pieces === this.#pieces && count >= from && pieces[from - 1] === this.#lastShown;
    if (goesOn && count === from) return;
    this.#pieces = pieces;
    this.#shownCount = count;
    this.#lastShown = pieces[count - 1];
    if (goesOn) this.#say(this.#spokenFrom(from));
    const text = goesOn ? this.#textFrom(from) : null;
    // What would be scrolled out of sight at once need not be written.
    if (text === null) return this.writeAll();
    const wipe = this.#wipe();
    this.#follow(text);
    this.#xterm.write(wipe + text + this.#draw());
  }

  /** From an empty screen: after a jump in time, or at another width. */
  writeAll(): void {
    const text = this.#lastOfAll();
    this.#lastLine = '';
    this.#drawn = null;
    this.#follow(text);
    this.#xterm.write(`\u001bc${text}${this.#draw()}`);
  }

  /** After the edited line has changed. */
  redraw(): void {
    const wipe = this.#wipe();
    this.#xterm.write(wipe + this.#draw());
  }

  /** Below the edited line, which then comes again. */
  list(text: string): void {
    const leave = this.#drawn === null ? '' : skipEdit(this.#edited(), this.#drawn, this.#xterm.cols);
    this.#drawn = null;
    this.#xterm.write(`${leave}\r\n${text.replaceAll('\n', '\r\n')}${this.#lastLine}${this.#draw()}`);
  }

  /** Ctrl-L: the line goes to the top. */
  clear(): void {
    this.#drawn = null;
    this.#xterm.write(`\u001b[H\u001b[2J${this.#lastLine}${this.#draw()}`);
  }

  get #mostLines(): number {
    return scrollbackLines + this.#xterm.rows;
  }

  #spokenFrom(from: number): string {
    const pieces = this.#pieces.slice(from, this.#shownCount);
    return pieces.flatMap(({ text, isEcho }) => (isEcho && !this.saysEchoes ? [] : [text])).join('');
  }

  /** Shown pieces from an index on; null for more lines than are kept. */
  #textFrom(from: number): string | null {
    const text = joined(this.#pieces, from, this.#shownCount);
    return lastLinesAt(text, this.#mostLines) === 0 ? text : null;
  }

  /** The last lines of what is shown, as many as are kept. */
  #lastOfAll(): string {
    let from = this.#shownCount;
    for (let lines = 0; from > 0 && lines <= this.#mostLines; ) {
      from--;
      lines += this.#pieces[from]!.text.split('\n').length - 1;
    }
    const text = joined(this.#pieces, from, this.#shownCount);
    return text.slice(lastLinesAt(text, this.#mostLines));
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
    const edited = this.#edited();
    const { sequence, drawn } = drawEdit(edited, columnOf(this.#lastLine), this.#xterm.cols, {
      text: (text) => (edited.isCommand ? styleCommand(text) : text),
      proposal: styleProposal,
    });
    this.#drawn = drawn;
    return sequence;
  }
}

function joined(pieces: readonly Piece[], from: number, to: number): string {
  let text = '';
  for (let index = from; index < to; index++) text += pieces[index]!.text;
  return text;
}

/** Where the last so many lines of a text begin; 0 when it has no more. */
function lastLinesAt(text: string, count: number): number {
  let at = text.length;
  for (let line = 0; line < count; line++) {
    if (at === 0) return 0;
    at = text.lastIndexOf('\n', at - 1);
    if (at === -1) return 0;
  }
  return at + 1;
}
