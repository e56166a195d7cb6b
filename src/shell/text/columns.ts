/** Names in columns, as `ls` prints them at a terminal: filled downwards, as many columns as fit, tabs between where they reach. */

const gap = 2;
const tab = 8;

/** `width` of the terminal in characters. */
export function columnsOf(names: readonly string[], width: number): string {
  if (names.length === 0) return '';
  for (let columnCount = Math.min(names.length, Math.floor(width / 3)); columnCount > 1; columnCount--) {
    const rowCount = Math.ceil(names.length / columnCount);
    if (Math.ceil(names.length / rowCount) !== columnCount) continue;
    const widths = widthsOf(names, rowCount, columnCount);
    const lineWidth = widths.reduce((sum, column) => sum + column, 0);
    if (lineWidth < width) return rowsOf(names, rowCount, widths);
  }
  return names.map((name) => `${name}\n`).join('');
}

function widthsOf(names: readonly string[], rowCount: number, columnCount: number): readonly number[] {
  return Array.from({ length: columnCount }, (_, column) => {
    const inColumn = names.slice(column * rowCount, (column + 1) * rowCount);
    const longest = inColumn.reduce((most, name) => Math.max(most, name.length), 0);
    return Math.max(3, longest + (column === columnCount - 1 ? 0 : gap));
  });
}

function rowsOf(names: readonly string[], rowCount: number, widths: readonly number[]): string {
  let text = '';
  for (let row = 0; row < rowCount; row++) {
    let at = 0;
    for (const [column, width] of widths.entries()) {
      const name = names[column * rowCount + row];
      if (name === undefined) break;
      text += name;
      const isLast = names[(column + 1) * rowCount + row] === undefined;
      if (!isLast) text += blanks(at + name.length, at + width);
      at += width;
    }
    text += '\n';
  }
  return text;
}

/** From one column of the screen to another, by tabs where a tab stop lies between. */
function blanks(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; ) {
    if (Math.floor(to / tab) > Math.floor((at + 1) / tab)) {
      text += '\t';
      at += tab - (at % tab);
    } else {
      text += ' ';
      at++;
    }
  }
  return text;
}
