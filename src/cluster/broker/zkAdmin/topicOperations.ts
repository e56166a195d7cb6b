/**
 * Creation, extension and deletion of topics as clients ask for them, and the wait until the brokers know.
 *
 * Follows `kafka.server.ZkAdminManager`, `DelayedCreatePartitions` and `DelayedDeleteTopics` (3.9.0).
 */
import { kafkaErrors } from '../../../kafka/errors.ts';
import type { BrokerId } from '../../../kafka/ids.ts';
import { type Placement, placeReplicas } from '../../../kafka/controller/replicaAssignment.ts';
import { nextBelow } from '../../../kernel/random.ts';
import type { CreatableTopic } from '../../protocol/kafka/topics.ts';
import { brokerNumber } from '../brokerSettings.ts';
import { delay, type DelayedOperation } from '../delayedOperations.ts';
import { partitionState } from '../metadataCache.ts';
import { info, type Turn, update } from '../turn.ts';
import {
  type AdminError,
  createTopicWithAssignment,
  markForDeletion,
  placementRefusal,
  type Refusal,
  refuse,
  validateTopicCreate,
} from './adminZkClient.ts';

/** What became of one topic; `partitionCount` is that it has, or is to have. */
export interface TopicResult {
  readonly topic: string;
  readonly refusal: Refusal;
  readonly topicId: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
}
export interface TopicOptions {
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}
export type ThenResults = (turn: Turn, results: readonly TopicResult[]) => void;

const LOGGER = 'kafka.server.ZkAdminManager';
const TIMED_OUT: AdminError = { error: 'REQUEST_TIMED_OUT', message: null };

/** One topic after the other, then the wait for their leaders. */
export function createTopics(
  turn: Turn,
  topics: readonly CreatableTopic[],
  options: TopicOptions,
  then: ThenResults,
): void {
  createNext(turn, topics, [], options, (later, results) => awaitTopics(later, results, options, hasLeaders, then));
}

function createNext(
  turn: Turn,
  topics: readonly CreatableTopic[],
  done: readonly TopicResult[],
  options: TopicOptions,
  then: ThenResults,
): void {
  const [topic, ...rest] = topics;
  if (topic === undefined) return then(turn, done);
  createTopic(turn, topic, options, (later, result) => {
    if (result.refusal !== null && result.refusal.error !== 'TOPIC_ALREADY_EXISTS')
      logRefusal(later, topic, result.refusal);
    createNext(later, rest, [...done, result], options, then);
  });
}

function logRefusal(turn: Turn, topic: CreatableTopic, { error, message }: AdminError): void {
  const { name, numPartitions, replicationFactor, assignments, configs } = topic;
  const list = (items: readonly string[]) => `[${items.join(', ')}]`;
  const shown =
    `CreatableTopic(name='${name}', numPartitions=${numPartitions}, replicationFactor=${replicationFactor}, ` +
    `assignments=${list(assignments.map(({ partitionIndex, brokerIds }) => `CreatableReplicaAssignment(partitionIndex=${partitionIndex}, brokerIds=${list(brokerIds.map(String))})`))}, ` +
    `configs=${list(configs.map((config) => `CreatableTopicConfig(name='${config.name}', value='${config.value}')`))})`;
  const exception = `org.apache.kafka.common.errors.${kafkaErrors[error].exception}: ${message}`;
  info(
    turn,
    `[Admin Manager on Broker ${turn.broker.brokerId}]: Error processing create topic request ${shown}`,
    LOGGER,
  );
  const last = turn.lines.pop();
  if (last !== undefined) turn.lines.push({ ...last, exception: [exception] });
}

function createTopic(
  turn: Turn,
  topic: CreatableTopic,
  { validateOnly }: TopicOptions,
  then: (turn: Turn, result: TopicResult) => void,
): void {
  const { name } = topic;
  const fail = (later: Turn, refusal: Refusal) =>
    then(later, { topic: name, refusal, topicId: '', partitionCount: -1, replicationFactor: -1 });
  if (turn.broker.metadata.topics.has(name))
    return fail(turn, refuse('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`));
  const nulls = topic.configs.filter(({ value }) => value === null).map((config) => config.name);
  if (nulls.length > 0)
    return fail(turn, refuse('INVALID_CONFIG', `Null value not supported for topic configs: ${nulls.join(',')}`));
  if ((topic.numPartitions !== -1 || topic.replicationFactor !== -1) && topic.assignments.length > 0) {
    const message =
      'Both numPartitions or replicationFactor and replicasAssignments were set. Both cannot be used at the same time.';
    return fail(turn, refuse('INVALID_REQUEST', message));
  }
  const placed = assign(turn, topic);
  if (placed.outcome === 'refused') return fail(turn, placementRefusal(placed));
  const settings = Object.fromEntries(topic.configs.map((config) => [config.name, config.value ?? '']));
  validateTopicCreate(turn, name, placed.assignment, settings, (later, refusal) => {
    if (refusal !== null) return fail(later, refusal);
    const assignment = [...placed.assignment].sort(([a], [b]) => a - b).map(([, replicas]) => replicas);
    const counts = { partitionCount: assignment.length, replicationFactor: assignment[0]?.length ?? 0 };
    if (validateOnly) return then(later, { topic: name, refusal: null, topicId: '', ...counts });
    createTopicWithAssignment(later, name, settings, assignment, (last, failure, topicId) =>
      then(last, { topic: name, refusal: failure, topicId, ...counts }),
    );
  });
}

type Assigned =
  | { readonly outcome: 'placed'; readonly assignment: ReadonlyMap<number, readonly BrokerId[]> }
  | Extract<Placement, { outcome: 'refused' }>;

/** As given, or drawn: start and shift are random. */
function assign(turn: Turn, topic: CreatableTopic): Assigned {
  if (topic.assignments.length > 0) {
    const given = topic.assignments.map(({ partitionIndex, brokerIds }): [number, readonly BrokerId[]] => [
      partitionIndex,
      brokerIds,
    ]);
    return { outcome: 'placed', assignment: new Map(given) };
  }
  const { metadata, settings } = turn.broker;
  const brokers = metadata.aliveBrokers.map(({ id, rack }) => ({ id, rack }));
  const [startIndex, afterStart] = nextBelow(turn.broker.random, Math.max(1, brokers.length));
  const [shift, random] = nextBelow(afterStart, Math.max(1, brokers.length));
  update(turn, { random });
  const placement = placeReplicas({
    brokers,
    partitionCount: topic.numPartitions === -1 ? brokerNumber(settings, 'num.partitions') : topic.numPartitions,
    replicationFactor:
      topic.replicationFactor === -1 ? brokerNumber(settings, 'default.replication.factor') : topic.replicationFactor,
    startIndex,
    shift,
  });
  return placement.outcome === 'refused'
    ? placement
    : { outcome: 'placed', assignment: new Map(placement.assignment.map((replicas, at) => [at, replicas])) };
}

/** Every partition has a leader, as this broker's metadata say. */
export function hasLeaders({ broker }: Turn, { topic, partitionCount }: TopicResult): boolean {
  for (let partition = 0; partition < partitionCount; partition++) {
    const state = partitionState(broker.metadata, topic, partition);
    if (state === undefined || state.leader === -1) return false;
  }
  return true;
}

const isGone = ({ broker }: Turn, { topic }: TopicResult): boolean => !broker.metadata.topics.has(topic);

/** Answers when all topics are done, or the time is over. */
export function awaitTopics(
  turn: Turn,
  results: readonly TopicResult[],
  { timeoutMs, validateOnly }: TopicOptions,
  isDone: IsDone,
  then: ThenResults,
): void {
  if (validateOnly || results.every(({ refusal }) => refusal !== null)) return then(turn, results);
  if (timeoutMs <= 0)
    return then(
      turn,
      results.map((result) => (result.refusal === null ? { ...result, refusal: TIMED_OUT } : result)),
    );
  if (areAllDone(turn, results, isDone)) return then(turn, results);
  delay(turn, delayedTopics(results, isDone, then), timeoutMs);
}

type IsDone = (turn: Turn, result: TopicResult) => boolean;

const delayedTopics = (results: readonly TopicResult[], isDone: IsDone, then: ThenResults): DelayedOperation => ({
  kind: 'topics',
  partitions: new Set(),
  tryComplete: (turn) => {
    if (!areAllDone(turn, results, isDone)) return false;
    then(turn, results);
    return true;
  },
  expire: (turn) =>
    then(
      turn,
      results.map((result) =>
        result.refusal === null && !isDone(turn, result) ? { ...result, refusal: TIMED_OUT } : result,
      ),
    ),
});

const areAllDone = (turn: Turn, results: readonly TopicResult[], isDone: IsDone): boolean =>
  results.every((result) => result.refusal !== null || isDone(turn, result));

export function deleteTopics(turn: Turn, topics: readonly string[], timeoutMs: number, then: ThenResults): void {
  const options = { timeoutMs, validateOnly: false };
  const next = (now: Turn, rest: readonly string[], done: readonly TopicResult[]): void => {
    const [topic, ...others] = rest;
    if (topic === undefined) return awaitTopics(now, done, options, isGone, then);
    markForDeletion(now, topic, (later, refusal) =>
      next(later, others, [...done, { topic, refusal, topicId: '', partitionCount: 0, replicationFactor: 0 }]),
    );
  };
  next(turn, topics, []);
}
