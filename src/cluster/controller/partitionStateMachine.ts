/**
 * Changes of state of partitions, and what they bring: the first election, later elections, writes to ZooKeeper, requests to brokers.
 *
 * Follows `kafka.controller.ZkPartitionStateMachine` (3.9.0).
 */
import {
  electForControlledShutdown,
  electOfflinePartition,
  electPreferred,
  electReassigned,
} from '../../kafka/controller/leaderElection.ts';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import { replicationSettingsOf } from '../../kafka/config/topicSettings.ts';
import { tellFact, type Turn } from '../broker/turn.ts';
import { answerOf } from '../broker/zkConnection.ts';
import { decodeConfig, decodePartitionState, encodePartitionState, paths } from '../broker/znodes.ts';
import type { ZkWrite } from '../protocol/zookeeper.ts';
import { addLeaderAndIsr, newBatch, type RequestBatch, sendBatch } from './brokerRequests.ts';
import type { Leadership, PartitionKey } from './controller.ts';
import {
  allPartitions,
  changePartition,
  controlled,
  controllerOf,
  isInFailedDir,
  isQueuedForDeletion,
  isReplicaOnline,
  liveOrShuttingDown,
  nameOf,
  targetReplicas,
} from './controllerContext.ts';
import { mayBecomePartition, type PartitionStateName } from './partitionState.ts';
import { askAll, writeAsController } from './zkWrites.ts';

export type ElectionStrategy =
  | { readonly name: 'Offline'; readonly allowUnclean: boolean }
  | { readonly name: 'Reassign' | 'Preferred' | 'ControlledShutdown' };

/** Partitions that got no leader, by `topic partition`. */
type FailedElections = ReadonlySet<string>;

type Done = (turn: Turn, failed: FailedElections) => void;

/** Changes that need no election. */
export function movePartitions(
  turn: Turn,
  keys: readonly PartitionKey[],
  to: Exclude<PartitionStateName, 'OnlinePartition'>,
): void {
  for (const key of keys) {
    const known = controlled(turn, key);
    if (known !== undefined && mayBecomePartition(known.state, to)) changePartition(turn, key, { state: to });
  }
}

/** Gives partitions a leader: their first, or another one by the strategy. */
export function bringOnline(turn: Turn, keys: readonly PartitionKey[], strategy: ElectionStrategy, done: Done): void {
  const batch: OnlineBatch = { ...newBatch(), initialized: new Set() };
  const movable = keys.filter((key) =>
    mayBecomePartition(controlled(turn, key)?.state ?? 'NonExistentPartition', 'OnlinePartition'),
  );
  const isNew = (key: PartitionKey) => controlled(turn, key)?.state === 'NewPartition';
  initialize(turn, movable.filter(isNew), batch, (later) => {
    const others = movable.filter(
      (key) => controlled(later, key)?.leadership != null && !batch.initialized.has(nameOf(key)),
    );
    elect(later, others, strategy, batch, (last, failed) => {
      sendBatch(last, batch);
      done(last, failed);
    });
  });
}

interface OnlineBatch extends RequestBatch {
  readonly initialized: Set<string>;
}

/** The first live replica leads, all live ones are in sync. Without any, the partition stays new. */
function initialize(turn: Turn, keys: readonly PartitionKey[], batch: OnlineBatch, then: (turn: Turn) => void): void {
  const { epoch } = controllerOf(turn);
  const planned = keys.flatMap((key) => {
    const isr = (controlled(turn, key)?.assignment.replicas ?? []).filter((id) => isReplicaOnline(turn, id, key));
    const leader = isr[0];
    if (leader === undefined) return [];
    const leadership: Leadership = {
      leader,
      leaderEpoch: 0 as LeaderEpoch,
      isr,
      leaderRecoveryState: 0,
      partitionEpoch: 0,
      controllerEpoch: epoch,
    };
    return [{ key, leadership }];
  });
  if (planned.length === 0) return then(turn);
  const create = (path: string, data: string | null): ZkWrite => ({ op: 'create', path, data, mode: 'PERSISTENT' });
  const topics = [...new Set(planned.map(({ key }) => key.topic))];
  // One round after the other: a znode needs its parent.
  writeAsController(
    turn,
    topics.map((topic) => create(paths.topicPartitions(topic), null)),
    (second) => {
      const folders = planned.map(({ key }) => create(paths.topicPartition(key.topic, key.partition), null));
      writeAsController(second, folders, (third) => {
        const states = planned.map(({ key, leadership }) =>
          create(paths.partitionState(key.topic, key.partition), encodePartitionState(leadership)),
        );
        writeAsController(third, states, (last, written) => {
          planned.forEach(({ key, leadership }, at) => {
            if (written[at]?.error !== 'OK') return;
            changePartition(last, key, { leadership, state: 'OnlinePartition' });
            batch.initialized.add(nameOf(key));
            addLeaderAndIsr(last, batch, leadership.isr, key, { isNew: true });
            tellElection(last, key, leadership, 'new');
          });
          then(last);
        });
      });
    },
  );
}

function tellElection(turn: Turn, { topic, partition }: PartitionKey, elected: Leadership, strategy: string): void {
  const { leader, leaderEpoch, isr } = elected;
  const replicas = controlled(turn, { topic, partition })?.assignment.replicas ?? [];
  const offline = replicas.filter((id) => !isReplicaOnline(turn, id, { topic, partition }));
  tellFact(turn, 'leaderElected', { topic, partition, leader, leaderEpoch, isr, strategy, replicas, offline });
}

/** Partitions whose state changed meanwhile are tried again with what it is now. */
function elect(
  turn: Turn,
  keys: readonly PartitionKey[],
  strategy: ElectionStrategy,
  batch: RequestBatch,
  done: Done,
): void {
  electOnce(turn, keys, strategy, batch, new Set(), done);
}

function electOnce(
  turn: Turn,
  keys: readonly PartitionKey[],
  strategy: ElectionStrategy,
  batch: RequestBatch,
  failedBefore: FailedElections,
  done: Done,
): void {
  if (keys.length === 0) return done(turn, failedBefore);
  readStates(turn, keys, (later, states) => {
    readUncleanSettings(later, keys, states, strategy, (third, mayElectUncleanly) => {
      const failed = new Set(failedBefore);
      const elected: {
        readonly key: PartitionKey;
        readonly next: Leadership;
        readonly recipients: readonly BrokerId[];
      }[] = [];
      keys.forEach((key, at) => {
        const current = states[at] ?? null;
        const outcome =
          current === null || current.controllerEpoch > controllerOf(third).epoch
            ? null
            : choose(third, key, current, strategy, mayElectUncleanly.has(key.topic));
        if (outcome === null) failed.add(nameOf(key));
        else elected.push({ key, ...outcome });
      });
      const writes = elected.map(({ key, next }): ZkWrite => setState(key, next));
      writeAsController(third, writes, (last, written) => {
        const again: PartitionKey[] = [];
        elected.forEach(({ key, next, recipients }, at) => {
          const { error, stat } = written[at]!;
          if (error === 'BADVERSION') again.push(key);
          else if (error !== 'OK' || stat === null) failed.add(nameOf(key));
          else {
            const leadership = { ...next, partitionEpoch: stat.version };
            changePartition(last, key, { leadership, state: 'OnlinePartition' });
            addLeaderAndIsr(last, batch, recipients, key, { isNew: false });
            tellElection(
              last,
              key,
              leadership,
              strategy.name === 'Offline' && next.leaderRecoveryState === 1 ? 'Unclean' : strategy.name,
            );
          }
        });
        electOnce(last, again, strategy, batch, failed, done);
      });
    });
  });
}

/** The write that gives a partition this leadership, if its znode is still the version that it was made from. */
export const setState = ({ topic, partition }: PartitionKey, leadership: Leadership): ZkWrite => ({
  op: 'setData',
  path: paths.partitionState(topic, partition),
  data: encodePartitionState(leadership),
  version: leadership.partitionEpoch,
});

/** As ZooKeeper has them; null where there is none. */
export function readStates(
  turn: Turn,
  keys: readonly PartitionKey[],
  then: (turn: Turn, states: readonly (Leadership | null)[]) => void,
): void {
  const requests = keys.map(({ topic, partition }) => ({
    op: 'getData' as const,
    path: paths.partitionState(topic, partition),
    watch: false,
  }));
  askAll(turn, requests, (later, results) => {
    then(
      later,
      results.map((result) => {
        const found = answerOf(result, 'getData');
        const state = decodePartitionState(found?.data ?? null);
        return state === null || found === undefined ? null : { ...state, partitionEpoch: found.stat.version };
      }),
    );
  });
}

/** Topics that may elect a replica outside the ISR; read only where no member of the ISR lives. */
function readUncleanSettings(
  turn: Turn,
  keys: readonly PartitionKey[],
  states: readonly (Leadership | null)[],
  strategy: ElectionStrategy,
  then: (turn: Turn, mayElectUncleanly: ReadonlySet<string>) => void,
): void {
  if (strategy.name !== 'Offline') return then(turn, new Set());
  if (strategy.allowUnclean) return then(turn, new Set(keys.map(({ topic }) => topic)));
  const needed = keys.filter((key, at) => states[at]?.isr.every((id) => !isReplicaOnline(turn, id, key)) === true);
  const topics = [...new Set(needed.map(({ topic }) => topic))];
  const requests = topics.map((topic) => ({
    op: 'getData' as const,
    path: paths.config('topics', topic),
    watch: false,
  }));
  askAll(turn, requests, (later, results) => {
    const allowed = topics.filter((_, at) => {
      const settings = decodeConfig(answerOf(results[at], 'getData')?.data ?? null);
      return replicationSettingsOf(settings, later.broker.settings.effective).uncleanLeaderElection;
    });
    then(later, new Set(allowed));
  });
}

interface Elected {
  readonly next: Leadership;
  readonly recipients: readonly BrokerId[];
}

function choose(
  turn: Turn,
  key: PartitionKey,
  current: Leadership,
  strategy: ElectionStrategy,
  mayElectUncleanly: boolean,
): Elected | null {
  const { assignment } = controlled(turn, key)!;
  const { shuttingDown, epoch } = controllerOf(turn);
  const { replicas } = assignment;
  const inSyncReplicas = current.isr;
  const alive = liveOrShuttingDown(turn);
  const isLiveReplica = (id: BrokerId) => isReplicaOnline(turn, id, key);
  const elect = (
    leader: BrokerId | null,
    isr: readonly BrokerId[],
    recipients: readonly BrokerId[],
    recovering = false,
  ): Elected | null =>
    leader === null
      ? null
      : {
          next: {
            ...current,
            leader,
            isr,
            leaderEpoch: (current.leaderEpoch + 1) as LeaderEpoch,
            leaderRecoveryState: recovering ? 1 : current.leaderRecoveryState,
            controllerEpoch: epoch,
          },
          recipients,
        };
  switch (strategy.name) {
    case 'Offline': {
      const liveReplicas = replicas.filter(isLiveReplica);
      const input = { assignment: replicas, inSyncReplicas, liveReplicas };
      const leader = electOfflinePartition(input, { unclean: mayElectUncleanly });
      if (leader === null) return null;
      return inSyncReplicas.includes(leader)
        ? elect(leader, inSyncReplicas.filter(isLiveReplica), liveReplicas)
        : elect(leader, [leader], liveReplicas, true);
    }
    case 'Reassign': {
      const target = targetReplicas(assignment);
      const liveReplicas = target.filter(isLiveReplica);
      return elect(electReassigned({ assignment: target, inSyncReplicas, liveReplicas }), inSyncReplicas, target);
    }
    case 'Preferred': {
      const liveReplicas = replicas.filter(isLiveReplica);
      return elect(electPreferred({ assignment: replicas, inSyncReplicas, liveReplicas }), inSyncReplicas, replicas);
    }
    case 'ControlledShutdown': {
      const liveReplicas = replicas.filter((id) => alive.includes(id) && !isInFailedDir(turn, id, key));
      const input = { assignment: replicas, inSyncReplicas, liveReplicas };
      const leader = electForControlledShutdown(input, { shuttingDown: [...shuttingDown] });
      return elect(
        leader,
        inSyncReplicas.filter((id) => !shuttingDown.has(id)),
        liveReplicas,
      );
    }
  }
}

/** Tries to elect for every partition that is new or offline. */
export function triggerOnlineStateChange(turn: Turn, done: Done): void {
  const waiting = allPartitions(turn).filter((key) => {
    const state = controlled(turn, key)?.state;
    return (state === 'OfflinePartition' || state === 'NewPartition') && !isQueuedForDeletion(turn, key.topic);
  });
  bringOnline(turn, waiting, { name: 'Offline', allowUnclean: false }, done);
}

/** At a failover: what each partition is, from what ZooKeeper says. */
export function initializePartitionStates(turn: Turn): void {
  for (const key of allPartitions(turn)) {
    const leadership = controlled(turn, key)?.leadership;
    let state: PartitionStateName = 'NewPartition';
    if (leadership != null)
      state = isReplicaOnline(turn, leadership.leader, key) ? 'OnlinePartition' : 'OfflinePartition';
    changePartition(turn, key, { state });
  }
}
