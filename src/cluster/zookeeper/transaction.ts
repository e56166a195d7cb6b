/**
 * Transactions: a request is first judged against the tree and made into a transaction that says its outcome (`prepareTransaction`,
 * what a leader proposes), then applied, which cannot fail (`applyTransaction`, what every server does). A refused request is a
 * transaction too, with a zxid of its own.
 *
 * Follows `org.apache.zookeeper.server.PrepRequestProcessor` and `DataTree#processTxn` (3.8.4).
 */
import type {
  Acl,
  MultiOp,
  MultiResult,
  SessionId,
  WatchedEvent,
  ZkErrorName,
  ZkIdentity,
  ZkRequest,
  ZkResult,
  ZkWrite,
} from '../protocol/zookeeper.ts';
import { noSession, openAcl } from '../protocol/zookeeper.ts';
import { acceptedAcl, isGranted, permissions } from './accessControl.ts';
import { withQuotaCounted } from './quotas.ts';
import type { Stamp, ZnodeTree } from './znodeTree.ts';
import {
  containerOwner,
  createZnode,
  deleteZnode,
  findZnode,
  isEphemeralOwner,
  parentOf,
  setZnodeAcl,
  setZnodeData,
  statOf,
} from './znodeTree.ts';

/** One change, with the path and the versions that it results in. */
export type TxnOp =
  | {
      readonly op: 'create';
      readonly path: string;
      readonly data: string | null;
      readonly acl: readonly Acl[];
      readonly ephemeralOwner: SessionId;
    }
  | { readonly op: 'delete'; readonly path: string }
  | { readonly op: 'setData'; readonly path: string; readonly data: string | null; readonly version: number }
  | { readonly op: 'setACL'; readonly path: string; readonly acl: readonly Acl[]; readonly version: number }
  | { readonly op: 'check' };

export type TxnBody =
  | { readonly kind: 'change'; readonly change: TxnOp }
  | { readonly kind: 'multi'; readonly changes: readonly TxnOp[] }
  | { readonly kind: 'error'; readonly error: ZkErrorName; readonly results: readonly MultiResult[] | null }
  | { readonly kind: 'createSession'; readonly timeoutMs: number }
  | { readonly kind: 'closeSession'; readonly paths: readonly string[] };

export interface Txn extends Stamp {
  readonly session: SessionId;
  readonly body: TxnBody;
}
/** A transaction as the log has it. */
export interface LoggedTxn extends Txn {
  /** Number that the client gave to its request; 0 for what no client asked for. */
  readonly cxid: number;
}

/** Requests that make a transaction; the others only read. */
export type WriteRequest = Extract<
  ZkRequest,
  { readonly op: 'create' | 'delete' | 'setData' | 'setACL' | 'reconfig' | 'multi' }
>;

/** Watches that a change fires, in order: those of the data at a path, those of its children. */
export interface WatchTrigger {
  readonly on: 'data' | 'child';
  readonly event: WatchedEvent;
  /** Of the znode at the event's path. */
  readonly acl: readonly Acl[];
}

export interface Applied {
  readonly tree: ZnodeTree;
  readonly result: ZkResult;
  readonly triggers: readonly WatchTrigger[];
}

/** Who asks. */
export interface Requester {
  readonly session: SessionId;
  readonly identities: readonly ZkIdentity[];
}

type Prepared = { readonly change: TxnOp } | { readonly error: ZkErrorName };

export function prepareTransaction(tree: ZnodeTree, by: Requester, request: WriteRequest, stamp: Stamp): TxnBody {
  if (request.op === 'multi') return prepareMulti(tree, by, request.ops, stamp);
  if (request.op === 'reconfig') return { kind: 'error', error: 'RECONFIGDISABLED', results: null };
  const prepared = request.op === 'setACL' ? prepareSetAcl(tree, by, request) : prepareWrite(tree, by, request);
  return 'error' in prepared
    ? { kind: 'error', error: prepared.error, results: null }
    : { kind: 'change', change: prepared.change };
}

/** Each operation is judged on the tree that those before it leave. */
function prepareMulti(tree: ZnodeTree, by: Requester, ops: readonly MultiOp[], stamp: Stamp): TxnBody {
  let current = tree;
  const changes: TxnOp[] = [];
  for (const op of ops) {
    const prepared = op.op === 'check' ? prepareCheck(current, by, op) : prepareWrite(current, by, op);
    if ('error' in prepared) {
      const results = ops.map((_, i): MultiResult => {
        const after = i > changes.length ? 'RUNTIMEINCONSISTENCY' : 'OK';
        return { op: 'error', error: i === changes.length ? prepared.error : after };
      });
      return { kind: 'error', error: prepared.error, results };
    }
    changes.push(prepared.change);
    current = applyChange(current, prepared.change, stamp).tree;
  }
  return { kind: 'multi', changes };
}

function prepareWrite(tree: ZnodeTree, by: Requester, request: ZkWrite): Prepared {
  if (request.op === 'create') return prepareCreate(tree, by, request);
  if (!isValidPath(request.path)) return { error: 'BADARGUMENTS' };
  if (request.op === 'delete' && specialPaths.has(request.path)) return { error: 'BADARGUMENTS' };
  const guard = findZnode(tree, request.op === 'delete' ? parentOf(request.path) : request.path);
  if (guard === undefined) return { error: 'NONODE' };
  const wanted = request.op === 'delete' ? permissions.delete : permissions.write;
  if (!isGranted(guard.acl, wanted, by.identities)) return { error: 'NOAUTH' };
  const node = findZnode(tree, request.path);
  if (node === undefined) return { error: 'NONODE' };
  if (isWrongVersion(request.version, node.version)) return { error: 'BADVERSION' };
  if (request.op === 'setData') {
    const { path, data } = request;
    return { change: { op: 'setData', path, data, version: node.version + 1 } };
  }
  return node.children.size > 0 ? { error: 'NOTEMPTY' } : { change: { op: 'delete', path: request.path } };
}

function prepareCreate(
  tree: ZnodeTree,
  { session, identities }: Requester,
  request: Extract<ZkWrite, { readonly op: 'create' }>,
): Prepared {
  const { data, mode } = request;
  if (mode.endsWith('_WITH_TTL')) return { error: 'UNIMPLEMENTED' };
  if (!request.path.startsWith('/') || request.path.includes('\0')) return { error: 'BADARGUMENTS' };
  const acl = acceptedAcl(request.acl ?? openAcl, identities);
  if (acl === null) return { error: 'INVALIDACL' };
  const parent = findZnode(tree, parentOf(request.path));
  if (parent === undefined) return { error: 'NONODE' };
  if (!isGranted(parent.acl, permissions.create, identities)) return { error: 'NOAUTH' };
  const number = mode.endsWith('SEQUENTIAL') ? String(parent.childrenCreated).padStart(10, '0') : '';
  const path = request.path + number;
  if (!isValidPath(path)) return { error: 'BADARGUMENTS' };
  if (findZnode(tree, path) !== undefined) return { error: 'NODEEXISTS' };
  if (isEphemeralOwner(parent.ephemeralOwner)) return { error: 'NOCHILDRENFOREPHEMERALS' };
  const owner = mode.startsWith('EPHEMERAL') ? session : noSession;
  return {
    change: { op: 'create', path, data, acl, ephemeralOwner: mode === 'CONTAINER' ? containerOwner : owner },
  };
}

function prepareSetAcl(
  tree: ZnodeTree,
  { identities }: Requester,
  request: Extract<ZkRequest, { readonly op: 'setACL' }>,
): Prepared {
  const { path } = request;
  if (!isValidPath(path)) return { error: 'BADARGUMENTS' };
  const acl = acceptedAcl(request.acl, identities);
  if (acl === null) return { error: 'INVALIDACL' };
  const node = findZnode(tree, path);
  if (node === undefined) return { error: 'NONODE' };
  if (!isGranted(node.acl, permissions.admin, identities)) return { error: 'NOAUTH' };
  if (isWrongVersion(request.version, node.aversion)) return { error: 'BADVERSION' };
  return { change: { op: 'setACL', path, acl, version: node.aversion + 1 } };
}

function prepareCheck(
  tree: ZnodeTree,
  { identities }: Requester,
  { path, version }: { readonly path: string; readonly version: number },
): Prepared {
  const node = findZnode(tree, path);
  if (node === undefined) return { error: 'NONODE' };
  if (!isGranted(node.acl, permissions.read, identities)) return { error: 'NOAUTH' };
  return isWrongVersion(version, node.version) ? { error: 'BADVERSION' } : { change: { op: 'check' } };
}

const isWrongVersion = (expected: number, actual: number): boolean => expected !== -1 && expected !== actual;
/** `ZKDatabase#isSpecialPath`: nobody deletes them. */
const specialPaths = new Set(['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']);

/** `PathUtils#validatePath`. */
export function isValidPath(path: string): boolean {
  if (!path.startsWith('/')) return false;
  if (path === '/') return true;
  const names = path.slice(1).split('/');
  // oxlint-disable-next-line no-control-regex -- the very characters that a path may not have
  return names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\0-\x1f\x7f-\x9f]/.test(name));
}

export function applyTransaction(tree: ZnodeTree, { body, zxid, timeMs }: Txn): Applied {
  const stamp = { zxid, timeMs };
  switch (body.kind) {
    case 'change': {
      const { tree: changed, result, triggers } = applyChange(tree, body.change, stamp);
      return { tree: changed, result: { error: 'OK', response: responseOf(changed, body.change, result) }, triggers };
    }
    case 'multi': {
      let current = tree;
      const results: MultiResult[] = [];
      const triggers: WatchTrigger[] = [];
      for (const change of body.changes) {
        const applied = applyChange(current, change, stamp);
        current = applied.tree;
        results.push(applied.result);
        triggers.push(...applied.triggers);
      }
      return { tree: current, result: { error: 'OK', response: { op: 'multi', results } }, triggers };
    }
    case 'error': {
      const { error, results } = body;
      return { tree, result: { error, response: results === null ? null : { op: 'multi', results } }, triggers: [] };
    }
    case 'createSession':
      return { tree, result: { error: 'OK', response: null }, triggers: [] };
    case 'closeSession': {
      let current = tree;
      const triggers: WatchTrigger[] = [];
      for (const path of body.paths) {
        const applied = applyChange(current, { op: 'delete', path }, stamp);
        current = applied.tree;
        triggers.push(...applied.triggers);
      }
      return { tree: current, result: { error: 'OK', response: { op: 'closeSession' } }, triggers };
    }
  }
}

function responseOf(tree: ZnodeTree, change: TxnOp, result: MultiResult): ZkResult['response'] {
  if (change.op === 'setACL') return { op: 'setACL', stat: statOf(findZnode(tree, change.path)!) };
  return result.op === 'check' || result.op === 'error' ? null : result;
}

function applyChange(
  tree: ZnodeTree,
  change: TxnOp,
  stamp: Stamp,
): { readonly tree: ZnodeTree; readonly result: MultiResult; readonly triggers: readonly WatchTrigger[] } {
  switch (change.op) {
    case 'create': {
      const { path } = change;
      const changed = createZnode(tree, path, change, stamp);
      const node = findZnode(changed, path)!;
      const stat = statOf(node);
      return {
        tree: withQuotaCounted(changed, path, undefined, node),
        result: { op: 'create', path, stat },
        triggers: triggersOf('NodeCreated', path, changed),
      };
    }
    case 'delete':
      return {
        tree: withQuotaCounted(
          deleteZnode(tree, change.path, stamp),
          change.path,
          findZnode(tree, change.path),
          undefined,
        ),
        result: { op: 'delete' },
        triggers: triggersOf('NodeDeleted', change.path, tree),
      };
    case 'setData': {
      const { path } = change;
      const changed = setZnodeData(tree, path, change, stamp);
      const node = findZnode(changed, path)!;
      return {
        tree: withQuotaCounted(changed, path, findZnode(tree, path), node),
        result: { op: 'setData', stat: statOf(node) },
        triggers: [{ on: 'data', event: { type: 'NodeDataChanged', path }, acl: node.acl }],
      };
    }
    case 'setACL':
      return { tree: setZnodeAcl(tree, change.path, change), result: { op: 'check' }, triggers: [] };
    case 'check':
      return { tree, result: { op: 'check' }, triggers: [] };
  }
}

/** `tree`: one that has the znode. */
function triggersOf(type: 'NodeCreated' | 'NodeDeleted', path: string, tree: ZnodeTree): readonly WatchTrigger[] {
  const parent = parentOf(path);
  const acl = findZnode(tree, path)?.acl ?? [];
  return [
    { on: 'data', event: { type, path }, acl },
    ...(type === 'NodeDeleted' ? [{ on: 'child' as const, event: { type, path }, acl }] : []),
    { on: 'child', event: { type: 'NodeChildrenChanged', path: parent }, acl: findZnode(tree, parent)?.acl ?? [] },
  ];
}
