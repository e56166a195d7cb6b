/** What a member of an ensemble knows beyond what it serves: its votes, its connections to the others, its leader or its learners. */
import type { Socket } from '../../../kernel/events.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { SessionId, Zxid } from '../../protocol/zookeeper.ts';
import type { ZkDatabase } from '../database.ts';
import type { QuorumServer, ZkServerConfig } from '../serverConfig.ts';
import type { LoggedTxn } from '../transaction.ts';
import type { ZnodeTree } from '../znodeTree.ts';
import type { ElectionMessage, PeerState, Vote } from './quorumMessages.ts';

/** `QuorumPeer`. */
export interface QuorumPeer {
  readonly config: ZkServerConfig;
  /** Up to date while the server does not serve; then `Serving` has it. */
  readonly database: ZkDatabase;
  readonly isLogOpen: boolean;
  /** The transactions after this one are kept at hand for learners (`ZKDatabase#committedLog`). */
  readonly committedAfter: Zxid;
  /** Rounds of voting so far (`FastLeaderElection#logicalclock`). */
  readonly logicalClock: number;
  /** Whom it votes for, or follows; its own number before it first votes. */
  readonly currentVote: Vote;
  readonly links: ElectionLinks;
  /** Number of the next socket it opens. */
  readonly nextSocket: number;
  /** Exactly one of these is not null once the server is a peer. */
  readonly election: Election | null;
  readonly leading: Leading | null;
  readonly following: Following | null;
}

export const peerStateOf = ({ leading, following }: QuorumPeer): PeerState =>
  leading !== null ? 'LEADING' : following !== null ? 'FOLLOWING' : 'LOOKING';

/** The member of that number, if it is one. */
export const serverOf = ({ config }: QuorumPeer, sid: number): QuorumServer | undefined =>
  config.servers.find(({ id }) => id === sid);

/** `QuorumMaj`: more than half of all that are configured. */
export const isQuorum = ({ config }: QuorumPeer, sids: Iterable<number>): boolean =>
  new Set(sids).size > config.servers.length / 2;

/** A round of voting under way (`FastLeaderElection#lookForLeader`). */
export interface Election {
  readonly startedAt: VirtualTimeUs;
  readonly proposal: Omit<Vote, 'electionEpoch'>;
  /** Votes of this round by voter. */
  readonly received: ReadonlyMap<number, CountedVote>;
  /** What those say who follow or lead already. */
  readonly outOfElection: ReadonlyMap<number, CountedVote>;
  /** A majority agrees: the vote is done unless a better one comes within 200 ms. */
  readonly isFinalizing: boolean;
  /** How long it waits for votes before it sends its own again. */
  readonly patienceMs: number;
}
export interface CountedVote {
  readonly vote: Vote;
  readonly state: PeerState;
}

/** Connections between election ports: one for each pair of servers, opened by the one of the greater number (`QuorumCnxManager`). */
export interface ElectionLinks {
  /** By server. */
  readonly open: ReadonlyMap<number, Socket>;
  /** By server; another attempt waits until this one has failed or is 5 s old. */
  readonly connecting: ReadonlyMap<number, { readonly socket: Socket; readonly since: VirtualTimeUs }>;
  /** Accepted, and not known yet whose it is. */
  readonly unidentified: ReadonlySet<Socket>;
  /** The latest message to each server that waits for a connection; null: sent. A newer one replaces it. */
  readonly queued: ReadonlyMap<number, ElectionMessage | null>;
  readonly lastSent: ReadonlyMap<number, ElectionMessage>;
}
export const noLinks: ElectionLinks = {
  open: new Map(),
  connecting: new Map(),
  unidentified: new Set(),
  queued: new Map(),
  lastSent: new Map(),
};

/** A leader and its learners (`Leader`, `LearnerHandler`). */
export interface Leading {
  /** What its log said when it began: no learner may be ahead of that. */
  readonly summary: { readonly currentEpoch: number; readonly lastZxid: Zxid };
  /** Greater than every epoch that a server has accepted so far. */
  readonly proposedEpoch: number;
  /** Null in discovery, until a majority has told what it has accepted. */
  readonly newEpoch: number | null;
  readonly connecting: ReadonlySet<number>;
  /** Servers that have acknowledged the epoch; with a majority synchronization begins. */
  readonly electing: ReadonlySet<number>;
  readonly isElectionFinished: boolean;
  /** Servers that hold all that the leader had; with a majority broadcast begins. */
  readonly synced: ReadonlySet<number>;
  readonly isServing: boolean;
  readonly learners: ReadonlyMap<Socket, LearnerHandler>;
  /** Proposed and not committed yet, in order, with those who have it on disk. */
  readonly outstanding: readonly Outstanding[];
  /** The tree as it will be when all that is proposed is committed. */
  readonly preparedTree: ZnodeTree;
  readonly lastProposed: Zxid;
  /** Half ticks since it serves. */
  readonly halfTicks: number;
  /** The server that a session last came through. */
  readonly owners: ReadonlyMap<SessionId, number>;
  readonly pendingSyncs: readonly PendingSync[];
  /** Bytes of proposals; null before the first. */
  readonly proposalSizes: { readonly last: number; readonly least: number; readonly most: number } | null;
}
interface Outstanding {
  readonly txn: LoggedTxn;
  readonly acks: ReadonlySet<number>;
}
/** A sync that waits for what was proposed before it. */
interface PendingSync {
  readonly after: Zxid;
  /** Null: of a client of the leader itself. */
  readonly learner: Socket | null;
  readonly session: SessionId;
  readonly cxid: number;
}
export interface LearnerHandler {
  /** Null until it has said who it is. */
  readonly sid: number | null;
  /** The packet that is expected next, or what the leader waits for first. */
  readonly stage: 'FOLLOWERINFO' | 'epoch' | 'ACKEPOCH' | 'epochAcks' | 'NEWLEADER_ACK' | 'newLeaderAcks' | 'ready';
  readonly lastZxid: Zxid;
  /** Proposals and commits are sent to it. */
  readonly isForwarding: boolean;
  /** Up to this tick it counts as following. */
  readonly ackDeadlineTick: number;
  readonly lastHeardAt: VirtualTimeUs;
}
export const tickOf = ({ halfTicks }: Leading): number => Math.floor(halfTicks / 2);

/** A follower and its leader (`Follower`, `Learner`). */
export interface Following {
  readonly leader: number;
  readonly socket: Socket | null;
  readonly startedAt: VirtualTimeUs;
  readonly attempts: number;
  /** Null before the leader has said it. */
  readonly newEpoch: number | null;
  /** What the leader brings it up to date with; null before, and after. */
  readonly sync: LearnerSync | null;
  readonly isServing: boolean;
  readonly connectedAt: VirtualTimeUs | null;
  readonly lastHeardAt: VirtualTimeUs;
  /** Sessions heard since the leader's last ping, with their timeouts. */
  readonly touched: ReadonlyMap<SessionId, number>;
  /** Syncs passed on to the leader, in order: it answers them in that order. */
  readonly pendingSyncs: readonly { readonly session: SessionId; readonly cxid: number }[];
}
export interface LearnerSync {
  readonly mode: 'DIFF' | 'SNAP' | 'TRUNC';
  /** As the leader's first packet leaves it; kept once NEWLEADER comes. */
  readonly database: ZkDatabase;
  readonly proposals: readonly LoggedTxn[];
  readonly committed: readonly Zxid[];
  /** NEWLEADER has come: what follows is logged. */
  readonly isAcknowledged: boolean;
}
