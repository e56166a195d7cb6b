/**
 * The tree of znodes: persistent, so that a snapshot is a reference and a change copies one path. Changes here are unconditional; what is
 * allowed is decided in `transaction.ts`. Follows `org.apache.zookeeper.server.DataTree` (3.8.4).
 */
import { utf8Length } from '../../kernel/fileSystem.ts';
import type { Acl, SessionId, Stat, Zxid } from '../protocol/zookeeper.ts';
import { noSession, noZxid, openAcl } from '../protocol/zookeeper.ts';
import { permissions } from './accessControl.ts';

export interface Znode {
  readonly data: string | null;
  readonly acl: readonly Acl[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  /** Last change of the set of children. */
  readonly pzxid: Zxid;
  /** Milliseconds since 1970. */
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  /** Children created so far: the number that the next sequential child gets. The `cversion` that clients see is made of it. */
  readonly childrenCreated: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
  readonly children: ReadonlyMap<string, Znode>;
}

export interface ZnodeTree {
  readonly root: Znode;
  /** Paths by session, in order of creation. */
  readonly ephemerals: ReadonlyMap<SessionId, ReadonlySet<string>>;
  /** Created as containers; paths. */
  readonly containers: ReadonlySet<string>;
  /** Without the root. */
  readonly nodeCount: number;
}

/** What stands for the owner of a container in a server's tree: the smallest Java long. */
export const containerOwner = '0x8000000000000000' as SessionId;

/** A session owns the znode: it goes with it. */
export const isEphemeralOwner = (owner: SessionId): boolean => owner !== noSession && owner !== containerOwner;

/** What a transaction stamps its changes with. */
export interface Stamp {
  readonly zxid: Zxid;
  readonly timeMs: number;
}

const newNode = (data: string | null, { zxid, timeMs }: Stamp, ephemeralOwner: SessionId, acl = openAcl): Znode => ({
  data,
  acl,
  czxid: zxid,
  mzxid: zxid,
  pzxid: zxid,
  ctime: timeMs,
  mtime: timeMs,
  version: 0,
  childrenCreated: 0,
  aversion: 0,
  ephemeralOwner,
  children: new Map(),
});

/** A new server's tree: `/zookeeper` with its configuration and quotas. */
export const initialTree: ZnodeTree = (() => {
  const before1970 = { zxid: noZxid, timeMs: 0 };
  const node = (children: readonly (readonly [string, Znode])[]): Znode => ({
    ...newNode('', before1970, noSession),
    children: new Map(children),
    childrenCreated: 0,
  });
  const zookeeper = node([
    // For everybody to read, whatever the change; its list was put there without a version.
    ['config', { ...node([]), acl: [{ perms: permissions.read, scheme: 'world', id: 'anyone' }], aversion: -1 }],
    ['quota', node([])],
  ]);
  return {
    root: node([['zookeeper', zookeeper]]),
    ephemerals: new Map(),
    containers: new Set<string>(),
    nodeCount: 3,
  };
})();

export const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
const namesOf = (path: string): readonly string[] => (path === '/' ? [] : path.slice(1).split('/'));

export function findZnode({ root }: ZnodeTree, path: string): Znode | undefined {
  let node: Znode | undefined = root;
  for (const name of namesOf(path)) {
    node = node.children.get(name);
    if (node === undefined) return undefined;
  }
  return node;
}

export const statOf = (node: Znode): Stat => ({
  czxid: node.czxid,
  mzxid: node.mzxid,
  pzxid: node.pzxid,
  ctime: node.ctime,
  mtime: node.mtime,
  version: node.version,
  // Creations are counted; what clients are told counts deletions too.
  cversion: node.childrenCreated * 2 - node.children.size,
  aversion: node.aversion,
  // Clients are told of sessions only.
  ephemeralOwner: isEphemeralOwner(node.ephemeralOwner) ? node.ephemeralOwner : noSession,
  dataLength: node.data === null ? 0 : utf8Length(node.data),
  numChildren: node.children.size,
});

/** The parent exists and has no such child. */
export function createZnode(
  tree: ZnodeTree,
  path: string,
  node: { readonly data: string | null; readonly ephemeralOwner: SessionId; readonly acl: readonly Acl[] },
  stamp: Stamp,
): ZnodeTree {
  const { data, ephemeralOwner, acl } = node;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const root = changeAt(tree.root, namesOf(parentOf(path)), (parent) => ({
    ...parent,
    childrenCreated: parent.childrenCreated + 1,
    pzxid: stamp.zxid,
    children: new Map(parent.children).set(name, newNode(data, stamp, ephemeralOwner, acl)),
  }));
  const isContainer = ephemeralOwner === containerOwner;
  return {
    root,
    nodeCount: tree.nodeCount + 1,
    containers: isContainer ? new Set([...tree.containers, path]) : tree.containers,
    ephemerals: isEphemeralOwner(ephemeralOwner)
      ? new Map(tree.ephemerals).set(ephemeralOwner, new Set([...(tree.ephemerals.get(ephemeralOwner) ?? []), path]))
      : tree.ephemerals,
  };
}

/** The znode exists and has no children. */
export function deleteZnode(tree: ZnodeTree, path: string, { zxid }: Stamp): ZnodeTree {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const owner = findZnode(tree, path)?.ephemeralOwner ?? noSession;
  const root = changeAt(tree.root, namesOf(parentOf(path)), (parent) => {
    const children = new Map(parent.children);
    children.delete(name);
    return { ...parent, pzxid: zxid, children };
  });
  const containers = new Set(tree.containers);
  containers.delete(path);
  return { root, nodeCount: tree.nodeCount - 1, containers, ephemerals: withoutPath(tree.ephemerals, owner, path) };
}

/** The znode exists. */
export const setZnodeData = (
  tree: ZnodeTree,
  path: string,
  { data, version }: { readonly data: string | null; readonly version: number },
  { zxid, timeMs }: Stamp,
): ZnodeTree => ({
  ...tree,
  root: changeAt(tree.root, namesOf(path), (node) => ({ ...node, data, version, mzxid: zxid, mtime: timeMs })),
});

/** The data of a znode that exists as the server itself writes it: no version counts it. */
export const replaceZnodeData = (tree: ZnodeTree, path: string, data: string): ZnodeTree => ({
  ...tree,
  root: changeAt(tree.root, namesOf(path), (node) => ({ ...node, data })),
});

/** The znode exists. */
export const setZnodeAcl = (
  tree: ZnodeTree,
  path: string,
  { acl, version }: { readonly acl: readonly Acl[]; readonly version: number },
): ZnodeTree => ({
  ...tree,
  root: changeAt(tree.root, namesOf(path), (node) => ({ ...node, acl, aversion: version })),
});

/** All znodes below one, at any depth. */
export function countDescendants(node: Znode): number {
  let count = node.children.size;
  for (const child of node.children.values()) count += countDescendants(child);
  return count;
}

function changeAt(node: Znode, names: readonly string[], change: (node: Znode) => Znode): Znode {
  const [name, ...rest] = names;
  if (name === undefined) return change(node);
  const child = node.children.get(name);
  if (child === undefined) throw new Error(`No znode ${name} on the way to ${rest.join('/')}.`);
  return { ...node, children: new Map(node.children).set(name, changeAt(child, rest, change)) };
}

function withoutPath(
  ephemerals: ZnodeTree['ephemerals'],
  session: SessionId,
  path: string,
): ReadonlyMap<SessionId, ReadonlySet<string>> {
  const paths = ephemerals.get(session);
  if (paths === undefined) return ephemerals;
  const rest = new Set(paths);
  rest.delete(path);
  const others = new Map(ephemerals);
  if (rest.size === 0) others.delete(session);
  else others.set(session, rest);
  return others;
}
