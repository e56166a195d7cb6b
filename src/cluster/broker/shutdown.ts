/**
 * How a broker stops: it asks the controller to let it go, then closes everything, its session with ZooKeeper last.
 *
 * Follows `kafka.server.KafkaServer#shutdown` and `#controlledShutdown` (3.9.0).
 */
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import { ms } from '../../kernel/time.ts';
import { resign } from '../controller/election.ts';
import { stopEvents } from '../controller/eventManager.ts';
import type { ControlledShutdownResponse } from '../protocol/kafka/controlPlane.ts';
import { brokerBoolean, brokerNumber } from './brokerSettings.ts';
import { closeFetchers } from './fetcher.ts';
import { stopGroups } from './groupCoordination.ts';
import { stopTransactions } from './transactionCoordination.ts';
import { closeLogs } from './checkpoints.ts';
import { aliveBroker } from './metadataCache.ts';
import { closeLink, linkRequest, sendOver } from './nodeLinks.ts';
import { logIdent } from './failedStart.ts';
import { error, info, setTimer, tellFact, type Turn, update, warn } from './turn.ts';

const LOGGER = 'kafka.server.KafkaServer';

/** Ctrl-C, SIGTERM, SIGHUP. A second one changes nothing. */
export function onSignal(turn: Turn, signal: CaughtSignal): void {
  if (signal === 'SIGCONT' || signal === 'SIGPIPE') return;
  const { stopping, isServing, zk } = turn.broker;
  if (stopping.step !== 'no') return;
  const exitCode = exitCodeOf[signal];
  // Before its main class runs, the JVM itself catches the signal.
  if (zk.client === null) {
    turn.exitCode = exitCode;
    return;
  }
  info(turn, `Terminating process due to signal ${signal}`, 'org.apache.kafka.common.utils.LoggingSignalHandler');
  info(turn, `${logIdent(turn)}shutting down`, LOGGER);
  if (!isServing) {
    const exception = 'java.lang.IllegalStateException: Kafka server is still starting up, cannot shut down!';
    error(turn, `${logIdent(turn)}Fatal error during KafkaServer shutdown.`, LOGGER, [exception]);
    error(turn, 'Halting Kafka.', 'kafka.Kafka$', [exception]);
    turn.exitCode = 1;
    return;
  }
  tellFact(turn, 'brokerStopping', { broker: turn.broker.brokerId });
  if (!brokerBoolean(turn.broker.settings, 'controlled.shutdown.enable')) return close(turn, exitCode);
  turn.moves.push('SHUTDOWN_REQUESTED');
  info(turn, `${logIdent(turn)}Starting controlled shutdown`, LOGGER);
  const retriesLeft = brokerNumber(turn.broker.settings, 'controlled.shutdown.max.retries');
  update(turn, { stopping: { step: 'controlledShutdown', retriesLeft, exitCode } });
  attempt(turn);
}

const LINK = 'controlled-shutdown';

function attempt(turn: Turn): void {
  const { stopping, metadata, brokerId, brokerEpoch } = turn.broker;
  if (stopping.step !== 'controlledShutdown') return;
  update(turn, { stopping: { ...stopping, retriesLeft: stopping.retriesLeft - 1 } });
  const controller = metadata.controllerId === null ? undefined : aliveBroker(metadata, metadata.controllerId);
  if (controller === undefined) {
    info(turn, `${logIdent(turn)}No zk controller present in the metadata cache`, LOGGER);
    return settle(turn, null, turn.nowMs);
  }
  const sentAtMs = turn.nowMs;
  sendOver(
    turn,
    { name: LINK, port: controller.port, onLoss: 'fail' },
    linkRequest('ControlledShutdown', String(brokerId), { brokerId, brokerEpoch }, (later, response) =>
      settle(later, response, sentAtMs),
    ),
  );
}

function settle(turn: Turn, response: ControlledShutdownResponse | null, sentAtMs: number): void {
  const { stopping } = turn.broker;
  if (stopping.step !== 'controlledShutdown') return;
  const tookMs = turn.nowMs - sentAtMs;
  const ident = logIdent(turn);
  if (response?.errorCode === 'NONE' && response.remainingPartitions.length === 0) {
    info(turn, `${ident}Controlled shutdown request returned successfully after ${tookMs}ms`, LOGGER);
    return close(turn, stopping.exitCode);
  }
  if (response?.errorCode === 'NONE')
    info(
      turn,
      `${ident}Controlled shutdown request returned after ${tookMs}ms with ${response.remainingPartitions.length} partitions remaining to move`,
      LOGGER,
    );
  else if (response !== null)
    info(
      turn,
      `${ident}Controlled shutdown request returned after ${tookMs}ms with error ${response.errorCode}`,
      LOGGER,
    );
  if (stopping.retriesLeft > 0) {
    const backoffMs = brokerNumber(turn.broker.settings, 'controlled.shutdown.retry.backoff.ms');
    warn(turn, `${ident}Retrying controlled shutdown after the previous attempt failed...`, LOGGER);
    return setTimer(turn, 'controlled shutdown', ms(backoffMs), { type: 'RETRY_CONTROLLED_SHUTDOWN' });
  }
  warn(turn, `${ident}Proceeding to do an unclean shutdown as all the controlled shutdown attempts failed`, LOGGER);
  close(turn, stopping.exitCode);
}

export const retryControlledShutdown = (turn: Turn): void => attempt(turn);

/** No more requests; logs are flushed; the controller resigns; the session goes last. */
function close(turn: Turn, exitCode: number): void {
  const { settings } = turn.broker;
  turn.moves.push('SHUTTING_DOWN');
  update(turn, { isServing: false, stopping: { step: 'closing', exitCode } });
  turn.effects.push({ type: 'stopListening', params: { port: settings.listener.port } });
  stopTransactions(turn);
  stopGroups(turn);
  closeFetchers(turn);
  closeLink(turn, LINK);
  closeLogs(turn);
  stopEvents(turn);
  resign(turn);
  turn.closesZooKeeper = true;
}

/** The session is closed: the end. */
export function finishShutdown(turn: Turn, exitCode: number): void {
  info(turn, `${logIdent(turn)}shut down completed`, LOGGER);
  turn.moves.push('STOPPED');
  turn.exitCode = exitCode;
}
