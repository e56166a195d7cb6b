/**
 * What the servers of a ZooKeeper ensemble say to each other (3.8): votes between their election ports, ZAB's packets between a learner
 * and its leader's quorum port. Names are those of `quorum.Leader` and `QuorumCnxManager`.
 */
import type { Message } from '../../../kernel/events.ts';
import type { LoggedTxn } from '../transaction.ts';
import type { ZnodeTree } from '../znodeTree.ts';
import type { SessionId, ZkIdentity, ZkRequest, Zxid } from '../../protocol/zookeeper.ts';

/** `QuorumPeer.ServerState`. */
export type PeerState = 'LOOKING' | 'FOLLOWING' | 'LEADING';

/** Whom a server wants as its leader, and why: the greatest (peerEpoch, zxid, leader) wins. */
export interface Vote {
  /** Number of the server, its `myid`. */
  readonly leader: number;
  /** Last transaction in the log of that server. */
  readonly zxid: Zxid;
  /** The round of voting. */
  readonly electionEpoch: number;
  /** Epoch of the last leader that that server followed. */
  readonly peerEpoch: number;
}

/** Said between election ports. */
export type ElectionMessage = Message & { readonly protocol: 'zookeeperElection' } & (
    | { readonly kind: 'initial'; readonly name: 'InitialMessage'; readonly sid: number }
    | {
        readonly kind: 'notification';
        readonly name: 'Notification';
        readonly state: PeerState;
        readonly vote: Vote;
      }
  );

/** What a follower passes on to its leader for a session. */
export type ForwardedRequest =
  | Extract<ZkRequest, { readonly op: 'create' | 'delete' | 'setData' | 'setACL' | 'reconfig' | 'multi' | 'sync' }>
  | { readonly op: 'createSession'; readonly timeoutMs: number }
  | { readonly op: 'closeSession' };

/** Said over a connection to a leader's quorum port. */
export type QuorumMessage = Message & { readonly protocol: 'zookeeperQuorum' } & (
    | {
        readonly kind: 'FOLLOWERINFO';
        readonly name: 'FOLLOWERINFO';
        readonly sid: number;
        readonly acceptedEpoch: number;
      }
    | { readonly kind: 'LEADERINFO'; readonly name: 'LEADERINFO'; readonly newEpoch: number }
    | {
        readonly kind: 'ACKEPOCH';
        readonly name: 'ACKEPOCH';
        /** −1 from a follower that has accepted that epoch before: it does not count again. */
        readonly currentEpoch: number;
        readonly lastZxid: Zxid;
      }
    | { readonly kind: 'DIFF'; readonly name: 'DIFF'; readonly zxid: Zxid }
    | { readonly kind: 'TRUNC'; readonly name: 'TRUNC'; readonly zxid: Zxid }
    | {
        readonly kind: 'SNAP';
        readonly name: 'SNAP';
        readonly zxid: Zxid;
        readonly tree: ZnodeTree;
        readonly sessions: ReadonlyMap<SessionId, number>;
      }
    | { readonly kind: 'NEWLEADER'; readonly name: 'NEWLEADER'; readonly zxid: Zxid }
    | { readonly kind: 'UPTODATE'; readonly name: 'UPTODATE' }
    | { readonly kind: 'PROPOSAL'; readonly name: 'PROPOSAL'; readonly txn: LoggedTxn }
    | { readonly kind: 'ACK'; readonly name: 'ACK'; readonly zxid: Zxid }
    | { readonly kind: 'COMMIT'; readonly name: 'COMMIT'; readonly zxid: Zxid }
    | {
        readonly kind: 'REQUEST';
        readonly name: 'REQUEST';
        readonly session: SessionId;
        readonly identities: readonly ZkIdentity[];
        readonly cxid: number;
        readonly request: ForwardedRequest;
      }
    | {
        readonly kind: 'REVALIDATE';
        readonly name: 'REVALIDATE';
        readonly session: SessionId;
        /** In milliseconds. */
        readonly timeoutMs: number;
      }
    | {
        readonly kind: 'REVALIDATED';
        readonly name: 'REVALIDATE';
        readonly session: SessionId;
        readonly isValid: boolean;
      }
    | { readonly kind: 'SYNC'; readonly name: 'SYNC' }
    | { readonly kind: 'PING'; readonly name: 'ping' }
    /** A follower's answer to PING: the sessions that it has heard since the last one, and their timeouts. */
    | { readonly kind: 'PONG'; readonly name: 'ping'; readonly touched: ReadonlyMap<SessionId, number> }
  );

export const isElectionMessage = (message: Message): message is ElectionMessage =>
  'protocol' in message && message.protocol === 'zookeeperElection';
export const isQuorumMessage = (message: Message): message is QuorumMessage =>
  'protocol' in message && message.protocol === 'zookeeperQuorum';

const epochUnit = 4_294_967_296;
/** The leader's epoch in a zxid: its high 32 bits. */
export const epochOfZxid = (zxid: Zxid): number => Math.floor(zxid / epochUnit);
/** The low 32 bits; 0 in the zxid that a leader starts with. */
export const counterOfZxid = (zxid: Zxid): number => zxid % epochUnit;
export const firstZxidOf = (epoch: number): Zxid => (epoch * epochUnit) as Zxid;
