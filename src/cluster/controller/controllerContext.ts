/** Reading and changing what the controller knows (`kafka.controller.ControllerContext`, 3.9.0). */
import type { BrokerId } from '../../kafka/ids.ts';
import { type Turn, update } from '../broker/turn.ts';
import type { ReplicaAssignment } from '../broker/znodes.ts';
import type { ControlledPartition, Controller, PartitionKey, ReplicaKey } from './controller.ts';
import type { ReplicaStateName } from './replicaState.ts';

export const controllerOf = ({ broker }: Turn): Controller => broker.controller;

export function changeController(turn: Turn, change: Partial<Controller>): void {
  update(turn, { controller: { ...turn.broker.controller, ...change } });
}

export const controlled = (
  { broker }: Pick<Turn, 'broker'>,
  { topic, partition }: PartitionKey,
): ControlledPartition | undefined => broker.controller.topics.get(topic)?.partitions[partition];

export function changePartition(turn: Turn, key: PartitionKey, change: Partial<ControlledPartition>): void {
  const { topics } = turn.broker.controller;
  const topic = topics.get(key.topic);
  const known = topic?.partitions[key.partition];
  if (topic === undefined || known === undefined) return;
  const partitions = topic.partitions.slice();
  partitions[key.partition] = { ...known, ...change };
  changeController(turn, { topics: new Map(topics).set(key.topic, { ...topic, partitions }) });
}

/** Adds the partition, without leader, or gives it another assignment. */
export function assignPartition(turn: Turn, key: PartitionKey, topicId: string, assignment: ReplicaAssignment): void {
  const { topics } = turn.broker.controller;
  const topic = topics.get(key.topic) ?? { topicId, partitions: [] };
  const partitions = topic.partitions.slice();
  partitions[key.partition] = {
    state: 'NonExistentPartition',
    leadership: null,
    replicaStates: new Map(),
    ...topic.partitions[key.partition],
    assignment,
  };
  changeController(turn, { topics: new Map(topics).set(key.topic, { topicId, partitions }) });
}

export function replicaState(turn: Turn, key: ReplicaKey): ReplicaStateName {
  return controlled(turn, key)?.replicaStates.get(key.replica) ?? 'NonExistentReplica';
}

export function setReplicaState(turn: Turn, key: ReplicaKey, state: ReplicaStateName): void {
  const known = controlled(turn, key)?.replicaStates;
  if (known === undefined) return;
  const replicaStates = new Map(known);
  if (state === 'NonExistentReplica') replicaStates.delete(key.replica);
  else replicaStates.set(key.replica, state);
  changePartition(turn, key, { replicaStates });
}

export function allPartitions(turn: Turn): readonly PartitionKey[] {
  return [...turn.broker.controller.topics].flatMap(([topic, { partitions }]) =>
    partitions.flatMap((known, partition) => (known === undefined ? [] : [{ topic, partition }])),
  );
}

export const partitionsOfTopic = (turn: Turn, topic: string): readonly PartitionKey[] =>
  (turn.broker.controller.topics.get(topic)?.partitions ?? []).flatMap((known, partition) =>
    known === undefined ? [] : [{ topic, partition }],
  );

export const replicasOf = (turn: Turn, keys: readonly PartitionKey[]): readonly ReplicaKey[] =>
  keys.flatMap((key) => (controlled(turn, key)?.assignment.replicas ?? []).map((replica) => ({ ...key, replica })));

export const replicasOnBrokers = (turn: Turn, brokers: readonly BrokerId[]): readonly ReplicaKey[] =>
  replicasOf(turn, allPartitions(turn)).filter(({ replica }) => brokers.includes(replica));

/** Registered, and not on its way out. */
export const isLive = ({ broker: { controller } }: Pick<Turn, 'broker'>, broker: BrokerId): boolean =>
  controller.liveBrokers.has(broker) && !controller.shuttingDown.has(broker);

/** A replica of a live broker, in a log directory that works as far as the controller knows. */
export const isReplicaOnline = (turn: Turn, broker: BrokerId, key: PartitionKey): boolean =>
  isLive(turn, broker) && !isInFailedDir(turn, broker, key);

export const isInFailedDir = ({ broker: { controller } }: Turn, broker: BrokerId, key: PartitionKey): boolean =>
  controller.offlineReplicas.size > 0 && controller.offlineReplicas.get(broker)?.has(nameOf(key)) === true;

/** `topic partition` */
export const nameOf = ({ topic, partition }: PartitionKey): string => `${topic} ${partition}`;

export const liveOrShuttingDown = (turn: Turn): readonly BrokerId[] => [...turn.broker.controller.liveBrokers.keys()];

export const isQueuedForDeletion = (turn: Turn, topic: string): boolean =>
  turn.broker.controller.topicsToBeDeleted.has(topic);

/** Where the partition is to be, once the reassignment is over. */
export const targetReplicas = ({ replicas, removing }: ReplicaAssignment): readonly BrokerId[] =>
  replicas.filter((id) => !removing.includes(id));
export const originReplicas = ({ replicas, adding }: ReplicaAssignment): readonly BrokerId[] =>
  replicas.filter((id) => !adding.includes(id));
