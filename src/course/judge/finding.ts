/** What judging a predicate gives: whether it holds, and what was seen, to be told to a learner. */
import type { Count } from '../predicate.ts';

export interface Finding {
  readonly holds: boolean;
  /** Null where there is nothing to count or to name. */
  readonly seen: number | string | null;
}

export const finding = (holds: boolean, seen: Finding['seen'] = null): Finding => ({ holds, seen });

export const isCount = (wanted: Count, seen: number): boolean =>
  typeof wanted === 'number'
    ? seen === wanted
    : seen >= (wanted.min ?? Number.NEGATIVE_INFINITY) && seen <= (wanted.max ?? Number.POSITIVE_INFINITY);

export const counted = (wanted: Count, seen: number): Finding => finding(isCount(wanted, seen), seen);
