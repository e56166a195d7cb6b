/**
 * Draws the line being edited after what was printed last, as sequences for the terminal: only relative movements, so that they hold
 * whatever is scrolled meanwhile. What is drawn is wiped before anything else is printed.
 */
import { columnAfter, widthAt } from './characterWidth.ts';
import { withoutEscapes } from './withoutEscapes.ts';

export interface EditView {
  /** Before the text: the label of a search. */
  readonly label: string;
  readonly text: string;
  readonly cursor: number;
  /** A proposed command, dim, behind the cursor of an empty line. */
  readonly proposal: string;
}

/** What stands on the screen: how to get back to where it begins. */
export interface Drawn {
  readonly startColumn: number;
  /** Rows from the first to the one with the cursor. */
  readonly cursorRow: number;
}

/** Puts styles on parts of the drawing. */
export interface EditStyles {
  readonly text: (text: string) => string;
  readonly proposal: (text: string) => string;
}

export function drawEdit(
  view: EditView,
  startColumn: number,
  columns: number,
  styles: EditStyles,
): { readonly sequence: string; readonly drawn: Drawn | null } {
  const start = startColumn % columns;
  const whole = view.label + view.text + view.proposal;
  if (whole === '') return { sequence: '', drawn: null };
  const end = placeAfter(whole, start, columns);
  const cursor = placeAfter(view.label + view.text.slice(0, view.cursor), start, columns);
  // At the right margin the terminal waits with the new row until something is written there.
  const settled = end.column === 0 ? ' \r' : '';
  const styled = view.label + styles.text(view.text) + styles.proposal(view.proposal);
  const back = goTo(end.row - cursor.row, cursor.column);
  return {
    sequence: styled + settled + back,
    drawn: { startColumn: start, cursorRow: cursor.row },
  };
}

/** Back to where the drawing begins, and all of it away. */
export const wipeEdit = ({ startColumn, cursorRow }: Drawn): string => `${goTo(cursorRow, startColumn)}\u001b[J`;

/** To the end of the drawing: what is printed then comes after it. */
export function skipEdit(view: EditView, { startColumn, cursorRow }: Drawn, columns: number): string {
  const end = placeAfter(view.label + view.text, startColumn, columns);
  const down = end.row - cursorRow;
  return `${down > 0 ? `\u001b[${down}B` : ''}\u001b[${end.column + 1}G`;
}

const goTo = (rowsUp: number, column: number): string =>
  `${rowsUp > 0 ? `\u001b[${rowsUp}A` : ''}\u001b[${column + 1}G`;

/** Row (0: the one it begins on) and column after a text, as the terminal wraps it. */
function placeAfter(text: string, start: number, columns: number): { readonly row: number; readonly column: number } {
  let [row, column] = [0, start];
  for (const character of text) {
    const width = widthAt(character, column);
    // A tab stops at the margin, a wide character that does not fit goes to the next row.
    if (character === '\t') column = Math.min(column + width, columns - 1);
    else if (column + width > columns) [row, column] = [row + 1, width];
    else column += width;
    if (column === columns) [row, column] = [row + 1, 0];
  }
  return { row, column };
}

/** Where the next character goes after styled text whose last line is this. */
export function columnOf(styledLine: string): number {
  const plain = withoutEscapes(styledLine);
  return columnAfter(plain.slice(plain.lastIndexOf('\r') + 1));
}
