/** The lines in which two texts differ: a longest common subsequence, and the two ways `diff` writes it. */

export interface Edit {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

export function editsBetween(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const lengths = commonLengths(before, after);
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      edits.push({ kind: 'same', line: before[i]! });
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      edits.push({ kind: 'removed', line: before[i++]! });
    } else edits.push({ kind: 'added', line: after[j++]! });
  }
  return edits;
}

/** Of the ends of both from each pair of places. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}

interface Hunk {
  readonly edits: readonly Edit[];
  /** Lines before it, in each text. */
  readonly before: number;
  readonly after: number;
}

/** Runs of edits with up to so many equal lines around them. */
function hunksOf(edits: readonly Edit[], context: number): readonly Hunk[] {
  const changed = edits.flatMap(({ kind }, index) => (kind === 'same' ? [] : [index]));
  const hunks: Hunk[] = [];
  for (let at = 0; at < changed.length; ) {
    let last = at;
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * context + 1) last++;
    const from = Math.max(0, changed[at]! - context);
    const to = Math.min(edits.length, changed[last]! + context + 1);
    const earlier = edits.slice(0, from);
    hunks.push({
      edits: edits.slice(from, to),
      before: earlier.filter(({ kind }) => kind !== 'added').length,
      after: earlier.filter(({ kind }) => kind !== 'removed').length,
    });
    at = last + 1;
  }
  return hunks;
}

const linesOf = ({ edits }: Hunk, kind: Edit['kind']): readonly string[] =>
  edits.filter((edit) => edit.kind === kind).map(({ line }) => line);

export function normalDiff(edits: readonly Edit[]): string {
  const range = (from: number, count: number): string =>
    count === 0 ? String(from) : count === 1 ? String(from + 1) : `${from + 1},${from + count}`;
  return hunksOf(edits, 0)
    .map((hunk) => {
      const [removed, added] = [linesOf(hunk, 'removed'), linesOf(hunk, 'added')];
      const letter = removed.length === 0 ? 'a' : added.length === 0 ? 'd' : 'c';
      const title = `${range(hunk.before, removed.length)}${letter}${range(hunk.after, added.length)}\n`;
      const separator = letter === 'c' ? '---\n' : '';
      return (
        title + removed.map((line) => `< ${line}\n`).join('') + separator + added.map((line) => `> ${line}\n`).join('')
      );
    })
    .join('');
}

export function unifiedDiff(edits: readonly Edit[]): string {
  const marks = { same: ' ', removed: '-', added: '+' } as const;
  const range = (from: number, count: number): string =>
    count === 1 ? String(from + 1) : `${count === 0 ? from : from + 1},${count}`;
  return hunksOf(edits, 3)
    .map((hunk) => {
      const count = (kind: 'added' | 'removed'): number => hunk.edits.filter((edit) => edit.kind !== kind).length;
      const title = `@@ -${range(hunk.before, count('added'))} +${range(hunk.after, count('removed'))} @@\n`;
      return title + hunk.edits.map(({ kind, line }) => `${marks[kind]}${line}\n`).join('');
    })
    .join('');
}
