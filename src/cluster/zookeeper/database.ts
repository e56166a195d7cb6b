/**
 * What a server knows and keeps on disk: the tree, the sessions, the last transaction, and the files that hold them. A restarted server
 * reads all of it back. Follows `org.apache.zookeeper.server.ZKDatabase` and `persistence.FileTxnSnapLog` (3.8.4).
 */
import type { SessionId, ZkResult, Zxid } from '../protocol/zookeeper.ts';
import { noZxid } from '../protocol/zookeeper.ts';
import type { LoggedTxn, WatchTrigger } from './transaction.ts';
import { applyTransaction } from './transaction.ts';
import type { ZnodeTree } from './znodeTree.ts';
import { initialTree } from './znodeTree.ts';

interface DatabaseState {
  readonly tree: ZnodeTree;
  /** Negotiated timeouts in milliseconds. */
  readonly sessions: ReadonlyMap<SessionId, number>;
}

/** A state as it was written to a file. */
interface Snapshot extends DatabaseState {
  readonly zxid: Zxid;
  readonly sizeInBytes: number;
}

/** Applied transactions, the latest first. */
interface TxnLog {
  readonly txn: LoggedTxn;
  readonly previous: TxnLog | null;
}

export interface ZkDatabase extends DatabaseState {
  readonly lastZxid: Zxid;
  /** Snapshots taken, oldest first: each start takes one. */
  readonly snapshots: readonly Snapshot[];
  /** Transaction logs by their first zxid, oldest first: each start opens one with its first transaction. */
  readonly logs: readonly Zxid[];
  /** What the logs hold after `logStart`. */
  readonly applied: TxnLog | null;
  /** State of the latest snapshot that came from a leader: what had been logged before it does not lead there. */
  readonly logStart: Zxid;
  /** What the logs hold beyond `lastZxid`: not known to be committed yet. A restart takes it as if it were. */
  readonly logged: readonly LoggedTxn[];
  /** A member of an ensemble: `acceptedEpoch` and `currentEpoch`, which it keeps in files of these names. */
  readonly epochs: Epochs | null;
}
export interface Epochs {
  /** Of the last leader that was promised to be followed. */
  readonly accepted: number;
  /** Of the last leader that was followed. */
  readonly current: number;
}

export const emptyDatabase: ZkDatabase = {
  tree: initialTree,
  sessions: new Map(),
  lastZxid: noZxid,
  snapshots: [],
  logs: [],
  applied: null,
  logStart: noZxid,
  logged: [],
  epochs: null,
};

/** The transaction on disk, not applied yet. */
export const appendToLog = (database: ZkDatabase, txn: LoggedTxn): ZkDatabase => ({
  ...database,
  logged: [...database.logged, txn],
});

interface Committed {
  readonly database: ZkDatabase;
  readonly txn: LoggedTxn;
  readonly result: ZkResult;
  readonly triggers: readonly WatchTrigger[];
}

/** The first transaction of those that are only logged is applied; null without any. */
export function commitNext(database: ZkDatabase): Committed | null {
  const [txn, ...logged] = database.logged;
  if (txn === undefined) return null;
  const { tree, result, triggers } = applyTransaction(database.tree, txn);
  const committed: ZkDatabase = {
    ...database,
    tree,
    lastZxid: txn.zxid,
    sessions: sessionsAfter(database.sessions, txn),
    applied: { txn, previous: database.applied },
    logged,
  };
  return { database: committed, txn, result, triggers };
}

/** Everything logged is applied, as a restart does, and a server that loses its leader (`ZKDatabase#fastForwardDataBase`). */
export function fastForward(database: ZkDatabase): ZkDatabase {
  let current = database;
  for (let next = commitNext(current); next !== null; next = commitNext(current)) current = next.database;
  return current;
}

function sessionsAfter(sessions: ZkDatabase['sessions'], { session, body }: LoggedTxn): ZkDatabase['sessions'] {
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
    { zxid: database.lastZxid, sizeInBytes, tree: database.tree, sessions: database.sessions },
  ],
});

/** A new log file begins with this transaction. */
export const openLog = (database: ZkDatabase, firstZxid: Zxid): ZkDatabase => ({
  ...database,
  logs: [...database.logs.filter((zxid) => zxid !== firstZxid), firstZxid],
});

/** Transactions applied after that one, oldest first, at most the latest so many. */
export function appliedAfter({ applied }: ZkDatabase, after: Zxid, mostTxns = Infinity): readonly LoggedTxn[] {
  const txns: LoggedTxn[] = [];
  for (let log = applied; log !== null && log.txn.zxid > after && txns.length < mostTxns; log = log.previous)
    txns.push(log.txn);
  return txns.reverse();
}

/**
 * The database as it was after that transaction, later ones gone from the logs and the snapshots; null when no snapshot is old enough.
 * Follows `FileTxnSnapLog#truncateLog`.
 */
export function truncateDatabase(database: ZkDatabase, to: Zxid): ZkDatabase | null {
  const whole = fastForward(database);
  const snapshots = whole.snapshots.filter(({ zxid }) => zxid <= to);
  const base = snapshots.at(-1);
  if (base === undefined || base.zxid < whole.logStart) return null;
  const kept = appliedAfter(whole, base.zxid).filter(({ zxid }) => zxid <= to);
  let before = whole.applied;
  while (before !== null && before.txn.zxid > base.zxid) before = before.previous;
  const truncated = fastForward({
    ...whole,
    tree: base.tree,
    sessions: base.sessions,
    lastZxid: base.zxid,
    snapshots,
    logs: whole.logs.filter((first) => first <= to),
    applied: before,
    logged: kept,
  });
  return { ...truncated, lastZxid: to };
}

/** The state that a leader sent replaces all there was (`ZKDatabase#deserializeSnapshot`). */
export const replaceState = (database: ZkDatabase, state: DatabaseState, lastZxid: Zxid): ZkDatabase => ({
  ...database,
  ...state,
  lastZxid,
  applied: null,
  logStart: lastZxid,
  logged: [],
});
