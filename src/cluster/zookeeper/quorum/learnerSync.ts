/**
 * How a leader brings a learner up to date: with what it lacks (DIFF), by cutting off what nobody else has (TRUNC), or with everything
 * (SNAP). Follows `org.apache.zookeeper.server.quorum.LearnerHandler#syncFollower` (3.8.4).
 */
import type { Zxid } from '../../protocol/zookeeper.ts';
import type { ZkDatabase } from '../database.ts';
import { appliedAfter } from '../database.ts';
import type { LoggedTxn } from '../transaction.ts';
import { counterOfZxid, epochOfZxid } from './quorumMessages.ts';

/** What the leader sends first, and the committed transactions that follow. */
export interface SyncPlan {
  readonly kind: 'DIFF' | 'TRUNC' | 'SNAP';
  /** With SNAP: of the state that is sent. */
  readonly zxid: Zxid;
  readonly proposals: readonly LoggedTxn[];
  /** What the learner has then: later proposals are to be forwarded. */
  readonly upTo: Zxid;
}

/** So many committed transactions are kept in memory (`zookeeper.commitLogCount`). */
const commitLogCount = 500;

/** Transactions in memory, oldest first: those since the snapshot that was read, at most 500. */
export const committedLogOf = (database: ZkDatabase, committedAfter: Zxid): readonly LoggedTxn[] =>
  appliedAfter(database, committedAfter, commitLogCount);

export function planSync(peerZxid: Zxid, database: ZkDatabase, committedAfter: Zxid): SyncPlan {
  const { lastZxid } = database;
  const committed = committedLogOf(database, committedAfter);
  const least = committed[0]?.zxid ?? lastZxid;
  const most = committed.at(-1)?.zxid ?? lastZxid;
  const snapshot: SyncPlan = { kind: 'SNAP', zxid: lastZxid, proposals: [], upTo: lastZxid };
  if (lastZxid === peerZxid) return { kind: 'DIFF', zxid: peerZxid, proposals: [], upTo: peerZxid };
  if (peerZxid > most && counterOfZxid(peerZxid) !== 0) return { kind: 'TRUNC', zxid: most, proposals: [], upTo: most };
  if (most >= peerZxid && least <= peerZxid) return queueProposals(committed, peerZxid, most, null) ?? snapshot;
  if (peerZxid < least) {
    const logged = transactionLog(database, peerZxid);
    const plan = logged === null ? null : queueProposals(logged, peerZxid, most, least);
    // A gap between the log on disk and the memory.
    if (plan === null || plan.upTo < least) return snapshot;
    const rest = committed.filter(({ zxid }) => zxid > plan.upTo);
    return { ...plan, proposals: [...plan.proposals, ...rest], upTo: rest.at(-1)?.zxid ?? plan.upTo };
  }
  return snapshot;
}

/**
 * The transactions on disk, from a file on that begins before the learner's last one; null when that is not the newest file: files are
 * 64 MiB long, and what is longer than a third of a snapshot is not worth reading.
 */
function transactionLog(database: ZkDatabase, peerZxid: Zxid): readonly LoggedTxn[] | null {
  const newest = database.logs.at(-1);
  if (newest === undefined || newest > peerZxid || newest <= database.logStart) return null;
  return appliedAfter(database, (newest - 1) as Zxid);
}

/** Null when the learner's history leaves this one in another epoch: it cannot be cut there (`queueCommittedProposals`). */
function queueProposals(
  history: readonly LoggedTxn[],
  peerZxid: Zxid,
  most: Zxid,
  notAfter: Zxid | null,
): SyncPlan | null {
  const isNewEpoch = counterOfZxid(peerZxid) === 0;
  const known = history.filter(({ zxid }) => notAfter === null || zxid <= notAfter);
  const proposals = known.filter(({ zxid }) => zxid > peerZxid);
  const upTo = proposals.at(-1)?.zxid ?? peerZxid;
  const diff: SyncPlan = { kind: 'DIFF', zxid: most, proposals, upTo };
  if (isNewEpoch || known.some(({ zxid }) => zxid === peerZxid)) return diff;
  const [next] = proposals;
  if (next === undefined || epochOfZxid(next.zxid) !== epochOfZxid(peerZxid)) return null;
  const before = known.filter(({ zxid }) => zxid < peerZxid).at(-1);
  return before === undefined ? null : { ...diff, kind: 'TRUNC', zxid: before.zxid };
}
