/**
 * Kafka's znodes: their paths, and what is written in them. Keys come in the order in which Kafka writes them.
 *
 * Follows `kafka.zk.ZkData` (3.9.0).
 */
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import type { Settings } from '../../kafka/config/settings.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import { scalaImmutableOrder } from '../../kafka/scalaHashMap.ts';
import type { LeaderRecoveryState } from '../protocol/kafka/controlPlane.ts';
import { ZERO_UUID, type TopicId } from '../protocol/kafka/fields.ts';

export const paths = {
  brokerIds: '/brokers/ids',
  brokerId: (id: number) => `/brokers/ids/${id}`,
  brokerSequence: '/brokers/seqid',
  topics: '/brokers/topics',
  topic: (topic: string) => `/brokers/topics/${topic}`,
  topicPartitions: (topic: string) => `/brokers/topics/${topic}/partitions`,
  topicPartition: (topic: string, partition: number) => `/brokers/topics/${topic}/partitions/${partition}`,
  partitionState: (topic: string, partition: number) => `/brokers/topics/${topic}/partitions/${partition}/state`,
  controller: '/controller',
  controllerEpoch: '/controller_epoch',
  clusterId: '/cluster/id',
  deleteTopics: '/admin/delete_topics',
  deleteTopic: (topic: string) => `/admin/delete_topics/${topic}`,
  reassignPartitions: '/admin/reassign_partitions',
  preferredReplicaElection: '/admin/preferred_replica_election',
  config: (entityType: 'topics' | 'brokers', entity: string) => `/config/${entityType}/${entity}`,
  configChanges: '/config/changes',
  isrChangeNotification: '/isr_change_notification',
  logDirEventNotification: '/log_dir_event_notification',
  producerIdBlock: '/latest_producer_id_block',
  feature: '/feature',
} as const;

/** Created by the first broker, in this order, with all that is above them. */
export const persistentPaths: readonly string[] = [
  '/consumers',
  paths.brokerIds,
  paths.topics,
  paths.configChanges,
  paths.deleteTopics,
  paths.brokerSequence,
  paths.isrChangeNotification,
  paths.producerIdBlock,
  paths.logDirEventNotification,
  '/config/topics',
  '/config/clients',
  '/config/users',
  '/config/brokers',
  '/config/ips',
];

type Json = Readonly<Record<string, unknown>>;

/** Null for data that is no JSON object. */
function parse(data: string | null): Json | null {
  if (data === null) return null;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asNumber = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
const asText = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
const asIds = (value: unknown): readonly BrokerId[] =>
  Array.isArray(value) ? value.filter((id): id is BrokerId => typeof id === 'number') : [];

/** A registered broker; its czxid is its epoch. */
export interface RegisteredBroker {
  readonly id: BrokerId;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}
export function encodeBroker(
  { host, port, rack }: RegisteredBroker,
  listenerName: string,
  timestampMs: number,
): string {
  return JSON.stringify({
    features: {},
    listener_security_protocol_map: { [listenerName]: 'PLAINTEXT' },
    endpoints: [`${listenerName}://${host}:${port}`],
    jmx_port: -1,
    ...(rack === null ? {} : { rack }),
    port,
    host,
    version: 5,
    timestamp: String(timestampMs),
  });
}
export function decodeBroker(id: number, data: string | null): RegisteredBroker | null {
  const json = parse(data);
  if (json === null) return null;
  const { host, port, rack } = json;
  return {
    id: id as BrokerId,
    host: asText(host, 'localhost'),
    port: asNumber(port, -1),
    rack: typeof rack === 'string' ? rack : null,
  };
}

/** Replicas of one partition; the adding and removing ones only while it is being reassigned. */
export interface ReplicaAssignment {
  readonly replicas: readonly BrokerId[];
  readonly adding: readonly BrokerId[];
  readonly removing: readonly BrokerId[];
}
export const plainAssignment = (replicas: readonly BrokerId[]): ReplicaAssignment => ({
  replicas,
  adding: [],
  removing: [],
});
export interface TopicAssignment {
  readonly topicId: TopicId;
  /** By partition. */
  readonly partitions: readonly ReplicaAssignment[];
}
export function encodeTopic({ topicId, partitions }: TopicAssignment): string {
  const numbers = partitions.map((_, partition) => String(partition));
  const inOrder = scalaImmutableOrder(numbers, javaStringHash);
  const of = (pick: (assignment: ReplicaAssignment) => readonly BrokerId[], isOptional: boolean) =>
    objectOf(
      inOrder
        .map((key): [string, readonly BrokerId[]] => [key, pick(partitions[Number(key)]!)])
        .filter(([, ids]) => !isOptional || ids.length > 0)
        .map(([key, ids]) => [key, JSON.stringify(ids)]),
    );
  return (
    `{"partitions":${of(({ replicas }) => replicas, false)},"topic_id":${JSON.stringify(topicId)},` +
    `"adding_replicas":${of(({ adding }) => adding, true)},"removing_replicas":${of(({ removing }) => removing, true)},"version":3}`
  );
}
/** By hand: JavaScript puts numeric keys in order, Kafka does not. */
const objectOf = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;

export function decodeTopic(data: string | null): TopicAssignment | null {
  const json = parse(data);
  if (json === null || !isObject(json['partitions'])) return null;
  const adding = isObject(json['adding_replicas']) ? json['adding_replicas'] : {};
  const removing = isObject(json['removing_replicas']) ? json['removing_replicas'] : {};
  const partitions: ReplicaAssignment[] = [];
  for (const [key, replicas] of Object.entries(json['partitions'])) {
    partitions[Number(key)] = {
      replicas: asIds(replicas),
      adding: asIds(adding[key]),
      removing: asIds(removing[key]),
    };
  }
  return { topicId: asText(json['topic_id'], ZERO_UUID), partitions };
}

/** What `/brokers/topics/<t>/partitions/<p>/state` says. Its version is the partition epoch. */
export interface PartitionStateZnode {
  readonly controllerEpoch: number;
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly isr: readonly BrokerId[];
  readonly leaderRecoveryState: LeaderRecoveryState;
}
export function encodePartitionState(state: PartitionStateZnode): string {
  const { controllerEpoch, leader, leaderEpoch, isr, leaderRecoveryState } = state;
  return JSON.stringify({
    controller_epoch: controllerEpoch,
    leader,
    version: 1,
    leader_epoch: leaderEpoch,
    isr,
    ...(leaderRecoveryState === 1 ? { leader_recovery_state: 1 } : {}),
  });
}
export function decodePartitionState(data: string | null): PartitionStateZnode | null {
  const json = parse(data);
  if (json === null) return null;
  return {
    controllerEpoch: asNumber(json['controller_epoch'], 0),
    leader: asNumber(json['leader'], -1) as BrokerId,
    leaderEpoch: asNumber(json['leader_epoch'], 0) as LeaderEpoch,
    isr: asIds(json['isr']),
    leaderRecoveryState: json['leader_recovery_state'] === 1 ? 1 : 0,
  };
}

export const encodeController = (brokerId: number, timestampMs: number): string =>
  JSON.stringify({ version: 2, brokerid: brokerId, timestamp: String(timestampMs), kraftControllerEpoch: -1 });
export const decodeController = (data: string | null): BrokerId => asNumber(parse(data)?.['brokerid'], -1) as BrokerId;

export const encodeClusterId = (id: string): string => JSON.stringify({ version: '1', id });
export const decodeClusterId = (data: string | null): string => asText(parse(data)?.['id'], '');

/** Settings in the order of Java's `Properties`. */
export function encodeConfig(config: Settings): string {
  const entries = propertiesOrder(config).map((name): readonly [string, string] => [
    name,
    JSON.stringify(config[name]),
  ]);
  return `{"version":1,"config":${objectOf(entries)}}`;
}
export function decodeConfig(data: string | null): Settings {
  const config = parse(data)?.['config'];
  if (!isObject(config)) return {};
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
}
/** `java.util.Properties` is a `ConcurrentHashMap`; its buckets are those of a `HashMap`. */
export const propertiesOrder = (config: Settings): readonly string[] =>
  javaHashOrder(Object.keys(config), javaStringHash);

export const encodeConfigChange = (entityPath: string): string =>
  JSON.stringify({ version: 2, entity_path: entityPath });
export const decodeConfigChange = (data: string | null): string => asText(parse(data)?.['entity_path'], '');

export const featureData = JSON.stringify({ features: {}, version: 2, status: 1 });

/** A broker whose log directory has failed (`LogDirEventNotificationSequenceZNode`). */
export const encodeLogDirEvent = (brokerId: number): string =>
  JSON.stringify({ version: 1, broker: brokerId, event: 1 });
export function decodeLogDirEvent(data: string | null): BrokerId | null {
  const broker = parse(data)?.['broker'];
  return typeof broker === 'number' ? (broker as BrokerId) : null;
}

export const encodeProducerIdBlock = (brokerId: number, first: number, last: number): string =>
  JSON.stringify({ version: 1, broker: brokerId, block_start: String(first), block_end: String(last) });
/** The last id given out; −1 when none was. */
export const lastProducerIdOf = (data: string | null): number => Number(asText(parse(data)?.['block_end'], '-1'));
