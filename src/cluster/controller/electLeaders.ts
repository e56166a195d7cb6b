/**
 * Elections that somebody asks for: of preferred leaders, by a tool or on a schedule; of replicas outside the ISR.
 *
 * Follows `kafka.controller.KafkaController#processReplicaLeaderElection`, `#checkAndTriggerAutoLeaderRebalance` and
 * `#processTopicUncleanLeaderElectionEnable` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import { brokerNumber } from '../broker/brokerSettings.ts';
import type { Turn } from '../broker/turn.ts';
import type { ControllerEvent, PartitionKey } from './controller.ts';
import {
  allPartitions,
  controlled,
  controllerOf,
  isLive,
  isQueuedForDeletion,
  isReplicaOnline,
  nameOf,
} from './controllerContext.ts';
import { scheduleRebalance } from './election.ts';
import { enqueue } from './eventManager.ts';
import { bringOnline, triggerOnlineStateChange } from './partitionStateMachine.ts';

export type ElectionType = 'PREFERRED' | 'UNCLEAN';
export interface ElectionResult {
  readonly key: PartitionKey;
  readonly errorCode: ErrorName;
  readonly errorMessage: string | null;
  /** Of a partition that got one. */
  readonly leader: BrokerId | null;
}
type Answer = (turn: Turn, results: readonly ElectionResult[]) => void;

/** Keys null: all partitions. */
export function electLeaders(
  turn: Turn,
  keys: readonly PartitionKey[] | null,
  type: ElectionType,
  answer: Answer,
): void {
  const notController = (keys ?? []).map((key) => fail(key, 'NOT_CONTROLLER'));
  const run: ControllerEvent['run'] = (later, done) => {
    if (!controllerOf(later).isActive) {
      answer(later, notController);
      return done(later);
    }
    const asked = keys ?? allPartitions(later);
    const refused: ElectionResult[] = [];
    const electable: PartitionKey[] = [];
    for (const key of asked) {
      const partition = controlled(later, key);
      if (partition === undefined)
        refused.push(fail(key, 'UNKNOWN_TOPIC_OR_PARTITION', 'The partition does not exist.'));
      else if (isQueuedForDeletion(later, key.topic))
        refused.push(fail(key, 'INVALID_TOPIC_EXCEPTION', 'The topic is being deleted'));
      else if (isNeeded(later, key, type)) electable.push(key);
      else refused.push(fail(key, 'ELECTION_NOT_NEEDED'));
    }
    const strategy =
      type === 'PREFERRED' ? ({ name: 'Preferred' } as const) : ({ name: 'Offline', allowUnclean: true } as const);
    bringOnline(later, electable, strategy, (last, failed) => {
      const error = type === 'PREFERRED' ? 'PREFERRED_LEADER_NOT_AVAILABLE' : 'ELIGIBLE_LEADERS_NOT_AVAILABLE';
      const shown =
        type === 'PREFERRED'
          ? 'PreferredReplicaPartitionLeaderElectionStrategy'
          : 'OfflinePartitionLeaderElectionStrategy(true)';
      const results = electable.map(
        (key): ElectionResult =>
          failed.has(nameOf(key))
            ? fail(
                key,
                error,
                `Failed to elect leader for partition ${key.topic}-${key.partition} under strategy ${shown}`,
              )
            : { key, errorCode: 'NONE', errorMessage: null, leader: controlled(last, key)?.leadership?.leader ?? null },
      );
      answer(last, [...results, ...refused]);
      done(last);
    });
  };
  enqueue(turn, 'ReplicaLeaderElection', run, (later, why) => {
    if (why === 'dropped') answer(later, notController);
  });
}

const fail = (key: PartitionKey, errorCode: ErrorName, errorMessage: string | null = null): ElectionResult => ({
  key,
  errorCode,
  errorMessage,
  leader: null,
});

function isNeeded(turn: Turn, key: PartitionKey, type: ElectionType): boolean {
  const partition = controlled(turn, key);
  const leader = partition?.leadership?.leader ?? (-1 as BrokerId);
  return type === 'PREFERRED' ? leader !== partition?.assignment.replicas[0] : !isLive(turn, leader);
}

/** Every `leader.imbalance.check.interval.seconds`: preferred leaders for brokers that too many of theirs are led elsewhere. */
export function rebalanceLeaders(turn: Turn): void {
  enqueue(turn, 'AutoPreferredReplicaLeaderElection', (later, done) => {
    if (!controllerOf(later).isActive) return done(later);
    const { settings } = later.broker;
    const tolerated = brokerNumber(settings, 'leader.imbalance.per.broker.percentage') / 100;
    const byPreferred = new Map<BrokerId, PartitionKey[]>();
    for (const key of allPartitions(later)) {
      const preferred = controlled(later, key)?.assignment.replicas[0];
      if (preferred === undefined || isQueuedForDeletion(later, key.topic)) continue;
      byPreferred.set(preferred, [...(byPreferred.get(preferred) ?? []), key]);
    }
    const candidates = [...byPreferred].flatMap(([broker, keys]) => {
      const elsewhere = keys.filter((key) => (controlled(later, key)?.leadership?.leader ?? broker) !== broker);
      if (elsewhere.length / keys.length <= tolerated) return [];
      return elsewhere.filter(
        (key) =>
          isReplicaOnline(later, broker, key) && controlled(later, key)?.leadership?.isr.includes(broker) === true,
      );
    });
    bringOnline(later, candidates, { name: 'Preferred' }, (last) => {
      scheduleRebalance(last, brokerNumber(settings, 'leader.imbalance.check.interval.seconds'));
      done(last);
    });
  });
}

/** A topic, or the broker's default, allows unclean elections from now on: partitions without leader may get one. */
export function onUncleanElectionEnabled(turn: Turn): void {
  enqueue(turn, 'TopicUncleanLeaderElectionEnable', (later, done) => {
    if (!controllerOf(later).isActive) return done(later);
    triggerOnlineStateChange(later, (last) => done(last));
  });
}
