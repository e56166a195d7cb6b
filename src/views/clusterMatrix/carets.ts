/** Where groups stand in logs: a caret for what a group has committed, a hollow one for what a member has read and not committed. */
import type { GroupLayout } from './layoutCards.ts';
import { partitionKey } from './layoutRows.ts';

export interface Caret {
  readonly at: number;
  readonly group: number;
  /** Read, not committed. */
  readonly isHollow: boolean;
}

export function caretsByPartition(groups: readonly GroupLayout[]): ReadonlyMap<string, readonly Caret[]> {
  const carets = new Map<string, Caret[]>();
  const add = (key: string, caret: Caret): void => {
    const known = carets.get(key);
    if (known === undefined) carets.set(key, [caret]);
    else known.push(caret);
  };
  for (const { group, index } of groups) {
    for (const place of group.committed) add(partitionKey(place), { at: place.offset, group: index, isHollow: false });
    for (const { partitions } of group.members) {
      for (const read of partitions) {
        if (read.position !== null && read.position !== read.committed)
          add(partitionKey(read), { at: read.position, group: index, isHollow: true });
      }
    }
  }
  return carets;
}
