/**
 * The end of a start that failed.
 *
 * Follows the `catch` of `kafka.server.KafkaServer#startup` and `kafka.Kafka#main` (3.9.0).
 */
import { error, info, type Turn, update } from './turn.ts';

const LOGGER = 'kafka.server.KafkaServer';

/** `[KafkaServer id=0] `, once the id is certain. */
export const logIdent = ({ broker }: Turn): string =>
  broker.isIdentified ? `[KafkaServer id=${broker.brokerId}] ` : '';

/** The start has failed: says why, lets go of what it had, ends with code 1. */
export function failStartup(
  turn: Turn,
  exception: readonly string[],
  { hasSocketServer = false }: { readonly hasSocketServer?: boolean } = {},
): void {
  const ident = logIdent(turn);
  error(turn, `${ident}Fatal error during KafkaServer startup. Prepare to shutdown`, LOGGER, exception);
  info(turn, `${ident}shutting down`, LOGGER);
  if (hasSocketServer) {
    const nothing =
      'Cannot invoke "java.nio.channels.ServerSocketChannel.close()" because the return value of "kafka.network.Acceptor.serverChannel()" is null';
    error(turn, nothing, 'kafka.network.DataPlaneAcceptor', [`java.lang.NullPointerException: ${nothing}`]);
  }
  update(turn, { stopping: { step: 'failed', exception } });
  turn.moves.push('SHUTTING_DOWN');
  turn.closesZooKeeper = true;
}

/** ZooKeeper is let go after a start that failed. */
export function finishFailedStart(turn: Turn, exception: readonly string[]): void {
  const ident = logIdent(turn);
  info(turn, `${ident}shut down completed`, LOGGER);
  error(turn, 'Exiting Kafka due to fatal exception during startup.', 'kafka.Kafka$', exception);
  info(turn, `${ident}shutting down`, LOGGER);
  turn.exitCode = 1;
}
