/**
 * ZooKeeper's client protocol (3.8): what a client and a server say to each other over a connection. Names are those of `ZooDefs.OpCode`,
 * fields those of `zookeeper.jute`; data are texts, because all that Kafka and a learner store are.
 */
import type { Message } from '../../kernel/events.ts';

declare const unit: unique symbol;
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** Number of a transaction: the epoch of the leader × 2³² + a counter. Exact up to 2²¹ epochs. */
export type Zxid = Unit<number, 'Zxid'>;
/** A session as ZooKeeper prints it, `0x1000…`; `0x0` is none. */
export type SessionId = Unit<string, 'SessionId'>;

export const noSession = '0x0' as SessionId;
export const noZxid = 0 as Zxid;

/** As ZooKeeper prints it: hexadecimal, without leading zeros. */
export const hexOfZxid = (zxid: Zxid): string => `0x${zxid.toString(16)}`;

/** `KeeperException.Code`. */
export const zkErrorCodes = {
  OK: 0,
  SYSTEMERROR: -1,
  RUNTIMEINCONSISTENCY: -2,
  CONNECTIONLOSS: -4,
  MARSHALLINGERROR: -5,
  UNIMPLEMENTED: -6,
  OPERATIONTIMEOUT: -7,
  BADARGUMENTS: -8,
  NONODE: -101,
  NOAUTH: -102,
  BADVERSION: -103,
  NOCHILDRENFOREPHEMERALS: -108,
  NODEEXISTS: -110,
  NOTEMPTY: -111,
  SESSIONEXPIRED: -112,
  INVALIDCALLBACK: -113,
  INVALIDACL: -114,
  AUTHFAILED: -115,
  SESSIONMOVED: -118,
  NOWATCHER: -121,
  RECONFIGDISABLED: -123,
} as const;
export type ZkErrorName = keyof typeof zkErrorCodes;

/** What a tool prints after `KeeperErrorCode = `. */
export const zkErrorWords: Readonly<Record<ZkErrorName, string>> = {
  OK: 'ok',
  SYSTEMERROR: 'SystemError',
  RUNTIMEINCONSISTENCY: 'RuntimeInconsistency',
  CONNECTIONLOSS: 'ConnectionLoss',
  MARSHALLINGERROR: 'MarshallingError',
  UNIMPLEMENTED: 'Unimplemented',
  OPERATIONTIMEOUT: 'OperationTimeout',
  BADARGUMENTS: 'BadArguments',
  NONODE: 'NoNode',
  NOAUTH: 'NoAuth',
  BADVERSION: 'BadVersion',
  NOCHILDRENFOREPHEMERALS: 'NoChildrenForEphemerals',
  NODEEXISTS: 'NodeExists',
  NOTEMPTY: 'Directory not empty',
  SESSIONEXPIRED: 'Session expired',
  INVALIDCALLBACK: 'Invalid callback',
  INVALIDACL: 'InvalidACL',
  AUTHFAILED: 'AuthFailed',
  SESSIONMOVED: 'Session moved',
  NOWATCHER: 'No such watcher',
  RECONFIGDISABLED: 'Reconfig is disabled',
};

/** Metadata of a znode. Times in milliseconds since 1970. */
export interface Stat {
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  /** Changes of the set of children, creations and deletions. */
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
  /** In bytes of UTF-8. */
  readonly dataLength: number;
  readonly numChildren: number;
}

export interface Acl {
  /** Bits of `ZooDefs.Perms`: read 1, write 2, create 4, delete 8, admin 16. */
  readonly perms: number;
  readonly scheme: string;
  readonly id: string;
}
/** A name that a client has: `digest` with one that it has proved, `ip` with where it comes from. */
export interface ZkIdentity {
  readonly scheme: string;
  readonly id: string;
}
/** `ZooDefs.Ids.OPEN_ACL_UNSAFE`. */
export const openAcl: readonly Acl[] = [{ perms: 31, scheme: 'world', id: 'anyone' }];

export type CreateMode =
  | 'PERSISTENT'
  | 'PERSISTENT_SEQUENTIAL'
  | 'EPHEMERAL'
  | 'EPHEMERAL_SEQUENTIAL'
  /** Deleted by the server some time after its last child. */
  | 'CONTAINER'
  /** A server refuses them unless its `extendedTypesEnabled` is set. */
  | 'PERSISTENT_WITH_TTL'
  | 'PERSISTENT_SEQUENTIAL_WITH_TTL';

/** `version` −1 matches any. */
export type ZkWrite =
  | {
      readonly op: 'create';
      readonly path: string;
      readonly data: string | null;
      readonly mode: CreateMode;
      readonly acl?: readonly Acl[];
    }
  | { readonly op: 'delete'; readonly path: string; readonly version: number }
  | { readonly op: 'setData'; readonly path: string; readonly data: string | null; readonly version: number };

/** One operation of a multi: all are done, in order and at one zxid, or none is. */
export type MultiOp = ZkWrite | { readonly op: 'check'; readonly path: string; readonly version: number };

/** Neither is used up by firing; the recursive one sees the whole subtree below its path. */
export type AddWatchMode = 'PERSISTENT' | 'PERSISTENT_RECURSIVE';

export type ZkRead =
  | { readonly op: 'exists'; readonly path: string; readonly watch: boolean }
  | { readonly op: 'getData'; readonly path: string; readonly watch: boolean }
  | { readonly op: 'getChildren'; readonly path: string; readonly watch: boolean }
  | { readonly op: 'getChildren2'; readonly path: string; readonly watch: boolean }
  | { readonly op: 'getACL'; readonly path: string }
  | { readonly op: 'getAllChildrenNumber'; readonly path: string }
  | { readonly op: 'getEphemerals'; readonly prefixPath: string }
  | { readonly op: 'addWatch'; readonly path: string; readonly mode: AddWatchMode }
  | { readonly op: 'removeWatches'; readonly path: string; readonly kind: 'Children' | 'Data' | 'Any' };

/** What an application asks; pings, session requests and `setWatches` are the client library's own. */
export type ZkRequest =
  | ZkWrite
  | ZkRead
  | { readonly op: 'setACL'; readonly path: string; readonly acl: readonly Acl[]; readonly version: number }
  /** Another ensemble: what a server refuses unless its `reconfigEnabled` is set. */
  | { readonly op: 'reconfig' }
  | { readonly op: 'multi'; readonly ops: readonly MultiOp[] }
  | { readonly op: 'sync'; readonly path: string };

/** Requests of a session that no application makes. */
export type SessionRequest =
  | { readonly op: 'ping' }
  | { readonly op: 'closeSession' }
  /** Proves a name; `auth` is what the scheme wants to know: `name:password`. */
  | { readonly op: 'auth'; readonly scheme: string; readonly auth: string | null }
  /** After a reconnection: which watches the client still has, and up to which zxid it has seen the tree. */
  | {
      readonly op: 'setWatches';
      readonly relativeZxid: Zxid;
      readonly dataWatches: readonly string[];
      readonly existWatches: readonly string[];
      readonly childWatches: readonly string[];
      readonly persistentWatches: readonly string[];
      readonly persistentRecursiveWatches: readonly string[];
    };

/** Number of every proof of a name (`ClientCnxn.AUTHPACKET_XID`). */
export const authXid = -4;

export type ZkOp = (ZkRequest | SessionRequest)['op'];

/** Result of one operation of a multi; when one fails, all are errors: OK for those before it, RUNTIMEINCONSISTENCY for those after it. */
export type MultiResult =
  | { readonly op: 'create'; readonly path: string; readonly stat: Stat }
  | { readonly op: 'delete' }
  | { readonly op: 'setData'; readonly stat: Stat }
  | { readonly op: 'check' }
  | { readonly op: 'error'; readonly error: ZkErrorName };

/** What a request that succeeded brings. `create` tells the stat, as `create2` does. */
export type ZkResponse =
  | { readonly op: 'create'; readonly path: string; readonly stat: Stat }
  | { readonly op: 'delete' }
  | { readonly op: 'setData'; readonly stat: Stat }
  | { readonly op: 'exists'; readonly stat: Stat }
  | { readonly op: 'getData'; readonly data: string | null; readonly stat: Stat }
  | { readonly op: 'getChildren'; readonly children: readonly string[] }
  | { readonly op: 'getChildren2'; readonly children: readonly string[]; readonly stat: Stat }
  | { readonly op: 'getACL'; readonly acl: readonly Acl[]; readonly stat: Stat }
  | { readonly op: 'setACL'; readonly stat: Stat }
  | { readonly op: 'getAllChildrenNumber'; readonly totalNumber: number }
  | { readonly op: 'getEphemerals'; readonly ephemerals: readonly string[] }
  | { readonly op: 'addWatch' }
  | { readonly op: 'removeWatches' }
  | { readonly op: 'multi'; readonly results: readonly MultiResult[] }
  | { readonly op: 'sync'; readonly path: string }
  | { readonly op: 'ping' }
  | { readonly op: 'closeSession' }
  | { readonly op: 'auth' }
  | { readonly op: 'setWatches' };

/** `response` is null exactly when there is an error; a multi that failed has both, to tell which operation it was. */
export interface ZkResult {
  readonly error: ZkErrorName;
  readonly response: ZkResponse | null;
}

/** `Watcher.Event.EventType`, without `None`; the last three are a client's own: a watch that it had has been taken off. */
export type WatchedEventType =
  | 'NodeCreated'
  | 'NodeDeleted'
  | 'NodeDataChanged'
  | 'NodeChildrenChanged'
  | 'DataWatchRemoved'
  | 'ChildWatchRemoved'
  | 'PersistentWatchRemoved';
export interface WatchedEvent {
  readonly type: WatchedEventType;
  readonly path: string;
}

/** Everything said over a connection to port 2181. `name` is what a picture shows. */
export type ZkMessage = Message & { readonly protocol: 'zookeeper' } & (
    | {
        readonly kind: 'connectRequest';
        readonly name: 'createSession';
        readonly lastZxidSeen: Zxid;
        /** In milliseconds, as asked. */
        readonly timeoutMs: number;
        /** `0x0` opens a session; another one is taken up again, with its password. */
        readonly sessionId: SessionId;
        readonly password: string;
      }
    | {
        readonly kind: 'connectResponse';
        readonly name: 'createSession';
        /** As negotiated, within [2, 20] × tickTime; 0: the session has expired. */
        readonly timeoutMs: number;
        readonly sessionId: SessionId;
        readonly password: string;
      }
    | {
        readonly kind: 'request';
        readonly name: ZkOp;
        /** Rises by 1 with each request of a connection; −2 is a ping, −4 a proof of a name, −8 setWatches. */
        readonly xid: number;
        readonly request: ZkRequest | SessionRequest;
      }
    | {
        readonly kind: 'reply';
        readonly name: ZkOp;
        readonly xid: number;
        /** The last one that the server had applied. */
        readonly zxid: Zxid;
        readonly result: ZkResult;
      }
    | { readonly kind: 'watchEvent'; readonly name: 'watchEvent'; readonly zxid: Zxid; readonly event: WatchedEvent }
    | { readonly kind: 'fourLetterWord'; readonly name: 'FourLetterWord'; readonly word: string }
    /** The server closes the connection after it. */
    | { readonly kind: 'fourLetterAnswer'; readonly name: 'FourLetterAnswer'; readonly text: string }
  );

export const isZkMessage = (message: Message): message is ZkMessage =>
  'protocol' in message && message.protocol === 'zookeeper';
