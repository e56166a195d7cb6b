/** How much a fact matters to somebody who listens: the narration speaks up to the level that a person chose. */
import { asClusterFact, type ClusterFactName } from '../../cluster/facts.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Input } from '../../kernel/input.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { topicOf } from './topicOf.ts';

export type NarrationLevel = 'essential' | 'normal' | 'all';

const essential: ReadonlySet<ClusterFactName> = new Set<ClusterFactName>([
  'zookeeperServing',
  'zookeeperElected',
  'quorumReached',
  'quorumLost',
  'sessionExpired',
  'brokerStarted',
  'brokerStopping',
  'controllerElected',
  'logDirFailed',
  'replicasOffline',
  'topicCreated',
  'topicDeleted',
  'leaderElected',
  'isrShrunk',
  'isrExpanded',
  'logTruncated',
  'recordsRefused',
]);
const normal: ReadonlySet<ClusterFactName> = new Set<ClusterFactName>([
  'controllerResigned',
  'partitionsAdded',
  'recordsAcknowledged',
  'recordsConsumed',
  'groupStateChanged',
  'memberJoined',
  'memberLeft',
  'assignmentReceived',
  'partitionsRevoked',
  'zookeeperStateChanged',
  'transactionStateChanged',
  'transactionMarkerWritten',
]);

/** Null for what is never narrated: messages, timers, lines printed. */
export function levelOf(fact: Fact): NarrationLevel | null {
  const { what } = fact;
  if (what.kind === 'exited') return what.signal === null ? null : 'essential';
  if (what.kind === 'input') return isFault(fact) ? 'essential' : null;
  const known = asClusterFact(fact);
  if (known === null) return null;
  const topic = topicOf(fact);
  if (topic !== null && isInternalTopic(topic)) return 'all';
  // A new partition's first leader goes without saying: its topic was created.
  if (known.name === 'leaderElected' && known.detail.leaderEpoch === 0) return 'all';
  if (essential.has(known.name)) return 'essential';
  return normal.has(known.name) ? 'normal' : 'all';
}

/** Something that a person broke, or mended. */
export const isFault = ({ what }: Fact): boolean => what.kind === 'input' && faults.has(what.input.kind);
const faults: ReadonlySet<Input['kind']> = new Set<Input['kind']>([
  'signal',
  'setLink',
  'setDisk',
  'setClock',
  'loseMessage',
  'fireTimer',
  'operate',
]);

const rank: Readonly<Record<NarrationLevel, number>> = { essential: 0, normal: 1, all: 2 };
export const isWithin = (level: NarrationLevel, chosen: NarrationLevel): boolean => rank[level] <= rank[chosen];
