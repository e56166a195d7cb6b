/** Which terminals are in sight: one, or two side by side, and which of them the keys go to. */

export interface ShownTerminals {
  /** As chosen; it may name terminals that are not open at the present instant. */
  readonly places: readonly [string | null, string | null];
  readonly isSplit: boolean;
  readonly activePlace: 0 | 1;
}

export const nothingShown: ShownTerminals = { places: [null, null], isSplit: false, activePlace: 0 };

/** Of the open ones, what fills each place: what was chosen, else the first that is free. */
export function placesFilled({ places, isSplit }: ShownTerminals, open: readonly string[]): readonly string[] {
  const filled: string[] = [];
  for (const wanted of isSplit ? places : places.slice(0, 1)) {
    const isThere = wanted !== null && open.includes(wanted) && !filled.includes(wanted);
    const terminal = isThere ? wanted : open.find((other) => !filled.includes(other) && !places.includes(other));
    const any = terminal ?? open.find((other) => !filled.includes(other));
    if (any !== undefined) filled.push(any);
  }
  return filled;
}

/** The terminal that keys go to; null when none is open. */
export const activeOf = (shown: ShownTerminals, filled: readonly string[]): string | null =>
  filled[shown.activePlace] ?? filled[0] ?? null;

/** Shows a terminal in the active place, or goes to the place where it is already. */
export function choose(shown: ShownTerminals, open: readonly string[], terminal: string): ShownTerminals {
  const filled = placesFilled(shown, open);
  const place = filled.indexOf(terminal);
  if (place !== -1) return { ...shown, places: fill(filled), activePlace: place === 1 ? 1 : 0 };
  const next = [...filled];
  next[shown.isSplit ? shown.activePlace : 0] = terminal;
  return { ...shown, places: fill(next) };
}

/**
 * Shows a terminal in which something is typed for the learner. Side by side they keep the order of their tabs: what is written stays left
 * of what reads it.
 */
export function bringIn(shown: ShownTerminals, open: readonly string[], terminal: string): ShownTerminals {
  const [left] = placesFilled(shown, open);
  if (!shown.isSplit || left === undefined) return choose(shown, open, terminal);
  const activePlace = open.indexOf(terminal) < open.indexOf(left) ? 0 : 1;
  return choose({ ...shown, activePlace }, open, terminal);
}

/** One beside the other, or only the active one. */
export function toggleSplit(shown: ShownTerminals, open: readonly string[]): ShownTerminals {
  const filled = placesFilled(shown, open);
  if (!shown.isSplit) return { ...shown, isSplit: true, places: fill(filled) };
  return { isSplit: false, places: [activeOf(shown, filled), null], activePlace: 0 };
}

const fill = ([left, right]: readonly string[]): ShownTerminals['places'] => [left ?? null, right ?? null];
