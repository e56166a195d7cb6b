/** `!!`, `!5`, `!-2`, `!kafka`, `!$`: earlier lines called back. */

export type HistoryExpansion =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'expanded'; readonly line: string }
  /** The event that is not there, as bash names it. */
  | { readonly kind: 'notFound'; readonly event: string };

/** Not inside single quotes, nor before a blank or `=`. */
export function expandHistory(line: string, history: readonly string[]): HistoryExpansion {
  let expanded = '';
  let isQuoted = false;
  let missing: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === "'") isQuoted = !isQuoted;
    if (char === '\\' && !isQuoted) {
      expanded += line.slice(i, i + 2);
      i++;
      continue;
    }
    const event =
      char === '!' && !isQuoted ? /^!(?:!|\$|-?\d+|[A-Za-z./][^\s;&|"']*)/.exec(line.slice(i))?.[0] : undefined;
    if (event === undefined) expanded += char;
    else {
      const found = recall(event.slice(1), history);
      if (found === undefined) missing ??= event;
      expanded += found ?? event;
      i += event.length - 1;
    }
  }
  if (missing !== undefined) return { kind: 'notFound', event: missing };
  return expanded === line ? { kind: 'unchanged' } : { kind: 'expanded', line: expanded };
}

function recall(event: string, history: readonly string[]): string | undefined {
  if (event === '!') return history.at(-1);
  if (event === '$') return history.at(-1)?.split(/\s+/).at(-1);
  if (/^-?\d+$/.test(event)) return Number(event) < 0 ? history.at(Number(event)) : history[Number(event) - 1];
  return history.findLast((line) => line.startsWith(event));
}
