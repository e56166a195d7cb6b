/**
 * What the controller has to tell the brokers: gathered during a change of states, sent at its end, one connection and one queue a broker.
 *
 * Follows `kafka.controller.AbstractControllerBrokerRequestBatch` and `ControllerChannelManager` (3.9.0).
 */
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import { closeLink, linkRequest, sendOver } from '../broker/nodeLinks.ts';
import type { Turn } from '../broker/turn.ts';
import type {
  LeaderAndIsrPartitionState,
  LeaderAndIsrResponse,
  StopReplicaResponse,
  UpdateMetadataBroker,
  UpdateMetadataPartitionState,
  UpdateMetadataRequest,
} from '../protocol/kafka/controlPlane.ts';
import type { Api, RequestBody, ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import type { LiveBroker, PartitionKey } from './controller.ts';
import {
  controlled,
  controllerOf,
  isQueuedForDeletion,
  isReplicaOnline,
  liveOrShuttingDown,
  nameOf,
} from './controllerContext.ts';

interface StopReplicaState {
  readonly key: PartitionKey;
  readonly deletePartition: boolean;
}
type Name = string;

/** Lives from the first change to the sending; what it holds is by broker and by `topic partition`. */
export interface RequestBatch {
  readonly leaderAndIsr: Map<BrokerId, Map<Name, LeaderAndIsrPartitionState & { readonly topic: string }>>;
  readonly stopReplica: Map<BrokerId, Map<Name, StopReplicaState>>;
  readonly updateMetadataTo: Set<BrokerId>;
  readonly updateMetadata: Map<Name, UpdateMetadataPartitionState & { readonly topic: string }>;
}
export const newBatch = (): RequestBatch => ({
  leaderAndIsr: new Map(),
  stopReplica: new Map(),
  updateMetadataTo: new Set(),
  updateMetadata: new Map(),
});

export function addLeaderAndIsr(
  turn: Turn,
  batch: RequestBatch,
  brokers: readonly BrokerId[],
  key: PartitionKey,
  { isNew }: { readonly isNew: boolean },
): void {
  const partition = controlled(turn, key);
  if (partition?.leadership == null) return;
  const { leadership, assignment } = partition;
  for (const broker of brokers) {
    let own = batch.leaderAndIsr.get(broker);
    if (own === undefined) batch.leaderAndIsr.set(broker, (own = new Map()));
    own.set(nameOf(key), {
      topic: key.topic,
      partitionIndex: key.partition,
      controllerEpoch: leadership.controllerEpoch,
      leader: leadership.leader,
      leaderEpoch: leadership.leaderEpoch,
      isr: leadership.isr,
      partitionEpoch: leadership.partitionEpoch,
      replicas: assignment.replicas,
      addingReplicas: assignment.adding,
      removingReplicas: assignment.removing,
      isNew: isNew || own.get(nameOf(key))?.isNew === true,
      leaderRecoveryState: leadership.leaderRecoveryState,
    });
  }
  addUpdateMetadata(turn, batch, liveOrShuttingDown(turn), [key]);
}

export function addStopReplica(
  batch: RequestBatch,
  broker: BrokerId,
  key: PartitionKey,
  { deletePartition }: { readonly deletePartition: boolean },
): void {
  let own = batch.stopReplica.get(broker);
  if (own === undefined) batch.stopReplica.set(broker, (own = new Map()));
  const isDeleted = deletePartition || own.get(nameOf(key))?.deletePartition === true;
  own.set(nameOf(key), { key, deletePartition: isDeleted });
}

const LEADER_DURING_DELETE = -2 as BrokerId;

export function addUpdateMetadata(
  turn: Turn,
  batch: RequestBatch,
  brokers: readonly BrokerId[],
  keys: readonly PartitionKey[],
): void {
  for (const broker of brokers) batch.updateMetadataTo.add(broker);
  for (const key of keys) {
    const partition = controlled(turn, key);
    if (partition?.leadership == null) continue;
    const { leadership, assignment } = partition;
    batch.updateMetadata.set(nameOf(key), {
      topic: key.topic,
      partitionIndex: key.partition,
      controllerEpoch: leadership.controllerEpoch,
      leader: isQueuedForDeletion(turn, key.topic) ? LEADER_DURING_DELETE : leadership.leader,
      leaderEpoch: leadership.leaderEpoch,
      isr: leadership.isr,
      zkVersion: leadership.partitionEpoch,
      replicas: assignment.replicas,
      offlineReplicas: assignment.replicas.filter((id) => !isReplicaOnline(turn, id, key)),
    });
  }
}

/** Sends what the batch holds: LeaderAndIsr, UpdateMetadata, StopReplica, in this order. */
export function sendBatch(turn: Turn, batch: RequestBatch): void {
  const controller = controllerOf(turn);
  const { brokerId } = turn.broker;
  const header = (broker: LiveBroker) => ({
    controllerId: brokerId,
    controllerEpoch: controller.epoch,
    brokerEpoch: broker.epoch,
  });
  const topicIdOf = (topic: string) => controller.topics.get(topic)?.topicId ?? ZERO_UUID;
  for (const [id, states] of batch.leaderAndIsr) {
    const broker = controller.liveBrokers.get(id);
    if (broker === undefined) continue;
    const leaders = new Set([...states.values()].map(({ leader }) => leader));
    const topicStates = groupByTopic([...states.values()]).map(([topicName, own]) => ({
      topicName,
      topicId: topicIdOf(topicName),
      partitionStates: own.map(({ topic: _topic, ...state }) => state),
    }));
    const liveLeaders = [...controller.liveBrokers.values()]
      .filter((live) => leaders.has(live.id))
      .map((live) => ({ brokerId: live.id, hostName: live.host, port: live.port }));
    tellBroker(turn, broker, 'LeaderAndIsr', { ...header(broker), topicStates, liveLeaders }, noteReplicas(id));
  }
  if (batch.updateMetadataTo.size > 0) {
    const topicStates = groupByTopic([...batch.updateMetadata.values()]).map(([topicName, own]) => ({
      topicName,
      topicId: topicIdOf(topicName),
      partitionStates: own.map(({ topic: _topic, ...state }) => state),
    }));
    const liveBrokers = brokersInHashOrder(turn);
    for (const id of batch.updateMetadataTo) {
      const broker = controller.liveBrokers.get(id);
      if (broker === undefined) continue;
      const body: UpdateMetadataRequest = { ...header(broker), topicStates, liveBrokers };
      tellBroker(turn, broker, 'UpdateMetadata', body, ignoreAnswer);
    }
  }
  for (const [id, states] of batch.stopReplica) {
    const broker = controller.liveBrokers.get(id);
    if (broker !== undefined) sendStopReplica(turn, broker, [...states.values()], header(broker));
  }
}

function sendStopReplica(
  turn: Turn,
  broker: LiveBroker,
  states: readonly StopReplicaState[],
  header: { readonly controllerId: BrokerId; readonly controllerEpoch: number; readonly brokerEpoch: number },
): void {
  const topicStates = groupByTopic(states.map((state) => ({ ...state, topic: state.key.topic }))).map(
    ([topicName, own]) => ({
      topicName,
      partitionStates: own.map(({ key, deletePartition }) => ({
        partitionIndex: key.partition,
        leaderEpoch: isQueuedForDeletion(turn, topicName)
          ? (-2 as LeaderEpoch)
          : (controlled(turn, key)?.leadership?.leaderEpoch ?? (-1 as LeaderEpoch)),
        deletePartition,
      })),
    }),
  );
  const deleted = states.filter(({ deletePartition }) => deletePartition);
  tellBroker(turn, broker, 'StopReplica', { ...header, topicStates }, noteDeletions(broker.id, deleted));
}

/** What a broker said of its replicas: those in a failed log directory, and those that are well. */
export interface AnsweredReplicas {
  readonly offline: readonly PartitionKey[];
  readonly online: readonly PartitionKey[];
}

/** Nothing to do as long as all are well, and were before. */
const noteReplicas =
  (broker: BrokerId) =>
  (turn: Turn, response: LeaderAndIsrResponse | null): void => {
    if (response === null || response.errorCode !== 'NONE') return;
    const { topics, offlineReplicas } = controllerOf(turn);
    const answers = response.topics.flatMap(({ topicId, partitionErrors }) =>
      partitionErrors.map(({ partitionIndex, errorCode }) => ({ topicId, partitionIndex, errorCode })),
    );
    if (!offlineReplicas.has(broker) && answers.every(({ errorCode }) => errorCode !== 'KAFKA_STORAGE_ERROR')) return;
    const names = new Map([...topics].map(([topic, { topicId }]) => [topicId, topic]));
    const withError = (error: ErrorName): readonly PartitionKey[] =>
      answers.flatMap(({ topicId, partitionIndex: partition, errorCode }) => {
        const topic = names.get(topicId);
        return topic === undefined || errorCode !== error ? [] : [{ topic, partition }];
      });
    turn.controllerHooks.onReplicasAnswered(turn, broker, {
      offline: withError('KAFKA_STORAGE_ERROR'),
      online: withError('NONE'),
    });
  };

const ignoreAnswer = (): void => {};

const noteDeletions =
  (broker: BrokerId, deleted: readonly StopReplicaState[]) =>
  (turn: Turn, response: StopReplicaResponse | null): void => {
    if (response === null || deleted.length === 0) return;
    const outcomes = deleted.map(({ key }) => ({
      key,
      error:
        response.errorCode !== 'NONE'
          ? response.errorCode
          : (response.partitionErrors.find(
              ({ topicName, partitionIndex }) => topicName === key.topic && partitionIndex === key.partition,
            )?.errorCode ?? 'NONE'),
    }));
    turn.controllerHooks.onReplicasDeleted(turn, broker, outcomes);
  };

/** What became of replicas that a broker was told to delete. */
export interface DeletionOutcome {
  readonly key: PartitionKey;
  readonly error: ErrorName;
}

/** The order of a Scala hash set of `Broker`s: their hash codes differ from one run of a controller to the next, and stay in one. */
function brokersInHashOrder(turn: Turn): readonly UpdateMetadataBroker[] {
  const { seed } = turn.broker.process;
  const mixed = (id: number) => Math.imul((seed ^ Math.imul(id + 1, 0x9e3779b1)) >>> 0, 0x85ebca6b) >>> 0;
  return [...controllerOf(turn).liveBrokers.values()]
    .sort((a, b) => mixed(a.id) - mixed(b.id))
    .map(({ id, host, port, rack }) => ({ id, host, port, rack }));
}

function groupByTopic<T extends { readonly topic: string }>(items: readonly T[]): (readonly [string, readonly T[]])[] {
  const topics = new Map<string, T[]>();
  for (const item of items) {
    const own = topics.get(item.topic);
    if (own === undefined) topics.set(item.topic, [item]);
    else own.push(item);
  }
  return [...topics];
}

const LINK = (broker: BrokerId) => `controller-${broker}`;

/** Each broker has its queue: a request waits for the answer to the one before, and is made again after a lost connection. */
function tellBroker<A extends Api>(
  turn: Turn,
  broker: LiveBroker,
  api: A,
  body: RequestBody<A>,
  answered: (turn: Turn, response: ResponseBody<A> | null) => void,
): void {
  sendOver(
    turn,
    { name: LINK(broker.id), port: broker.port, onLoss: 'retry' },
    linkRequest(api, String(turn.broker.brokerId), body, answered),
  );
}

/** The broker is gone: what was to be told it is dropped. */
export const stopTelling = (turn: Turn, broker: BrokerId): void => closeLink(turn, LINK(broker));
