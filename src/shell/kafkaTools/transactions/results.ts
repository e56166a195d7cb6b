/** What kafka-transactions makes of an answer: a table, or its own end (`TransactionsCommand`, `ToolsUtils.prettyPrintTable`, 3.9.0). */
import type { Outcome } from '../../../cluster/client/admin/adminMethods.ts';
import { exceptionText } from '../../../cluster/client/javaException.ts';
import type { Script } from '../script.ts';
import { out } from '../script.ts';

/** The tool ends here, saying this. */
export class Ending extends Error {}

/** The value; or the end, with what could not be done and why. */
export function valueOr<T>(outcome: Outcome<T>, failure: string): T {
  if (outcome.outcome === 'succeeded') return outcome.value;
  const { exception } = outcome;
  throw new Ending(
    `${failure}: ${exception.message ?? exceptionText(exception)}. Enable debug logging for additional detail.`,
  );
}

/** Each column as wide as its widest cell, a tab behind each. */
export function* table(headers: readonly string[], rows: readonly (readonly (string | number)[])[]): Script<void> {
  const all = [headers, ...rows];
  const widths = headers.map((_, column) => Math.max(...all.map((row) => String(row[column]).length)));
  for (const row of all) {
    yield* out(`${row.map((cell, column) => `${String(cell).padEnd(widths[column]!)}\t`).join('')}\n`);
  }
}
