/**
 * Log directories of live brokers that have failed: the brokers say so in ZooKeeper, the controller asks each which replicas it has lost, and goes
 * on as if those were on a dead broker.
 *
 * Follows `KafkaController#processLogDirEventNotification` and `#processLeaderAndIsrResponseReceived` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { tellFact, type Turn } from '../broker/turn.ts';
import { answerOf, askAllZk, askZk } from '../broker/zkConnection.ts';
import { decodeLogDirEvent, paths } from '../broker/znodes.ts';
import type { ZkWrite } from '../protocol/zookeeper.ts';
import { replicasBecomeOffline } from './brokerChanges.ts';
import type { AnsweredReplicas } from './brokerRequests.ts';
import { changeController, controllerOf, nameOf, replicasOnBrokers } from './controllerContext.ts';
import { enqueue } from './eventManager.ts';
import { moveReplicas } from './replicaStateMachine.ts';
import { writeAsController } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** Tells the brokers of all their replicas once more: their answers say which are offline. */
export function processLogDirEvents(turn: Turn, done: Done): void {
  const { isActive, term } = controllerOf(turn);
  if (!isActive) return done(turn);
  const folder = paths.logDirEventNotification;
  askZk(turn, { op: 'getChildren', path: folder, watch: true }, (second, found) => {
    const children = answerOf(found, 'getChildren')?.children ?? [];
    const requests = children.map((child) => ({ op: 'getData' as const, path: `${folder}/${child}`, watch: false }));
    askAllZk(second, requests, (third, results) => {
      if (controllerOf(third).term !== term) return;
      const brokers = results.flatMap((result) => decodeLogDirEvent(answerOf(result, 'getData')?.data ?? null) ?? []);
      moveReplicas(third, replicasOnBrokers(third, brokers), 'OnlineReplica', (fourth) => {
        const deletions = children.map((child): ZkWrite => ({ op: 'delete', path: `${folder}/${child}`, version: -1 }));
        writeAsController(fourth, deletions, (last) => done(last));
      });
    });
  });
}

/** A broker's answer to LeaderAndIsr tells of replicas that are offline, or of some that were. */
export function onReplicasAnswered(turn: Turn, broker: BrokerId, { offline, online }: AnsweredReplicas): void {
  enqueue(turn, 'LeaderAndIsrResponseReceived', (later, done) => {
    const { isActive, offlineReplicas } = controllerOf(later);
    if (!isActive) return done(later);
    const before = offlineReplicas.get(broker) ?? new Set();
    const now = new Set(before);
    for (const key of online) now.delete(nameOf(key));
    for (const key of offline) now.add(nameOf(key));
    const all = new Map(offlineReplicas);
    if (now.size === 0) all.delete(broker);
    else all.set(broker, now);
    changeController(later, { offlineReplicas: all });
    const found = offline.filter((key) => !before.has(nameOf(key)));
    if (found.length === 0) return done(later);
    tellFact(later, 'replicasOffline', { broker, partitions: found });
    replicasBecomeOffline(
      later,
      found.map((key) => ({ ...key, replica: broker })),
      done,
    );
  });
}
