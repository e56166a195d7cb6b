/**
 * When a producer's or consumer's metadata is to be refreshed, for which topics, and what an answer changes.
 *
 * Follows `org.apache.kafka.clients.Metadata`, `ProducerMetadata` and `ConsumerMetadata` (3.9.0). Backoffs are drawn when an attempt ends,
 * where Kafka draws them at each look.
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { RandomState } from '../../kernel/random.ts';
import { ms, type VirtualTimeUs } from '../../kernel/time.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import type {
  MetadataRequest,
  MetadataResponse,
  MetadataResponsePartition,
  MetadataResponseTopic,
} from '../protocol/kafka/metadata.ts';
import { backoffUs, type BackoffRange } from './backoff.ts';
import {
  bootstrapCluster,
  type Cluster,
  nodeById,
  nodesOf,
  type PartitionMetadata,
  partitionMetadata,
  type TopicMetadata,
} from './cluster.ts';
import { exceptionOf, isInvalidMetadata } from './javaException.ts';
import type { Node } from './node.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';

/** Topics that the client wants to know about. */
export type TopicInterest =
  | {
      readonly kind: 'producer';
      /** By topic, when it is forgotten unless used again. */
      readonly expiresAt: ReadonlyMap<string, VirtualTimeUs>;
      /** Asked for, and not answered yet. */
      readonly newTopics: ReadonlySet<string>;
    }
  | {
      readonly kind: 'consumer';
      readonly topics: readonly string[];
      /** Of subscribed topics; every topic is asked for. */
      readonly pattern: string | null;
      readonly allowAutoTopicCreation: boolean;
      readonly includeInternalTopics: boolean;
    };

export interface Metadata {
  readonly refreshBackoff: BackoffRange;
  readonly expireUs: number;
  readonly interest: TopicInterest;
  readonly cluster: Cluster;
  /** Topics that the last answer had an error for. */
  readonly errors: ReadonlyMap<string, ErrorName>;
  readonly invalidTopics: readonly string[];
  /** By `topic-partition`. */
  readonly lastSeenLeaderEpochs: ReadonlyMap<string, number>;
  /** + 1 at each answer. */
  readonly updateVersion: number;
  /** + 1 at each topic added. */
  readonly requestVersion: number;
  readonly needFullUpdate: boolean;
  readonly needPartialUpdate: boolean;
  /** Failed refreshes in a row. */
  readonly attempts: number;
  /** Answers in a row that brought nothing new. */
  readonly equivalentResponseCount: number;
  /** No refresh before: the later of the two backoffs. */
  readonly refreshNotBefore: VirtualTimeUs;
  /** Null: never. */
  readonly lastSuccessfulRefreshAt: VirtualTimeUs | null;
}

export function createMetadata(
  nodes: readonly Node[],
  interest: TopicInterest,
  { refreshBackoff, maxAgeMs }: { readonly refreshBackoff: BackoffRange; readonly maxAgeMs: number },
): Metadata {
  return {
    refreshBackoff,
    expireUs: ms(maxAgeMs),
    interest,
    cluster: bootstrapCluster(nodes),
    errors: new Map(),
    invalidTopics: [],
    lastSeenLeaderEpochs: new Map(),
    updateVersion: 1,
    requestVersion: 0,
    needFullUpdate: true,
    needPartialUpdate: false,
    attempts: 0,
    equivalentResponseCount: 0,
    refreshNotBefore: 0 as VirtualTimeUs,
    lastSuccessfulRefreshAt: null,
  };
}

/** When the next refresh is due: at once when one was asked for, but never before the backoff. */
export function nextRefreshAt(metadata: Metadata): VirtualTimeUs {
  const { needFullUpdate, needPartialUpdate, lastSuccessfulRefreshAt, expireUs, refreshNotBefore } = metadata;
  if (needFullUpdate || needPartialUpdate || lastSuccessfulRefreshAt === null) return refreshNotBefore;
  const expiresAt = (lastSuccessfulRefreshAt + expireUs) as VirtualTimeUs;
  return expiresAt > refreshNotBefore ? expiresAt : refreshNotBefore;
}

export function isUpdateRequested({ needFullUpdate, needPartialUpdate }: Metadata): boolean {
  return needFullUpdate || needPartialUpdate;
}

export function requestUpdate(metadata: Metadata, { isProgress = false } = {}): Metadata {
  if (metadata.needFullUpdate && !(isProgress && metadata.equivalentResponseCount > 0)) return metadata;
  return {
    ...metadata,
    needFullUpdate: true,
    equivalentResponseCount: isProgress ? 0 : metadata.equivalentResponseCount,
  };
}

/** Topics were added: asked for at once, they alone. */
export function requestUpdateForNewTopics(metadata: Metadata): Metadata {
  return {
    ...metadata,
    refreshNotBefore: 0 as VirtualTimeUs,
    needPartialUpdate: true,
    equivalentResponseCount: 0,
    requestVersion: metadata.requestVersion + 1,
  };
}

/** A producer is about to send to the topic (`ProducerMetadata#add`). */
export function addTopic(metadata: Metadata, topic: string, expiresAt: VirtualTimeUs): Metadata {
  const { interest } = metadata;
  if (interest.kind !== 'producer') return metadata;
  const known = interest.expiresAt.get(topic);
  // Within the same second the difference is of no account, and the map is not copied for each record.
  if (known !== undefined && expiresAt - known < 1_000_000) return metadata;
  const expiry = new Map(interest.expiresAt).set(topic, expiresAt);
  if (known !== undefined) return { ...metadata, interest: { ...interest, expiresAt: expiry } };
  const newTopics = new Set(interest.newTopics).add(topic);
  return requestUpdateForNewTopics({ ...metadata, interest: { ...interest, expiresAt: expiry, newTopics } });
}

/** A producer still lacks the topic (`ProducerMetadata#requestUpdateForTopic`). */
export function requestUpdateForTopic(metadata: Metadata, topic: string): Metadata {
  const { interest } = metadata;
  return interest.kind === 'producer' && interest.newTopics.has(topic)
    ? requestUpdateForNewTopics(metadata)
    : requestUpdate(metadata);
}

/** A consumer's subscription or assignment changed. */
export function withConsumerInterest(metadata: Metadata, topics: readonly string[], pattern: string | null): Metadata {
  const { interest } = metadata;
  if (interest.kind !== 'consumer') return metadata;
  return { ...metadata, interest: { ...interest, topics, pattern } };
}

export interface MetadataQuestion {
  readonly body: MetadataRequest;
  readonly requestVersion: number;
  readonly isPartialUpdate: boolean;
}

export function nextQuestion(metadata: Metadata, now: VirtualTimeUs): MetadataQuestion {
  const { interest, requestVersion, needFullUpdate, lastSuccessfulRefreshAt, expireUs } = metadata;
  const isFresh = lastSuccessfulRefreshAt !== null && lastSuccessfulRefreshAt + expireUs > now;
  const isPartialUpdate = interest.kind === 'producer' && !needFullUpdate && isFresh;
  const ask = (topics: readonly string[] | null, allowAutoTopicCreation: boolean): MetadataRequest => ({
    topics: topics?.map((name) => ({ topicId: ZERO_UUID, name })) ?? null,
    allowAutoTopicCreation,
    includeTopicAuthorizedOperations: false,
  });
  if (interest.kind === 'producer') {
    const topics = isPartialUpdate ? interest.newTopics : interest.expiresAt.keys();
    return { body: ask([...topics], true), requestVersion, isPartialUpdate };
  }
  const { pattern, topics, allowAutoTopicCreation } = interest;
  // A request for all topics creates none; its flag is true all the same.
  const body = pattern !== null ? ask(null, true) : ask(topics, allowAutoTopicCreation);
  return { body, requestVersion, isPartialUpdate };
}

function spaced(metadata: Metadata, now: VirtualTimeUs, random: RandomState): readonly [Metadata, RandomState] {
  const { refreshBackoff, attempts, equivalentResponseCount } = metadata;
  let [waitUs, rest] = backoffUs(refreshBackoff, Math.max(attempts - 1, 0), random);
  if (equivalentResponseCount > 0) {
    const [other, next] = backoffUs(refreshBackoff, equivalentResponseCount - 1, rest);
    waitUs = Math.max(waitUs, other);
    rest = next;
  }
  return [{ ...metadata, refreshNotBefore: (now + waitUs) as VirtualTimeUs }, rest];
}

export function failedUpdate(
  metadata: Metadata,
  now: VirtualTimeUs,
  random: RandomState,
): readonly [Metadata, RandomState] {
  return spaced({ ...metadata, attempts: metadata.attempts + 1, equivalentResponseCount: 0 }, now, random);
}

/** Takes in an answer to a question of that version. */
export function updateFrom(
  metadata: Metadata,
  response: MetadataResponse,
  { requestVersion, isPartialUpdate }: MetadataQuestion,
  now: VirtualTimeUs,
  random: RandomState,
): readonly [Metadata, RandomState] {
  const merge = new Merge(metadata, now);
  const topics = new Map<string, TopicMetadata>();
  for (const topic of response.topics) {
    if (topic.name !== null) merge.take(topic, topic.name, topics);
  }
  if (isPartialUpdate) {
    for (const [name, topic] of metadata.cluster.topics) {
      const isAnswered = response.topics.some((answered) => answered.name === name);
      if (!isAnswered && merge.retains(name, topic.isInternal)) topics.set(name, topic);
    }
  }
  const cluster: Cluster = {
    clusterId: response.clusterId,
    nodes: nodesOf(response.brokers),
    controller: null,
    topics,
    isBootstrap: false,
  };
  const errors = new Map<string, ErrorName>();
  for (const { name, errorCode } of response.topics)
    if (errorCode !== 'NONE' && name !== null) errors.set(name, errorCode);
  const { interest } = merge;
  return spaced(
    {
      ...metadata,
      interest: interest.kind === 'producer' ? withoutNew(interest, response.topics) : interest,
      cluster: { ...cluster, controller: nodeById(cluster, response.controllerId) },
      errors,
      invalidTopics: merge.invalidTopics,
      lastSeenLeaderEpochs: merge.epochs,
      updateVersion: metadata.updateVersion + 1,
      needPartialUpdate: requestVersion < metadata.requestVersion,
      needFullUpdate: merge.isIncomplete || (isPartialUpdate && metadata.needFullUpdate),
      attempts: 0,
      equivalentResponseCount: merge.isProgress ? 0 : metadata.equivalentResponseCount + 1,
      lastSuccessfulRefreshAt: isPartialUpdate ? metadata.lastSuccessfulRefreshAt : now,
    },
    now,
    random,
  );
}

function withoutNew(
  interest: Extract<TopicInterest, { kind: 'producer' }>,
  answered: readonly MetadataResponseTopic[],
): TopicInterest {
  if (interest.newTopics.size === 0) return interest;
  const newTopics = new Set(interest.newTopics);
  for (const { name } of answered) if (name !== null) newTopics.delete(name);
  return { ...interest, newTopics };
}

/** One answer while it is being taken in. */
class Merge {
  readonly #metadata: Metadata;
  readonly #now: VirtualTimeUs;
  interest: TopicInterest;
  readonly epochs: Map<string, number>;
  readonly invalidTopics: string[] = [];
  /** Some topic or partition has an error that another refresh may mend. */
  isIncomplete = false;
  isProgress = false;

  constructor(metadata: Metadata, now: VirtualTimeUs) {
    this.#metadata = metadata;
    this.#now = now;
    this.interest = metadata.interest;
    this.epochs = new Map(metadata.lastSeenLeaderEpochs);
  }

  take(topic: MetadataResponseTopic, name: string, topics: Map<string, TopicMetadata>): void {
    if (!this.retains(name, topic.isInternal)) return;
    const { errorCode, topicId, isInternal } = topic;
    if (errorCode !== 'NONE') {
      if (isInvalidMetadata(exceptionOf(errorCode))) this.isIncomplete = true;
      if (errorCode === 'INVALID_TOPIC_EXCEPTION') this.invalidTopics.push(name);
      return;
    }
    const known = this.#metadata.cluster.topics.get(name);
    const isOther = topicId !== ZERO_UUID && topicId !== known?.topicId;
    const partitions = topic.partitions.map((partition) => this.#latest(name, partition, isOther));
    topics.set(name, { name, topicId, isInternal, partitions });
  }

  retains(topic: string, isInternal: boolean): boolean {
    const { interest } = this;
    if (interest.kind === 'consumer') {
      if (interest.topics.includes(topic)) return true;
      if (isInternal && !interest.includeInternalTopics) return false;
      return interest.pattern !== null && new RegExp(`^(?:${interest.pattern})$`).test(topic);
    }
    const expiresAt = interest.expiresAt.get(topic);
    if (expiresAt === undefined) return false;
    if (interest.newTopics.has(topic) || expiresAt > this.#now) return true;
    const rest = new Map(interest.expiresAt);
    rest.delete(topic);
    this.interest = { ...interest, expiresAt: rest };
    return false;
  }

  /** An answer with a lower epoch than one seen before comes from a broker that lags: what was known stays. */
  #latest(topic: string, answered: MetadataResponsePartition, isOtherTopic: boolean): PartitionMetadata {
    const place: TopicPartition = { topic, partition: answered.partitionIndex };
    const key = `${topic}-${answered.partitionIndex}`;
    const partition = partitionOf(answered);
    if (isInvalidMetadata(exceptionOf(partition.error))) this.isIncomplete = true;
    const { leaderEpoch } = partition;
    if (leaderEpoch === null) {
      this.epochs.delete(key);
      this.isProgress = true;
      return partition;
    }
    const seen = this.epochs.get(key);
    if (seen !== undefined && !isOtherTopic && leaderEpoch < seen) {
      return partitionMetadata(this.#metadata.cluster, place) ?? partition;
    }
    if (seen === undefined || isOtherTopic || leaderEpoch > seen) this.isProgress = true;
    this.epochs.set(key, leaderEpoch);
    return partition;
  }
}

function partitionOf(answered: MetadataResponsePartition): PartitionMetadata {
  return {
    partition: answered.partitionIndex,
    error: answered.errorCode,
    leaderId: answered.leaderId < 0 ? null : answered.leaderId,
    leaderEpoch: answered.leaderEpoch < 0 ? null : answered.leaderEpoch,
    replicas: answered.replicaNodes,
    isr: answered.isrNodes,
  };
}

/** A newer leader epoch was seen elsewhere: metadata is behind (`updateLastSeenEpochIfNewer`). */
export function sawLeaderEpoch(metadata: Metadata, { topic, partition }: TopicPartition, epoch: number): Metadata {
  const key = `${topic}-${partition}`;
  const seen = metadata.lastSeenLeaderEpochs.get(key);
  if (seen === undefined || epoch <= seen) return metadata;
  return {
    ...metadata,
    lastSeenLeaderEpochs: new Map(metadata.lastSeenLeaderEpochs).set(key, epoch),
    needFullUpdate: true,
  };
}

/** A response named the new leader (KIP-951): the partition's entry is replaced, nothing is asked. */
export function withNewLeader(
  metadata: Metadata,
  { topic, partition }: TopicPartition,
  leader: { readonly leaderId: number; readonly leaderEpoch: number },
  endpoints: readonly Node[],
): Metadata {
  const { cluster } = metadata;
  const known = cluster.topics.get(topic);
  const entry = partitionMetadata(cluster, { topic, partition });
  const isNews =
    leader.leaderId >= 0 && leader.leaderEpoch > (metadata.lastSeenLeaderEpochs.get(`${topic}-${partition}`) ?? -1);
  const nodes = [...cluster.nodes.filter(({ id }) => !endpoints.some((other) => other.id === id)), ...endpoints];
  if (known === undefined || entry === undefined || !isNews || !nodes.some(({ id }) => id === leader.leaderId))
    return metadata;
  const { leaderId, leaderEpoch } = leader;
  const partitions = known.partitions.map((other) =>
    other === entry ? { ...entry, error: 'NONE' as const, leaderId, leaderEpoch } : other,
  );
  return {
    ...metadata,
    cluster: { ...cluster, nodes, topics: new Map(cluster.topics).set(topic, { ...known, partitions }) },
    lastSeenLeaderEpochs: new Map(metadata.lastSeenLeaderEpochs).set(`${topic}-${partition}`, leaderEpoch),
  };
}

/** Leader and epoch for a request; an entry older than an epoch seen elsewhere does not count (`currentLeader`). */
export function currentLeader(
  { cluster, lastSeenLeaderEpochs }: Metadata,
  place: TopicPartition,
): { readonly leader: Node | null; readonly epoch: number | null } {
  const entry = partitionMetadata(cluster, place);
  const seen = lastSeenLeaderEpochs.get(`${place.topic}-${place.partition}`) ?? null;
  if (entry === undefined || (seen !== null && (entry.leaderEpoch ?? -1) !== seen))
    return { leader: null, epoch: seen };
  return { leader: entry.leaderId === null ? null : nodeById(cluster, entry.leaderId), epoch: entry.leaderEpoch };
}
