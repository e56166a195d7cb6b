/**
 * Handing out what fetches brought: up to `max.poll.records`, all of one partition before the next; and what errors of a partition mean.
 *
 * Follows `FetchCollector` and `CompletedFetch` of `org.apache.kafka.clients.consumer.internals` (3.9.0).
 */
import { decodeFetch } from '../../../kafka/consumer/completedFetch.ts';
import type { Offset } from '../../../kafka/ids.ts';
import type { RecordBatch } from '../../../kafka/record/recordBatch.ts';
import { javaTopicPartitionHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import { isSameTopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { tell } from '../../facts.ts';
import { type JavaException, kafkaException } from '../javaException.ts';
import { requestUpdate } from '../metadata.ts';
import { logOf } from '../networkClient.ts';
import {
  type CompletedFetch,
  type Consumer,
  type ConsumerRecord,
  type ConsumerTurn,
  type DecodedRecords,
  metadataOf,
  withMetadata,
} from './consumerState.ts';
import {
  hasValidPosition,
  isFetchable,
  moveToEnd,
  partitionState,
  requestReset,
  updatePartition,
} from './subscriptionState.ts';

const FETCH_COLLECTOR = 'org.apache.kafka.clients.consumer.internals.FetchCollector';

export interface Collected {
  readonly consumer: Consumer;
  readonly records: readonly ConsumerRecord[];
  /** A position moved, be it over markers only: poll returns. */
  readonly hasAdvanced: boolean;
}

export function collectFetch(before: Consumer, turn: ConsumerTurn): Collected {
  let consumer = before;
  const records: ConsumerRecord[] = [];
  let hasAdvanced = false;
  const paused: CompletedFetch[] = [];
  let left = consumer.settings.maxPollRecords;
  while (left > 0 && turn.failures.length === 0) {
    const [next, ...rest] = consumer.fetcher.buffer;
    if (next === undefined) break;
    const state = partitionState(consumer.subscription, next);
    if (state?.isPaused === true) {
      paused.push(next);
      consumer = withBuffer(consumer, rest);
      continue;
    }
    if (next.decoded === null) {
      const [after, decoded] = initialize(withBuffer(consumer, rest), next, turn);
      consumer = decoded === null ? after : withBuffer(after, [{ ...next, decoded }, ...rest]);
      continue;
    }
    const taken = take(withBuffer(consumer, rest), next, next.decoded, left, turn);
    consumer = taken.consumer;
    records.push(...taken.records);
    hasAdvanced ||= taken.hasAdvanced;
    left -= taken.records.length;
  }
  if (paused.length > 0) consumer = withBuffer(consumer, [...consumer.fetcher.buffer, ...paused]);
  return { consumer, records: inRecordOrder(records), hasAdvanced };
}

/** `ConsumerRecords` lists partitions as its hash map does. */
function inRecordOrder(records: readonly ConsumerRecord[]): readonly ConsumerRecord[] {
  const first = records[0];
  if (first === undefined || records.every((record) => isSameTopicPartition(record, first))) return records;
  const byPartition = new Map<string, ConsumerRecord[]>();
  for (const record of records) {
    const name = topicPartitionName(record);
    const known = byPartition.get(name);
    if (known === undefined) byPartition.set(name, [record]);
    else known.push(record);
  }
  const lists = [...byPartition.values()];
  return javaHashOrder(lists, (list) => javaTopicPartitionHash(list[0]!)).flat();
}

function withBuffer(consumer: Consumer, buffer: readonly CompletedFetch[]): Consumer {
  return { ...consumer, fetcher: { ...consumer.fetcher, buffer } };
}

/** A fetch's turn has come: its records are decoded, or its error is dealt with (null). */
function initialize(
  before: Consumer,
  completed: CompletedFetch,
  turn: ConsumerTurn,
): readonly [Consumer, DecodedRecords | null] {
  const state = partitionState(before.subscription, completed);
  const { answer, fetchOffset } = completed;
  // Another position was taken meanwhile, or the partition is no longer ours.
  const position = state?.position ?? null;
  const isWanted = state !== undefined && hasValidPosition(state) && position?.offset === fetchOffset;
  if (answer.errorCode !== 'NONE') return [afterError(before, completed, isWanted, turn), null];
  if (!isWanted) return [before, null];
  const isCommittedOnly = before.settings.isReadCommitted;
  const decoded = decodeFetch(
    { batches: answer.records, abortedTransactions: isCommittedOnly ? (answer.abortedTransactions ?? []) : null },
    fetchOffset as Offset,
  );
  const subscription = updatePartition(before.subscription, completed, (known) => ({
    ...known,
    highWatermark: answer.highWatermark >= 0 ? answer.highWatermark : known.highWatermark,
    lastStableOffset: answer.lastStableOffset >= 0 ? answer.lastStableOffset : known.lastStableOffset,
  }));
  const consumer = { ...before, subscription };
  if (answer.records.length === 0) return [consumer, null];
  const { records, nextOffset } = decoded;
  return [consumer, { records, nextIndex: 0, endOffset: nextOffset, batches: answer.records }];
}

function take(
  before: Consumer,
  completed: CompletedFetch,
  decoded: DecodedRecords,
  most: number,
  turn: ConsumerTurn,
): Collected {
  const nothing: Collected = { consumer: before, records: [], hasAdvanced: false };
  const state = partitionState(before.subscription, completed);
  const position = state?.position ?? null;
  if (state === undefined || position === null || !isFetchable(state)) return nothing;
  const { records, nextIndex, endOffset, batches } = decoded;
  const expected = nextIndex === 0 ? completed.fetchOffset : records[nextIndex - 1]!.offset + 1;
  if (position.offset !== expected) return nothing;
  const { topic, partition } = completed;
  const until = Math.min(records.length, nextIndex + most);
  const isDrained = until === records.length && until - nextIndex < most;
  const taken: ConsumerRecord[] = [];
  let batchIndex = 0;
  for (let i = nextIndex; i < until; i++) {
    const record = records[i]!;
    while (batchIndex < batches.length - 1 && batches[batchIndex]!.lastOffset < record.offset) batchIndex += 1;
    const { timestampType, partitionLeaderEpoch } = batches[batchIndex]!;
    const { offset, timestamp, key, value, headers } = record;
    const leaderEpoch = partitionLeaderEpoch;
    taken.push({ offset, timestamp, key, value, headers, topic, partition, timestampType, leaderEpoch });
  }
  const last = taken.at(-1);
  const offset = isDrained ? endOffset : (last?.offset ?? position.offset - 1) + 1;
  const hasAdvanced = offset > position.offset;
  if (last !== undefined) {
    turn.effects.push(
      tell('recordsConsumed', {
        client: before.clientId,
        group: before.settings.groupId,
        topic,
        partition,
        firstOffset: taken[0]!.offset,
        lastOffset: last.offset,
        count: taken.length,
      }),
    );
  }
  const moved = hasAdvanced
    ? updatePartition(before.subscription, completed, (known) => ({
        ...known,
        position: { ...position, offset, offsetEpoch: epochBefore(batches, offset) ?? position.offsetEpoch },
      }))
    : before.subscription;
  const consumer = { ...before, subscription: isDrained ? moveToEnd(moved, completed) : moved };
  // Nothing left but perhaps markers: those are stepped over at the next look.
  if (isDrained) return { consumer, records: taken, hasAdvanced };
  const rest: CompletedFetch = { ...completed, decoded: { ...decoded, nextIndex: until } };
  return { consumer: withBuffer(consumer, [rest, ...consumer.fetcher.buffer]), records: taken, hasAdvanced };
}

/** Leader epoch of the batch that ends before the offset. */
function epochBefore(batches: readonly RecordBatch[], offset: number): number | null {
  for (let i = batches.length - 1; i >= 0; i--) {
    const { baseOffset, partitionLeaderEpoch } = batches[i]!;
    if (baseOffset < offset) return partitionLeaderEpoch < 0 ? null : partitionLeaderEpoch;
  }
  return null;
}

function afterError(consumer: Consumer, completed: CompletedFetch, isWanted: boolean, turn: ConsumerTurn): Consumer {
  const place = topicPartitionName(completed);
  const { errorCode } = completed.answer;
  const refreshed = () => withMetadata(consumer, requestUpdate(metadataOf(consumer)));
  const warn = (text: string) => turn.logs.push(logOf(consumer, 'WARN', text, FETCH_COLLECTOR));
  switch (errorCode) {
    case 'NOT_LEADER_OR_FOLLOWER':
    case 'REPLICA_NOT_AVAILABLE':
    case 'KAFKA_STORAGE_ERROR':
    case 'FENCED_LEADER_EPOCH':
    case 'OFFSET_NOT_AVAILABLE':
      return refreshed();
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      warn(`Received unknown topic or partition error in fetch for partition ${place}`);
      return refreshed();
    case 'UNKNOWN_TOPIC_ID':
      warn(`Received unknown topic ID error in fetch for partition ${place}`);
      return refreshed();
    case 'INCONSISTENT_TOPIC_ID':
      warn(`Received inconsistent topic ID error in fetch for partition ${place}`);
      return refreshed();
    case 'OFFSET_OUT_OF_RANGE':
      return isWanted ? outOfRange(consumer, completed, turn) : consumer;
    case 'UNKNOWN_LEADER_EPOCH':
      return consumer;
    case 'UNKNOWN_SERVER_ERROR':
      warn(`Unknown server error while fetching offset ${completed.fetchOffset} for topic-partition ${place}`);
      return consumer;
    case 'CORRUPT_MESSAGE': {
      const message = `Encountered corrupt message when fetching offset ${completed.fetchOffset} for topic-partition ${place}`;
      turn.failures.push(kafkaException(message));
      return consumer;
    }
    default: {
      const message = `Unexpected error code ${errorCode} while fetching at offset ${completed.fetchOffset} from topic-partition ${place}`;
      turn.failures.push({ class: 'java.lang.IllegalStateException', message });
      return consumer;
    }
  }
}

/** What was to be read is gone, or never was: by the reset policy, or an exception. */
function outOfRange(consumer: Consumer, completed: CompletedFetch, turn: ConsumerTurn): Consumer {
  const { autoOffsetReset } = consumer.settings;
  const place = topicPartitionName(completed);
  const text = `Fetch position FetchPosition{offset=${completed.fetchOffset}} is out of range for partition ${place}`;
  if (autoOffsetReset === 'none') {
    turn.logs.push(
      logOf(
        consumer,
        'INFO',
        `${text}, raising error to the application since no reset policy is configured`,
        FETCH_COLLECTOR,
      ),
    );
    const exception: JavaException = {
      class: 'org.apache.kafka.clients.consumer.OffsetOutOfRangeException',
      message: text,
    };
    turn.failures.push(exception);
    return consumer;
  }
  turn.logs.push(logOf(consumer, 'INFO', `${text}, resetting offset`, FETCH_COLLECTOR));
  const subscription = updatePartition(consumer.subscription, completed, (state) =>
    requestReset(state, autoOffsetReset),
  );
  return { ...consumer, subscription };
}
