/** The cluster at an instant, for views and goals: read from the snapshots of the processes. What did not change keeps its identity. */
import type { Broker } from '../../cluster/broker/broker.ts';
import { findPartition } from '../../cluster/broker/broker.ts';
import type { HostedPartition } from '../../cluster/broker/hostedPartition.ts';
import { maximalIsr } from '../../cluster/broker/hostedPartition.ts';
import { brokerIn, pictureOfBroker } from '../../cluster/broker/pictureOfBroker.ts';
import { settingsOfTopic } from '../../cluster/broker/topicSettings.ts';
import { flightsOf } from '../../cluster/flights.ts';
import type {
  BrokerPicture,
  ClusterPicture,
  PartitionPicture,
  ReplicaPicture,
  TopicPicture,
  ZooKeeperPicture,
} from '../../cluster/picture.ts';
import type { UpdateMetadataPartitionState } from '../../cluster/protocol/kafka/controlPlane.ts';
import { pictureOfZooKeeper } from '../../cluster/zookeeper/pictureOfZooKeeper.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import type { Process } from '../../kernel/process.ts';
import type { World } from '../../kernel/world.ts';
import { groupPictures } from './groups.ts';
import { producerPictures } from './producers.ts';

/** A broker's process with what it knows and how it is shown. */
export interface SeenBroker {
  readonly process: Process;
  readonly broker: Broker;
  readonly picture: BrokerPicture;
}

export function pictureOf(world: World): ClusterPicture {
  const { processes } = world;
  const brokers = brokersOf(processes);
  const alive = brokers.filter(({ picture }) => picture.health !== 'dead');
  const topics = topicsOf(brokers);
  return {
    now: world.now,
    zookeepers: zooKeepersOf(processes),
    brokers: brokers.map(({ picture }) => picture),
    topics,
    producers: producerPictures(processes),
    groups: groupPictures(processes, alive, topics),
    tools: processes.flatMap(({ id, status, program, terminal }) =>
      status !== 'exited' && isShownTool(program) ? [{ process: id, program, terminal }] : [],
    ),
    flights: flightsOf(world),
    impairedLinks: [...world.links.impaired()].map(({ from, to, condition }) => ({ from, to, ...condition })),
  };
}

/** Clients that are neither producers nor consumers of the picture. */
const isShownTool = (program: string): boolean =>
  (program.startsWith('kafka-') || program === 'zookeeper-shell') &&
  ![
    'kafka-server',
    'kafka-server-start',
    'kafka-server-stop',
    'kafka-console-producer',
    'kafka-console-consumer',
    'kafka-run-class',
  ].includes(program);

/** The latest process of each broker id, by id; one that never found out its id is not shown. */
function brokersOf(processes: readonly Process[]): readonly SeenBroker[] {
  const byId = new Map<number, SeenBroker>();
  for (const process of processes) {
    const broker = brokerIn(process);
    if (broker === null) continue;
    const picture = pictureOfBroker(process, broker);
    const before = byId.get(picture.broker);
    // A second broker that failed to start does not hide the one that runs.
    if (picture.broker < 0 || (before !== undefined && before.picture.health !== 'dead' && picture.health === 'dead'))
      continue;
    byId.set(picture.broker, { process, broker, picture });
  }
  return [...byId.values()].sort((a, b) => a.picture.broker - b.picture.broker);
}

function zooKeepersOf(processes: readonly Process[]): readonly ZooKeeperPicture[] {
  const byServer = new Map<number, ZooKeeperPicture>();
  for (const process of processes) {
    const picture = pictureOfZooKeeper(process);
    if (picture === null) continue;
    const before = byServer.get(picture.server);
    if (before === undefined || before.health === 'dead' || picture.health !== 'dead')
      byServer.set(picture.server, picture);
  }
  return [...byServer.values()].sort((a, b) => a.server - b.server);
}

/** As the controller tells it; without one, as the first living broker remembers it, else as the last dead one did. */
function topicsOf(brokers: readonly SeenBroker[]): readonly TopicPicture[] {
  const teller =
    brokers.find(({ picture }) => picture.isController) ??
    brokers.find(({ picture }) => picture.health === 'running') ??
    brokers[0];
  if (teller === undefined) return [];
  const { metadata, topicSettings } = teller.broker;
  return [...metadata.topics]
    .map(([topic, { partitions }]) => ({
      topic,
      isInternal: isInternalTopic(topic),
      configs: settingsOfTopic(topicSettings, topic),
      partitions: partitions.flatMap((state) => (state === undefined ? [] : [partitionOf(topic, state, brokers)])),
    }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

function partitionOf(
  topic: string,
  state: UpdateMetadataPartitionState,
  brokers: readonly SeenBroker[],
): PartitionPicture {
  const { partitionIndex: partition, leader, leaderEpoch } = state;
  const leading = hostedAt(brokers, leader, topic, partition);
  // The leader knows of a change of its ISR first.
  const isr = leading?.role === 'leader' ? maximalIsr(leading) : state.isr;
  const replicas = state.replicas.map((id) =>
    replicaOf(id, hostedAt(brokers, id, topic, partition), { leader, isr, isAlive: isAlive(brokers, id) }),
  );
  return { topic, partition, leader, leaderEpoch, isr, replicas };
}

const isAlive = (brokers: readonly SeenBroker[], id: number): boolean =>
  brokers.some(({ picture }) => picture.broker === id && picture.health !== 'dead');

function hostedAt(
  brokers: readonly SeenBroker[],
  id: number,
  topic: string,
  partition: number,
): HostedPartition | undefined {
  const seen = brokers.find(({ picture }) => picture.broker === id);
  return seen === undefined ? undefined : findPartition(seen.broker, topic, partition);
}

function replicaOf(
  broker: number,
  hosted: HostedPartition | undefined,
  cluster: { readonly leader: number; readonly isr: readonly number[]; readonly isAlive: boolean },
): ReplicaPicture {
  const log = hosted?.log ?? null;
  return {
    broker,
    role: cluster.isAlive ? (broker === cluster.leader ? 'leader' : 'follower') : 'offline',
    isInSync: cluster.isr.includes(broker),
    leaderEpoch: hosted?.leaderEpoch ?? 0,
    highWatermark: log?.highWatermark ?? 0,
    logStartOffset: log?.logStartOffset ?? 0,
    logEndOffset: log?.logEndOffset ?? 0,
    log,
  };
}
