/**
 * What argparse4j suggests for a flag or command that it does not know (`ArgumentParserImpl#printCandidates`, 0.7.0; its costs are those of
 * git's help.c).
 */

/** Empty when nothing is near enough. `candidates`: what is compared, and how it is shown. */
export function didYouMean(
  typed: string,
  candidates: readonly { readonly body: string; readonly shown: string }[],
): string {
  const rated = candidates
    .map(({ body, shown }) => ({ shown, distance: body.startsWith(typed) ? 0 : distanceBetween(typed, body) }))
    .sort((a, b) => a.distance - b.distance || (a.shown < b.shown ? -1 : 1));
  const nearest = rated[0]?.distance ?? Infinity;
  if (nearest >= 7) return '';
  const lines = rated.filter(({ distance }) => distance === nearest).map(({ shown }) => `\t${shown}\n`);
  return `\nDid you mean:\n${lines.join('')}`;
}

const cost = { swap: 0, substitute: 2, add: 1, remove: 4 };

/** Damerau–Levenshtein; the first row and column count 1 a letter, whatever the costs. */
function distanceBetween(a: string, b: string): number {
  let [before, previous] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let least = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : cost.substitute);
      const isSwapped = i >= 2 && j >= 2 && a[i - 1] !== b[j - 1] && a[i - 2] === b[j - 1] && a[i - 1] === b[j - 2];
      if (isSwapped) least = Math.min(least, before[j - 2]! + cost.swap);
      row.push(Math.min(least, previous[j]! + cost.remove, row[j - 1]! + cost.add));
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length]!;
}
