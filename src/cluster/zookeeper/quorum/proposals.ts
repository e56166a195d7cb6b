/**
 * ZAB's broadcast at the leader: a request becomes a transaction on top of all that is proposed, goes to disk and to the followers, and is
 * committed, in order, once a majority has it. Follows `PrepRequestProcessor`, `Leader#propose` and `#tryToCommit` (3.8.4).
 */
import type { Socket } from '../../../kernel/events.ts';
import { timestampMsAt } from '../../../kernel/time.ts';
import type { SessionId, ZkErrorName, Zxid } from '../../protocol/zookeeper.ts';
import { noSession } from '../../protocol/zookeeper.ts';
import { answerSync, applyCommitted, finishRevalidation } from '../clientRequests.ts';
import type { RequestPath, Submission } from '../requestPath.ts';
import type { ServerTurn } from '../serverTurn.ts';
import { forgetSession, touchSession, trackSession } from '../sessionTracker.ts';
import { bodyOf } from '../submission.ts';
import type { LoggedTxn, TxnBody } from '../transaction.ts';
import { applyTransaction } from '../transaction.ts';
import * as log from './ensembleLog.ts';
import { forward, sendToLearner } from './learners.ts';
import { leadingOf, setLeading } from './leading.ts';
import { isQuorum } from './peerState.ts';
import { proposalSize } from './proposalSize.ts';

/** Proposes what a session asked for, through that server: `owner`. */
export function propose(turn: ServerTurn, submission: Submission, owner: number): void {
  const { session, cxid, request } = submission;
  const { lastProposed, preparedTree } = leadingOf(turn);
  const { tracker } = turn.serving;
  const stamp = { zxid: (lastProposed + 1) as Zxid, timeMs: timestampMsAt(turn.clock) };
  let body: TxnBody;
  if (request.op === 'createSession') {
    turn.serve({ tracker: trackSession(tracker, session, request.timeoutMs, turn.nowMs) });
    setOwner(turn, session, owner);
    body = bodyOf(preparedTree, submission, stamp);
  } else if (request.op === 'closeSession') {
    // What the session asks for after that is refused.
    turn.serve({ tracker: forgetSession(tracker, session) });
    body = bodyOf(preparedTree, submission, stamp);
  } else {
    const refused = refusal(turn, session, owner);
    body =
      refused === null ? bodyOf(preparedTree, submission, stamp) : { kind: 'error', error: refused, results: null };
  }
  const txn: LoggedTxn = { ...stamp, session, cxid, body };
  turn.writeToLog(txn);
  const size = proposalSize(txn);
  const { outstanding, proposalSizes } = leadingOf(turn);
  setLeading(turn, {
    lastProposed: txn.zxid,
    preparedTree: applyTransaction(preparedTree, txn).tree,
    outstanding: [...outstanding, { txn, acks: new Set([turn.config.serverId]) }],
    proposalSizes: {
      last: size,
      least: Math.min(size, proposalSizes?.least ?? size),
      most: Math.max(size, proposalSizes?.most ?? size),
    },
  });
  forward(turn, { protocol: 'zookeeperQuorum', kind: 'PROPOSAL', name: 'PROPOSAL', txn });
}

/** Why a request of the session is not done at all; null when it is (`SessionTrackerImpl#checkSession`). */
function refusal(turn: ServerTurn, session: SessionId, owner: number): ZkErrorName | null {
  // The server removes empty containers by itself.
  if (session === noSession) return null;
  if (!turn.serving.tracker.sessions.has(session)) return 'SESSIONEXPIRED';
  const known = leadingOf(turn).owners.get(session);
  if (known === undefined) setOwner(turn, session, owner);
  return known === undefined || known === owner ? null : 'SESSIONMOVED';
}

const setOwner = (turn: ServerTurn, session: SessionId, owner: number): void =>
  setLeading(turn, { owners: new Map(leadingOf(turn).owners).set(session, owner) });

/** A follower has a proposal on disk. */
export function acknowledgeProposal(turn: ServerTurn, sid: number, zxid: Zxid): void {
  const { outstanding } = leadingOf(turn);
  if (!outstanding.some(({ txn }) => txn.zxid === zxid)) return;
  setLeading(turn, {
    outstanding: outstanding.map((one) =>
      one.txn.zxid === zxid ? { ...one, acks: new Set([...one.acks, sid]) } : one,
    ),
  });
  commitInOrder(turn);
}

function commitInOrder(turn: ServerTurn): void {
  for (;;) {
    const [first, ...outstanding] = leadingOf(turn).outstanding;
    if (first === undefined || !isQuorum(turn.peer, first.acks)) return;
    setLeading(turn, { outstanding });
    const { txn } = first;
    forward(turn, { protocol: 'zookeeperQuorum', kind: 'COMMIT', name: 'COMMIT', zxid: txn.zxid });
    if (txn.body.kind === 'createSession') turn.log(log.committingSession(txn.session, 'LeaderSessionTracker'));
    applyCommitted(turn);
    if (txn.body.kind === 'closeSession') forgetOwner(turn, txn.session);
    answerSyncsAfter(turn, txn.zxid);
  }
}

function forgetOwner(turn: ServerTurn, session: SessionId): void {
  const owners = new Map(leadingOf(turn).owners);
  owners.delete(session);
  setLeading(turn, { owners });
}

/** A sync waits for all that is proposed now; `learner` null: of a client of the leader itself. */
export function syncAfterProposals(turn: ServerTurn, session: SessionId, cxid: number, learner: Socket | null): void {
  const { outstanding, pendingSyncs, lastProposed } = leadingOf(turn);
  const sync = { after: lastProposed, learner, session, cxid };
  if (outstanding.length > 0) return setLeading(turn, { pendingSyncs: [...pendingSyncs, sync] });
  finishSync(turn, sync);
}

function answerSyncsAfter(turn: ServerTurn, zxid: Zxid): void {
  const { pendingSyncs } = leadingOf(turn);
  if (pendingSyncs.length === 0) return;
  setLeading(turn, { pendingSyncs: pendingSyncs.filter(({ after }) => after > zxid) });
  for (const sync of pendingSyncs) if (sync.after <= zxid) finishSync(turn, sync);
}

function finishSync(
  turn: ServerTurn,
  { learner, session, cxid }: { readonly learner: Socket | null; readonly session: SessionId; readonly cxid: number },
): void {
  if (learner === null) answerSync(turn, session, cxid);
  else sendToLearner(turn, learner, { protocol: 'zookeeperQuorum', kind: 'SYNC', name: 'SYNC' });
}

/** A client takes up its session, through that server. */
export function revalidate(turn: ServerTurn, session: SessionId, timeoutMs: number, owner: number): boolean {
  const { tracker } = turn.serving;
  if (!tracker.sessions.has(session)) return false;
  turn.serve({ tracker: trackSession(tracker, session, timeoutMs, turn.nowMs) });
  setOwner(turn, session, owner);
  return true;
}

/** The leader's own clients. */
export const leaderPath: RequestPath = {
  mode: 'leader',
  submit: (turn, submission) => propose(turn, submission, turn.config.serverId),
  sync: (turn, session, cxid) => syncAfterProposals(turn, session, cxid, null),
  revalidate: (turn, socket, session, timeoutMs) =>
    finishRevalidation(turn, socket, revalidate(turn, session, timeoutMs, turn.config.serverId)),
  touch: (turn, session) => turn.serve({ tracker: touchSession(turn.serving.tracker, session, turn.nowMs) }),
};
