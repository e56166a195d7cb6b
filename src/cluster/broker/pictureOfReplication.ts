/**
 * One partition as its replication view shows it: every replica's own log beside what the leader knows of it, what is said between them, and
 * who waits. Read from the snapshots of the brokers, which know no more of each other than this.
 *
 * Follows `kafka.cluster.Partition` and `Replica`, `ReplicaFetcherThread` and `DelayedProduce` (3.9.0).
 */
import type { EpochEntry } from '../../kafka/log/leaderEpochCache.ts';
import { isKafkaMessage } from '../protocol/kafka/kafkaMessage.ts';
import type { FactId, ProcessId } from '../../kernel/events.ts';
import { ownerOfEnd } from '../../kernel/network.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { World } from '../../kernel/world.ts';
import type { Health, PartitionPicture, ReplicaPicture } from '../picture.ts';
import type { Broker } from './broker.ts';
import { findPartition } from './broker.ts';
import type { FollowerState, HostedPartition } from './hostedPartition.ts';
import { brokerIn } from './pictureOfBroker.ts';

export interface ReplicationPicture {
  readonly topic: string;
  readonly partition: number;
  /** −1: none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  /** Asked of the controller and not granted yet. */
  readonly pendingIsr: readonly number[] | null;
  /** In the order of the assignment. */
  readonly replicas: readonly ReplicationReplica[];
  /** The topic's, at most the replicas there are; null while nobody leads. */
  readonly minInSyncReplicas: number | null;
  readonly replicaLagTimeMaxMs: number;
  /** Produce requests with acks=all that wait for the high watermark: to reach that offset. */
  readonly waiting: readonly { readonly offset: number; readonly expiresAt: VirtualTimeUs }[];
}

export interface ReplicationReplica {
  readonly replica: ReplicaPicture;
  readonly health: Health;
  /** Its `leader-epoch-checkpoint`. */
  readonly epochs: readonly EpochEntry[];
  /** What the leader knows of a follower; null for the leader, and while nobody leads. */
  readonly known: FollowerKnowledge | null;
  readonly exchange: Exchange | null;
}

export interface FollowerKnowledge {
  /** Where it last fetched from; null until its first fetch. */
  readonly logEndOffset: number | null;
  /** When it last had all that the leader had, in milliseconds since 1970; null: never, since this leader began. */
  readonly lastCaughtUpMs: number | null;
  readonly lastFetchMs: number | null;
}

/** Where a follower's fetch is. `waiting`: at the leader, which has nothing new yet. `paused`: after an error. */
export type Exchange = {
  readonly fetchOffset: number;
  /** −1: it knows none. */
  readonly lastFetchedEpoch: number;
} & (
  | { readonly stage: 'asking'; readonly flight: ExchangeFlight }
  | { readonly stage: 'waiting' }
  | {
      readonly stage: 'answering';
      readonly flight: ExchangeFlight;
      /** Offsets of the records on board, if there are any. */
      readonly records: { readonly first: number; readonly last: number } | null;
      readonly highWatermark: number | null;
      /** « Our logs part: this epoch ends there. » */
      readonly diverging: { readonly epoch: number; readonly endOffset: number } | null;
    }
  | { readonly stage: 'paused' }
);
interface ExchangeFlight {
  readonly fact: FactId;
  readonly sentAt: VirtualTimeUs;
  readonly dueAt: VirtualTimeUs;
}

/** `seen`: the same partition in the picture of the cluster, and the health of its brokers. */
export function pictureOfReplication(
  world: World,
  seen: PartitionPicture,
  healthOf: (broker: number) => Health,
  processOf: (broker: number) => ProcessId | null,
): ReplicationPicture {
  const { topic, partition, leader, leaderEpoch, isr } = seen;
  const brokerOf = (id: number): Broker | null => {
    const process = processOf(id);
    const found = process === null ? undefined : world.processes[process];
    return found === undefined ? null : brokerIn(found);
  };
  const leading = healthOf(leader) === 'dead' ? null : brokerOf(leader);
  const led = leading === null ? undefined : findPartition(leading, topic, partition);
  const isLed = led?.role === 'leader';
  const replicas = seen.replicas.map((replica): ReplicationReplica => {
    const broker = brokerOf(replica.broker);
    const hosted = broker === null ? undefined : findPartition(broker, topic, partition);
    const isFollower = isLed && replica.broker !== leader;
    const follower = isFollower ? led.followers.find(({ brokerId }) => brokerId === replica.broker) : undefined;
    return {
      replica,
      health: healthOf(replica.broker),
      epochs: hosted?.log?.leaderEpochs ?? [],
      known: follower === undefined || leading === null ? null : knowledgeOf(leading, follower),
      exchange:
        broker === null || hosted === undefined || !isFollower || replica.role === 'offline'
          ? null
          : exchangeOf(world, broker, hosted, processOf(leader)),
    };
  });
  return {
    topic,
    partition,
    leader,
    leaderEpoch,
    isr,
    pendingIsr: isLed ? (led.pendingIsr?.isr ?? null) : null,
    replicas,
    minInSyncReplicas: isLed ? led.effectiveMinIsr : null,
    replicaLagTimeMaxMs: (leading ?? brokerOf(seen.replicas[0]?.broker ?? -1))?.settings.replicaLagTimeMaxMs ?? 30_000,
    waiting: isLed && leading !== null ? waitingFor(leading, led.index) : [],
  };
}

const orNull = (value: number): number | null => (value <= 0 ? null : value);

function knowledgeOf(
  { followerFetchTimesMs }: Broker,
  { brokerId, logEndOffset, lastCaughtUpTimeMs, lastFetchTimeMs, isAtEnd }: FollowerState,
): FollowerKnowledge {
  const latestMs = isAtEnd ? (followerFetchTimesMs[brokerId] ?? 0) : 0;
  return {
    logEndOffset: logEndOffset < 0 ? null : logEndOffset,
    lastCaughtUpMs: orNull(Math.max(lastCaughtUpTimeMs, latestMs)),
    lastFetchMs: orNull(Math.max(lastFetchTimeMs, latestMs)),
  };
}

function waitingFor({ delayed }: Broker, index: number): ReplicationPicture['waiting'] {
  return delayed.waiting.flatMap(({ kind, awaits, expiresAt }) => {
    const offset = kind === 'produce' ? awaits?.get(index) : undefined;
    return offset === undefined ? [] : [{ offset, expiresAt }];
  });
}

function exchangeOf(
  { queue }: World,
  broker: Broker,
  { topic, partition, index, leader, fetch }: HostedPartition,
  leaderProcess: ProcessId | null,
): Exchange | null {
  const fetcher = broker.fetchers.find((one) => one.leader === leader);
  const fetched = fetcher?.partitions.find((one) => one.index === index);
  if (fetcher === undefined || fetched === undefined || fetch === null || leaderProcess === null) return null;
  const asked = {
    fetchOffset: fetched.told?.fetchOffset ?? fetch.fetchOffset,
    lastFetchedEpoch: fetched.told?.lastFetchedEpoch ?? fetch.lastFetchedEpoch ?? -1,
  };
  if (!fetcher.isFetching || fetched.told === null) return { ...asked, stage: 'paused' };
  const own = broker.process.process;
  for (const entry of queue.entries()) {
    if (entry.kind !== 'segment' || entry.segment.kind !== 'message') continue;
    const from = ownerOfEnd(entry.from);
    const { message, fact } = entry.segment;
    if (!isKafkaMessage(message) || message.api !== 'Fetch') continue;
    const flight = { fact, sentAt: entry.leftAt, dueAt: entry.at };
    if (from === own && entry.toProcess === leaderProcess && message.kind === 'request')
      return { ...asked, stage: 'asking', flight };
    if (from !== leaderProcess || entry.toProcess !== own || message.kind !== 'response') continue;
    const answer = message.body.responses
      .find((one) => one.topic === topic)
      ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
    const records = answer?.records.flatMap((batch) => batch.records) ?? [];
    const [first, last] = [records[0], records.at(-1)];
    return {
      ...asked,
      stage: 'answering',
      flight,
      records: first === undefined || last === undefined ? null : { first: first.offset, last: last.offset },
      highWatermark: answer === undefined || answer.highWatermark < 0 ? null : answer.highWatermark,
      diverging: answer?.divergingEpoch ?? null,
    };
  }
  return { ...asked, stage: 'waiting' };
}
