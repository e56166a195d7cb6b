/**
 * What happens to one partition on this broker: it becomes leader or follower, its high watermark moves, its ISR shrinks and grows.
 *
 * Follows `kafka.cluster.Partition` and `kafka.cluster.Replica` (3.9.0).
 */
import type { BrokerId, LeaderEpoch, Offset } from '../../kafka/ids.ts';
import { withHighWatermark, withLeaderEpoch } from '../../kafka/log/partitionLog.ts';
import { startFollowing } from '../../kafka/replication/followerFetch.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { LeaderAndIsrPartitionState } from '../protocol/kafka/controlPlane.ts';
import type { FollowerState, HostedPartition } from './hostedPartition.ts';
import { isUnderMinIsr, maximalIsr } from './hostedPartition.ts';
import { canWrite, offline } from './logDirFailure.ts';
import { createPartitionLog } from './logManager.ts';
import { isAlive } from './metadataCache.ts';
import { completeDelayed } from './delayedOperations.ts';
import { effectiveMinIsrOf } from './topicSettings.ts';
import { info, putPartition, tellFact, type Turn, update } from './turn.ts';

const UNKNOWN = -1 as Offset;
const LOGGER = 'kafka.cluster.Partition';

export const partitionAt = ({ broker }: Turn, index: number): HostedPartition | undefined =>
  broker.partitions[index] ?? undefined;

/** What every LeaderAndIsr tells, whichever part it gives. */
function withState(turn: Turn, partition: HostedPartition, state: LeaderAndIsrPartitionState): HostedPartition {
  const { topicSettings, settings } = turn.broker;
  return {
    ...partition,
    leader: state.leader,
    controllerEpoch: state.controllerEpoch,
    partitionEpoch: state.partitionEpoch,
    replicas: state.replicas,
    addingReplicas: state.addingReplicas,
    removingReplicas: state.removingReplicas,
    pendingIsr: null,
    effectiveMinIsr: effectiveMinIsrOf(topicSettings, partition.topic, settings, state.replicas.length),
  };
}

const isRaised = (partition: HostedPartition, state: LeaderAndIsrPartitionState): boolean =>
  state.leaderEpoch > partition.leaderEpoch;

/** The log's end at this moment is where the new epoch starts. */
export function makeLeader(turn: Turn, partition: HostedPartition, state: LeaderAndIsrPartitionState): void {
  const { brokerId } = turn.broker;
  const wasLeader = partition.role === 'leader';
  const existing = partition.log === null ? createPartitionLog(turn, partition, state) : partition;
  const log = existing.log;
  if (log === null) return;
  const isNewEpoch = isRaised(partition, state);
  const epochs = `${existing.logDir}/${topicPartitionName(existing)}/leader-epoch-checkpoint`;
  if (isNewEpoch && !canWrite(turn, existing.logDir, `Error while writing to checkpoint file ${epochs}`))
    return putPartition(turn, offline(existing));
  const followers = state.replicas
    .filter((id) => id !== brokerId)
    .map((id) => {
      const known = partition.followers.find((follower) => follower.brokerId === id) ?? unknownFollower(id);
      if (!isNewEpoch) return known;
      const isInSync = state.isr.includes(id);
      return wasLeader ? keptFollower(known, log.logEndOffset, isInSync, turn) : newFollower(id, isInSync, turn);
    });
  const next: HostedPartition = {
    ...withState(turn, existing, state),
    role: 'leader',
    isr: state.isr,
    log: isNewEpoch ? withLeaderEpoch(log, state.leaderEpoch) : log,
    leaderEpoch: state.leaderEpoch,
    leaderEpochStartOffset: isNewEpoch ? log.logEndOffset : existing.leaderEpochStartOffset,
    followers,
    fetch: null,
  };
  putPartition(turn, next);
  const { topic, partition: number } = partition;
  if (isNewEpoch)
    tellFact(turn, 'becameLeader', { broker: brokerId, topic, partition: number, leaderEpoch: state.leaderEpoch });
  maybeIncrementLeaderHighWatermark(turn, next.index);
}

const unknownFollower = (brokerId: BrokerId): FollowerState => ({
  brokerId,
  logEndOffset: UNKNOWN,
  logStartOffset: UNKNOWN,
  lastFetchLeaderLogEndOffset: 0 as Offset,
  lastFetchTimeMs: 0,
  lastCaughtUpTimeMs: 0,
  isAtEnd: false,
  brokerEpoch: -1,
});

/** `Replica#resetReplicaState` of a broker that did not lead: it knows nothing of the followers' logs. */
const newFollower = (brokerId: BrokerId, isInSync: boolean, { nowMs }: Turn): FollowerState => ({
  ...unknownFollower(brokerId),
  lastFetchLeaderLogEndOffset: UNKNOWN,
  lastCaughtUpTimeMs: isInSync ? nowMs : 0,
});

const keptFollower = (
  known: FollowerState,
  leaderEndOffset: Offset,
  isInSync: boolean,
  { nowMs }: Turn,
): FollowerState => ({
  ...known,
  lastFetchLeaderLogEndOffset: leaderEndOffset,
  lastFetchTimeMs: isInSync ? nowMs : 0,
  lastCaughtUpTimeMs: isInSync ? nowMs : 0,
  isAtEnd: false,
});

/** Answers whether it has to fetch from another place or position than before. */
export function makeFollower(turn: Turn, partition: HostedPartition, state: LeaderAndIsrPartitionState): boolean {
  const existing = partition.log === null ? createPartitionLog(turn, partition, state) : partition;
  if (existing.log === null) return false;
  const isNewEpoch = isRaised(partition, state);
  putPartition(turn, {
    ...withState(turn, existing, state),
    role: 'follower',
    isr: [],
    leaderEpoch: state.leaderEpoch,
    followers: [],
    fetch: isNewEpoch || existing.fetch === null ? startFollowing(existing.log) : existing.fetch,
  });
  if (isNewEpoch) {
    const { topic, partition: number } = partition;
    const { leader, leaderEpoch } = state;
    tellFact(turn, 'becameFollower', { broker: turn.broker.brokerId, topic, partition: number, leader, leaderEpoch });
  }
  return isNewEpoch;
}

/** When it was last caught up, in milliseconds: a follower that has read all is so at each of its fetches. */
export function lastCaughtUpMs({ broker }: Turn, follower: FollowerState): number {
  return follower.isAtEnd
    ? Math.max(follower.lastCaughtUpTimeMs, broker.followerFetchTimesMs[follower.brokerId] ?? 0)
    : follower.lastCaughtUpTimeMs;
}

function isCaughtUp(turn: Turn, follower: FollowerState, leaderEndOffset: Offset): boolean {
  return (
    follower.logEndOffset === leaderEndOffset ||
    turn.nowMs - lastCaughtUpMs(turn, follower) <= turn.broker.settings.replicaLagTimeMaxMs
  );
}

/**
 * A follower has fetched from this position: all before it is in its log. To be called before `followerFetchTimesMs` is set to this fetch.
 */
export function noteFollowerFetch(
  turn: Turn,
  index: number,
  followerId: BrokerId,
  fetched: { readonly offset: Offset; readonly logStartOffset: Offset; readonly brokerEpoch: number },
): void {
  const partition = partitionAt(turn, index);
  const at = partition?.followers.findIndex(({ brokerId }) => brokerId === followerId) ?? -1;
  if (partition === undefined || partition.log === null || at === -1) return;
  const follower = partition.followers[at]!;
  const leaderEndOffset = partition.log.logEndOffset;
  const lastFetchTimeMs = follower.isAtEnd
    ? Math.max(follower.lastFetchTimeMs, turn.broker.followerFetchTimesMs[followerId] ?? 0)
    : follower.lastFetchTimeMs;
  let caughtUpMs = lastCaughtUpMs(turn, follower);
  if (fetched.offset >= leaderEndOffset) caughtUpMs = Math.max(caughtUpMs, turn.nowMs);
  else if (fetched.offset >= follower.lastFetchLeaderLogEndOffset) caughtUpMs = Math.max(caughtUpMs, lastFetchTimeMs);
  const followers = partition.followers.with(at, {
    brokerId: followerId,
    logEndOffset: fetched.offset,
    logStartOffset: fetched.logStartOffset,
    lastFetchLeaderLogEndOffset: leaderEndOffset,
    lastFetchTimeMs: turn.nowMs,
    lastCaughtUpTimeMs: caughtUpMs,
    isAtEnd: fetched.offset >= leaderEndOffset,
    brokerEpoch: fetched.brokerEpoch,
  });
  putPartition(turn, { ...partition, followers });
  maybeExpandIsr(turn, index, followerId);
  if (follower.logEndOffset !== fetched.offset && maybeIncrementLeaderHighWatermark(turn, index)) return;
  completeDelayed(turn, index, 'replication');
}

/**
 * A follower's fetch no longer reads this partition: it is left out, or refused. From now on its fetches say nothing of it. To be called
 * before `followerFetchTimesMs` is set to this fetch.
 */
export function noteFollowerAway(turn: Turn, index: number, followerId: BrokerId): void {
  const partition = partitionAt(turn, index);
  const at = partition?.followers.findIndex(({ brokerId }) => brokerId === followerId) ?? -1;
  const follower = partition?.followers[at];
  if (partition === undefined || follower?.isAtEnd !== true) return;
  const lastFetchTimeMs = Math.max(follower.lastFetchTimeMs, turn.broker.followerFetchTimesMs[followerId] ?? 0);
  const lastCaughtUpTimeMs = lastCaughtUpMs(turn, follower);
  const followers = partition.followers.with(at, { ...follower, lastFetchTimeMs, lastCaughtUpTimeMs, isAtEnd: false });
  putPartition(turn, { ...partition, followers });
}

/** The new member counts for the high watermark at once, and is in the ISR when the controller has agreed. */
function maybeExpandIsr(turn: Turn, index: number, followerId: BrokerId): void {
  const partition = partitionAt(turn, index);
  if (partition === undefined || partition.log === null || partition.pendingIsr !== null) return;
  if (partition.isr.includes(followerId)) return;
  const follower = partition.followers.find(({ brokerId }) => brokerId === followerId);
  if (follower === undefined) return;
  if (
    follower.logEndOffset < partition.log.highWatermark ||
    follower.logEndOffset < partition.leaderEpochStartOffset ||
    !isAlive(turn.broker.metadata, followerId)
  )
    return;
  proposeIsr(turn, partition, [...partition.isr, followerId], { isExpansion: true });
}

/** All members that have not been caught up for `replica.lag.time.max.ms` leave together. */
export function maybeShrinkIsr(turn: Turn, index: number): void {
  const partition = partitionAt(turn, index);
  if (partition?.role !== 'leader' || partition.log === null || partition.pendingIsr !== null) return;
  const { logEndOffset } = partition.log;
  const behind = partition.followers.filter(
    (follower) => partition.isr.includes(follower.brokerId) && !isCaughtUp(turn, follower, logEndOffset),
  );
  if (behind.length === 0) return;
  const isr = partition.isr.filter((id) => !behind.some(({ brokerId }) => brokerId === id));
  const lag = behind.map(({ brokerId, logEndOffset: end }) => `(brokerId: ${brokerId}, endOffset: ${end})`).join(' ');
  info(
    turn,
    `[Partition ${topicPartitionName(partition)} broker=${turn.broker.brokerId}] Shrinking ISR from ${partition.isr.join(',')} to ${isr.join(',')}. ` +
      `Leader: (highWatermark: ${partition.log.highWatermark}, endOffset: ${logEndOffset}). Out of sync replicas: ${lag}.`,
    LOGGER,
  );
  proposeIsr(turn, partition, isr, { isExpansion: false });
}

function proposeIsr(
  turn: Turn,
  partition: HostedPartition,
  isr: readonly BrokerId[],
  { isExpansion }: { readonly isExpansion: boolean },
): void {
  putPartition(turn, { ...partition, pendingIsr: { isr, isExpansion } });
  const { alterPartition } = turn.broker;
  // Sent at the end of the turn, with what else comes up in it.
  if (!alterPartition.unsent.includes(partition.index))
    update(turn, { alterPartition: { ...alterPartition, unsent: [...alterPartition.unsent, partition.index] } });
}

/** The controller has granted an ISR, or told what holds. */
export function acceptIsr(
  turn: Turn,
  index: number,
  granted: { readonly leaderEpoch: LeaderEpoch; readonly isr: readonly BrokerId[]; readonly partitionEpoch: number },
): void {
  const partition = partitionAt(turn, index);
  if (partition?.role !== 'leader' || granted.leaderEpoch !== partition.leaderEpoch) return;
  if (granted.partitionEpoch < partition.partitionEpoch) return;
  info(
    turn,
    `[Partition ${topicPartitionName(partition)} broker=${turn.broker.brokerId}] ISR updated to ${granted.isr.join(',')} ` +
      ` and version updated to ${granted.partitionEpoch}`,
    LOGGER,
  );
  const { isr, partitionEpoch } = granted;
  putPartition(turn, { ...partition, isr, partitionEpoch, pendingIsr: null });
  maybeIncrementLeaderHighWatermark(turn, index);
}

/** The controller refused: the old ISR holds. */
export function rejectIsr(turn: Turn, index: number): void {
  const partition = partitionAt(turn, index);
  if (partition !== undefined) putPartition(turn, { ...partition, pendingIsr: null });
}

/**
 * Moves the high watermark to the lowest log end of the leader and those waited for: the maximal ISR, and whoever is caught up and could
 * never join otherwise. Not while the ISR is under its minimum. Answers whether it moved.
 */
export function maybeIncrementLeaderHighWatermark(turn: Turn, index: number): boolean {
  const isMoved = incrementLeaderHighWatermark(turn, index);
  if (isMoved) completeDelayed(turn, index, 'highWatermark');
  return isMoved;
}

/** The same, without completing what waits for it. */
export function incrementLeaderHighWatermark(turn: Turn, index: number): boolean {
  const partition = partitionAt(turn, index);
  if (partition === undefined || partition.log === null || isUnderMinIsr(partition)) return false;
  const { log, followers } = partition;
  const counted = maximalIsr(partition);
  let replicatedTo = log.logEndOffset;
  for (const follower of followers) {
    if (follower.logEndOffset >= replicatedTo) continue;
    const isAwaited =
      counted.includes(follower.brokerId) ||
      (isCaughtUp(turn, follower, log.logEndOffset) && isAlive(turn.broker.metadata, follower.brokerId));
    if (isAwaited) replicatedTo = follower.logEndOffset;
  }
  if (replicatedTo <= log.highWatermark) return false;
  putPartition(turn, { ...partition, log: withHighWatermark(log, replicatedTo) });
  const { topic, partition: number } = partition;
  const broker = turn.broker.brokerId;
  tellFact(turn, 'highWatermarkAdvanced', {
    broker,
    topic,
    partition: number,
    from: log.highWatermark,
    to: replicatedTo,
  });
  return true;
}
