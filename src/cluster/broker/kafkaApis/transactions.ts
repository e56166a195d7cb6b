/**
 * WriteTxnMarkers: the end of transactions, written into partitions that this broker leads. TxnOffsetCommit: offsets that belong to one.
 *
 * Follows `KafkaApis#handleWriteTxnMarkersRequest` and `GroupCoordinator#handleTxnCommitOffsets` (3.9.0). WriteTxnMarkers is answered, and
 * offsets come into force, when all its markers are replicated.
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import { type CoordinatorEpoch, NO_SEQUENCE } from '../../../kafka/ids.ts';
import { GROUP_METADATA_TOPIC_NAME } from '../../../kafka/internalTopics.ts';
import { hasOngoingTransaction } from '../../../kafka/log/partitionLog.ts';
import { createMarkerBatch } from '../../../kafka/record/controlRecord.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { GroupRequest } from '../../coordinator/groupCoordinator.ts';
import { commitErrorOf } from '../../coordinator/storeErrors.ts';
import type { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from '../../protocol/kafka/transactions.ts';
import { type AppendCallback, type AppendedPartition, appendRecords } from '../appendRecords.ts';
import { findPartition } from '../broker.ts';
import { brokerNumber } from '../brokerSettings.ts';
import { endTransactionOfGroups, handleGroups } from '../groupCoordination.ts';
import { type Call, respond } from '../requestChannel.ts';
import { offsetsPartitionFor } from '../transactionCoordination.ts';
import {
  type AfterVerification,
  appendRefusal,
  endVerification,
  verifyTransaction,
} from '../transactionVerification.ts';
import { tellFact, type Turn } from '../turn.ts';

type Marker = WriteTxnMarkersRequest['markers'][number];
interface Target extends TopicPartition {
  readonly marker: Marker;
}

export function handleWriteTxnMarkers(turn: Turn, call: Call<'WriteTxnMarkers'>): void {
  const targets = call.body.markers.flatMap((marker) =>
    marker.topics.flatMap(({ name, partitions }) =>
      partitions.map((partition): Target => ({ topic: name, partition, marker })),
    ),
  );
  const isHere = ({ topic, partition }: Target): boolean => findPartition(turn.broker, topic, partition)?.log != null;
  const [here, elsewhere] = [targets.filter(isHere), targets.filter((target) => !isHere(target))];
  const entries = here.map((target) => ({
    topic: target.topic,
    partition: target.partition,
    batch: markerBatch(turn, target.marker),
  }));
  for (const { topic, partition, marker } of here) endVerification(turn, { topic, partition }, marker.producerId);
  const timeoutMs = brokerNumber(turn.broker.settings, 'request.timeout.ms');
  const options = { acks: -1, timeoutMs, origin: 'coordinator', internalTopicsAllowed: true } as const;
  appendRecords(turn, entries, options, answerLater(call, here, elsewhere));
}

const answerLater =
  (call: Call<'WriteTxnMarkers'>, here: readonly Target[], elsewhere: readonly Target[]): AppendCallback =>
  (turn, results) => {
    const errors = new Map<Target, ErrorName>(elsewhere.map((target) => [target, 'UNKNOWN_TOPIC_OR_PARTITION']));
    results.forEach((result, at) => {
      const target = here[at]!;
      errors.set(target, result.errorCode);
      if (result.errorCode === 'NONE') tellMarker(turn, target, result);
    });
    endOffsets(turn, call.body, errors);
    respond(turn, call, answer(call.body, errors));
  };

const markerBatch = (turn: Turn, { producerId, producerEpoch, transactionResult, coordinatorEpoch }: Marker) =>
  createMarkerBatch(
    { type: transactionResult ? 'COMMIT' : 'ABORT', coordinatorEpoch: coordinatorEpoch as CoordinatorEpoch },
    { timestamp: turn.nowMs, producerId, producerEpoch },
  );

function tellMarker(turn: Turn, { topic, partition, marker }: Target, { baseOffset: offset }: AppendedPartition): void {
  const { producerId, transactionResult: isCommit } = marker;
  const { brokerId: broker } = turn.broker;
  tellFact(turn, 'transactionMarkerWritten', { broker, topic, partition, producerId, isCommit, offset });
}

/** Offsets that were sent to the transaction count, or are dropped. */
function endOffsets(turn: Turn, { markers }: WriteTxnMarkersRequest, errors: ReadonlyMap<Target, ErrorName>): void {
  for (const marker of markers) {
    const partitions: number[] = [];
    for (const [target, error] of errors)
      if (target.marker === marker && error === 'NONE' && target.topic === GROUP_METADATA_TOPIC_NAME)
        partitions.push(target.partition);
    if (partitions.length === 0) continue;
    const { producerId, transactionResult: isCommit } = marker;
    endTransactionOfGroups(turn, { producerId, isCommit, partitions });
  }
}

function answer({ markers }: WriteTxnMarkersRequest, errors: ReadonlyMap<Target, ErrorName>): WriteTxnMarkersResponse {
  return {
    markers: markers.map((marker) => ({
      producerId: marker.producerId,
      topics: marker.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partitionIndex) => {
          const target = [...errors].find(
            ([one]) => one.marker === marker && one.topic === name && one.partition === partitionIndex,
          );
          return { partitionIndex, errorCode: target?.[1] ?? 'NONE' };
        }),
      })),
    })),
  };
}

type OffsetsRequest = GroupRequest & { readonly api: 'TxnOffsetCommit' };

/** The coordinator of the transaction vouches for it first. */
export function handleTxnOffsetCommit(turn: Turn, request: OffsetsRequest): void {
  const { transactionalId, producerId, producerEpoch, groupId } = request.body;
  const partitions = [{ ...offsetsPartitionFor(turn, groupId), baseSequence: NO_SEQUENCE }];
  verifyTransaction(turn, { transactionalId, producerId, producerEpoch, partitions }, commitLater(request));
}

const commitLater =
  (request: OffsetsRequest): AfterVerification =>
  (turn, verdict) => {
    const { groupId, producerId, topics } = request.body;
    const partition = offsetsPartitionFor(turn, groupId);
    const error =
      verdict.errors.get(topicPartitionName(partition)) ??
      appendRefusal(turn, { ...partition, baseSequence: NO_SEQUENCE }, producerId, verdict);
    if (error === null) {
      handleGroups(turn, request);
      const log = findPartition(turn.broker, partition.topic, partition.partition)?.log;
      if (log != null && hasOngoingTransaction(log, producerId)) endVerification(turn, partition, producerId);
      return;
    }
    const errorCode = commitErrorOf(error);
    const body = {
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
      })),
    };
    const { socket, correlationId } = request.to;
    respond(turn, { ...request, socket, correlationId }, body);
  };
