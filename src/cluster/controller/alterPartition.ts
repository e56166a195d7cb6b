/**
 * A leader proposes an ISR; the controller grants it by writing it, with the same leader epoch.
 *
 * Follows `kafka.controller.KafkaController#tryProcessAlterPartition` (3.9.0, KIP-497).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import type { Turn } from '../broker/turn.ts';
import type { AlterPartitionRequest, AlterPartitionResponse } from '../protocol/kafka/controlPlane.ts';
import { sendMetadata } from './brokerChanges.ts';
import type { ControllerEvent, Leadership, PartitionKey } from './controller.ts';
import { changePartition, controlled, controllerOf, isLive, liveOrShuttingDown } from './controllerContext.ts';
import { enqueue, nobodyWaits } from './eventManager.ts';
import { setState } from './partitionStateMachine.ts';
import { afterIsrChange } from './reassignment.ts';
import { writeAsController } from './zkWrites.ts';

type Answer = (turn: Turn, response: AlterPartitionResponse) => void;
type Asked = AlterPartitionRequest['topics'][number]['partitions'][number];
type Outcome = { readonly key: PartitionKey } & (
  | { readonly error: ErrorName }
  /** Nothing to write: it is so already. */
  | { readonly holds: Leadership }
  | { readonly next: Leadership }
);

export function handleAlterPartition(turn: Turn, request: AlterPartitionRequest, answer: Answer): void {
  // One that is dropped before its turn is not answered: the leader asks again after its time-out.
  const preempt: ControllerEvent['preempt'] = (later, why) => {
    if (why !== 'dropped') answer(later, { errorCode: 'UNKNOWN_SERVER_ERROR', topics: [] });
  };
  const run: ControllerEvent['run'] = (later, done) => {
    const { isActive, liveBrokers, epoch } = controllerOf(later);
    const broker = liveBrokers.get(request.brokerId);
    if (!isActive || broker?.epoch !== request.brokerEpoch) {
      answer(later, { errorCode: isActive ? 'STALE_BROKER_EPOCH' : 'NOT_CONTROLLER', topics: [] });
      return done(later);
    }
    const outcomes = request.topics.flatMap(({ topicName, partitions }) =>
      partitions.map((asked) => judge(later, { topic: topicName, partition: asked.partitionIndex }, asked, epoch)),
    );
    const accepted = outcomes.flatMap((outcome) => ('next' in outcome ? [outcome] : []));
    const writes = accepted.map(({ key, next }) => setState(key, next));
    writeAsController(later, writes, (last, written) => {
      const results = new Map<PartitionKey, ErrorName | Leadership>();
      accepted.forEach(({ key, next }, at) => {
        const { error, stat } = written[at]!;
        if (error !== 'OK' || stat === null) return results.set(key, 'INVALID_UPDATE_VERSION');
        const leadership = { ...next, partitionEpoch: stat.version };
        changePartition(last, key, { leadership });
        return results.set(key, leadership);
      });
      const keys = outcomes.map(({ key }) => key);
      sendMetadata(last, liveOrShuttingDown(last), keys);
      answer(last, respond(request, outcomes, results));
      nobodyWaits(last);
      afterIsrChange(last, keys, done);
    });
  };
  enqueue(turn, 'AlterPartitionReceived', run, preempt);
}

/** What is to be answered, or written with `controllerEpoch`: proposals that come too late are refused. */
export function judge(turn: Pick<Turn, 'broker'>, key: PartitionKey, asked: Asked, controllerEpoch: number): Outcome {
  const current = controlled(turn, key)?.leadership;
  if (current == null) return { key, error: 'UNKNOWN_TOPIC_OR_PARTITION' };
  if (asked.partitionEpoch > current.partitionEpoch || asked.leaderEpoch > current.leaderEpoch)
    return { key, error: 'NOT_CONTROLLER' };
  if (asked.leaderEpoch < current.leaderEpoch) return { key, error: 'FENCED_LEADER_EPOCH' };
  const isr = asked.newIsrWithEpochs.map(({ brokerId }) => brokerId);
  const isSame =
    isr.length === current.isr.length &&
    isr.every((id, at) => id === current.isr[at]) &&
    asked.leaderRecoveryState === current.leaderRecoveryState;
  if (isSame) return { key, holds: current };
  if (asked.partitionEpoch < current.partitionEpoch) return { key, error: 'INVALID_UPDATE_VERSION' };
  if (isr.some((id) => !isLive(turn, id))) return { key, error: 'INELIGIBLE_REPLICA' };
  const { leaderRecoveryState } = asked;
  return { key, next: { ...current, isr, leaderRecoveryState, controllerEpoch } };
}

function respond(
  request: AlterPartitionRequest,
  outcomes: readonly Outcome[],
  results: ReadonlyMap<PartitionKey, ErrorName | Leadership>,
): AlterPartitionResponse {
  return {
    errorCode: 'NONE',
    topics: request.topics.map(({ topicName, topicId }) => ({
      topicName,
      topicId,
      partitions: outcomes
        .filter(({ key }) => key.topic === topicName)
        .map((outcome) => {
          const result =
            'error' in outcome
              ? outcome.error
              : 'holds' in outcome
                ? outcome.holds
                : (results.get(outcome.key) ?? 'UNKNOWN_SERVER_ERROR');
          const granted: Leadership | null = typeof result === 'string' ? null : result;
          return {
            partitionIndex: outcome.key.partition,
            errorCode: typeof result === 'string' ? result : ('NONE' as const),
            leaderId: granted?.leader ?? (-1 as BrokerId),
            leaderEpoch: granted?.leaderEpoch ?? (-1 as LeaderEpoch),
            isr: granted?.isr ?? [],
            leaderRecoveryState: granted?.leaderRecoveryState ?? (0 as const),
            partitionEpoch: granted?.partitionEpoch ?? -1,
          };
        }),
    })),
  };
}
