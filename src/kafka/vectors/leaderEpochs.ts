/**
 * Replay of `09-leader-epoch-cache`.
 */
import type { LeaderEpoch, Offset } from '../ids.ts';
import {
  assignEpoch,
  endOffsetForEpoch,
  epochForOffset,
  neighbouringEpochs,
  type LeaderEpochCache,
  truncateEpochsFromEnd,
  truncateEpochsFromStart,
} from '../log/leaderEpochCache.ts';
import type { Json } from './json.ts';

type Operation =
  | { readonly op: 'assign'; readonly epoch: LeaderEpoch; readonly startOffset: Offset }
  | { readonly op: 'truncateFromStart' | 'truncateFromEnd'; readonly offset: Offset }
  | { readonly op: 'neighbours'; readonly epoch: LeaderEpoch };

/** The questions stand only beside their answers. */
export interface LeaderEpochQuestions {
  readonly endOffsetFor: readonly (readonly [LeaderEpoch, ...unknown[]])[];
  readonly epochForOffset: readonly (readonly [Offset, ...unknown[]])[];
}

export function replayLeaderEpochs(
  { ops, logEndOffset }: { readonly ops: readonly Operation[]; readonly logEndOffset: Offset },
  questions: LeaderEpochQuestions,
): Json {
  let cache: LeaderEpochCache = [];
  const afterEach: Json[] = [];
  for (const operation of ops) {
    if (operation.op === 'neighbours') {
      afterEach.push({ ...neighbouringEpochs(cache, operation.epoch) });
      continue;
    }
    if (operation.op === 'assign') cache = assignEpoch(cache, operation);
    else if (operation.op === 'truncateFromEnd') cache = truncateEpochsFromEnd(cache, operation.offset);
    else cache = truncateEpochsFromStart(cache, operation.offset);
    afterEach.push(cache.map(({ epoch, startOffset }) => [epoch, startOffset]));
  }
  return {
    afterEach,
    endOffsetFor: questions.endOffsetFor.map(([requested]) => {
      const { epoch, endOffset } = endOffsetForEpoch(cache, requested, logEndOffset);
      return [requested, epoch, endOffset];
    }),
    epochForOffset: questions.epochForOffset.map(([offset]) => [offset, epochForOffset(cache, offset)]),
  };
}
