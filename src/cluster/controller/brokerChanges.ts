/**
 * Brokers that come and go, as `/brokers/ids` shows them.
 *
 * Follows `kafka.controller.KafkaController#processBrokerChange`, `#onBrokerStartup` and `#onBrokerFailure` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import type { Turn } from '../broker/turn.ts';
import { answerOf } from '../broker/zkConnection.ts';
import { decodeBroker, paths } from '../broker/znodes.ts';
import { addUpdateMetadata, newBatch, sendBatch, stopTelling } from './brokerRequests.ts';
import type { LiveBroker, PartitionKey, ReplicaKey } from './controller.ts';
import {
  allPartitions,
  changeController,
  controlled,
  controllerOf,
  isQueuedForDeletion,
  isReplicaOnline,
  liveOrShuttingDown,
  replicasOnBrokers,
} from './controllerContext.ts';
import { movePartitions, triggerOnlineStateChange } from './partitionStateMachine.ts';
import { resumeReassignments } from './reassignment.ts';
import { moveReplicas } from './replicaStateMachine.ts';
import { failDeletion, resumeDeletionOf } from './topicDeletion.ts';
import { askAll, askOne } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** All that are registered now; the watch fires at the next change. */
export function readLiveBrokers(turn: Turn, then: (turn: Turn, brokers: readonly LiveBroker[]) => void): void {
  askOne(turn, { op: 'getChildren', path: paths.brokerIds, watch: true }, (later, found) => {
    const ids = (answerOf(found, 'getChildren')?.children ?? []).map(Number).sort((a, b) => a - b);
    const requests = ids.map((id) => ({ op: 'getData' as const, path: paths.brokerId(id), watch: false }));
    askAll(later, requests, (last, results) => {
      const brokers = results.flatMap((result, at): LiveBroker[] => {
        const data = answerOf(result, 'getData');
        const broker = decodeBroker(ids[at]!, data?.data ?? null);
        return broker === null || data === undefined ? [] : [{ ...broker, epoch: data.stat.czxid }];
      });
      then(last, brokers);
    });
  });
}

/** New, bounced and dead brokers, in this order; a bounced one fails and then starts. */
export function processBrokerChange(turn: Turn, done: Done): void {
  if (!controllerOf(turn).isActive) return done(turn);
  readLiveBrokers(turn, (later, current) => {
    const known = controllerOf(later).liveBrokers;
    const added = current.filter(({ id }) => !known.has(id));
    const dead = [...known.keys()].filter((id) => current.every((broker) => broker.id !== id));
    const bounced = current.filter(({ id, epoch }) => (known.get(id)?.epoch ?? epoch) < epoch);
    for (const { id } of bounced) stopTelling(later, id);
    for (const id of dead) stopTelling(later, id);
    startAll(later, added, (second) => {
      removeLive(
        second,
        bounced.map(({ id }) => id),
      );
      failAll(
        second,
        bounced.map(({ id }) => id),
        (third) =>
          startAll(third, bounced, (fourth) => {
            removeLive(fourth, dead);
            failAll(fourth, dead, done);
          }),
      );
    });
  });
}

function removeLive(turn: Turn, ids: readonly BrokerId[]): void {
  if (ids.length === 0) return;
  const { liveBrokers } = controllerOf(turn);
  changeController(turn, { liveBrokers: new Map([...liveBrokers].filter(([id]) => !ids.includes(id))) });
}

function startAll(turn: Turn, brokers: readonly LiveBroker[], done: Done): void {
  if (brokers.length === 0) return done(turn);
  const liveBrokers = new Map(controllerOf(turn).liveBrokers);
  for (const broker of brokers) liveBrokers.set(broker.id, broker);
  changeController(turn, { liveBrokers });
  onBrokerStartup(
    turn,
    brokers.map(({ id }) => id),
    done,
  );
}

function onBrokerStartup(turn: Turn, ids: readonly BrokerId[], done: Done): void {
  const others = liveOrShuttingDown(turn).filter((id) => !ids.includes(id));
  sendMetadata(turn, others, []);
  sendMetadata(
    turn,
    ids,
    allPartitions(turn).filter((key) => controlled(turn, key)?.leadership != null),
  );
  const replicas = replicasOnBrokers(turn, ids);
  moveReplicas(turn, replicas, 'OnlineReplica', (second) =>
    triggerOnlineStateChange(second, (third) =>
      resumeReassignments(third, (fourth) => {
        const doomed = replicas.filter(({ topic }) => isQueuedForDeletion(fourth, topic)).map(({ topic }) => topic);
        if (doomed.length === 0) return done(fourth);
        resumeDeletionOf(fourth, [...new Set(doomed)], done);
      }),
    ),
  );
}

function failAll(turn: Turn, ids: readonly BrokerId[], done: Done): void {
  if (ids.length === 0) return done(turn);
  const shuttingDown = new Set(controllerOf(turn).shuttingDown);
  for (const id of ids) shuttingDown.delete(id);
  const offlineReplicas = new Map(controllerOf(turn).offlineReplicas);
  for (const id of ids) offlineReplicas.delete(id);
  changeController(turn, { shuttingDown, offlineReplicas });
  replicasBecomeOffline(turn, replicasOnBrokers(turn, ids), done);
}

/** Others lead what they led, and they leave the ISRs (`#onReplicasBecomeOffline`). */
export function replicasBecomeOffline(turn: Turn, replicas: readonly ReplicaKey[], done: Done): void {
  const doomed = replicas.filter(({ topic }) => isQueuedForDeletion(turn, topic));
  const others = replicas.filter(({ topic }) => !isQueuedForDeletion(turn, topic));
  const leaderless = partitionsWithOfflineLeader(turn);
  movePartitions(turn, leaderless, 'OfflinePartition');
  triggerOnlineStateChange(turn, (second, failed) => {
    const isNothingElected = leaderless.length === failed.size || leaderless.length === 0;
    moveReplicas(second, others, 'OfflineReplica', (third) =>
      failDeletion(third, doomed, (last) => {
        // Somebody has to tell the brokers who died, even when nobody led or followed anything.
        if (others.length === 0 && isNothingElected) sendMetadata(last, liveOrShuttingDown(last), []);
        done(last);
      }),
    );
  });
}

function partitionsWithOfflineLeader(turn: Turn): readonly PartitionKey[] {
  return allPartitions(turn).filter((key) => {
    const leader = controlled(turn, key)?.leadership?.leader;
    return leader !== undefined && !isReplicaOnline(turn, leader, key) && !isQueuedForDeletion(turn, key.topic);
  });
}

export function sendMetadata(turn: Turn, brokers: readonly BrokerId[], partitions: readonly PartitionKey[]): void {
  const batch = newBatch();
  addUpdateMetadata(turn, batch, brokers, partitions);
  sendBatch(turn, batch);
}
