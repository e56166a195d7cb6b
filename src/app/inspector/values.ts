/** What a card says of its mark, read from the picture at the shown instant. */
import type { ClusterPicture, ConsumerPicture, GroupPicture, PartitionPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { World } from '../../kernel/world.ts';
import type { ViewWords } from '../../views/words.ts';
import { countText, durationText, listText } from '../narration/numbers.ts';
import type { Mark } from './mark.ts';
import { linkName, linkValues } from './linkValues.ts';
import { znodeValues } from './znodeValues.ts';
import { messageValues, recordValues } from './recordValues.ts';
import type { InspectorWords } from './words.ts';

export interface ValueRow {
  readonly label: string;
  readonly value: string;
}
interface Context {
  readonly picture: ClusterPicture;
  readonly world: World;
  readonly words: InspectorWords;
  readonly language: Language;
}

/** Null when there is no such thing at this instant. */
export function valuesOf(mark: Mark, context: Context): readonly ValueRow[] | null {
  switch (mark.kind) {
    case 'broker':
      return brokerValues(mark.broker, context);
    case 'zookeeper':
      return zooKeeperValues(mark.server, context);
    case 'replica':
      return replicaValues(mark, context);
    case 'record':
      return recordValues(mark, context.picture, context.words);
    case 'message':
      return messageValues(mark.fact, context.picture, context);
    case 'producer':
      return producerValues(mark.process, context);
    case 'tool':
      return toolValues(mark.process, context);
    case 'link':
      return linkValues(mark, context);
    case 'member':
      return memberValues(mark.process, context);
    case 'znode':
      return znodeValues(mark.path, context);
    default:
      return groupValues(mark.group, context);
  }
}

/** The name of a producer as the figure writes it, of a link those of its ends; empty for other marks, and when there is no such producer at this instant. */
export function nameOf(mark: Mark, picture: ClusterPicture, words: Pick<ViewWords, 'broker' | 'client'>): string {
  if (mark.kind === 'link') return linkName(mark, picture, words);
  if (mark.kind === 'tool') return picture.tools.find(({ process }) => process === mark.process)?.program ?? '';
  if (mark.kind === 'member') {
    const consumer = consumerOf(mark.process, picture);
    return consumer === undefined ? '' : words.client(consumer);
  }
  if (mark.kind !== 'producer') return '';
  const producer = picture.producers.find(({ process }) => process === mark.process);
  return producer === undefined ? '' : words.client(producer);
}

function partitionOf(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  { topics }: ClusterPicture,
): PartitionPicture | undefined {
  return topics.find((one) => one.topic === topic)?.partitions.find((one) => one.partition === partition);
}

/** By ZooKeeper, as long as some server tracks sessions; else as the broker believes. */
const isSessionAlive = ({ session, hasSession }: ClusterPicture['brokers'][number]): boolean =>
  session === null || session.state === 'unknown' ? hasSession : session.state === 'alive';

function brokerValues(id: number, { picture, words }: Context): readonly ValueRow[] | null {
  const broker = picture.brokers.find((one) => one.broker === id);
  if (broker === undefined) return null;
  const { labels, yes, no } = words;
  const here = picture.topics
    .filter(({ isInternal }) => !isInternal)
    .flatMap(({ partitions }) =>
      partitions.filter(({ replicas }) => replicas.some((replica) => replica.broker === id)),
    );
  const leads = here.filter(({ leader }) => leader === id).length;
  const controller = broker.controllerEpoch === null ? yes : words.controllerEpoch(broker.controllerEpoch);
  return [
    { label: labels.health, value: words.health[broker.health] },
    { label: labels.controller, value: broker.isController ? controller : no },
    { label: labels.session, value: isSessionAlive(broker) ? yes : no },
    { label: labels.replicasHere, value: words.leads(leads, here.length - leads) },
    { label: labels.port, value: `${broker.port}` },
    { label: labels.logDir, value: broker.logDir },
    { label: labels.pid, value: `${1000 + broker.process}` },
  ];
}

function zooKeeperValues(server: number, { picture, words, language }: Context): readonly ValueRow[] | null {
  const zookeeper = picture.zookeepers.find((one) => one.server === server);
  if (zookeeper === undefined) return null;
  const { labels } = words;
  const owner = (client: number | null): string => {
    const broker = picture.brokers.find(({ process }) => process === client);
    return broker === undefined ? '' : ` (${words.broker(broker.broker)})`;
  };
  return [
    { label: labels.health, value: words.health[zookeeper.health] },
    { label: labels.role, value: words.roles[zookeeper.role] },
    { label: labels.zxid, value: zookeeper.zxid },
    { label: labels.port, value: `${zookeeper.port}` },
    { label: labels.pid, value: `${1000 + zookeeper.process}` },
    ...zookeeper.sessions.map(({ id, client, timeoutMs, ephemerals }) => ({
      label: `${id}${owner(client)}`,
      value: words.sessionTimeout(durationText(timeoutMs, language), ephemerals.length),
    })),
  ];
}

function replicaValues(
  mark: Extract<Mark, { kind: 'replica' }>,
  { picture, words, language }: Context,
): readonly ValueRow[] | null {
  const partition = partitionOf(mark, picture);
  const replica = partition?.replicas.find(({ broker }) => broker === mark.broker);
  if (partition === undefined || replica === undefined) return null;
  const { labels, yes, no, none } = words;
  const count = (value: number): string => countText(value, language);
  const leader = partition.replicas.find(({ broker }) => broker === partition.leader);
  const behind = leader === undefined || leader === replica ? [] : [leader.logEndOffset - replica.logEndOffset];
  const list = (ids: readonly number[]): string => (ids.length === 0 ? none : listText(ids, language));
  return [
    { label: labels.role, value: words.roles[replica.role] },
    { label: labels.inSync, value: replica.isInSync ? yes : no },
    { label: labels.highWatermark, value: count(replica.highWatermark) },
    { label: labels.logEndOffset, value: count(replica.logEndOffset) },
    { label: labels.logStartOffset, value: count(replica.logStartOffset) },
    ...behind.map((records) => ({ label: labels.behindLeader, value: count(Math.max(0, records)) })),
    { label: labels.leaderEpoch, value: count(replica.leaderEpoch) },
    { label: labels.leader, value: partition.leader < 0 ? none : words.broker(partition.leader) },
    { label: labels.isr, value: list(partition.isr) },
    { label: labels.assignment, value: list(partition.replicas.map(({ broker }) => broker)) },
  ];
}

function producerValues(process: number, { picture, world, words, language }: Context): readonly ValueRow[] | null {
  const producer = picture.producers.find((one) => one.process === process);
  if (producer === undefined) return null;
  const { labels, yes, no, none } = words;
  return [
    { label: labels.clientId, value: producer.clientId },
    { label: labels.acks, value: producer.acks },
    { label: labels.idempotent, value: producer.isIdempotent ? yes : no },
    { label: labels.producerId, value: producer.producerId < 0 ? none : `${producer.producerId}` },
    { label: labels.topics, value: producer.topics.length === 0 ? none : listText(producer.topics, language) },
    { label: labels.waiting, value: countText(producer.waiting.length, language) },
    { label: labels.pid, value: `${1000 + process}` },
    { label: labels.command, value: world.processes[process]?.argv.join(' ') ?? '' },
  ];
}

function toolValues(process: number, { picture, world, words }: Context): readonly ValueRow[] | null {
  if (!picture.tools.some((tool) => tool.process === process)) return null;
  return [
    { label: words.labels.pid, value: `${1000 + process}` },
    { label: words.labels.command, value: world.processes[process]?.argv.join(' ') ?? '' },
  ];
}

const consumerOf = (process: number, { groups }: ClusterPicture): ConsumerPicture | undefined =>
  groups.flatMap(({ members }) => members).find((one) => one.process === process);

function memberValues(process: number, { picture, words, world }: Context): readonly ValueRow[] | null {
  const consumer = consumerOf(process, picture);
  if (consumer === undefined) return null;
  const { labels, none } = words;
  const group = picture.groups.find(({ members }) => members.includes(consumer));
  return [
    { label: labels.group, value: group?.group ?? none },
    { label: labels.clientId, value: consumer.clientId },
    ...(consumer.memberState === null ? [] : [{ label: labels.state, value: consumer.memberState }]),
    ...consumer.partitions.map(({ topic, partition, position, lag }) => ({
      label: words.partition(topic, partition),
      value: `${position ?? '…'}${lag === null ? '' : ` · ${words.lag(lag)}`}`,
    })),
    { label: labels.pid, value: `${1000 + process}` },
    { label: labels.command, value: world.processes[process]?.argv.join(' ') ?? '' },
  ];
}

function groupValues(id: string, { picture, words, language }: Context): readonly ValueRow[] | null {
  const group = picture.groups.find((one) => one.group === id);
  if (group === undefined) return null;
  const { labels, none } = words;
  return [
    { label: labels.state, value: group.state },
    { label: labels.generation, value: countText(group.generationId, language) },
    { label: labels.protocol, value: group.protocol ?? none },
    { label: labels.coordinator, value: group.coordinator === null ? none : words.broker(group.coordinator) },
    { label: labels.members, value: countText(group.members.length, language) },
    ...positionsOf(group, words),
  ];
}

function positionsOf({ committed, members }: GroupPicture, words: InspectorWords): readonly ValueRow[] {
  return committed.map(({ topic, partition, offset }) => {
    const read = members
      .flatMap(({ partitions }) => partitions)
      .find((one) => one.topic === topic && one.partition === partition);
    const lag = read?.lag ?? null;
    return {
      label: words.partition(topic, partition),
      value: lag === null ? `${offset}` : `${offset} · ${words.lag(lag)}`,
    };
  });
}
