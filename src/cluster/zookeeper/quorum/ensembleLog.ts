/** What a member of an ensemble logs as it votes, leads and follows (3.8.4, with Kafka's `log4j.properties`). */
import type { Socket } from '../../../kernel/events.ts';
import type { SessionId, Zxid } from '../../protocol/zookeeper.ts';
import { hexOfZxid } from '../../protocol/zookeeper.ts';
import type { LogLine } from '../logLine.ts';
import type { QuorumServer } from '../serverConfig.ts';
import type { Notification } from './fastLeaderElection.ts';
import type { PeerState } from './quorumMessages.ts';

/** `short` is the class below `org.apache.zookeeper.server.quorum`. */
const line = (level: LogLine['level'], text: string, short: string, ...exception: readonly string[]): LogLine => ({
  level,
  text,
  logger: `org.apache.zookeeper.server.quorum.${short}`,
  ...(exception.length === 0 ? {} : { exception }),
});
const info = (text: string, short: string): LogLine => line('INFO', text, short);
const warn = (text: string, short: string, ...exception: readonly string[]): LogLine =>
  line('WARN', text, short, ...exception);

const peer = 'QuorumPeer';
const election = 'FastLeaderElection';
const connections = 'QuorumCnxManager';
const addressOf = (host: string, port: number): string => `${host}/127.0.0.1:${port}`;

export const looking = info('LOOKING', peer);
export const entering = (state: PeerState): LogLine => info(state, peer);
export const peerStateChanged = (detail: string): LogLine => info(`Peer state changed: ${detail}`, peer);
export const electionTook = (state: 'LEADING' | 'FOLLOWING', tookMs: number): LogLine =>
  info(`${state} - LEADER ELECTION TOOK - ${tookMs} MS`, state === 'LEADING' ? 'Leader' : 'Follower');
export const epochNotFound = (file: 'currentEpoch' | 'acceptedEpoch', epoch: number): LogLine =>
  info(
    `${file} not found! Creating with a reasonable default of ${epoch}. This should only happen when you are upgrading your installation`,
    peer,
  );

export const acceptingConnections = (sid: number, server: QuorumServer): LogLine =>
  info(
    `${sid} is accepting connections now, my election bind port: ${addressOf(server.host, server.electionPort)}`,
    connections,
  );
export const electionPortTaken = (server: QuorumServer): LogLine =>
  line(
    'ERROR',
    `Exception while listening to address ${addressOf(server.host, server.electionPort)}`,
    connections,
    'java.net.BindException: Address already in use (Bind failed)',
  );
export const electionConnectionReceived = (_sid: number, socket: Socket): LogLine =>
  info(`Received connection request from /127.0.0.1:${socket}`, connections);
export const smallerIdentifier = (own: number, sid: number): LogLine =>
  info(`Have smaller server identifier, so dropping the connection: (myId:${own} --> sid:${sid})`, connections);
export const cannotOpenChannel = ({ id, host, electionPort }: QuorumServer): LogLine =>
  warn(
    `Cannot open channel to ${id} at election address ${addressOf(host, electionPort)}`,
    connections,
    'java.net.ConnectException: Connection refused',
  );
export const connectionBroken = (sid: number, own: number): readonly LogLine[] => [
  warn(`Connection broken for id ${sid}, my id = ${own}`, connections, 'java.io.EOFException'),
  warn(`Interrupting SendWorker thread from RecvWorker. sid: ${sid}. myId: ${own}`, connections),
  warn(`Send worker leaving thread id ${sid} my id = ${own}`, connections),
];

export const newElection = (sid: number, zxid: Zxid): LogLine =>
  info(`New election. My id = ${sid}, proposed zxid=${hexOfZxid(zxid)}`, election);
export const notification = (own: PeerState, { sid, state, vote }: Notification): LogLine => {
  const { leader, electionEpoch, peerEpoch, zxid } = vote;
  const [round, epoch] = [electionEpoch.toString(16), peerEpoch.toString(16)];
  return info(
    `Notification: my state:${own}; n.sid:${sid}, n.state:${state}, n.leader:${leader}, n.round:0x${round}, n.peerEpoch:0x${epoch}, n.zxid:${hexOfZxid(zxid)}, message format version:0x2, n.config version:0x0`,
    election,
  );
};
export const notificationTimeOut = (patienceMs: number): LogLine =>
  info(`Notification time out: ${patienceMs} ms`, election);

export const learnerInfo = ({ id, host, quorumPort, electionPort }: QuorumServer): LogLine =>
  info(`Follower sid: ${id} : info : ${host}:${quorumPort}:${electionPort}:participant`, 'LearnerHandler');
export const synchronizing = (
  sid: number,
  zxids: { readonly most: Zxid; readonly least: Zxid; readonly last: Zxid; readonly peer: Zxid },
): LogLine =>
  info(
    `Synchronizing with Learner sid: ${sid} maxCommittedLog=${hexOfZxid(zxids.most)} minCommittedLog=${hexOfZxid(zxids.least)} lastProcessedZxid=${hexOfZxid(zxids.last)} peerLastZxid=${hexOfZxid(zxids.peer)}`,
    'LearnerHandler',
  );
export const sendingDiff = (sid: number, zxid: Zxid): LogLine =>
  info(`Sending DIFF zxid=${hexOfZxid(zxid)} for peer sid: ${sid}`, 'LearnerHandler');
export const sendingTruncation = (sid: number, zxid: Zxid): LogLine =>
  info(`Sending TRUNC zxid=${hexOfZxid(zxid)}  for peer sid: ${sid}`, 'LearnerHandler');
export const sendingSnapshot = (peerZxid: Zxid, leaderZxid: Zxid, sent: Zxid): LogLine =>
  info(
    `Sending snapshot last zxid of peer is ${hexOfZxid(peerZxid)}, zxid of leader is ${hexOfZxid(leaderZxid)}, send zxid of db as ${hexOfZxid(sent)}, 1 concurrent snapshot sync, snapshot sync was exempt from throttle`,
    'LearnerHandler',
  );
export const learnerFailed = (exception: string): LogLine =>
  line('ERROR', 'Unexpected exception in LearnerHandler: ', 'LearnerHandler', exception);
export const learnerGone = (sid: number): LogLine =>
  warn(`******* GOODBYE /127.0.0.1 (sid:${sid}) ********`, 'LearnerHandler');

const sidLists = (sids: Iterable<number>): string => {
  const list = `[${[...sids].sort((a, b) => a - b).join(', ')}]`;
  // Once for the configuration in force, once for the same one that the leader proposes.
  return `${list},${list}`;
};
export const haveQuorum = (sids: Iterable<number>, zxid: Zxid): LogLine =>
  info(
    `Have quorum of supporters, sids: [${sidLists(sids)}]; starting up and setting last processed zxid: ${hexOfZxid(zxid)}`,
    'Leader',
  );
export const processorStarted = (sid: number): LogLine => ({
  ...info(`PrepRequestProcessor (sid:${sid}) started, reconfigEnabled=false`, ''),
  logger: 'org.apache.zookeeper.server.PrepRequestProcessor',
});
export const leaderShutDown = (reason: string): readonly LogLine[] => [
  info('Shutting down', 'Leader'),
  info(`Shutdown called. For the reason ${reason}`, 'Leader'),
];
export const notEnoughFollowers = (sids: Iterable<number>): string =>
  `Not sufficient followers synced, only synced with sids: [ ${sidLists(sids)} ]`;
export const leadingFailed = (exception: string): LogLine => warn('Unexpected exception', peer, exception);
export const backToLooking = warn('PeerState set to LOOKING', peer);

export const cannotReachLeader = (tries: number, remainingMs: number, { host, quorumPort }: QuorumServer): LogLine =>
  warn(
    `Unexpected exception, tries=${tries}, remaining init limit=${remainingMs}, connecting to ${addressOf(host, quorumPort)}`,
    'Learner',
    'java.net.ConnectException: Connection refused',
  );
export const connectedToLeader = ({ host, quorumPort }: QuorumServer): LogLine =>
  info(`Successfully connected to leader, using address: ${addressOf(host, quorumPort)}`, 'Learner');
export const gettingDiff = (zxid: Zxid): LogLine =>
  info(`Getting a diff from the leader ${hexOfZxid(zxid)}`, 'Learner');
export const gettingSnapshot = (zxid: Zxid): LogLine =>
  info(`Getting a snapshot from leader ${hexOfZxid(zxid)}`, 'Learner');
export const truncating = (zxid: Zxid): LogLine =>
  warn(`Truncating log to get in sync with the leader ${hexOfZxid(zxid)}`, 'Learner');
export const cannotTruncate = (zxid: Zxid): LogLine =>
  line('ERROR', `Not able to truncate the log ${hexOfZxid(zxid)}`, 'Learner');
export const newLeaderReceived = info('Learner received NEWLEADER message', 'Learner');
export const upToDate = info('Learner received UPTODATE message', 'Learner');
export const followingFailed = (exception: string): LogLine =>
  warn('Exception when following the leader', 'Follower', exception);
export const leaderLeft = ({ host, quorumPort }: QuorumServer, connectedForMs: number, wasSynced: boolean): LogLine =>
  info(
    `Disconnected from leader (with address: ${addressOf(host, quorumPort)}). Was connected for ${connectedForMs}ms. Sync state: ${wasSynced}`,
    'Follower',
  );
export const followerShutDown = info('shutdown Follower', 'Follower');
export const committingSession = (
  session: SessionId,
  short: 'LeaderSessionTracker' | 'LearnerSessionTracker',
): LogLine => info(`Committing global session ${session}`, short);
export const revalidating = (session: SessionId): LogLine => info(`Revalidating client: ${session}`, 'Learner');
