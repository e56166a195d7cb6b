/** The clients of a follower: it answers their reads, and passes on to the leader whatever changes something. Follows `FollowerRequestProcessor` and `Learner#validateSession` (3.8.4). */
import type { SessionId } from '../../protocol/zookeeper.ts';
import { answerSync, finishRevalidation } from '../clientRequests.ts';
import type { RequestPath } from '../requestPath.ts';
import type { ServerTurn } from '../serverTurn.ts';
import * as log from './ensembleLog.ts';
import { followingOf, sendToLeader, setFollowing } from './following.ts';

export const followerPath: RequestPath = {
  mode: 'follower',
  submit: (turn, submission) =>
    sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'REQUEST', name: 'REQUEST', ...submission }),
  sync(turn, session, cxid) {
    const { pendingSyncs } = followingOf(turn);
    setFollowing(turn, { pendingSyncs: [...pendingSyncs, { session, cxid }] });
    const request = { op: 'sync', path: '/' } as const;
    const asked = { session, identities: [], cxid, request };
    sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'REQUEST', name: 'REQUEST', ...asked });
  },
  revalidate(turn, _socket, session, timeoutMs) {
    turn.log(log.revalidating(session));
    sendToLeader(turn, { protocol: 'zookeeperQuorum', kind: 'REVALIDATE', name: 'REVALIDATE', session, timeoutMs });
  },
  touch(turn, session) {
    const timeoutMs = turn.serving.database.sessions.get(session) ?? 0;
    const { touched } = followingOf(turn);
    setFollowing(turn, { touched: new Map(touched).set(session, timeoutMs) });
  },
};

/** The leader knows whether a session lives that a client has brought here. */
export function hearRevalidation(turn: ServerTurn, session: SessionId, isValid: boolean): void {
  if (!turn.isServing) return;
  for (const [socket, { opening }] of turn.serving.connections)
    if (opening?.session === session && !opening.isNew) finishRevalidation(turn, socket, isValid);
}

/** All that the leader had proposed before the oldest sync has come by before this. */
export function hearSync(turn: ServerTurn): void {
  const [first, ...pendingSyncs] = followingOf(turn).pendingSyncs;
  if (first === undefined) return;
  setFollowing(turn, { pendingSyncs });
  answerSync(turn, first.session, first.cxid);
}
