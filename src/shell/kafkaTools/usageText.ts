/**
 * The table of options that a Kafka tool prints as its usage.
 *
 * Follows `joptsimple.BuiltinHelpFormatter` with `joptsimple.internal.Rows` and `Columns` (5.0.4), 80 columns wide.
 */
import { lineBreakPieces } from './lineBreaks.ts';
import type { OptionSpec } from './optionSpec.ts';
import { defaultValuesOf } from './optionSpec.ts';

const overallWidth = 80;
const separatorWidth = 2;

interface Row {
  readonly option: string;
  readonly description: string;
}

/** Ends with a line end. Options are sorted by name; every line is padded to the width of its columns. */
export function usageText(options: readonly OptionSpec[]): string {
  const sorted = [...options].sort((a, b) => (a.name < b.name ? -1 : 1));
  const mark = options.some((option) => option.isRequired) ? ' (* = required)' : '';
  const rows: readonly Row[] = [
    { option: `Option${mark}`, description: 'Description' },
    { option: `------${'-'.repeat(mark.length)}`, description: '-----------' },
    ...sorted.map((option) => ({ option: optionDisplay(option), description: descriptionDisplay(option) })),
  ];
  const before = widthsOf(rows);
  const fitted = rows.flatMap((row) => fit(row, before));
  const { option: optionWidth, description: descriptionWidth } = widthsOf(fitted);
  return fitted
    .map(({ option, description }) => `${option.padEnd(optionWidth)}  ${description.padEnd(descriptionWidth)}\n`)
    .join('');
}

function optionDisplay({ name, argument, isRequired }: OptionSpec): string {
  const display = `${isRequired === true ? '* ' : ''}${name.length > 1 ? '--' : '-'}${name}`;
  if (argument === undefined) return display;
  const { type = 'String', describedAs = '', isOptional = false } = argument;
  const inside = describedAs === '' ? type : `${type}: ${describedAs}`;
  return isOptional ? `${display} [${inside}]` : `${display} <${inside}>`;
}

function descriptionDisplay(option: OptionSpec): string {
  const defaults = defaultValuesOf(option);
  if (defaults.length === 0) return option.description;
  const shown = defaults.length === 1 ? defaults[0] : `[${defaults.join(', ')}]`;
  return `${option.description} (default: ${shown})`.trim();
}

function widthsOf(rows: readonly Row[]): { readonly option: number; readonly description: number } {
  const widest = (lengths: readonly number[]): number => lengths.reduce((most, length) => Math.max(most, length), 0);
  const option = Math.min((overallWidth - separatorWidth) / 2, widest(rows.map((row) => row.option.length)));
  const left = overallWidth - option - separatorWidth;
  return { option, description: Math.min(left, widest(rows.map((row) => row.description.length))) };
}

function fit(row: Row, widths: { readonly option: number; readonly description: number }): readonly Row[] {
  const options = piecesOf(row.option, widths.option);
  const descriptions = piecesOf(row.description, widths.description);
  return Array.from({ length: Math.max(options.length, descriptions.length) }, (_, index) => ({
    option: options[index] ?? '',
    description: descriptions[index] ?? '',
  }));
}

const piecesOf = (text: string, width: number): readonly string[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => piecesOfLine(line, width));

function piecesOfLine(line: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of lineBreakPieces(line)) {
    if (piece.length + word.length > width) {
      pieces.push(piece.trimEnd());
      piece = `  ${word}`;
    } else piece += word;
  }
  return piece === '' ? pieces : [...pieces, piece];
}
