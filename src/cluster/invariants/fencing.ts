/**
 * Of what a predecessor said, nothing is done: a broker obeys no controller that came before the one it obeys, nor does it do what was meant
 * for it before it registered anew, and a controller grants no
 * ISR to a leader of an earlier epoch, or to one that has not heard of the latest ISR. Such requests are rare and come late: each is asked
 * about as soon as it would be out of date, and nothing comes of it.
 *
 * Follows `KafkaApis#isBrokerEpochStale` (KIP-380), `ReplicaManager#becomeLeaderOrFollower`, `#stopReplicas`, `#maybeUpdateMetadataCache`, and
 * `KafkaController#tryProcessAlterPartition` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { LeaderEpoch } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { FactId, Socket } from '../../kernel/events.ts';
import type { World } from '../../kernel/world.ts';
import type { Broker } from '../broker/broker.ts';
import { handleLeaderAndIsr, handleStopReplica, handleUpdateMetadata } from '../broker/kafkaApis/controlPlane.ts';
import { becomeLeaderOrFollower, stopReplicas } from '../broker/replicaManager.ts';
import { beginTurn, type Turn } from '../broker/turn.ts';
import { judge } from '../controller/alterPartition.ts';
import type { Leadership, PartitionKey } from '../controller/controller.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { BrokerChange, Observation } from './observation.ts';

export class Fencing implements Invariant {
  /** Those that have been asked about: once is enough. */
  readonly #asked = new WeakSet<Leadership>();

  afterEvent({ brokers, world }: Observation): void {
    for (const change of brokers) {
      const { before, after } = change;
      if (after.controllerEpoch > (before?.controllerEpoch ?? 0)) obeysNoPredecessor(after, world);
      if (after.brokerEpoch > 1 && after.brokerEpoch !== before?.brokerEpoch) mindsItsEpoch(after, world);
      this.#judgesProposals(change);
    }
  }

  #judgesProposals({ before, after }: BrokerChange): void {
    const { isActive, topics } = after.controller;
    if (!isActive || topics === before?.controller.topics) return;
    for (const [topic, { partitions }] of topics) {
      if (partitions === before?.controller.topics.get(topic)?.partitions) continue;
      partitions.forEach((controlled, partition) => {
        const leadership = controlled?.leadership;
        if (leadership == null || this.#asked.has(leadership)) return;
        this.#asked.add(leadership);
        grantsNothingLate(after, { topic, partition }, leadership);
      });
    }
  }
}

function obeysNoPredecessor(broker: Broker, world: World): void {
  const controllerEpoch = broker.controllerEpoch - 1;
  const request = { controllerId: broker.brokerId, controllerEpoch, brokerEpoch: -1, topicStates: [] };
  const requests: Readonly<Record<string, (turn: Turn) => unknown>> = {
    LeaderAndIsr: (turn) => becomeLeaderOrFollower(turn, { ...request, liveLeaders: [] }),
    StopReplica: (turn) => stopReplicas(turn, request),
    UpdateMetadata: (turn) => {
      const body = { ...request, liveBrokers: [] };
      handleUpdateMetadata(turn, { socket: -1 as Socket, api: 'UpdateMetadata', correlationId: 0, clientId: '', body });
    },
  };
  for (const [api, ask] of Object.entries(requests))
    if (obeys(broker, world, ask))
      broken(
        `Broker ${broker.brokerId} would obey ${api} of controller epoch ${controllerEpoch}, it has heard of epoch ${broker.controllerEpoch}.`,
      );
}

/** A controller to come, which has not heard of the latest registration. */
function mindsItsEpoch(broker: Broker, world: World): void {
  const [controllerEpoch, brokerEpoch] = [broker.controllerEpoch + 1, broker.brokerEpoch - 1];
  const body = { controllerId: broker.brokerId, controllerEpoch, brokerEpoch, topicStates: [] };
  const call = { socket: -1 as Socket, correlationId: 0, clientId: '' };
  const requests: Readonly<Record<string, (turn: Turn) => void>> = {
    LeaderAndIsr: (turn) =>
      handleLeaderAndIsr(turn, { ...call, api: 'LeaderAndIsr', body: { ...body, liveLeaders: [] } }),
    StopReplica: (turn) => handleStopReplica(turn, { ...call, api: 'StopReplica', body }),
    UpdateMetadata: (turn) =>
      handleUpdateMetadata(turn, { ...call, api: 'UpdateMetadata', body: { ...body, liveBrokers: [] } }),
  };
  for (const [api, ask] of Object.entries(requests))
    if (obeys(broker, world, ask))
      broken(
        `Broker ${broker.brokerId}, of broker epoch ${broker.brokerEpoch}, would do what ${api} says to it in broker epoch ${brokerEpoch}.`,
      );
}

/** The broker is asked as it stands, in a turn that is forgotten: whether it takes the epoch of who asks for its controller's. */
function obeys(broker: Broker, { now, files }: World, ask: (turn: Turn) => unknown): boolean {
  const hooks = { onControllerMoved: nothing, onReplicasDeleted: nothing, onReplicasAnswered: nothing };
  const turn = beginTurn(broker, { now, files, cause: 0 as FactId }, hooks);
  ask(turn);
  return turn.broker.controllerEpoch !== broker.controllerEpoch;
}

const nothing = (): void => undefined;

/** Proposals of the present ISR that would change something: who recovered, or did not. */
function grantsNothingLate(broker: Broker, key: PartitionKey, current: Leadership): void {
  const { leaderEpoch, partitionEpoch, isr } = current;
  const answers = (epochs: Pick<Leadership, 'leaderEpoch' | 'partitionEpoch'>, expected: ErrorName, whose: string) => {
    const outcome = judge(
      { broker },
      key,
      {
        ...epochs,
        partitionIndex: key.partition,
        newIsrWithEpochs: isr.map((brokerId) => ({ brokerId, brokerEpoch: -1 })),
        leaderRecoveryState: current.leaderRecoveryState === 0 ? 1 : 0,
      },
      broker.controller.epoch,
    );
    const answer = 'error' in outcome ? outcome.error : 'a new ISR';
    if (answer !== expected)
      broken(
        `The controller would answer a proposal for ${topicPartitionName(key)} ${whose} with ${answer} instead of ${expected}.`,
      );
  };
  const older = (leaderEpoch - 1) as LeaderEpoch;
  if (leaderEpoch > 0)
    answers(
      { leaderEpoch: older, partitionEpoch: Math.max(0, partitionEpoch - 1) },
      'FENCED_LEADER_EPOCH',
      `of leader epoch ${older} before ${leaderEpoch}`,
    );
  if (partitionEpoch > 0)
    answers(
      { leaderEpoch, partitionEpoch: partitionEpoch - 1 },
      'INVALID_UPDATE_VERSION',
      `on partition epoch ${partitionEpoch - 1} before ${partitionEpoch}`,
    );
}
