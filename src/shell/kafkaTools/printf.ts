/** Columns as Java's `printf` pads them: `%-15s`, text to the left; a width of 0 pads nothing. */
export const columns = (widths: readonly number[], cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(' ');
