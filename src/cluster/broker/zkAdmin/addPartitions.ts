/**
 * Partitions added to a topic: placed by a rule without chance, or as the client says.
 *
 * Follows `kafka.server.ZkAdminManager#createPartitions` and `AdminZkClient#createNewPartitionsAssignment` (3.9.0).
 */
import type { BrokerId } from '../../../kafka/ids.ts';
import { placeReplicas } from '../../../kafka/controller/replicaAssignment.ts';
import { info, type Turn } from '../turn.ts';
import { answerOf, askAllZk, askZk } from '../zkConnection.ts';
import { decodeBroker, decodeTopic, paths, plainAssignment, type TopicAssignment } from '../znodes.ts';
import { type AdminError, placementRefusal, type Refusal, refuse, writePartitions } from './adminZkClient.ts';
import { awaitTopics, hasLeaders, type ThenResults, type TopicOptions, type TopicResult } from './topicOperations.ts';

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
  if (placement.outcome === 'refused') return placementRefusal(placement);
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
