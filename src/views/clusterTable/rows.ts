/** The picture of a cluster as rows: what its table says, in the order of the figure. */
import type {
  BrokerPicture,
  ClusterPicture,
  GroupPicture,
  PartitionPicture,
  ReplicaPicture,
} from '../../cluster/picture.ts';

export interface PartitionRow {
  readonly topic: string;
  readonly isInternal: boolean;
  readonly partition: number;
  /** Null: none. */
  readonly leader: number | null;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** By column of a broker; null where the broker has no replica. */
  readonly positions: readonly (ReplicaPositions | null)[];
}
export interface ReplicaPositions {
  readonly highWatermark: number;
  readonly logEndOffset: number;
  readonly state: 'leader' | 'inSync' | 'outOfSync' | 'offline';
}

/** One for each partition; `brokers` are the columns. */
export function partitionRows({ topics }: ClusterPicture, brokers: readonly number[]): readonly PartitionRow[] {
  // What the learner made comes first.
  const inOrder = [...topics].sort((a, b) => Number(a.isInternal) - Number(b.isInternal));
  return inOrder.flatMap(({ topic, isInternal, partitions }) =>
    partitions.map(
      ({ partition, leader, leaderEpoch, isr, replicas }): PartitionRow => ({
        topic,
        isInternal,
        partition,
        leader: leader < 0 ? null : leader,
        leaderEpoch,
        replicas: replicas.map(({ broker }) => broker),
        isr,
        positions: brokers.map((id) => {
          const replica = replicas.find(({ broker }) => broker === id);
          return replica === undefined
            ? null
            : {
                highWatermark: replica.highWatermark,
                logEndOffset: replica.logEndOffset,
                state: stateOf(replica),
              };
        }),
      }),
    ),
  );
}

const stateOf = ({ role, isInSync }: ReplicaPicture): ReplicaPositions['state'] =>
  role === 'follower' ? (isInSync ? 'inSync' : 'outOfSync') : role;

/** Brokers of the picture, and those that a partition is assigned to though they are not there. */
export function brokerColumns({ brokers, topics }: ClusterPicture): readonly number[] {
  const ids = new Set(brokers.map(({ broker }) => broker));
  for (const { partitions } of topics)
    for (const { replicas } of partitions) for (const { broker } of replicas) ids.add(broker);
  return [...ids].sort((a, b) => a - b);
}

export interface GroupRow {
  readonly group: string;
  readonly state: string;
  readonly topic: string;
  readonly partition: number;
  readonly member: string | null;
  readonly committed: number | null;
  /** High watermark of the leader: what a consumer can read up to. */
  readonly end: number | null;
  readonly lag: number | null;
}

/** One for each partition that a group reads or has committed in; a group with neither has one without partition. */
export function groupRows(picture: ClusterPicture): readonly (GroupRow | Pick<GroupRow, 'group' | 'state'>)[] {
  return picture.groups.flatMap((group) => {
    const places = placesOf(group);
    if (places.length === 0) return [{ group: group.group, state: group.state }];
    return places.map(({ topic, partition }): GroupRow => {
      const isHere = (at: { readonly topic: string; readonly partition: number }): boolean =>
        at.topic === topic && at.partition === partition;
      const member = group.members.find(({ partitions }) => partitions.some(isHere));
      const committed = group.committed.find(isHere)?.offset ?? null;
      const end = endOf(picture, topic, partition);
      return {
        group: group.group,
        state: group.state,
        topic,
        partition,
        member: member === undefined ? null : (member.terminal ?? member.clientId),
        committed,
        end,
        lag: committed === null || end === null ? null : Math.max(0, end - committed),
      };
    });
  });
}

function placesOf({
  members,
  committed,
}: GroupPicture): readonly { readonly topic: string; readonly partition: number }[] {
  const places = new Map<string, { readonly topic: string; readonly partition: number }>();
  for (const { topic, partition } of [...members.flatMap(({ partitions }) => partitions), ...committed])
    places.set(`${topic}-${partition}`, { topic, partition });
  return [...places.values()].sort((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  );
}

function endOf({ topics }: ClusterPicture, topic: string, partition: number): number | null {
  const found: PartitionPicture | undefined = topics
    .find((one) => one.topic === topic)
    ?.partitions.find((one) => one.partition === partition);
  return found?.replicas.find(({ broker }) => broker === found.leader)?.highWatermark ?? null;
}

export interface ServerRow {
  readonly name: string;
  readonly health: BrokerPicture['health'];
  /** Of a ZooKeeper server its part in the ensemble; of a broker whether it is the controller. */
  readonly role: string | null;
  /** Of a broker: its session with ZooKeeper. */
  readonly session: 'alive' | 'expired' | 'unknown' | null;
}

/** ZooKeeper servers, then brokers, as from left to right in the figure. */
export function serverRows({
  zookeepers,
  brokers,
}: Pick<ClusterPicture, 'zookeepers' | 'brokers'>): readonly ServerRow[] {
  return [
    ...zookeepers.map(({ server, health, role }): ServerRow => ({ name: `zk-${server}`, health, role, session: null })),
    ...brokers.map(
      ({ broker, health, isController, session }): ServerRow => ({
        name: `broker ${broker}`,
        health,
        role: isController ? 'controller' : null,
        session: session?.state ?? null,
      }),
    ),
  ];
}
