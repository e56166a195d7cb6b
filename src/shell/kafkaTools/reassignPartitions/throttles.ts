/** How fast a reassignment may copy: settings of brokers and topics, set by `--execute --throttle`, cleared by `--verify` and `--cancel`. */
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { AlterConfigOp, PartitionReassignment } from '../../../cluster/client/admin/adminMethods.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { partitionName } from '../consumerGroups/partitions.ts';
import type { Script } from '../script.ts';
import { admin, getOrWrap, out } from '../script.ts';
import { byName } from '../../sorting.ts';
import { thrown } from '../stackTrace.ts';
import type { PlannedPartition } from './plan.ts';

const leaderReplicas = 'leader.replication.throttled.replicas';
const followerReplicas = 'follower.replication.throttled.replicas';
const leaderRate = 'leader.replication.throttled.rate';
const followerRate = 'follower.replication.throttled.rate';
const logDirRate = 'replica.alter.log.dirs.io.max.bytes.per.second';

export const inHashOrder = (ids: Iterable<number>): readonly number[] => javaHashOrder(new Set(ids), (id) => id);

export function* clearAllThrottles(partitions: readonly PlannedPartition[]): Script<void> {
  const { nodes } = getOrWrap(yield* admin('describeCluster', {}));
  const ids = [...nodes.map(({ id }): number => id), ...partitions.flatMap(({ replicas }) => replicas)];
  const brokers = inHashOrder(ids);
  yield* out(`Clearing broker-level throttles on broker${plural(brokers)} ${brokers.join(',')}\n`);
  const removed = [leaderRate, followerRate, logDirRate].map(remove);
  yield* alter('BROKER', new Map(brokers.map((id) => [String(id), removed])));
  const topics = javaHashOrder(new Set(partitions.map(({ topic }) => topic)), javaStringHash);
  yield* out(`Clearing topic-level throttles on topic${plural(topics)} ${topics.join(',')}\n`);
  const removedOfTopic = [leaderReplicas, followerReplicas].map(remove);
  yield* alter('TOPIC', new Map(topics.map((topic) => [topic, removedOfTopic])));
}

export const plural = (items: readonly unknown[]): string => (items.length === 1 ? '' : 's');

interface Move extends TopicPartition {
  readonly sources: ReadonlySet<number>;
  readonly destinations: ReadonlySet<number>;
}

/** Of what is being moved already and what shall be moved: from where, to where. */
export function proposedMoves(
  current: readonly (TopicPartition & PartitionReassignment)[],
  proposed: readonly PlannedPartition[],
  now: readonly PlannedPartition[],
): readonly Move[] {
  const moves = new Map<string, Move>();
  for (const { topic, partition, replicas, addingReplicas } of current) {
    const sources = new Set(replicas.filter((id) => !addingReplicas.includes(id)));
    moves.set(partitionName({ topic, partition }), {
      topic,
      partition,
      sources,
      destinations: new Set(addingReplicas),
    });
  }
  for (const { topic, partition, replicas } of proposed) {
    const name = partitionName({ topic, partition });
    const known = now.find((one) => partitionName(one) === name);
    const sources = moves.get(name)?.sources ?? (known === undefined ? undefined : new Set(known.replicas));
    if (sources === undefined) {
      throw thrown('java.lang.RuntimeException', `Trying to reassign a topic partition ${name} with 0 replicas`);
    }
    const destinations = new Set(replicas.filter((id) => !sources.has(id)));
    moves.set(name, { topic, partition, sources, destinations });
  }
  return [...moves.values()];
}

/** Throttles copying between brokers. */
export function* throttleReplication(moves: readonly Move[], rate: number): Script<void> {
  const topics = javaHashOrder(new Set(moves.map(({ topic }) => topic)), javaStringHash);
  const opsOfTopic = topics.map((topic): [string, readonly AlterConfigOp[]] => {
    const ofTopic = moves.filter((move) => move.topic === topic);
    const leaders = ofTopic.flatMap(({ partition, sources }) => [...sources].map((id) => `${partition}:${id}`));
    const followers = ofTopic.flatMap(({ partition, sources, destinations }) =>
      [...destinations].filter((id) => !sources.has(id)).map((id) => `${partition}:${id}`),
    );
    return [topic, [set(leaderReplicas, sorted(leaders)), set(followerReplicas, sorted(followers))]];
  });
  yield* alter('TOPIC', new Map(opsOfTopic));
  const brokers = inHashOrder(moves.flatMap(({ sources, destinations }) => [...sources, ...destinations]));
  const rates = [set(leaderRate, String(rate)), set(followerRate, String(rate))];
  yield* alter('BROKER', new Map(brokers.map((id) => [String(id), rates])));
  yield* out(`The inter-broker throttle limit was set to ${rate} B/s\n`);
}

/** Throttles moving between log directories of a broker. */
export function* throttleLogDirMoves(brokers: readonly number[], rate: number): Script<void> {
  yield* alter('BROKER', new Map(brokers.map((id) => [String(id), [set(logDirRate, String(rate))]])));
  yield* out(`The replica-alter-dir throttle limit was set to ${rate} B/s\n`);
}

const sorted = (names: readonly string[]): string => [...new Set(names)].sort(byName).join(',');
const remove = (name: string): AlterConfigOp => ({ name, operation: 'DELETE', value: null });
const set = (name: string, value: string): AlterConfigOp => ({ name, operation: 'SET', value });

function* alter(resourceType: 'BROKER' | 'TOPIC', ops: ReadonlyMap<string, readonly AlterConfigOp[]>): Script<void> {
  const resources = [...ops].map(([resourceName, changes]) => ({ resourceType, resourceName, ops: changes }));
  const answers = yield* admin('incrementalAlterConfigs', { resources });
  for (const { outcome } of answers) getOrWrap(outcome);
}
