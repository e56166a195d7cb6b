/**
 * A broker asks to be let go: its leaderships move, its replicas leave the ISR.
 *
 * Follows `kafka.controller.KafkaController#doControlledShutdown` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import type { Turn } from '../broker/turn.ts';
import type { ControlledShutdownRequest, ControlledShutdownResponse } from '../protocol/kafka/controlPlane.ts';
import { addStopReplica, newBatch, sendBatch } from './brokerRequests.ts';
import type { ControllerEvent, PartitionKey } from './controller.ts';
import { allPartitions, changeController, controlled, controllerOf, isQueuedForDeletion } from './controllerContext.ts';
import { enqueue } from './eventManager.ts';
import { bringOnline } from './partitionStateMachine.ts';
import { moveReplicas } from './replicaStateMachine.ts';

type Answer = (turn: Turn, response: ControlledShutdownResponse) => void;

export function handleControlledShutdown(turn: Turn, request: ControlledShutdownRequest, answer: Answer): void {
  const preempt: ControllerEvent['preempt'] = (later, why) =>
    answer(later, {
      errorCode: why === 'sessionExpired' ? 'UNKNOWN_SERVER_ERROR' : 'STALE_CONTROLLER_EPOCH',
      remainingPartitions: [],
    });
  const run: ControllerEvent['run'] = (later, done) => {
    const fail = (errorCode: ErrorName) => {
      answer(later, { errorCode, remainingPartitions: [] });
      done(later);
    };
    const { isActive, liveBrokers, shuttingDown } = controllerOf(later);
    const id = request.brokerId;
    if (!isActive) return fail('NOT_CONTROLLER');
    const broker = liveBrokers.get(id);
    if (broker === undefined) return fail('BROKER_NOT_AVAILABLE');
    if (request.brokerEpoch !== -1 && request.brokerEpoch < broker.epoch) return fail('STALE_BROKER_EPOCH');
    changeController(later, { shuttingDown: new Set([...shuttingDown, id]) });
    const shared = sharedPartitions(later, id);
    const led = shared.filter((key) => isLedBy(later, key, id));
    const followed = shared.filter((key) => !isLedBy(later, key, id));
    bringOnline(later, led, { name: 'ControlledShutdown' }, (second) => {
      const batch = newBatch();
      for (const key of followed) addStopReplica(batch, id, key, { deletePartition: false });
      sendBatch(second, batch);
      moveReplicas(
        second,
        followed.map((key) => ({ ...key, replica: id })),
        'OfflineReplica',
        (last) => {
          const remaining = sharedPartitions(last, id).filter((key) => isLedBy(last, key, id));
          const remainingPartitions = remaining.map(({ topic, partition }) => ({
            topicName: topic,
            partitionIndex: partition,
          }));
          answer(last, { errorCode: 'NONE', remainingPartitions });
          done(last);
        },
      );
    });
  };
  enqueue(turn, 'ControlledShutdown', run, preempt);
}

/** Partitions on the broker that have other replicas: the others can only go with it. */
function sharedPartitions(turn: Turn, id: BrokerId): readonly PartitionKey[] {
  return allPartitions(turn).filter((key) => {
    const partition = controlled(turn, key);
    return (
      partition?.leadership != null &&
      partition.assignment.replicas.length > 1 &&
      partition.assignment.replicas.includes(id) &&
      !isQueuedForDeletion(turn, key.topic)
    );
  });
}

const isLedBy = (turn: Turn, key: PartitionKey, id: BrokerId): boolean =>
  controlled(turn, key)?.leadership?.leader === id;
