/** One event of a broker, from its arrival to all that follows from it. */
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import { onReplicasDeleted, processTopicDeletion } from '../controller/topicDeletion.ts';
import { processBrokerChange } from '../controller/brokerChanges.ts';
import { elect, onControllerChanged, onControllerDeleted, onControllerMoved, resign } from '../controller/election.ts';
import { clearAndEnqueue, enqueue } from '../controller/eventManager.ts';
import { onReplicasAnswered, processLogDirEvents } from '../controller/logDirEvents.ts';
import { processPartitionModifications, processTopicChange } from '../controller/topicChanges.ts';
import type { GroupTimerEvent } from '../coordinator/coordinatorTurn.ts';
import type { TransactionTimerEvent } from '../transaction/coordinatorTurn.ts';
import { isKafkaMessage } from '../protocol/kafka/kafkaMessage.ts';
import type { WatchedEvent } from '../protocol/zookeeper.ts';
import type { ZkSessionEvent, ZkTimerEvent } from '../zookeeper/client.ts';
import { proposeIsrs } from './alterPartitionManager.ts';
import type { Broker } from './broker.ts';
import { expireOperations } from './delayedOperations.ts';
import { onConfigChanges } from './dynamicConfig.ts';
import { finishFailedStart } from './failedStart.ts';
import { register } from './registration.ts';
import { fetchNext } from './fetchLoop.ts';
import { handleGroupTimer } from './groupCoordination.ts';
import { handleRequest } from './kafkaApis/dispatch.ts';
import { handleLogDirFailures } from './logDirFailure.ts';
import { writeLogDirs } from './logManager.ts';
import { onLinkConnected, onLinkLost, onLinkReconnect, onLinkResponse, onLinkTimer } from './nodeLinks.ts';
import { acceptConnection, connectionOf, dropConnection, handleWaiting, receiveRequest } from './requestChannel.ts';
import { checkIsr, checkpointByTheClock, runScheduled } from './scheduledTasks.ts';
import { flushLines } from './serverLog.ts';
import { finishShutdown, onSignal, retryControlledShutdown } from './shutdown.ts';
import { onAddressInUse, onConnectionTimedOut, onFirstConnection, onListening, startUp } from './startup.ts';
import { handleTransactionTimer } from './transactionCoordination.ts';
import { onDiskDone } from './slowDisk.ts';
import { beginTurn, type BrokerMove, type BrokerTimer, type Turn, update } from './turn.ts';
import { closeZooKeeper, handleZkEvent, reinitializeSession, type ZkListener } from './zkConnection.ts';
import { paths } from './znodes.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import type { KernelEffect } from '../../kernel/effects.ts';

export type BrokerEvent = Delivered<
  KernelEvent | BrokerTimer | ZkTimerEvent | GroupTimerEvent | TransactionTimerEvent | { readonly type: BrokerMove }
>;

export interface TurnOutcome {
  readonly broker: Broker;
  readonly effects: readonly KernelEffect[];
  /** Events for the broker's own chart. */
  readonly moves: readonly BrokerMove[];
}

const controllerHooks = { onControllerMoved, onReplicasDeleted, onReplicasAnswered };

export function takeTurn(broker: Broker, event: BrokerEvent): TurnOutcome {
  const turn = beginTurn(broker, event, controllerHooks);
  handle(turn, event);
  handleWaiting(turn, handleRequest);
  proposeIsrs(turn);
  if (turn.closesZooKeeper) {
    turn.closesZooKeeper = false;
    closeZooKeeper(turn, zkListener);
    if (turn.broker.zk.client === null) onZkClosed(turn);
  }
  if (turn.failedDirs.length > 0) handleLogDirFailures(turn);
  if (turn.isDiskChanged) writeLogDirs(turn);
  flushLines(turn);
  if (turn.exitCode !== null) turn.effects.push({ type: 'exit', params: { code: turn.exitCode } });
  return { broker: turn.broker, effects: turn.effects, moves: turn.moves };
}

function handle(turn: Turn, event: BrokerEvent): void {
  switch (event.type) {
    case 'MESSAGE': {
      const { socket, message } = event;
      if (!isKafkaMessage(message)) break;
      if (message.kind === 'response') return onLinkResponse(turn, socket, message);
      if (turn.broker.isServing) receiveRequest(turn, socket, message, handleRequest);
      return;
    }
    case 'ACCEPTED':
      return acceptConnection(turn, event.socket, event.peer);
    case 'CONNECTED':
      if (onLinkConnected(turn, event.socket)) return;
      break;
    case 'CONNECTION_REFUSED':
      if (onLinkLost(turn, event.socket)) return;
      break;
    case 'DISCONNECTED':
      if (onLinkLost(turn, event.socket)) return;
      if (connectionOf(turn, event.socket) !== undefined) return dropConnection(turn, event.socket);
      break;
    case 'LISTENING':
      return onListening(turn, event.port);
    case 'ADDRESS_IN_USE':
      return onAddressInUse(turn, event.port);
    case 'SIGNAL':
      return onSignal(turn, event.signal);
    case 'JVM_STARTED':
      return startUp(turn);
    case 'ZOOKEEPER_CONNECTION_TIMED_OUT':
      return onConnectionTimedOut(turn);
    case 'OPERATIONS_EXPIRE':
      return expireOperations(turn);
    case 'DISK_DONE':
      return onDiskDone(turn);
    case 'FETCH_AGAIN':
      return fetchNext(turn, event.leader as BrokerId);
    case 'NODE_TIMED_OUT':
      return onLinkTimer(turn, event.node);
    case 'NODE_RECONNECT':
      return onLinkReconnect(turn, event.node);
    case 'CHECKPOINT_HIGH_WATERMARKS':
      return checkpointByTheClock(turn);
    case 'CHECK_ISR':
      return checkIsr(turn);
    case 'RETRY_CONTROLLED_SHUTDOWN':
      return retryControlledShutdown(turn);
    case 'SCHEDULED':
      return runScheduled(turn, event.task);
    case 'GROUP_TIMER':
      return handleGroupTimer(turn, event);
    case 'TRANSACTION_TIMER':
      return handleTransactionTimer(turn, event);
    case 'STARTING':
    case 'LOGS_TO_LOAD':
    case 'STARTED_UP':
    case 'SHUTDOWN_REQUESTED':
    case 'SHUTTING_DOWN':
    case 'STOPPED':
    case 'STDIN':
    case 'STDIN_CLOSED':
    case 'OPERATION':
    case 'CHILD_STARTED':
    case 'CHILD_EXITED':
      return;
    case 'ZOOKEEPER_TIMER':
      break;
  }
  handleZkEvent(turn, event, zkListener);
}

const zkListener: ZkListener = { onSession, onWatch };

function onSession(turn: Turn, event: ZkSessionEvent): void {
  switch (event) {
    case 'connected':
      if (!turn.broker.hasHadSession) {
        update(turn, { hasHadSession: true });
        return onFirstConnection(turn);
      }
      if (turn.broker.isSessionNew) {
        update(turn, { isSessionNew: false });
        return onNewSession(turn);
      }
      return;
    case 'expired':
      // Nothing that this broker did as controller counts any more.
      update(turn, { isSessionNew: true });
      clearAndEnqueue(turn, 'Expire', (later, done) => {
        resign(later);
        done(later);
      });
      return reinitializeSession(turn);
    case 'closed':
      return onZkClosed(turn);
    case 'disconnected':
    // A broker proves no name.
    case 'authFailed':
      return;
  }
}

/** After its session expired: registers again, under a new epoch, and takes part in the election. */
function onNewSession(turn: Turn): void {
  enqueue(turn, 'RegisterBrokerAndReelect', (later, done) =>
    register(later, (last) => {
      onConfigChanges(last);
      elect(last, done);
    }),
  );
}

function onZkClosed(turn: Turn): void {
  const { stopping } = turn.broker;
  if (stopping.step === 'closing') finishShutdown(turn, stopping.exitCode);
  else if (stopping.step === 'failed') finishFailedStart(turn, stopping.exception);
}

function onWatch(turn: Turn, { type, path }: WatchedEvent): void {
  switch (path) {
    case paths.controller:
      return type === 'NodeDeleted' ? onControllerDeleted(turn) : onControllerChanged(turn);
    case paths.brokerIds:
      return enqueue(turn, 'BrokerChange', processBrokerChange);
    case paths.topics:
      return enqueue(turn, 'TopicChange', processTopicChange);
    case paths.deleteTopics:
      return enqueue(turn, 'TopicDeletion', processTopicDeletion);
    case paths.logDirEventNotification:
      return enqueue(turn, 'LogDirEventNotification', processLogDirEvents);
    case paths.configChanges:
      return onConfigChanges(turn);
  }
  const topic = /^\/brokers\/topics\/([^/]+)$/.exec(path)?.[1];
  if (topic !== undefined && type === 'NodeDataChanged')
    enqueue(turn, 'PartitionModifications', (later, done) => processPartitionModifications(later, topic, done));
}
