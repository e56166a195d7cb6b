/**
 * Moving partitions to other brokers: replicas are added, and once they are in sync the others are removed.
 *
 * Follows `kafka.controller.KafkaController#onPartitionReassignment` and `#processApiPartitionReassignment` (3.9.0, KIP-455). The letters
 * are those of its comments.
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import type { Turn } from '../broker/turn.ts';
import { encodeTopic, type ReplicaAssignment, paths } from '../broker/znodes.ts';
import { addLeaderAndIsr, addUpdateMetadata, newBatch, sendBatch } from './brokerRequests.ts';
import type { ControllerEvent, PartitionKey } from './controller.ts';
import {
  allPartitions,
  assignPartition,
  changeController,
  changePartition,
  controlled,
  controllerOf,
  isLive,
  isQueuedForDeletion,
  isReplicaOnline,
  liveOrShuttingDown,
  nameOf,
  originReplicas,
  targetReplicas,
} from './controllerContext.ts';
import { enqueue } from './eventManager.ts';
import { bringOnline, readStates, setState } from './partitionStateMachine.ts';
import { moveReplicas } from './replicaStateMachine.ts';
import { markIneligible, resumeDeletionOf } from './topicDeletion.ts';
import { writeAsController } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** Replicas null: back to where it was. */
export interface Reassignment extends PartitionKey {
  readonly replicas: readonly BrokerId[] | null;
}
interface ReassignmentResult {
  readonly key: PartitionKey;
  readonly errorCode: ErrorName;
  readonly errorMessage: string | null;
}
type Answer = (turn: Turn, results: readonly ReassignmentResult[] | 'NOT_CONTROLLER') => void;

const isBeingReassigned = ({ adding, removing }: ReplicaAssignment): boolean => adding.length + removing.length > 0;

const without = (ids: readonly BrokerId[], others: readonly BrokerId[]): readonly BrokerId[] =>
  ids.filter((id) => !others.includes(id));

function reassignTo(assignment: ReplicaAssignment, target: readonly BrokerId[]): ReplicaAssignment {
  const origin = originReplicas(assignment);
  const replicas = [...new Set([...target, ...origin])];
  return { replicas, adding: without(replicas, origin), removing: without(replicas, target) };
}

/** AlterPartitionReassignments. */
export function reassignPartitions(turn: Turn, reassignments: readonly Reassignment[], answer: Answer): void {
  const run: ControllerEvent['run'] = (later, done) => {
    if (!controllerOf(later).isActive) {
      answer(later, 'NOT_CONTROLLER');
      return done(later);
    }
    reassignNext(later, reassignments, [], (last, results) => {
      answer(last, results);
      done(last);
    });
  };
  enqueue(turn, 'ApiPartitionReassignment', run, (later, why) => {
    if (why === 'dropped') answer(later, 'NOT_CONTROLLER');
  });
}

function reassignNext(
  turn: Turn,
  reassignments: readonly Reassignment[],
  results: readonly ReassignmentResult[],
  then: (turn: Turn, results: readonly ReassignmentResult[]) => void,
): void {
  const [next, ...rest] = reassignments;
  if (next === undefined) return then(turn, results);
  const key = { topic: next.topic, partition: next.partition };
  const go = (later: Turn, errorCode: ErrorName, errorMessage: string | null = null) =>
    reassignNext(later, rest, [...results, { key, errorCode, errorMessage }], then);
  const invalid = next.replicas === null ? null : invalidReplicas(turn, key, next.replicas);
  if (invalid !== null) return go(turn, 'INVALID_REPLICA_ASSIGNMENT', invalid);
  const known = controlled(turn, key);
  if (next.replicas === null && (known === undefined || !isBeingReassigned(known.assignment)))
    return go(turn, 'NO_REASSIGNMENT_IN_PROGRESS');
  if (known === undefined || isQueuedForDeletion(turn, key.topic))
    return go(turn, 'UNKNOWN_TOPIC_OR_PARTITION', 'The partition does not exist.');
  const target = next.replicas ?? originReplicas(known.assignment);
  onReassignment(turn, key, reassignTo(known.assignment, target), (later) => go(later, 'NONE'));
}

function invalidReplicas(turn: Turn, key: PartitionKey, replicas: readonly BrokerId[]): string | null {
  const list = `List(${replicas.join(', ')})`;
  if (replicas.length === 0) return 'Empty replica list specified in partition reassignment.';
  if (new Set(replicas).size !== replicas.length)
    return `Duplicate replica ids in partition reassignment replica list: ${list}`;
  if (replicas.some((id) => id < 0)) return `Invalid broker id in replica list: ${list}`;
  const current = controlled(turn, key)?.assignment ?? { replicas: [], adding: [], removing: [] };
  const { adding } = reassignTo(current, replicas);
  if (adding.every((id) => isLive(turn, id))) return null;
  const live = liveOrShuttingDown(turn).filter((id) => isLive(turn, id));
  return `Replica assignment has brokers that are not alive. Replica list: List(${adding.join(', ')}), live broker list: HashSet(${live.join(', ')})`;
}

function onReassignment(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, done: Done): void {
  markIneligible(turn, [key.topic]);
  updateAssignment(turn, key, assignment, (second) =>
    isComplete(second, key, assignment, (third, complete) =>
      complete ? completeReassignment(third, key, assignment, done) : startReplicas(third, key, assignment, done),
    ),
  );
}

/** U: written to ZooKeeper and kept; replicas that a former reassignment had begun to add, and this one does not want, stop. */
function updateAssignment(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, then: Done): void {
  const known = controlled(turn, key);
  const topicId = controllerOf(turn).topics.get(key.topic)?.topicId;
  if (known === undefined || topicId === undefined) return then(turn);
  const settle = (later: Turn) => {
    changeController(later, { reassigning: new Set([...controllerOf(later).reassigning, nameOf(key)]) });
    then(later);
  };
  if (JSON.stringify(known.assignment) === JSON.stringify(assignment)) return settle(turn);
  writeAssignment(turn, key, assignment, (later) => {
    assignPartition(later, key, topicId, assignment);
    const unneeded = without(known.assignment.replicas, assignment.replicas);
    stopReplicas(later, key, unneeded, settle);
  });
}

function writeAssignment(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, then: Done): void {
  const topic = controllerOf(turn).topics.get(key.topic);
  if (topic === undefined) return then(turn);
  const partitions = topic.partitions.flatMap((known, partition) =>
    known === undefined ? [] : [partition === key.partition ? assignment : known.assignment],
  );
  const data = encodeTopic({ topicId: topic.topicId, partitions });
  writeAsController(turn, [{ op: 'setData', path: paths.topic(key.topic), data, version: -1 }], (later) => then(later));
}

/** All target replicas are in sync. */
function isComplete(
  turn: Turn,
  key: PartitionKey,
  assignment: ReplicaAssignment,
  then: (turn: Turn, isComplete: boolean) => void,
): void {
  if (!isBeingReassigned(assignment)) return then(turn, true);
  readStates(turn, [key], (later, [state]) => {
    const isr = state?.isr ?? [];
    then(
      later,
      targetReplicas(assignment).every((id) => isr.includes(id)),
    );
  });
}

/** A: everybody learns the new list under a new leader epoch; the added replicas begin to fetch. */
function startReplicas(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, done: Done): void {
  raiseLeaderEpoch(turn, key, assignment, (later) => {
    moveReplicas(
      later,
      assignment.adding.map((replica) => ({ ...key, replica })),
      'NewReplica',
      done,
    );
  });
}

function raiseLeaderEpoch(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, then: Done): void {
  readStates(turn, [key], (later, [state]) => {
    if (state == null) return then(later);
    const { epoch } = controllerOf(later);
    const next = { ...state, leaderEpoch: (state.leaderEpoch + 1) as LeaderEpoch, controllerEpoch: epoch };
    writeAsController(later, [setState(key, next)], (last, [written]) => {
      if (written?.error === 'BADVERSION') return raiseLeaderEpoch(last, key, assignment, then);
      if (written?.stat == null) return then(last);
      changePartition(last, key, { leadership: { ...next, partitionEpoch: written.stat.version } });
      const batch = newBatch();
      addLeaderAndIsr(last, batch, originReplicas(assignment), key, { isNew: false });
      addLeaderAndIsr(last, batch, assignment.adding, key, { isNew: true });
      sendBatch(last, batch);
      then(last);
    });
  });
}

/** B: the target is all there is. */
function completeReassignment(turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, done: Done): void {
  const topicId = controllerOf(turn).topics.get(key.topic)?.topicId;
  if (topicId === undefined) return done(turn);
  const completed: ReplicaAssignment = { replicas: targetReplicas(assignment), adding: [], removing: [] };
  moveReplicas(
    turn,
    assignment.adding.map((replica) => ({ ...key, replica })),
    'OnlineReplica',
    (second) => {
      assignPartition(second, key, topicId, completed);
      moveLeaderIfRequired(second, key, completed, (third) =>
        stopReplicas(third, key, assignment.removing, (fourth) =>
          writeAssignment(fourth, key, completed, (fifth) => {
            const reassigning = new Set(controllerOf(fifth).reassigning);
            reassigning.delete(nameOf(key));
            changeController(fifth, { reassigning });
            const batch = newBatch();
            addUpdateMetadata(fifth, batch, liveOrShuttingDown(fifth), [key]);
            sendBatch(fifth, batch);
            resumeDeletionOf(fifth, [key.topic], done);
          }),
        ),
      );
    },
  );
}

function moveLeaderIfRequired(turn: Turn, key: PartitionKey, completed: ReplicaAssignment, then: Done): void {
  const leader = controlled(turn, key)?.leadership?.leader ?? (-1 as BrokerId);
  if (completed.replicas.includes(leader) && isReplicaOnline(turn, leader, key))
    return raiseLeaderEpoch(turn, key, completed, then);
  bringOnline(turn, [key], { name: 'Reassign' }, (later) => then(later));
}

/** Out of the ISR, deleted, forgotten: its broker's answer is not waited for. */
function stopReplicas(turn: Turn, key: PartitionKey, brokers: readonly BrokerId[], then: Done): void {
  const replicas = brokers.map((replica) => ({ ...key, replica }));
  if (replicas.length === 0) return then(turn);
  moveReplicas(turn, replicas, 'OfflineReplica', (second) =>
    moveReplicas(second, replicas, 'ReplicaDeletionStarted', (third) =>
      moveReplicas(third, replicas, 'ReplicaDeletionSuccessful', (fourth) =>
        moveReplicas(fourth, replicas, 'NonExistentReplica', then),
      ),
    ),
  );
}

/** At a failover and when a broker comes: what is open goes on. */
export function resumeReassignments(turn: Turn, done: Done): void {
  const open = allPartitions(turn).filter((key) => {
    const known = controlled(turn, key);
    return known !== undefined && isBeingReassigned(known.assignment) && !isQueuedForDeletion(turn, key.topic);
  });
  resumeEach(turn, open, onReassignment, done);
}

function resumeEach(
  turn: Turn,
  keys: readonly PartitionKey[],
  resume: (turn: Turn, key: PartitionKey, assignment: ReplicaAssignment, done: Done) => void,
  done: Done,
): void {
  const [key, ...rest] = keys;
  if (key === undefined) return done(turn);
  const assignment = controlled(turn, key)?.assignment;
  const next = (later: Turn) => resumeEach(later, rest, resume, done);
  if (assignment === undefined) return next(turn);
  resume(turn, key, assignment, next);
}

/** A reassignment may be complete now that these partitions have another ISR. */
export function afterIsrChange(turn: Turn, keys: readonly PartitionKey[], done: Done): void {
  const open = keys.filter((key) => controllerOf(turn).reassigning.has(nameOf(key)));
  resumeEach(
    turn,
    open,
    (later, key, assignment, next) =>
      isComplete(later, key, assignment, (last, complete) =>
        complete ? onReassignment(last, key, assignment, next) : next(last),
      ),
    done,
  );
}

export interface OpenReassignment {
  readonly key: PartitionKey;
  readonly assignment: ReplicaAssignment;
}

/** Keys null: all. `null` where this broker is not the controller. */
export function listReassignments(
  turn: Turn,
  keys: readonly PartitionKey[] | null,
  answer: (turn: Turn, open: readonly OpenReassignment[] | null) => void,
): void {
  const run: ControllerEvent['run'] = (later, done) => {
    if (!controllerOf(later).isActive) answer(later, null);
    else {
      const asked = keys ?? allPartitions(later);
      const open = asked.flatMap((key): OpenReassignment[] => {
        const assignment = controlled(later, key)?.assignment;
        return assignment === undefined || !isBeingReassigned(assignment) ? [] : [{ key, assignment }];
      });
      answer(later, open);
    }
    done(later);
  };
  enqueue(turn, 'ListPartitionReassignments', run, (later) => answer(later, null));
}
