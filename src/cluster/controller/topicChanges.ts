/**
 * Topics and partitions that appear in `/brokers/topics`.
 *
 * Follows `kafka.controller.KafkaController#processTopicChange`, `#processPartitionModifications` and `#onNewPartitionCreation` (3.9.0).
 */
import { tellFact, type Turn } from '../broker/turn.ts';
import { answerOf } from '../broker/zkConnection.ts';
import { decodeTopic, paths, type TopicAssignment } from '../broker/znodes.ts';
import type { PartitionKey } from './controller.ts';
import {
  assignPartition,
  changeController,
  controlled,
  controllerOf,
  isQueuedForDeletion,
  replicasOf,
} from './controllerContext.ts';
import { bringOnline, movePartitions } from './partitionStateMachine.ts';
import { moveReplicas } from './replicaStateMachine.ts';
import { askAll, askOne } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** Assignments of these topics; the watch fires when one changes. */
export function readAssignments(
  turn: Turn,
  topics: readonly string[],
  then: (turn: Turn, assignments: ReadonlyMap<string, TopicAssignment>) => void,
): void {
  const requests = topics.map((topic) => ({ op: 'getData' as const, path: paths.topic(topic), watch: true }));
  askAll(turn, requests, (later, results) => {
    const assignments = new Map<string, TopicAssignment>();
    results.forEach((result, at) => {
      const assignment = decodeTopic(answerOf(result, 'getData')?.data ?? null);
      if (assignment !== null) assignments.set(topics[at]!, assignment);
    });
    then(later, assignments);
  });
}

export function processTopicChange(turn: Turn, done: Done): void {
  const { isActive } = controllerOf(turn);
  if (!isActive) return done(turn);
  askOne(turn, { op: 'getChildren', path: paths.topics, watch: true }, (later, found) => {
    const all = answerOf(found, 'getChildren')?.children ?? [];
    const { topics } = controllerOf(later);
    const added = all.filter((topic) => !topics.has(topic));
    const kept = new Map([...topics].filter(([topic]) => all.includes(topic)));
    if (kept.size !== topics.size) changeController(later, { topics: kept });
    readAssignments(later, added, (last, assignments) => {
      const keys: PartitionKey[] = [];
      for (const [topic, assignment] of assignments) {
        keys.push(...adopt(last, topic, assignment));
        const replicas = assignment.partitions.map((partition) => partition.replicas);
        tellFact(last, 'topicCreated', { topic, assignment: replicas });
      }
      if (keys.length === 0) return done(last);
      createPartitions(last, keys, done);
    });
  });
}

/** Takes the assignment over; the partitions that were not known. */
export function adopt(turn: Turn, topic: string, { topicId, partitions }: TopicAssignment): readonly PartitionKey[] {
  const added: PartitionKey[] = [];
  partitions.forEach((assignment, partition) => {
    const key = { topic, partition };
    if (controlled(turn, key) !== undefined) return;
    assignPartition(turn, key, topicId, assignment);
    added.push(key);
  });
  return added;
}

/** New partitions get their first leader; their replicas are told. */
function createPartitions(turn: Turn, keys: readonly PartitionKey[], done: Done): void {
  movePartitions(turn, keys, 'NewPartition');
  moveReplicas(turn, replicasOf(turn, keys), 'NewReplica', (second) =>
    bringOnline(second, keys, { name: 'Offline', allowUnclean: false }, (third) =>
      moveReplicas(third, replicasOf(third, keys), 'OnlineReplica', done),
    ),
  );
}

/** Watch on a topic's znode: partitions were added, or its reassignment was written by this very controller. */
export function processPartitionModifications(turn: Turn, topic: string, done: Done): void {
  const { isActive } = controllerOf(turn);
  if (!isActive) return done(turn);
  readAssignments(turn, [topic], (later, assignments) => {
    const assignment = assignments.get(topic);
    if (assignment === undefined || isQueuedForDeletion(later, topic)) return done(later);
    const before = controllerOf(later).topics.get(topic)?.partitions.length ?? 0;
    const added = adopt(later, topic, assignment);
    if (added.length === 0) return done(later);
    tellFact(later, 'partitionsAdded', { topic, from: before, to: assignment.partitions.length });
    createPartitions(later, added, done);
  });
}
