/**
 * Deletion of topics: replicas offline, then deleted by their brokers, then the znodes go. A topic with a dead replica waits for it.
 *
 * Follows `kafka.controller.TopicDeletionManager` (3.9.0).
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { tellFact, type Turn } from '../broker/turn.ts';
import { answerOf } from '../broker/zkConnection.ts';
import { paths } from '../broker/znodes.ts';
import type { ZkWrite } from '../protocol/zookeeper.ts';
import { addUpdateMetadata, type DeletionOutcome, newBatch, sendBatch } from './brokerRequests.ts';
import type { ReplicaKey } from './controller.ts';
import {
  changeController,
  controllerOf,
  isQueuedForDeletion,
  isReplicaOnline,
  liveOrShuttingDown,
  partitionsOfTopic,
  replicasOf,
  replicaState,
} from './controllerContext.ts';
import { enqueue } from './eventManager.ts';
import { movePartitions } from './partitionStateMachine.ts';
import { moveReplicas } from './replicaStateMachine.ts';
import type { ReplicaStateName } from './replicaState.ts';
import { askOne, writeAsController } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** Hidden at once; deleted as soon as nothing stands in the way. */
export function queueDeletion(turn: Turn, topics: readonly string[]): void {
  changeController(turn, { topicsToBeDeleted: new Set([...controllerOf(turn).topicsToBeDeleted, ...topics]) });
}

export function markIneligible(turn: Turn, topics: readonly string[]): void {
  const { topicsIneligibleForDeletion } = controllerOf(turn);
  const queued = topics.filter((topic) => isQueuedForDeletion(turn, topic));
  changeController(turn, { topicsIneligibleForDeletion: new Set([...topicsIneligibleForDeletion, ...queued]) });
}

/** What stood in the way of these topics may be gone. */
export function resumeDeletionOf(turn: Turn, topics: readonly string[], done: Done): void {
  const { topicsIneligibleForDeletion } = controllerOf(turn);
  const left = [...topicsIneligibleForDeletion].filter((topic) => !topics.includes(topic));
  changeController(turn, { topicsIneligibleForDeletion: new Set(left) });
  resumeDeletions(turn, done);
}

const replicasOfTopic = (turn: Turn, topic: string): readonly ReplicaKey[] =>
  replicasOf(turn, partitionsOfTopic(turn, topic));

const inState = (turn: Turn, topic: string, state: ReplicaStateName): readonly ReplicaKey[] =>
  replicasOfTopic(turn, topic).filter((key) => replicaState(turn, key) === state);

export function resumeDeletions(turn: Turn, done: Done): void {
  const queued = [...controllerOf(turn).topicsToBeDeleted];
  const finished = queued.filter((topic) => {
    const replicas = replicasOfTopic(turn, topic);
    return replicas.length > 0 && inState(turn, topic, 'ReplicaDeletionSuccessful').length === replicas.length;
  });
  completeAll(turn, finished, (later) => {
    const rest = queued.filter((topic) => !finished.includes(topic));
    const idle = rest.filter((topic) => inState(later, topic, 'ReplicaDeletionStarted').length === 0);
    const toRetry = idle.flatMap((topic) => inState(later, topic, 'ReplicaDeletionIneligible'));
    const eligible = idle.filter((topic) => !controllerOf(later).topicsIneligibleForDeletion.has(topic));
    moveReplicas(later, toRetry, 'OfflineReplica', (third) =>
      eligible.length === 0 ? done(third) : startDeletion(third, eligible, done),
    );
  });
}

function completeAll(turn: Turn, topics: readonly string[], done: Done): void {
  const [topic, ...rest] = topics;
  if (topic === undefined) return done(turn);
  const partitions = partitionsOfTopic(turn, topic);
  moveReplicas(turn, replicasOfTopic(turn, topic), 'NonExistentReplica', (later) => {
    askOne(later, { op: 'getChildren', path: paths.topicPartitions(topic), watch: false }, (second, found) => {
      const numbers = answerOf(found, 'getChildren')?.children.map(Number) ?? partitions.map((key) => key.partition);
      const remove = (path: string): ZkWrite => ({ op: 'delete', path, version: -1 });
      // Children before their parents.
      const writes = [
        ...numbers.flatMap((partition) => [
          remove(paths.partitionState(topic, partition)),
          remove(paths.topicPartition(topic, partition)),
        ]),
        remove(paths.topicPartitions(topic)),
        remove(paths.topic(topic)),
        remove(paths.config('topics', topic)),
        remove(paths.deleteTopic(topic)),
      ];
      writeAsController(second, writes, (last) => {
        const { topics: known, topicsToBeDeleted, topicsWithDeletionStarted } = controllerOf(last);
        changeController(last, {
          topics: without(known, topic),
          topicsToBeDeleted: withoutItem(topicsToBeDeleted, topic),
          topicsWithDeletionStarted: withoutItem(topicsWithDeletionStarted, topic),
        });
        tellFact(last, 'topicDeleted', { topic });
        completeAll(last, rest, done);
      });
    });
  });
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
function withoutItem(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}

function startDeletion(turn: Turn, topics: readonly string[], done: Done): void {
  const { topicsWithDeletionStarted } = controllerOf(turn);
  for (const topic of topics) {
    if (topicsWithDeletionStarted.has(topic)) continue;
    movePartitions(turn, partitionsOfTopic(turn, topic), 'OfflinePartition');
    movePartitions(turn, partitionsOfTopic(turn, topic), 'NonExistentPartition');
  }
  changeController(turn, { topicsWithDeletionStarted: new Set([...topicsWithDeletionStarted, ...topics]) });
  const batch = newBatch();
  const partitions = topics.flatMap((topic) => partitionsOfTopic(turn, topic));
  addUpdateMetadata(turn, batch, liveOrShuttingDown(turn), partitions);
  sendBatch(turn, batch);
  const replicas = topics.flatMap((topic) => replicasOfTopic(turn, topic));
  const dead = replicas.filter((key) => !isReplicaOnline(turn, key.replica, key));
  const alive = replicas.filter(
    (key) => isReplicaOnline(turn, key.replica, key) && replicaState(turn, key) !== 'ReplicaDeletionSuccessful',
  );
  moveReplicas(turn, dead, 'ReplicaDeletionIneligible', (second) =>
    moveReplicas(second, alive, 'OfflineReplica', (third) =>
      moveReplicas(third, alive, 'ReplicaDeletionStarted', (last) => {
        markIneligible(last, [...new Set(dead.map(({ topic }) => topic))]);
        done(last);
      }),
    ),
  );
}

/** Replicas that cannot be deleted now, because their broker died. */
export function failDeletion(turn: Turn, replicas: readonly ReplicaKey[], done: Done): void {
  const queued = replicas.filter(({ topic }) => isQueuedForDeletion(turn, topic));
  if (queued.length === 0) return done(turn);
  moveReplicas(turn, queued, 'ReplicaDeletionIneligible', (later) => {
    markIneligible(later, [...new Set(queued.map(({ topic }) => topic))]);
    resumeDeletions(later, done);
  });
}

/** A broker has answered the request to delete these replicas. */
export function onReplicasDeleted(turn: Turn, broker: BrokerId, outcomes: readonly DeletionOutcome[]): void {
  enqueue(turn, 'TopicDeletionStopReplicaResponseReceived', (later, done) => {
    if (!controllerOf(later).isActive) return done(later);
    const keysOf = (isFailed: boolean): readonly ReplicaKey[] =>
      outcomes.filter(({ error }) => (error !== 'NONE') === isFailed).map(({ key }) => ({ ...key, replica: broker }));
    const deleted = keysOf(false).filter(({ topic }) => isQueuedForDeletion(later, topic));
    failDeletion(later, keysOf(true), (second) => {
      if (deleted.length === 0) return done(second);
      moveReplicas(second, deleted, 'ReplicaDeletionSuccessful', (last) => resumeDeletions(last, done));
    });
  });
}

/** Watch on `/admin/delete_topics`. */
export function processTopicDeletion(turn: Turn, done: Done): void {
  if (!controllerOf(turn).isActive) return done(turn);
  askOne(turn, { op: 'getChildren', path: paths.deleteTopics, watch: true }, (later, found) => {
    const all = answerOf(found, 'getChildren')?.children ?? [];
    const { topics, reassigning, topicsToBeDeleted } = controllerOf(later);
    const unknown = all.filter((topic) => !topics.has(topic) && !topicsToBeDeleted.has(topic));
    const writes = unknown.map((topic): ZkWrite => ({ op: 'delete', path: paths.deleteTopic(topic), version: -1 }));
    writeAsController(later, writes, (last) => {
      const known = all.filter((topic) => topics.has(topic));
      if (known.length === 0) return done(last);
      const busy = known.filter((topic) => [...reassigning].some((name) => name.startsWith(`${topic} `)));
      queueDeletion(last, known);
      markIneligible(last, busy);
      resumeDeletions(last, done);
    });
  });
}
