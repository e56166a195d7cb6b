/**
 * Who is the controller: the broker that created `/controller`, until it is gone.
 *
 * Follows `kafka.controller.KafkaController#elect`, `#onControllerFailover`, `#onControllerResignation` and
 * `KafkaZkClient#registerControllerAndIncrementControllerEpoch` (3.9.0).
 */
import { seconds } from '../../kernel/time.ts';
import { brokerBoolean } from '../broker/brokerSettings.ts';
import { cancelTimer, info, setTimer, tellFact, type Turn } from '../broker/turn.ts';
import { answerOf } from '../broker/zkConnection.ts';
import { decodeController, encodeController, featureData, paths } from '../broker/znodes.ts';
import type { ZkWrite } from '../protocol/zookeeper.ts';
import { readLiveBrokers, sendMetadata } from './brokerChanges.ts';
import { stopTelling } from './brokerRequests.ts';
import { standbyController, type LiveBroker } from './controller.ts';
import {
  allPartitions,
  changeController,
  changePartition,
  controllerOf,
  isLive,
  liveOrShuttingDown,
  replicasOf,
} from './controllerContext.ts';
import { abandonCurrent, enqueue } from './eventManager.ts';
import { initializePartitionStates, readStates, triggerOnlineStateChange } from './partitionStateMachine.ts';
import { resumeReassignments } from './reassignment.ts';
import { initializeReplicaStates, moveReplicas } from './replicaStateMachine.ts';
import { adopt, readAssignments } from './topicChanges.ts';
import { markIneligible, queueDeletion, resumeDeletions } from './topicDeletion.ts';
import { askAll, askOne, writeAsController } from './zkWrites.ts';

type Done = (turn: Turn) => void;

/** At the start of the broker. */
export const startController = (turn: Turn): void => enqueue(turn, 'Startup', elect);

/** `/controller` has gone: whoever is first takes it. */
export function onControllerDeleted(turn: Turn): void {
  enqueue(turn, 'Reelect', (later, done) => {
    resign(later);
    elect(later, done);
  });
}

/** `/controller` was written by somebody. */
export function onControllerChanged(turn: Turn): void {
  enqueue(turn, 'ControllerChange', (later, done) => {
    askOne(later, { op: 'getData', path: paths.controller, watch: true }, (last, found) => {
      const active = decodeController(answerOf(found, 'getData')?.data ?? null);
      if (active !== last.broker.brokerId) resign(last);
      done(last);
    });
  });
}

/** A write was refused because another controller has been elected. */
export function onControllerMoved(turn: Turn): void {
  resign(turn);
  abandonCurrent(turn);
}

export function elect(turn: Turn, done: Done): void {
  // The watch tells when the controller goes, or one comes.
  askOne(turn, { op: 'exists', path: paths.controller, watch: true }, (second, existing) => {
    if (existing.error === 'OK') return done(second);
    askOne(second, { op: 'getData', path: paths.controllerEpoch, watch: false }, (third, found) => {
      const stored = answerOf(found, 'getData');
      if (stored !== undefined) return takeOffice(third, Number(stored.data ?? '0'), stored.stat.version, done);
      const create: ZkWrite = { op: 'create', path: paths.controllerEpoch, data: '0', mode: 'PERSISTENT' };
      askOne(third, create, (fourth, created) => {
        if (created.error !== 'OK') return elect(fourth, done);
        info(fourth, `Successfully created /controller_epoch with initial epoch 0`, 'kafka.zk.KafkaZkClient');
        takeOffice(fourth, 0, 0, done);
      });
    });
  });
}

/** `/controller` and the next epoch are written together, or not at all. */
function takeOffice(turn: Turn, epoch: number, version: number, done: Done): void {
  const { brokerId } = turn.broker;
  const next = epoch + 1;
  const ops = [
    { op: 'create', path: paths.controller, data: encodeController(brokerId, turn.nowMs), mode: 'EPHEMERAL' },
    { op: 'setData', path: paths.controllerEpoch, data: String(next), version },
  ] as const;
  askOne(turn, { op: 'multi', ops }, (later, result) => {
    if (result.error === 'OK') return beginTerm(later, next, version + 1, done);
    // Either another broker was first, or the answer to a first attempt was lost with its connection.
    askOne(later, { op: 'getData', path: paths.controller, watch: true }, (third, found) => {
      if (decodeController(answerOf(found, 'getData')?.data ?? null) !== brokerId) return done(third);
      askOne(third, { op: 'getData', path: paths.controllerEpoch, watch: false }, (last, stored) => {
        const current = answerOf(stored, 'getData');
        if (Number(current?.data) !== next) return done(last);
        beginTerm(last, next, current!.stat.version, done);
      });
    });
  });
}

function beginTerm(turn: Turn, epoch: number, epochZkVersion: number, done: Done): void {
  // The watch set before has fired for our own creation.
  askOne(turn, { op: 'exists', path: paths.controller, watch: true }, (later) => {
    changeController(later, { isActive: true, epoch, epochZkVersion });
    tellFact(later, 'controllerElected', { broker: later.broker.brokerId, controllerEpoch: epoch });
    failover(later, done);
  });
}

/** Reads everything, tells every broker, and takes up what the last controller left. */
function failover(turn: Turn, done: Done): void {
  createFeatureZnode(turn, (second) =>
    dropNotifications(second, (third) =>
      readLiveBrokers(third, (fourth, brokers) =>
        readTopics(fourth, brokers, (fifth) => {
          sendMetadata(fifth, liveOrShuttingDown(fifth), []);
          startStateMachines(fifth, (sixth) =>
            resumeReassignments(sixth, (seventh) =>
              resumeDeletions(seventh, (last) => {
                scheduleRebalance(last, 5);
                done(last);
              }),
            ),
          );
        }),
      ),
    ),
  );
}

function createFeatureZnode(turn: Turn, then: Done): void {
  askOne(turn, { op: 'exists', path: paths.feature, watch: false }, (later, found) => {
    if (found.error === 'OK') return then(later);
    const create: ZkWrite = { op: 'create', path: paths.feature, data: featureData, mode: 'PERSISTENT' };
    askOne(later, create, (last) => then(last));
  });
}

/** Notifications that the last controller has not read: all is read anew. */
function dropNotifications(turn: Turn, then: Done): void {
  const folders = [paths.logDirEventNotification, paths.isrChangeNotification];
  const requests = folders.map((path) => ({ op: 'getChildren' as const, path, watch: true }));
  askAll(turn, requests, (later, results) => {
    const writes = results.flatMap((result, at) =>
      (answerOf(result, 'getChildren')?.children ?? []).map(
        (child): ZkWrite => ({ op: 'delete', path: `${folders[at]}/${child}`, version: -1 }),
      ),
    );
    writeAsController(later, writes, (last) => then(last));
  });
}

function readTopics(turn: Turn, brokers: readonly LiveBroker[], then: Done): void {
  changeController(turn, { liveBrokers: new Map(brokers.map((broker) => [broker.id, broker])) });
  const lists = [
    { op: 'getChildren', path: paths.topics, watch: true },
    { op: 'getChildren', path: paths.deleteTopics, watch: true },
  ] as const;
  askAll(turn, lists, (second, [all, marked]) => {
    const topics = answerOf(all, 'getChildren')?.children ?? [];
    const doomed = answerOf(marked, 'getChildren')?.children ?? [];
    readAssignments(second, topics, (third, assignments) => {
      for (const [topic, assignment] of assignments) adopt(third, topic, assignment);
      const keys = allPartitions(third);
      readStates(third, keys, (last, states) => {
        keys.forEach((key, at) => changePartition(last, key, { leadership: states[at] ?? null }));
        queueDeletion(
          last,
          doomed.filter((topic) => assignments.has(topic)),
        );
        const dead = replicasOf(last, keys).filter(({ replica }) => !isLive(last, replica));
        markIneligible(last, [...new Set(dead.map(({ topic }) => topic))]);
        then(last);
      });
    });
  });
}

/** Replicas first: those of dead brokers leave the ISR before anybody is elected. */
function startStateMachines(turn: Turn, then: Done): void {
  const replicas = replicasOf(turn, allPartitions(turn));
  initializeReplicaStates(turn, replicas);
  const online = replicas.filter(({ replica }) => isLive(turn, replica));
  const offline = replicas.filter(({ replica }) => !isLive(turn, replica));
  moveReplicas(turn, online, 'OnlineReplica', (second) =>
    moveReplicas(second, offline, 'OfflineReplica', (third) => {
      initializePartitionStates(third);
      triggerOnlineStateChange(third, (last) => then(last));
    }),
  );
}

export function scheduleRebalance(turn: Turn, delaySeconds: number): void {
  if (!brokerBoolean(turn.broker.settings, 'auto.leader.rebalance.enable')) return;
  setTimer(turn, 'rebalance', seconds(delaySeconds), { type: 'SCHEDULED', task: 'autoLeaderRebalance' });
}

/** It knows nothing any more, and tells nobody anything. */
export function resign(turn: Turn): void {
  const { isActive, liveBrokers, queue, current, term, epoch, epochZkVersion } = controllerOf(turn);
  if (!isActive) return;
  for (const id of liveBrokers.keys()) stopTelling(turn, id);
  cancelTimer(turn, 'rebalance');
  changeController(turn, { ...standbyController, queue, current, term, epoch, epochZkVersion });
  tellFact(turn, 'controllerResigned', { broker: turn.broker.brokerId });
}
