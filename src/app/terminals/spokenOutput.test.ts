import { describe, expect, it } from 'vitest';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Edited } from './screenOutput.ts';
import { ScreenOutput } from './screenOutput.ts';
import { spokenText } from './spokenOutput.ts';
import type { Piece, TerminalJournal } from './terminalJournal.ts';

const piece = (text: string, isEcho = false): Piece => ({
  fact: 0 as FactId,
  at: 0 as VirtualTimeUs,
  text,
  isEcho,
});

/** A screen of a terminal with those pieces, and what it has said. */
function screenOf(pieces: Piece[]): {
  readonly show: (count: number) => void;
  readonly said: string[];
  edit: () => void;
} {
  const said: string[] = [];
  const edited: Edited = { label: '', text: 'pwd', cursor: 3, proposal: '', isCommand: true };
  const output = new ScreenOutput(
    { write: () => {}, cols: 80, rows: 6 },
    () => edited,
    (text) => said.push(text),
  );
  let shown = 0;
  const journal: Pick<TerminalJournal, 'piecesOf' | 'shownCountOf'> = {
    piecesOf: () => pieces,
    shownCountOf: () => shown,
  };
  return {
    said,
    show: (count) => {
      shown = count;
      output.show(journal, 'admin');
    },
    edit: () => output.redraw(),
  };
}

describe('what a terminal says', () => {
  it('is what is printed, not what was typed', () => {
    const { show, said } = screenOf([piece('$ '), piece('pwd\r\n', true), piece('/home\r\n'), piece('$ ')]);
    show(1);
    show(4);

    expect(said.at(-1)).toBe('/home\r\n$ ');
  });

  it('is nothing while a line is edited', () => {
    const { show, said, edit } = screenOf([piece('$ ')]);
    show(1);
    const before = said.length;
    edit();

    expect(said).toHaveLength(before);
  });

  it('is nothing after a way back', () => {
    const { show, said } = screenOf([piece('one\r\n'), piece('two\r\n'), piece('three\r\n')]);
    show(3);
    const before = said.length;
    show(2);

    expect(said).toHaveLength(before);
  });

  it('has no colours and no more than twenty lines', () => {
    expect(spokenText('\u001b[32mready\u001b[0m\r\n\r\n')).toBe('ready');
    const long = Array.from({ length: 300 }, (_, line) => `line ${line}\r\n`).join('');
    expect(spokenText(long).split('\n')).toHaveLength(20);
    expect(spokenText(long)).toMatch(/line 299$/);
  });
});
