/** What ZooKeeper's client library logs (`ClientCnxn`, `ZooKeeper`, 3.8.4), for the process that embeds it to print. */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import type { SessionId } from '../protocol/zookeeper.ts';
import type { ZkAddress } from './connectString.ts';
import { isResolvable, printAddress } from './connectString.ts';
import type { LogLine } from './logLine.ts';

const clientCnxn = 'org.apache.zookeeper.ClientCnxn';
const info = (text: string, logger = clientCnxn): LogLine => ({ level: 'INFO', text, logger });

/** Why a connection ended, or never began. */
export type ConnectionFailure =
  | 'connectionRefused'
  | 'endOfStream'
  | 'unresolved'
  | { readonly kind: 'timedOut'; readonly idleMs: number }
  | 'sessionExpired';

export const openingConnection = (server: ZkAddress): LogLine =>
  info(`Opening socket connection to server ${printAddress(server)}.`);

export const connectionEstablished = (server: ZkAddress, process: ProcessId, socket: Socket): LogLine =>
  info(
    `Socket connection established, initiating session, client: /127.0.0.1:${clientPort(process, socket)}, server: ${printAddress(server)}`,
  );

export const sessionEstablished = (server: ZkAddress, session: SessionId, timeoutMs: number): LogLine =>
  info(
    `Session establishment complete on server ${printAddress(server)}, session id = ${session}, negotiated timeout = ${timeoutMs}`,
  );

export const sessionClosed = (session: SessionId): readonly LogLine[] => [
  info(`Session: ${session} closed`, 'org.apache.zookeeper.ZooKeeper'),
  eventThreadShutDown(session),
];

export const eventThreadShutDown = (session: SessionId): LogLine =>
  info(`EventThread shut down for session: ${session}`);

/** The warning of every lost connection, with its exception. */
export function connectionClosed(
  server: ZkAddress,
  session: SessionId,
  failure: ConnectionFailure,
): readonly LogLine[] {
  const reason = messageOf(failure, session);
  const warning: LogLine = {
    level: 'WARN',
    text: `Session ${session} for server ${printAddress(server)}, Closing socket connection. Attempting reconnect except it is a SessionExpiredException.`,
    logger: clientCnxn,
    exception: exceptionOf(failure, server, reason),
  };
  if (failure === 'unresolved') return [unresolvedAddress(server), warning];
  return reason === '' || failure === 'endOfStream'
    ? [warning]
    : [{ level: 'WARN', text: reason, logger: clientCnxn }, warning];
}

function messageOf(failure: ConnectionFailure, session: SessionId): string {
  if (failure === 'endOfStream')
    return `Unable to read additional data from server sessionid ${session}, likely server has closed socket`;
  if (failure === 'sessionExpired') return `Unable to reconnect to ZooKeeper service, session ${session} has expired`;
  if (typeof failure === 'object')
    return `Client session timed out, have not heard from server in ${failure.idleMs}ms for session id ${session}`;
  return '';
}

function exceptionOf(failure: ConnectionFailure, server: ZkAddress, reason: string): readonly string[] {
  const transport = [
    '\tat org.apache.zookeeper.ClientCnxnSocketNIO.doTransport(ClientCnxnSocketNIO.java:350)',
    '\tat org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1289)',
  ];
  if (failure === 'connectionRefused')
    return [
      'java.net.ConnectException: Connection refused',
      '\tat java.base/sun.nio.ch.Net.pollConnect(Native Method)',
      '\tat java.base/sun.nio.ch.Net.pollConnectNow(Net.java:672)',
      '\tat java.base/sun.nio.ch.SocketChannelImpl.finishConnect(SocketChannelImpl.java:946)',
      '\tat org.apache.zookeeper.ClientCnxnSocketNIO.doTransport(ClientCnxnSocketNIO.java:344)',
      '\tat org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1289)',
    ];
  if (failure === 'endOfStream')
    return [
      `EndOfStreamException: ${reason}`,
      '\tat org.apache.zookeeper.ClientCnxnSocketNIO.doIO(ClientCnxnSocketNIO.java:76)',
      ...transport,
    ];
  if (failure === 'sessionExpired')
    return [
      `org.apache.zookeeper.ClientCnxn$SessionExpiredException: ${reason}`,
      '\tat org.apache.zookeeper.ClientCnxn$SendThread.onConnected(ClientCnxn.java:1439)',
      ...transport,
    ];
  if (failure === 'unresolved')
    return [
      `java.lang.IllegalArgumentException: Unable to canonicalize address ${printAddress(server)} because it's not resolvable`,
      '\tat org.apache.zookeeper.SaslServerPrincipal.getServerPrincipal(SaslServerPrincipal.java:78)',
      '\tat org.apache.zookeeper.ClientCnxn$SendThread.startConnect(ClientCnxn.java:1157)',
      '\tat org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1204)',
    ];
  return [
    `org.apache.zookeeper.ClientCnxn$SessionTimeoutException: ${reason}`,
    '\tat org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1257)',
  ];
}

const unresolvedAddress = (server: ZkAddress): LogLine => ({
  level: 'ERROR',
  text: `Unable to resolve address: ${printAddress(server)}`,
  logger: 'org.apache.zookeeper.client.StaticHostProvider',
  exception: [
    isResolvable(server) ? '' : `java.net.UnknownHostException: ${server.host}: Name or service not known`,
    '\tat java.base/java.net.InetAddress.getAllByName(InetAddress.java:1529)',
    '\tat org.apache.zookeeper.client.StaticHostProvider.resolve(StaticHostProvider.java:155)',
  ],
});

/** A port of Linux's ephemeral range; other than the process's and the socket's there is none to tell. */
export const clientPort = (process: ProcessId, socket: Socket): number => 32_768 + ((process * 977 + socket) % 28_000);
