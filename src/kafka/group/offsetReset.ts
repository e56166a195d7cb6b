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
  readonly newOffset: Offset;
  /** The tool warns that it took another offset. */
  readonly note: ResetNote | null;
}

export type ResetPlan =
  | { readonly outcome: 'planned'; readonly partitions: readonly PartitionReset[] }
  /** An `IllegalArgumentException`: nothing is reset. */
  | { readonly outcome: 'refused'; readonly message: string };

export function planReset(strategy: ResetStrategy, partitions: readonly ResettablePartition[]): ResetPlan {
  if (strategy.kind === 'shiftBy') {
    const without = partitions.find(({ committedOffset }) => committedOffset === null);
    if (without !== undefined) {
      const name = topicPartitionName(without.topicPartition);
      return {
        outcome: 'refused',
        message: `Cannot shift offset for partition ${name} since there is no current committed offset`,
      };
    }
  }
  return {
    outcome: 'planned',
    partitions: partitions.map((partition) => ({
      topicPartition: partition.topicPartition,
      ...resetOne(strategy, partition),
    })),
  };
}

function resetOne(strategy: ResetStrategy, partition: ResettablePartition): Pick<PartitionReset, 'newOffset' | 'note'> {
  const { logStartOffset, logEndOffset, committedOffset, offsetForTime } = partition;
  switch (strategy.kind) {
    case 'toEarliest':
      return { newOffset: logStartOffset, note: null };
    case 'toLatest':
      return { newOffset: logEndOffset, note: null };
    case 'toCurrent':
      return { newOffset: committedOffset ?? logEndOffset, note: null };
    case 'toTime':
      return { newOffset: offsetForTime ?? logEndOffset, note: offsetForTime === null ? 'afterLastRecord' : null };
    case 'toOffset':
      return withinLog(strategy.offset, partition);
    default:
      return withinLog((committedOffset ?? 0) + strategy.by, partition);
  }
}

function withinLog(
  offset: number,
  { logStartOffset, logEndOffset }: ResettablePartition,
): Pick<PartitionReset, 'newOffset' | 'note'> {
  if (offset > logEndOffset) return { newOffset: logEndOffset, note: 'aboveLatest' };
  if (offset < logStartOffset) return { newOffset: logStartOffset, note: 'belowEarliest' };
  return { newOffset: offset as Offset, note: null };
}

/** Records between a committed offset and the log end: negative when the offset lies past the end. */
export function lagOf({
  committedOffset,
  logEndOffset,
}: {
  readonly committedOffset: Offset;
  readonly logEndOffset: Offset;
}): number {
  return logEndOffset - committedOffset;
}
