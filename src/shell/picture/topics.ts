/** Topics with their replicas, as the brokers host them. A partition about which nothing changed gives the same object. */
import { type Broker, findPartition } from '../../cluster/broker/broker.ts';
import type { HostedPartition } from '../../cluster/broker/hostedPartition.ts';
import { maximalIsr } from '../../cluster/broker/hostedPartition.ts';
import { settingsOfTopic } from '../../cluster/broker/topicSettings.ts';
import type { PartitionPicture, ReplicaPicture, TopicPicture } from '../../cluster/picture.ts';
import type { UpdateMetadataPartitionState } from '../../cluster/protocol/kafka/controlPlane.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { endOffsetForEpoch, latestEpoch } from '../../kafka/log/leaderEpochCache.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { SeenBroker } from './pictureOf.ts';

/** As the controller tells it; without one, as the first living broker remembers it, else as the last dead one did. By name. */
export function topicsOf(brokers: readonly SeenBroker[]): readonly TopicPicture[] {
  const teller =
    brokers.find(({ picture }) => picture.isController) ??
    brokers.find(({ picture }) => picture.health === 'running') ??
    brokers[0];
  if (teller === undefined) return [];
  const { metadata, topicSettings } = teller.broker;
  const byId = new Map(brokers.map((seen) => [seen.picture.broker, seen]));
  return [...metadata.topics]
    .map(([topic, { partitions }]) => ({
      topic,
      isInternal: isInternalTopic(topic),
      configs: settingsOfTopic(topicSettings, topic),
      partitions: partitions.flatMap((state) => (state === undefined ? [] : [partitionOf(topic, state, byId)])),
    }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** A replica and all that its picture is made of. */
interface Hosted {
  readonly partition: HostedPartition | undefined;
  readonly isAlive: boolean;
}
const drawn = new WeakMap<
  UpdateMetadataPartitionState,
  { readonly of: readonly Hosted[]; readonly picture: PartitionPicture }
>();

function partitionOf(
  topic: string,
  state: UpdateMetadataPartitionState,
  brokers: ReadonlyMap<number, SeenBroker>,
): PartitionPicture {
  const hosted = state.replicas.map((id): Hosted => {
    const seen = brokers.get(id);
    return {
      partition: seen === undefined ? undefined : hostedBy(seen.broker, topic, state.partitionIndex),
      isAlive: seen !== undefined && seen.picture.health !== 'dead',
    };
  });
  const before = drawn.get(state);
  if (before !== undefined && before.picture.topic === topic && isSame(before.of, hosted)) return before.picture;
  const picture = pictureOfPartition(topic, state, hosted);
  drawn.set(state, { of: hosted, picture });
  return picture;
}

const hostedBy = (broker: Broker, topic: string, partition: number): HostedPartition | undefined =>
  findPartition(broker, topic, partition);

const isSame = (one: readonly Hosted[], other: readonly Hosted[]): boolean =>
  one.length === other.length &&
  one.every(({ partition, isAlive }, index) => {
    const { partition: otherPartition, isAlive: otherIsAlive } = other[index]!;
    return partition === otherPartition && isAlive === otherIsAlive;
  });

function pictureOfPartition(
  topic: string,
  { partitionIndex: partition, leader, leaderEpoch, replicas, isr: toldIsr }: UpdateMetadataPartitionState,
  hosted: readonly Hosted[],
): PartitionPicture {
  const leading = hosted[replicas.indexOf(leader)]?.partition;
  // The leader knows of a change of its ISR first.
  const isr = leading?.role === 'leader' ? maximalIsr(leading) : toldIsr;
  return {
    topic,
    partition,
    leader,
    leaderEpoch,
    isr,
    replicas: replicas.map((id, index) =>
      replicaOf(id, hosted[index]!, { leader, isr, leaderLog: leading?.log ?? null }),
    ),
  };
}

function replicaOf(
  broker: number,
  { partition, isAlive }: Hosted,
  cluster: { readonly leader: number; readonly isr: readonly number[]; readonly leaderLog: PartitionLog | null },
): ReplicaPicture {
  const log = partition?.log ?? null;
  return {
    broker,
    role: isAlive && partition?.role !== 'offline' ? (broker === cluster.leader ? 'leader' : 'follower') : 'offline',
    isInSync: cluster.isr.includes(broker),
    leaderEpoch: partition?.leaderEpoch ?? 0,
    highWatermark: log?.highWatermark ?? 0,
    logStartOffset: log?.logStartOffset ?? 0,
    logEndOffset: log?.logEndOffset ?? 0,
    divergesAt: log === null || broker === cluster.leader ? null : divergenceOf(log, cluster.leaderLog),
    log,
  };
}

/** Where the leader's log ends the latest epoch of this one, if this one goes on beyond: what it has from there on, the leader never had. */
function divergenceOf(log: PartitionLog, leaderLog: PartitionLog | null): number | null {
  const epoch = latestEpoch(log.leaderEpochs);
  if (leaderLog === null || epoch === null || epoch === latestEpoch(leaderLog.leaderEpochs)) return null;
  const { endOffset } = endOffsetForEpoch(leaderLog.leaderEpochs, epoch, leaderLog.logEndOffset);
  return endOffset >= 0 && endOffset < log.logEndOffset ? Math.max(endOffset, log.logStartOffset) : null;
}
