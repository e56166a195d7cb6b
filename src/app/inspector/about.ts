/** Which facts are about a mark: those that its card lists. */
import { asClusterFact, type ClusterFact } from '../../cluster/facts.ts';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Fact } from '../../kernel/facts.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { topicOf } from '../narration/topicOf.ts';
import type { Mark } from './mark.ts';

/** `process`: of the mark, if it is a process of its own. */
export function isAbout(fact: Fact, mark: Mark, process: number | null): boolean {
  if (mark.kind === 'message') return fact.id === mark.fact;
  if (process !== null && fact.process === process && isOfLife(fact)) return true;
  if (mark.kind === 'link') return isOfLink(fact, mark);
  const known = asClusterFact(fact);
  if (known === null) return false;
  switch (mark.kind) {
    case 'broker':
      return isAboutBroker(known, mark.broker) && !isEveryday(known, topicOf(fact));
    case 'replica':
      return isAboutReplica(known, mark);
    case 'record':
      return isAboutRecord(known, mark);
    case 'znode':
      return 'path' in known.detail && known.detail.path === mark.path;
    case 'group':
      return 'group' in known.detail && known.detail.group === mark.group;
    default:
      return process !== null && fact.process === process;
  }
}

/** Its append on that replica, the watermark that made it readable, whoever read it. */
function isAboutRecord(
  { name, detail }: ClusterFact,
  { topic, partition, broker, offset }: Extract<Mark, { kind: 'record' }>,
): boolean {
  if (!('partition' in detail) || detail.topic !== topic || detail.partition !== partition) return false;
  switch (name) {
    case 'recordsAppended':
      return detail.broker === broker && detail.baseOffset <= offset && offset <= detail.lastOffset;
    case 'highWatermarkAdvanced':
      return detail.broker === broker && detail.from <= offset && offset < detail.to;
    case 'recordsConsumed':
      return detail.firstOffset <= offset && offset <= detail.lastOffset;
    default:
      return false;
  }
}

/** What was done to it, and what it kept or lost; what it simply carries would hide that. */
function isOfLink({ process, what }: Fact, { from, to }: Extract<Mark, { kind: 'link' }>): boolean {
  const joins = (one: number, other: number): boolean =>
    (from.includes(one) && to.includes(other)) || (from.includes(other) && to.includes(one));
  if (what.kind === 'input') return what.input.kind === 'setLink' && joins(what.input.from, what.input.to);
  return (what.kind === 'lost' || what.kind === 'resent') && process !== null && joins(process, what.to);
}

/** The process that a mark stands for; null for replicas and groups, which live in several. */
export function processOf(mark: Mark, { brokers, zookeepers }: ClusterPicture): number | null {
  switch (mark.kind) {
    case 'broker':
      return brokers.find(({ broker }) => broker === mark.broker)?.process ?? null;
    case 'zookeeper':
      return zookeepers.find(({ server }) => server === mark.server)?.process ?? null;
    case 'producer':
    case 'tool':
    case 'member':
      return mark.process;
    default:
      return null;
  }
}

const isOfLife = ({ what: { kind } }: Fact): boolean =>
  kind === 'started' || kind === 'exited' || kind === 'signalled' || kind === 'refused' || kind === 'disconnected';

function isAboutBroker({ name, detail }: ClusterFact, broker: number): boolean {
  if (name === 'leaderElected') return detail.leader === broker;
  if (name === 'isrShrunk') return detail.removed.includes(broker);
  if (name === 'isrExpanded') return detail.added.includes(broker);
  return 'broker' in detail && detail.broker === broker;
}

/** What a broker does all the time, and what it does for Kafka's own topics, would hide the rest. */
const isEveryday = ({ name }: ClusterFact, topic: string | null): boolean =>
  name === 'recordsAppended' || name === 'highWatermarkAdvanced' || (topic !== null && isInternalTopic(topic));

function isAboutReplica(
  { name, detail }: ClusterFact,
  { topic, partition, broker }: Extract<Mark, { kind: 'replica' }>,
) {
  if (name === 'topicCreated' || name === 'topicDeleted') return detail.topic === topic;
  if (!('partition' in detail) || detail.topic !== topic || detail.partition !== partition) return false;
  // What clients do with a partition is told by them, and belongs to their own cards.
  return 'broker' in detail ? detail.broker === broker : !('client' in detail) && !('group' in detail);
}
