/**
 * Where `kafka-consumer-groups.sh --reset-offsets` puts a group.
 *
 * Follows `org.apache.kafka.tools.consumer.group.ConsumerGroupCommand.ConsumerGroupService#prepareOffsetsToReset` (3.9.0).
 */
import type { Offset } from '../ids.ts';
import { type TopicPartition, topicPartitionName } from '../topicPartition.ts';

export type ResetStrategy =
  | { readonly kind: 'toEarliest' | 'toLatest' | 'toCurrent' | 'toTime' }
  | { readonly kind: 'toOffset'; readonly offset: number }
  | { readonly kind: 'shiftBy'; readonly by: number };

export interface ResettablePartition {
  readonly topicPartition: TopicPartition;
  readonly logStartOffset: Offset;
  readonly logEndOffset: Offset;
  /** Null: the group has none. */
  readonly committedOffset: Offset | null;
  /** For `toTime`: the first record that is not older; null when there is none. */
  readonly offsetForTime: Offset | null;
}

/** What the tool does with the offset asked for. */
export type ResetNote = 'aboveLatest' | 'belowEarliest' | 'afterLastRecord';

export interface PartitionReset {
  readonly topicPartition: TopicPartition;
  /** What was asked for, inside the log or not. */
  readonly requestedOffset: number;
  readonly newOffset: Offset;
  /** The tool warns that it took another offset. */
  readonly note: ResetNote | null;
}

export type ResetPlan =
  | { readonly outcome: 'planned'; readonly partitions: readonly PartitionReset[] }
  /** An `IllegalArgumentException`: nothing is reset. */
  | { readonly outcome: 'refused'; readonly message: string };

/** Why the reset is refused, whatever the logs hold: the message of an `IllegalArgumentException`; null when it is not. */
export function resetRefusal(
  strategy: ResetStrategy,
  partitions: readonly Pick<ResettablePartition, 'topicPartition' | 'committedOffset'>[],
): string | null {
  if (strategy.kind !== 'shiftBy') return null;
  const without = partitions.find(({ committedOffset }) => committedOffset === null);
  if (without === undefined) return null;
  const name = topicPartitionName(without.topicPartition);
  return `Cannot shift offset for partition ${name} since there is no current committed offset`;
}

export function planReset(strategy: ResetStrategy, partitions: readonly ResettablePartition[]): ResetPlan {
  const message = resetRefusal(strategy, partitions);
  if (message !== null) return { outcome: 'refused', message };
  return {
    outcome: 'planned',
    partitions: partitions.map((partition) => ({
      topicPartition: partition.topicPartition,
      ...resetOne(strategy, partition),
    })),
  };
}

type Settled = Omit<PartitionReset, 'topicPartition'>;

function resetOne(strategy: ResetStrategy, partition: ResettablePartition): Settled {
  const { logStartOffset, logEndOffset, committedOffset, offsetForTime } = partition;
  switch (strategy.kind) {
    case 'toEarliest':
      return at(logStartOffset);
    case 'toLatest':
      return at(logEndOffset);
    case 'toCurrent':
      return at(committedOffset ?? logEndOffset);
    case 'toTime':
      return offsetForTime === null ? at(logEndOffset, 'afterLastRecord') : at(offsetForTime);
    case 'toOffset':
      return withinLog(strategy.offset, partition);
    default:
      return withinLog((committedOffset ?? 0) + strategy.by, partition);
  }
}

const at = (offset: Offset, note: ResetNote | null = null): Settled => ({
  requestedOffset: offset,
  newOffset: offset,
  note,
});

function withinLog(requestedOffset: number, { logStartOffset, logEndOffset }: ResettablePartition): Settled {
  if (requestedOffset > logEndOffset) return { requestedOffset, newOffset: logEndOffset, note: 'aboveLatest' };
  if (requestedOffset < logStartOffset) return { requestedOffset, newOffset: logStartOffset, note: 'belowEarliest' };
  return at(requestedOffset as Offset);
}

/** Records between a committed offset and the log end: negative when the offset lies past the end. */
export function lagOf({
  committedOffset,
  logEndOffset,
}: {
  readonly committedOffset: number;
  readonly logEndOffset: number;
}): number {
  return logEndOffset - committedOffset;
}
