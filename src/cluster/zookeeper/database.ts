/**
 * What a server knows and keeps on disk: the tree, the sessions, the last transaction, and the files that hold them. A restarted server
 * reads all of it back. Follows `org.apache.zookeeper.server.ZKDatabase` and `persistence.FileTxnSnapLog` (3.8.4).
 */
import type { SessionId, ZkResult, Zxid } from '../protocol/zookeeper.ts';
import { noZxid } from '../protocol/zookeeper.ts';
import type { Txn, WatchTrigger } from './transaction.ts';
import { applyTransaction } from './transaction.ts';
import type { ZnodeTree } from './znodeTree.ts';
import { initialTree } from './znodeTree.ts';

export interface ZkDatabase {
  readonly tree: ZnodeTree;
  /** Negotiated timeouts in milliseconds. */
  readonly sessions: ReadonlyMap<SessionId, number>;
  readonly lastZxid: Zxid;
  /** Snapshots taken, oldest first: each start takes one. */
  readonly snapshots: readonly { readonly zxid: Zxid; readonly sizeInBytes: number }[];
  /** Transaction logs by their first zxid, oldest first: each start opens one with its first transaction. */
  readonly logs: readonly Zxid[];
}

export const emptyDatabase: ZkDatabase = {
  tree: initialTree,
  sessions: new Map(),
  lastZxid: noZxid,
  snapshots: [],
  logs: [],
};

/** The transaction as part of the database; its zxid is the next one. */
export function commitTransaction(
  database: ZkDatabase,
  txn: Txn,
): { readonly database: ZkDatabase; readonly result: ZkResult; readonly triggers: readonly WatchTrigger[] } {
  const { tree, result, triggers } = applyTransaction(database.tree, txn);
  return {
    database: { ...database, tree, lastZxid: txn.zxid, sessions: sessionsAfter(database.sessions, txn) },
    result,
    triggers,
  };
}

function sessionsAfter(sessions: ZkDatabase['sessions'], { session, body }: Txn): ZkDatabase['sessions'] {
  if (body.kind === 'createSession') return new Map(sessions).set(session, body.timeoutMs);
  if (body.kind !== 'closeSession') return sessions;
  const rest = new Map(sessions);
  rest.delete(session);
  return rest;
}

export const nextZxid = ({ lastZxid }: ZkDatabase): Zxid => (lastZxid + 1) as Zxid;

/** A snapshot of the present state is written; a later start reads from it on. */
export const takeSnapshot = (database: ZkDatabase, sizeInBytes: number): ZkDatabase => ({
  ...database,
  snapshots: [
    ...database.snapshots.filter(({ zxid }) => zxid !== database.lastZxid),
    { zxid: database.lastZxid, sizeInBytes },
  ],
});

/** A new log file begins with this transaction. */
export const openLog = (database: ZkDatabase, firstZxid: Zxid): ZkDatabase => ({
  ...database,
  logs: [...database.logs, firstZxid],
});
