/** The cluster at an instant, for views and goals: read from the snapshots of the processes. What did not change keeps its identity. */
import type { Broker } from '../../cluster/broker/broker.ts';
import { brokerIn, pictureOfBroker } from '../../cluster/broker/pictureOfBroker.ts';
import { flightsOf } from '../../cluster/flights.ts';
import type { BrokerPicture, ClusterPicture, TopicPicture, ZooKeeperPicture } from '../../cluster/picture.ts';
import { pictureOfZooKeeper } from '../../cluster/zookeeper/pictureOfZooKeeper.ts';
import type { Process } from '../../kernel/process.ts';
import type { World } from '../../kernel/world.ts';
import { groupPictures, isConsuming } from './groups.ts';
import { keepIdentity } from './keepIdentity.ts';
import { isProducing, producerPictures } from './producers.ts';
import { KnownSessions } from './sessions.ts';
import { topicsOf } from './topics.ts';

/** A broker's process with what it knows and how it is shown. */
export interface SeenBroker {
  readonly process: Process;
  readonly broker: Broker;
  readonly picture: BrokerPicture;
}

/** The last picture of each world: of the parts that say the same again, its objects are taken. */
const lastPictures = new WeakMap<World, ClusterPicture>();

export function pictureOf(world: World): ClusterPicture {
  const { processes } = world;
  const brokers = brokersOf(processes);
  const alive = brokers.filter(({ picture }) => picture.health !== 'dead');
  const before = lastPictures.get(world);
  const topics = sameItems(before?.topics, topicsOf(brokers));
  const keep = <Part extends keyof ClusterPicture>(part: Part, next: ClusterPicture[Part]): ClusterPicture[Part] =>
    keepIdentity(before?.[part], next);
  const picture: ClusterPicture = {
    now: world.now,
    zookeepers: keep('zookeepers', zooKeepersOf(processes)),
    brokers: keep(
      'brokers',
      brokers.map((seen) => seen.picture),
    ),
    topics,
    producers: keep('producers', producerPictures(processes)),
    groups: keep('groups', groupPictures(processes, alive, topics)),
    tools: keep(
      'tools',
      processes.flatMap((process) => {
        const { id, status, program, terminal } = process;
        return status !== 'exited' && isShownTool(process) ? [{ process: id, program, terminal }] : [];
      }),
    ),
    flights: flightsOf(world),
    impairedLinks: keep(
      'impairedLinks',
      [...world.links.impaired()].map(({ from, to, condition }) => ({ from, to, ...condition })),
    ),
  };
  lastPictures.set(world, picture);
  return picture;
}

/** Partitions keep their identity by themselves; topics that have the same ones, and the list of such topics, keep it here. */
function sameItems(
  before: readonly TopicPicture[] | undefined,
  topics: readonly TopicPicture[],
): readonly TopicPicture[] {
  if (before === undefined) return topics;
  const kept = topics.map((topic, index) => {
    const other = before[index];
    const isSame =
      other !== undefined &&
      other.topic === topic.topic &&
      other.configs === topic.configs &&
      other.partitions.length === topic.partitions.length &&
      other.partitions.every((partition, at) => partition === topic.partitions[at]);
    return isSame ? other : topic;
  });
  return kept.length === before.length && kept.every((topic, index) => topic === before[index]) ? before : kept;
}

const notTools: ReadonlySet<string> = new Set([
  'kafka-server',
  'kafka-server-start',
  'kafka-server-stop',
  'kafka-console-producer',
  'kafka-console-consumer',
  'kafka-run-class',
]);
/** Clients that are neither producers nor consumers of the picture. */
const isShownTool = (process: Process): boolean =>
  (process.program.startsWith('kafka-') || process.program === 'zookeeper-shell') &&
  !notTools.has(process.program) &&
  !isProducing(process) &&
  !isConsuming(process);

/** The latest process of each broker id, by id; one that never found out its id is not shown. */
function brokersOf(processes: readonly Process[]): readonly SeenBroker[] {
  const sessions = new KnownSessions(processes);
  const byId = new Map<number, SeenBroker>();
  for (const process of processes) {
    const broker = brokerIn(process);
    if (broker === null) continue;
    const picture = pictureOfBroker(process, broker, sessions.sessionOf(broker, process.id));
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
