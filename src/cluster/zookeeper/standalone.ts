/** A server alone: every request is a transaction at once. Follows `ZooKeeperServer#setupRequestProcessors` (3.8.4). */
import { timestampMsAt } from '../../kernel/time.ts';
import { answerSync, applyCommitted, finishRevalidation } from './clientRequests.ts';
import { nextZxid } from './database.ts';
import type { RequestPath } from './requestPath.ts';
import { forgetSession, touchSession, trackSession } from './sessionTracker.ts';
import { bodyOf } from './submission.ts';

export const standalonePath: RequestPath = {
  mode: 'standalone',
  submit(turn, submission) {
    const { session, cxid, request } = submission;
    const { database, tracker } = turn.serving;
    const stamp = { zxid: nextZxid(database), timeMs: timestampMsAt(turn.clock) };
    if (request.op === 'createSession')
      turn.serve({ tracker: trackSession(tracker, session, request.timeoutMs, turn.nowMs) });
    else if (request.op === 'closeSession') turn.serve({ tracker: forgetSession(tracker, session) });
    turn.writeToLog({ ...stamp, session, cxid, body: bodyOf(database.tree, submission, stamp) });
    applyCommitted(turn);
  },
  sync: answerSync,
  revalidate(turn, socket, session, timeoutMs) {
    const { tracker } = turn.serving;
    const isValid = tracker.sessions.has(session);
    if (isValid) turn.serve({ tracker: trackSession(tracker, session, timeoutMs, turn.nowMs) });
    finishRevalidation(turn, socket, isValid);
  },
  touch(turn, session) {
    turn.serve({ tracker: touchSession(turn.serving.tracker, session, turn.nowMs) });
  },
};
