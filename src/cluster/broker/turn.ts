/**
 * One event's worth of work: the broker as it becomes, and what it asks of the kernel meanwhile. A turn lives for one transition; the values
 * it holds are immutable.
 */
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import type { PartitionLog } from '../../kafka/log/partitionLog.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Circumstances, FactId, Socket } from '../../kernel/events.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import type { HostCondition } from '../../kernel/host.ts';
import { clockReading } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { timestampMsAt } from '../../kernel/time.ts';
import type { ClusterFacts, ClusterFactName } from '../facts.ts';
import { tell } from '../facts.ts';
import type { AnsweredReplicas, DeletionOutcome } from '../controller/brokerRequests.ts';
import type { LogLine } from '../zookeeper/logLine.ts';
import type { Broker } from './broker.ts';
import type { HostedPartition } from './hostedPartition.ts';

/** Changes of state of the broker's chart. */
export type BrokerMove =
  | 'STARTING'
  | 'LOGS_TO_LOAD'
  | 'STARTED_UP'
  | 'SHUTDOWN_REQUESTED'
  | 'SHUTTING_DOWN'
  | 'STOPPED';

/** Called by the controller's writes and requests, whose callers cannot import what comes after them. */
export interface ControllerHooks {
  onControllerMoved(turn: Turn): void;
  onReplicasDeleted(turn: Turn, broker: BrokerId, outcomes: readonly DeletionOutcome[]): void;
  onReplicasAnswered(turn: Turn, broker: BrokerId, found: AnsweredReplicas): void;
}

export interface Turn {
  /** A copy of the turn's own, which is nobody else's before it ends. */
  readonly broker: Broker;
  readonly now: VirtualTimeUs;
  /** What the wall clock shows: for dates and timestamps. */
  readonly clock: VirtualTimeUs;
  /** By the wall clock. */
  readonly nowMs: TimestampMs;
  readonly files: FileSystem;
  readonly host: HostCondition | undefined;
  readonly cause: FactId;
  readonly effects: KernelEffect[];
  /** Printed, and appended to server.log, at the end of the turn. */
  readonly lines: LogLine[];
  readonly moves: BrokerMove[];
  /** The array was copied in this turn and may be written to. */
  ownedPartitions: (HostedPartition | null)[] | null;
  /** The connection whose request is being handled; null once it has been answered. */
  handling: Socket | null;
  /** Connections whose request was answered in this turn, with others waiting. */
  readonly freed: Socket[];
  /** What other parts of the broker do when the controller finds out something. */
  readonly controllerHooks: ControllerHooks;
  /** The process ends with this code at the end of the turn; null: it goes on. */
  exitCode: number | null;
  /** The session with ZooKeeper is to be closed at the end of the turn. */
  closesZooKeeper: boolean;
  /** Something of the log directories changed: they are written at the end of the turn. */
  isDiskChanged: boolean;
  /** Log directories found unfit in this turn: given up at its end. */
  readonly failedDirs: FailedDir[];
}

/** A log directory that could not be written to, or read. */
export interface FailedDir {
  readonly path: string;
  readonly state: 'full' | 'failed';
}

export function beginTurn(
  broker: Broker,
  { now, files, cause, host }: Circumstances,
  controllerHooks: ControllerHooks,
): Turn {
  const clock = clockReading(now, host);
  return {
    broker: { ...broker },
    now,
    clock,
    nowMs: timestampMsAt(clock) as TimestampMs,
    files,
    host,
    cause,
    effects: [],
    lines: [],
    moves: [],
    ownedPartitions: null,
    handling: null,
    freed: [],
    exitCode: null,
    closesZooKeeper: false,
    controllerHooks,
    isDiskChanged: false,
    failedDirs: [],
  };
}

/** Replaces parts of the broker. */
export function update(turn: Turn, change: Partial<Broker>): void {
  Object.assign(turn.broker, change);
}

/** Replaces one partition; the array is copied at most once in a turn. */
export function putPartition(turn: Turn, partition: HostedPartition): void {
  setPartitionAt(turn, partition.index, partition);
}

export function setPartitionAt(turn: Turn, index: number, partition: HostedPartition | null): void {
  let owned = turn.ownedPartitions;
  if (owned === null) {
    owned = turn.broker.partitions.slice();
    turn.ownedPartitions = owned;
    update(turn, { partitions: owned });
  }
  if (isWritten(owned[index]?.log, partition?.log)) turn.isDiskChanged = true;
  owned[index] = partition;
}

/** Whether the files differ: the high watermark is in none of them. */
function isWritten(before: PartitionLog | null | undefined, after: PartitionLog | null | undefined): boolean {
  if (before === after) return false;
  if (before == null || after == null) return true;
  return (
    before.activeSegment !== after.activeSegment ||
    before.sealedSegments !== after.sealedSegments ||
    before.leaderEpochs !== after.leaderEpochs ||
    before.logStartOffset !== after.logStartOffset
  );
}

export function info(turn: Turn, text: string, logger: string): void {
  turn.lines.push({ level: 'INFO', text, logger });
}
export function warn(turn: Turn, text: string, logger: string, exception: readonly string[] = []): void {
  turn.lines.push({ level: 'WARN', text, logger, exception });
}
export function error(turn: Turn, text: string, logger: string, exception: readonly string[] = []): void {
  turn.lines.push({ level: 'ERROR', text, logger, exception });
}

export function tellFact<Name extends ClusterFactName>(turn: Turn, name: Name, detail: ClusterFacts[Name]): void {
  turn.effects.push(tell(name, detail));
}

/** Events that a broker's timers deliver to itself. */
export type BrokerTimer =
  | { readonly type: 'JVM_STARTED' }
  | { readonly type: 'ZOOKEEPER_CONNECTION_TIMED_OUT' }
  | { readonly type: 'OPERATIONS_EXPIRE' }
  | { readonly type: 'DISK_DONE' }
  | { readonly type: 'FETCH_AGAIN'; readonly leader: number }
  | { readonly type: 'NODE_TIMED_OUT'; readonly node: string }
  | { readonly type: 'NODE_RECONNECT'; readonly node: string }
  | { readonly type: 'CHECKPOINT_HIGH_WATERMARKS' }
  | { readonly type: 'CHECK_ISR' }
  | { readonly type: 'RETRY_CONTROLLED_SHUTDOWN' }
  | { readonly type: 'SCHEDULED'; readonly task: ScheduledTask };

/** Periodical tasks of `kafka-scheduler`, and those that a delay of the controller's calls for. */
export type ScheduledTask =
  | 'logRetention'
  | 'logFlushCheckpoint'
  | 'logStartCheckpoint'
  | 'deleteLogs'
  | 'cleanLogs'
  | 'autoLeaderRebalance'
  | 'retryAlterPartition'
  | 'expireProducers';

export function setTimer(turn: Turn, id: string, delayUs: number, event: BrokerTimer): void {
  turn.effects.push({ type: 'setTimer', params: { id, delayUs, event } });
}
export function cancelTimer(turn: Turn, id: string): void {
  turn.effects.push({ type: 'cancelTimer', params: { id } });
}
