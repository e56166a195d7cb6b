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
import { delay } from '../delayedOperations.ts';
import { partitionState } from '../metadataCache.ts';
import { info, type Turn, update } from '../turn.ts';
import { answerOf, askAllZk, askZk } from '../zkConnection.ts';
import { decodeBroker, decodeTopic, paths, plainAssignment, type TopicAssignment } from '../znodes.ts';
import {
  type AdminError,
  createTopicWithAssignment,
  markForDeletion,
  type Refusal,
  refuse,
  validateTopicCreate,
  writePartitions,
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
type ThenResults = (turn: Turn, results: readonly TopicResult[]) => void;

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
  if (placed.outcome === 'refused') return fail(turn, refuse(placed.error ?? 'UNKNOWN_SERVER_ERROR', placed.message));
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
function hasLeaders({ broker }: Turn, { topic, partitionCount }: TopicResult): boolean {
  for (let partition = 0; partition < partitionCount; partition++) {
    const state = partitionState(broker.metadata, topic, partition);
    if (state === undefined || state.leader === -1) return false;
  }
  return true;
}

const isGone = ({ broker }: Turn, { topic }: TopicResult): boolean => !broker.metadata.topics.has(topic);

function awaitTopics(
  turn: Turn,
  results: readonly TopicResult[],
  { timeoutMs, validateOnly }: TopicOptions,
  isDone: (turn: Turn, result: TopicResult) => boolean,
  then: ThenResults,
): void {
  if (validateOnly || results.every(({ refusal }) => refusal !== null)) return then(turn, results);
  const late = (later: Turn) =>
    then(
      later,
      results.map((result) =>
        result.refusal === null && !isDone(later, result) ? { ...result, refusal: TIMED_OUT } : result,
      ),
    );
  if (timeoutMs <= 0)
    return then(
      turn,
      results.map((result) => (result.refusal === null ? { ...result, refusal: TIMED_OUT } : result)),
    );
  const isComplete = (later: Turn) => results.every((result) => result.refusal !== null || isDone(later, result));
  if (isComplete(turn)) return then(turn, results);
  delay(
    turn,
    {
      kind: 'topics',
      partitions: new Set(),
      tryComplete: (later) => {
        if (!isComplete(later)) return false;
        then(later, results);
        return true;
      },
      expire: late,
    },
    timeoutMs,
  );
}

export interface PartitionsToAdd {
  readonly name: string;
  /** The new total. */
  readonly count: number;
  readonly assignments: readonly { readonly brokerIds: readonly BrokerId[] }[] | null;
}

export function createPartitions(
  turn: Turn,
  topics: readonly PartitionsToAdd[],
  options: TopicOptions,
  then: ThenResults,
): void {
  askZk(turn, { op: 'getChildren', path: paths.brokerIds, watch: false }, (later, answer) => {
    const ids = (answerOf(answer, 'getChildren')?.children ?? []).map(Number).sort((a, b) => a - b);
    askAllZk(
      later,
      ids.map((id) => ({ op: 'getData' as const, path: paths.brokerId(id), watch: false })),
      (third, found) => {
        const brokers = found.flatMap((one, at) => {
          const broker = decodeBroker(ids[at]!, answerOf(one, 'getData')?.data ?? null);
          return broker === null ? [] : [{ id: broker.id, rack: broker.rack }];
        });
        addNext(third, topics, brokers, [], options, (last, results) =>
          awaitTopics(last, results, options, hasLeaders, then),
        );
      },
    );
  });
}

function addNext(
  turn: Turn,
  topics: readonly PartitionsToAdd[],
  brokers: readonly { readonly id: BrokerId; readonly rack: string | null }[],
  done: readonly TopicResult[],
  options: TopicOptions,
  then: ThenResults,
): void {
  const [topic, ...rest] = topics;
  if (topic === undefined) return then(turn, done);
  const { name } = topic;
  const next = (later: Turn, refusal: Refusal, partitionCount = -1) => {
    const result = { topic: name, refusal, topicId: '', partitionCount, replicationFactor: -1 };
    addNext(later, rest, brokers, [...done, result], options, then);
  };
  askZk(turn, { op: 'getData', path: paths.topic(name), watch: false }, (later, found) => {
    const existing = decodeTopic(answerOf(found, 'getData')?.data ?? null);
    if (existing === null)
      return next(later, refuse('UNKNOWN_TOPIC_OR_PARTITION', `The topic '${name}' does not exist.`));
    const extended = extend(existing, topic, brokers);
    if ('error' in extended) return next(later, extended);
    if (options.validateOnly) return next(later, null, topic.count);
    const { length: from } = existing.partitions;
    const added = extended.partitions.slice(from);
    info(
      later,
      `Creating ${added.length} partitions for '${name}' with the following replica assignment: ` +
        `Map(${added.map(({ replicas }, at) => `${from + at} -> ReplicaAssignment(replicas=${replicas.join(',')}, addingReplicas=, removingReplicas=)`).join(', ')}).`,
      'kafka.zk.AdminZkClient',
    );
    writePartitions(later, name, extended, (last) => next(last, null, topic.count));
  });
}

function extend(
  existing: TopicAssignment,
  { name, count, assignments }: PartitionsToAdd,
  brokers: readonly { readonly id: BrokerId; readonly rack: string | null }[],
): TopicAssignment | AdminError {
  const { length: oldCount } = existing.partitions;
  if (existing.partitions.some(({ adding, removing }) => adding.length + removing.length > 0))
    return refuse('REASSIGNMENT_IN_PROGRESS', `A partition reassignment is in progress for the topic '${name}'.`);
  if (count < oldCount)
    return refuse(
      'INVALID_PARTITIONS',
      `Topic currently has ${oldCount} partitions, which is higher than the requested ${count}.`,
    );
  if (count === oldCount) return refuse('INVALID_PARTITIONS', `Topic already has ${oldCount} partitions.`);
  const first = existing.partitions[0]!.replicas;
  if (assignments !== null) {
    const given = assignments.map(({ brokerIds }) => brokerIds);
    const refusal = refusedAssignment(given, { oldCount, count, first, brokers: brokers.map(({ id }) => id) });
    if (refusal !== null) return refusal;
    return { ...existing, partitions: [...existing.partitions, ...given.map(plainAssignment)] };
  }
  const startIndex = Math.max(
    0,
    brokers.findIndex(({ id }) => id >= first[0]!),
  );
  const placement = placeReplicas({
    brokers,
    partitionCount: count - oldCount,
    replicationFactor: first.length,
    startIndex,
    shift: startIndex,
    startPartition: oldCount,
  });
  if (placement.outcome === 'refused') return refuse(placement.error ?? 'UNKNOWN_SERVER_ERROR', placement.message);
  return { ...existing, partitions: [...existing.partitions, ...placement.assignment.map(plainAssignment)] };
}

function refusedAssignment(
  given: readonly (readonly BrokerId[])[],
  known: {
    readonly oldCount: number;
    readonly count: number;
    readonly first: readonly BrokerId[];
    readonly brokers: readonly BrokerId[];
  },
): Refusal {
  const bad = (message: string) => refuse('INVALID_REPLICA_ASSIGNMENT', message);
  const unknown = [...new Set(given.flat())].filter((id) => !known.brokers.includes(id));
  if (unknown.length > 0) return bad(`Unknown broker(s) in replica assignment: ${unknown.join(', ')}.`);
  const increment = known.count - known.oldCount;
  if (given.length !== increment)
    return bad(`Increasing the number of partitions by ${increment} but ${given.length} assignments provided.`);
  for (const [at, replicas] of given.entries()) {
    if (replicas.length === 0)
      return bad(`Cannot have replication factor of 0 for partition id ${known.oldCount + at}.`);
    if (new Set(replicas).size !== replicas.length)
      return bad(
        `Duplicate brokers not allowed in replica assignment: ${replicas.join(', ')} for partition id ${known.oldCount + at}.`,
      );
  }
  const wrong = [...given.entries()].filter(([, replicas]) => replicas.length !== known.first.length);
  if (wrong.length === 0) return null;
  return bad(
    `Inconsistent replication factor between partitions, partition 0 has ${known.first.length} while partitions ` +
      `[${wrong.map(([at]) => known.oldCount + at).join(', ')}] have replication factors ` +
      `[${wrong.map(([, replicas]) => replicas.length).join(', ')}], respectively.`,
  );
}

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
