/**
 * Leaders ask the controller for new ISRs: one request at a time, with all that waits.
 *
 * Follows `kafka.server.DefaultAlterPartitionManager` (3.9.0, KIP-497).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import { ms } from '../../kernel/time.ts';
import type { AlterPartitionRequest, AlterPartitionResponse } from '../protocol/kafka/controlPlane.ts';
import { findPartition } from './broker.ts';
import { askController } from './controllerChannel.ts';
import type { HostedPartition } from './hostedPartition.ts';
import { acceptIsr, lastCaughtUpMs, rejectIsr } from './partition.ts';
import { setTimer, tellFact, type Turn, update } from './turn.ts';

export interface AlterPartitionManager {
  /** Places in `Broker.partitions` whose proposal has not been answered. */
  readonly unsent: readonly number[];
  readonly isInFlight: boolean;
  /** After a failure, until the timer. */
  readonly isPaused: boolean;
}
export const noAlterPartitions: AlterPartitionManager = { unsent: [], isInFlight: false, isPaused: false };

const RETRY_MS = 50;

/** Sends what has been proposed, unless a request is under way. */
export function proposeIsrs(turn: Turn): void {
  const { alterPartition, partitions, brokerId, brokerEpoch } = turn.broker;
  if (alterPartition.isInFlight || alterPartition.isPaused || alterPartition.unsent.length === 0) return;
  const proposed = alterPartition.unsent
    .map((index) => partitions[index])
    .filter((partition): partition is HostedPartition => partition?.role === 'leader' && partition.pendingIsr !== null);
  update(turn, { alterPartition: { unsent: [], isInFlight: proposed.length > 0, isPaused: false } });
  if (proposed.length === 0) return;
  const body: AlterPartitionRequest = { brokerId, brokerEpoch, topics: groupByTopic(turn, proposed) };
  askController(turn, 'alter-partition', 'AlterPartition', body, settleLater(proposed));
}

const settleLater =
  (proposed: readonly HostedPartition[]) =>
  (turn: Turn, response: AlterPartitionResponse | null): void =>
    settle(turn, proposed, response);

function groupByTopic(turn: Turn, proposed: readonly HostedPartition[]): AlterPartitionRequest['topics'] {
  const topics = [...new Set(proposed.map(({ topic }) => topic))];
  return topics.map((topicName) => {
    const own = proposed.filter(({ topic }) => topic === topicName);
    return {
      topicName,
      topicId: own[0]!.topicId,
      partitions: own.map((partition) => ({
        partitionIndex: partition.partition,
        leaderEpoch: partition.leaderEpoch,
        newIsrWithEpochs: (partition.pendingIsr?.isr ?? []).map((id) => ({
          brokerId: id,
          brokerEpoch:
            id === turn.broker.brokerId
              ? turn.broker.brokerEpoch
              : (partition.followers.find((follower) => follower.brokerId === id)?.brokerEpoch ?? -1),
        })),
        leaderRecoveryState: 0 as const,
        partitionEpoch: partition.partitionEpoch,
      })),
    };
  });
}

function settle(turn: Turn, proposed: readonly HostedPartition[], response: AlterPartitionResponse | null): void {
  update(turn, { alterPartition: { ...turn.broker.alterPartition, isInFlight: false } });
  if (response === null || response.errorCode !== 'NONE') return retryLater(turn, proposed);
  const again: HostedPartition[] = [];
  for (const { topicName, partitions } of response.topics) {
    for (const answer of partitions) {
      const asked = proposed.find(({ topic, partition }) => topic === topicName && partition === answer.partitionIndex);
      const partition = findPartition(turn.broker, topicName, answer.partitionIndex);
      if (asked === undefined || partition === undefined || partition.leaderEpoch !== asked.leaderEpoch) continue;
      if (answer.errorCode === 'NONE') grant(turn, partition, answer);
      else if (leavesStateAsItIs(answer.errorCode)) rejectIsr(turn, partition.index);
      else if (!isFinal(answer.errorCode)) again.push(partition);
    }
  }
  if (again.length > 0) retryLater(turn, again);
  else proposeIsrs(turn);
}

/** The controller says that the state the leader knows is the right one, and that it was left as it is: the leader may propose again. */
const leavesStateAsItIs = (error: ErrorName): boolean =>
  error === 'OPERATION_NOT_ATTEMPTED' || error === 'INELIGIBLE_REPLICA';

/**
 * Errors after which nobody asks again, and the proposal stays: it may have been carried out. The leader proposes nothing more, and a new
 * member goes on counting for its high watermark, until it is told of a new leader epoch (`Partition#handleAlterPartitionError`).
 */
const isFinal = (error: ErrorName): boolean =>
  [
    'UNKNOWN_TOPIC_OR_PARTITION',
    'UNKNOWN_TOPIC_ID',
    'FENCED_LEADER_EPOCH',
    'INVALID_UPDATE_VERSION',
    'INVALID_REQUEST',
    'NEW_LEADER_ELECTED',
  ].includes(error);

function grant(
  turn: Turn,
  partition: HostedPartition,
  answer: AlterPartitionResponse['topics'][number]['partitions'][number],
): void {
  const { topic, partition: number, isr: before } = partition;
  const added = answer.isr.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !answer.isr.includes(id));
  if (added.length > 0) tellFact(turn, 'isrExpanded', { topic, partition: number, isr: answer.isr, added });
  if (removed.length > 0) {
    const why = {
      kind: 'lag',
      maxMs: turn.broker.settings.replicaLagTimeMaxMs,
      behind: lagsOf(turn, partition, removed),
    } as const;
    tellFact(turn, 'isrShrunk', { topic, partition: number, isr: answer.isr, removed, why });
  }
  acceptIsr(turn, partition.index, answer);
}

function lagsOf(turn: Turn, { followers }: HostedPartition, removed: readonly BrokerId[]) {
  return removed.map((broker) => {
    const follower = followers.find(({ brokerId }) => brokerId === broker);
    const caughtUpMs = follower === undefined ? 0 : lastCaughtUpMs(turn, follower);
    return { broker, agoMs: caughtUpMs <= 0 ? null : turn.nowMs - caughtUpMs };
  });
}

function retryLater(turn: Turn, proposed: readonly HostedPartition[]): void {
  const { alterPartition } = turn.broker;
  const unsent = [...new Set([...alterPartition.unsent, ...proposed.map(({ index }) => index)])];
  update(turn, { alterPartition: { isInFlight: false, isPaused: true, unsent } });
  setTimer(turn, 'alter partition', ms(RETRY_MS), { type: 'SCHEDULED', task: 'retryAlterPartition' });
}

export function retryProposals(turn: Turn): void {
  update(turn, { alterPartition: { ...turn.broker.alterPartition, isPaused: false } });
  proposeIsrs(turn);
}
