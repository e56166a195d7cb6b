/**
 * Changes of state of replicas, and what they bring: requests to their brokers, members taken out of the ISR.
 *
 * Follows `kafka.controller.ZkReplicaStateMachine` (3.9.0).
 */
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import { tellFact, type Turn } from '../broker/turn.ts';
import {
  addLeaderAndIsr,
  addStopReplica,
  addUpdateMetadata,
  newBatch,
  type RequestBatch,
  sendBatch,
} from './brokerRequests.ts';
import type { Leadership, PartitionKey, ReplicaKey } from './controller.ts';
import {
  assignPartition,
  changePartition,
  controlled,
  controllerOf,
  isLive,
  isQueuedForDeletion,
  liveOrShuttingDown,
  replicaState,
  setReplicaState,
} from './controllerContext.ts';
import { readStates, setState } from './partitionStateMachine.ts';
import { mayBecomeReplica, type ReplicaStateName } from './replicaState.ts';
import { writeAsController } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** Brings the replicas to that state, as far as it may follow the one they are in. */
export function moveReplicas(turn: Turn, replicas: readonly ReplicaKey[], to: ReplicaStateName, done: Done): void {
  const batch = newBatch();
  const valid = replicas.filter((key) => mayBecomeReplica(replicaState(turn, key), to));
  if (to === 'OfflineReplica') {
    const brokers = [...new Set(valid.map(({ replica }) => replica))];
    return takeOffline(turn, brokers, valid, batch, (last) => {
      sendBatch(last, batch);
      done(last);
    });
  }
  for (const key of valid) move(turn, key, to, batch);
  sendBatch(turn, batch);
  done(turn);
}

function move(turn: Turn, key: ReplicaKey, to: ReplicaStateName, batch: RequestBatch): void {
  const { replica } = key;
  const from = replicaState(turn, key);
  switch (to) {
    case 'NewReplica':
      if (controlled(turn, key)?.leadership?.leader === replica) return;
      addLeaderAndIsr(turn, batch, [replica], key, { isNew: true });
      break;
    case 'OnlineReplica':
      if (from !== 'NewReplica') addLeaderAndIsr(turn, batch, [replica], key, { isNew: false });
      break;
    case 'ReplicaDeletionStarted':
      addStopReplica(batch, replica, key, { deletePartition: true });
      break;
    case 'NonExistentReplica': {
      const known = controlled(turn, key);
      const topicId = controllerOf(turn).topics.get(key.topic)?.topicId;
      if (known === undefined || topicId === undefined) return;
      const without = (ids: readonly BrokerId[]) => ids.filter((id) => id !== replica);
      const { replicas, adding, removing } = known.assignment;
      assignPartition(turn, key, topicId, {
        replicas: without(replicas),
        adding: without(adding),
        removing: without(removing),
      });
      break;
    }
    case 'OfflineReplica':
    case 'ReplicaDeletionSuccessful':
    case 'ReplicaDeletionIneligible':
      break;
  }
  setReplicaState(turn, key, to);
}

/** One broker after the other. */
function takeOffline(
  turn: Turn,
  brokers: readonly BrokerId[],
  replicas: readonly ReplicaKey[],
  batch: RequestBatch,
  done: Done,
): void {
  const [broker, ...rest] = brokers;
  if (broker === undefined) return done(turn);
  const own = replicas.filter(({ replica }) => replica === broker);
  for (const key of own) addStopReplica(batch, broker, key, { deletePartition: false });
  const led = own.filter((key) => controlled(turn, key)?.leadership != null);
  removeFromIsr(turn, broker, led, (later, changed) => {
    for (const key of changed) {
      if (!isQueuedForDeletion(later, key.topic)) {
        const recipients = (controlled(later, key)?.assignment.replicas ?? []).filter((id) => id !== broker);
        addLeaderAndIsr(later, batch, recipients, key, { isNew: false });
      }
      setReplicaState(later, { ...key, replica: broker }, 'OfflineReplica');
    }
    for (const key of own) {
      if (controlled(later, key)?.leadership != null) continue;
      addUpdateMetadata(later, batch, liveOrShuttingDown(later), [key]);
      setReplicaState(later, key, 'OfflineReplica');
    }
    takeOffline(later, rest, replicas, batch, done);
  });
}

/** The last member of an ISR is never removed; a leader that goes leaves the partition without one. */
function removeFromIsr(
  turn: Turn,
  broker: BrokerId,
  keys: readonly PartitionKey[],
  done: (turn: Turn, changed: readonly PartitionKey[]) => void,
  changedBefore: readonly PartitionKey[] = [],
): void {
  if (keys.length === 0) return done(turn, changedBefore);
  readStates(turn, keys, (later, states) => {
    const { epoch } = controllerOf(later);
    const changed = [...changedBefore];
    const planned: { readonly key: PartitionKey; readonly next: Leadership; readonly before: Leadership }[] = [];
    keys.forEach((key, at) => {
      const current = states[at] ?? null;
      if (current === null || current.controllerEpoch > epoch) return;
      if (!current.isr.includes(broker)) {
        changePartition(later, key, { leadership: { ...current, controllerEpoch: epoch } });
        changed.push(key);
        return;
      }
      const next: Leadership = {
        ...current,
        leader: current.leader === broker ? (-1 as BrokerId) : current.leader,
        isr: current.isr.length === 1 ? current.isr : current.isr.filter((id) => id !== broker),
        leaderEpoch: (current.leaderEpoch + 1) as LeaderEpoch,
        controllerEpoch: epoch,
      };
      planned.push({ key, next, before: current });
    });
    writeAsController(
      later,
      planned.map(({ key, next }) => setState(key, next)),
      (last, written) => {
        const again: PartitionKey[] = [];
        planned.forEach(({ key, next, before }, at) => {
          const { error, stat } = written[at]!;
          if (error === 'BADVERSION') again.push(key);
          if (error !== 'OK' || stat === null) return;
          changePartition(last, key, { leadership: { ...next, partitionEpoch: stat.version } });
          changed.push(key);
          if (next.isr.length < before.isr.length)
            tellFact(last, 'isrShrunk', {
              topic: key.topic,
              partition: key.partition,
              isr: next.isr,
              removed: [broker],
              why: { kind: 'offline' },
            });
        });
        removeFromIsr(last, broker, again, done, changed);
      },
    );
  });
}

/** At a failover: replicas of live brokers are online; those of the others are to be taken offline. */
export function initializeReplicaStates(turn: Turn, replicas: readonly ReplicaKey[]): void {
  for (const key of replicas) {
    if (isLive(turn, key.replica)) setReplicaState(turn, key, 'OnlineReplica');
    else setReplicaState(turn, key, 'ReplicaDeletionIneligible');
  }
}
