/** Which processes a wire of the matrix joins: what a fault on that wire is a fault of. A wire that several share joins several. */
import type { ProcessId } from '../../kernel/events.ts';

export interface WireEnds {
  /** At the first point of the wire. */
  readonly from: readonly ProcessId[];
  /** At its last point. */
  readonly to: readonly ProcessId[];
}

/** Null where nothing is at one of the ends. */
export const endsOf = (from: readonly (ProcessId | null)[], to: readonly (ProcessId | null)[]): WireEnds | null => {
  const [first, last] = [from, to].map((side) => side.filter((process) => process !== null));
  return first === undefined || last === undefined || first.length === 0 || last.length === 0
    ? null
    : { from: first, to: last };
};

/** Key of the mark that stands for all links between two sides, whichever end of the wire is which: `link-3.4-7`. */
export function linkMark({ from, to }: WireEnds): string {
  const sides = [from, to].map((side) => [...side].sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
  return `link-${sides.map((side) => side.join('.')).join('-')}`;
}
