/** What a server logs of its disk: slow, full, failed. Follows `FileTxnLog`, `SyncRequestProcessor`, `ZooKeeperServerMain` (3.8.4). */
import type { DiskCondition } from '../../kernel/host.ts';
import type { LogLine } from './logLine.ts';

/** `fsync.warningthresholdms` */
export const fsyncWarningThresholdMs = 1000;
/** A log file is 64 MiB from the beginning, behind its header. */
const fileSize = 64 * 1024 * 1024 + 16;

const line = (level: LogLine['level'], text: string, short: string, exception: readonly string[] = []): LogLine => ({
  level,
  text,
  logger: `org.apache.zookeeper.${short}`,
  exception,
});

const exceptions = {
  full: 'java.io.IOException: No space left on device',
  failed: 'java.io.IOException: Input/output error',
} as const;

export const slowFsync = (serverId: number, tookMs: number): LogLine =>
  line(
    'WARN',
    `fsync-ing the write ahead log in SyncThread:${serverId} took ${tookMs}ms which will adversely effect operation latency.` +
      `File size is ${fileSize} bytes. See the ZooKeeper troubleshooting guide`,
    'server.persistence.FileTxnLog',
  );

/** A transaction cannot be written: the server goes down. */
export function diskFailed(
  state: Exclude<DiskCondition['state'], 'sound'>,
  { serverId, isMember }: { readonly serverId: number; readonly isMember: boolean },
): readonly LogLine[] {
  const thread = `SyncThread:${serverId}`;
  const exception = [exceptions[state]];
  const server = 'server.ZooKeeperServer';
  const down = [
    line('ERROR', `Severe unrecoverable error, from thread : ${thread}`, 'server.ZooKeeperCriticalThread', exception),
    line('INFO', `Thread ${thread} exits, error code 1`, 'server.ZooKeeperServerListenerImpl'),
    line('INFO', 'SyncRequestProcessor exited!', 'server.SyncRequestProcessor'),
  ];
  if (isMember) return [...down, line('INFO', 'shutting down', server)];
  return [
    ...down,
    line('INFO', 'ConnnectionExpirerThread interrupted', 'server.NIOServerCnxnFactory'),
    line('INFO', 'accept thread exitted run method', 'server.NIOServerCnxnFactory'),
    line('INFO', 'selector thread exitted run method', 'server.NIOServerCnxnFactory'),
    line('INFO', 'shutting down', server),
    line('INFO', 'Shutting down', 'server.RequestThrottler'),
    line('INFO', 'Draining request throttler queue', 'server.RequestThrottler'),
    line('INFO', 'RequestThrottler shutdown. Dropped 0 requests', 'server.RequestThrottler'),
    line('INFO', 'Shutting down', 'server.SessionTrackerImpl'),
    line('INFO', 'Shutting down', 'server.PrepRequestProcessor'),
    line('INFO', 'Shutting down', 'server.SyncRequestProcessor'),
    line('INFO', 'PrepRequestProcessor exited loop!', 'server.PrepRequestProcessor'),
    line('WARN', 'Got IO exception during shutdown', 'server.SyncRequestProcessor'),
    line('INFO', 'shutdown of request processor complete', 'server.FinalRequestProcessor'),
    line('ERROR', 'Last transaction was partial.', 'server.persistence.Util'),
    ...endsAbnormally(state),
  ];
}

export const endsAbnormally = (state: Exclude<DiskCondition['state'], 'sound'>): readonly LogLine[] => [
  line('ERROR', 'Unexpected exception, exiting abnormally', 'server.ZooKeeperServerMain', [exceptions[state]]),
  line('ERROR', 'Exiting JVM with code 1', 'util.ServiceUtils'),
];

/** The snapshot that is taken at a start cannot be written: exit code 10. */
export const snapshotRefused: readonly LogLine[] = [
  line('ERROR', 'Severe unrecoverable error, exiting', 'server.ZooKeeperServer', [exceptions.full]),
  line('ERROR', 'Exiting JVM with code 10', 'util.ServiceUtils'),
];
