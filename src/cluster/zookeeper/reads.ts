/** Requests that read the tree, and the watches they leave. Follows `FinalRequestProcessor` and `DataTree#setWatches` (3.8.4). */
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import type { Socket } from '../../kernel/events.ts';
import type {
  SessionId,
  SessionRequest,
  WatchedEvent,
  ZkErrorName,
  ZkIdentity,
  ZkRead,
  ZkResponse,
  ZkResult,
} from '../protocol/zookeeper.ts';
import { isGranted, permissions, withoutDigests } from './accessControl.ts';
import type { WatchTable } from './watchTable.ts';
import { removeWatch, watchAlways, watchOnce } from './watchTable.ts';
import type { ZnodeTree } from './znodeTree.ts';
import { countDescendants, findZnode, statOf } from './znodeTree.ts';

const refused = (error: ZkErrorName): ZkResult => ({ error, response: null });
const found = (response: ZkResponse): ZkResult => ({ error: 'OK', response });

/** Who asks. */
interface Reader {
  readonly session: SessionId;
  readonly identities: readonly ZkIdentity[];
}

/** Children come sorted. */
function answerRead(tree: ZnodeTree, { session, identities }: Reader, request: ZkRead): ZkResult {
  if (request.op === 'getEphemerals') {
    const paths = javaHashOrder(tree.ephemerals.get(session) ?? [], javaStringHash);
    return found({ op: 'getEphemerals', ephemerals: paths.filter((path) => path.startsWith(request.prefixPath)) });
  }
  if (request.op === 'addWatch' || request.op === 'removeWatches') return found({ op: request.op });
  const node = findZnode(tree, request.path);
  if (node === undefined) return refused('NONODE');
  const wanted = request.op === 'getACL' ? permissions.read | permissions.admin : permissions.read;
  if (!isGranted(node.acl, wanted, identities)) return refused('NOAUTH');
  switch (request.op) {
    case 'exists':
      return found({ op: 'exists', stat: statOf(node) });
    case 'getData':
      return found({ op: 'getData', data: node.data, stat: statOf(node) });
    case 'getChildren':
      return found({ op: 'getChildren', children: [...node.children.keys()].sort() });
    case 'getChildren2':
      return found({ op: 'getChildren2', children: [...node.children.keys()].sort(), stat: statOf(node) });
    case 'getACL':
      return found({
        op: 'getACL',
        acl: isGranted(node.acl, permissions.admin, identities) ? node.acl : withoutDigests(node.acl),
        stat: statOf(node),
      });
    case 'getAllChildrenNumber':
      return found({ op: 'getAllChildrenNumber', totalNumber: countDescendants(node) });
  }
}

/** The answer, and the table with the watch that was asked for. */
export function readWithWatch(
  tree: ZnodeTree,
  watches: WatchTable,
  reader: Reader & { readonly socket: Socket },
  request: ZkRead,
): { readonly result: ZkResult; readonly table: WatchTable } {
  if (request.op === 'removeWatches') {
    const rest = removeWatch(watches, request.kind, request.path, reader.socket);
    return rest === null ? { result: refused('NOWATCHER'), table: watches } : answer(rest);
  }
  if (request.op === 'addWatch') return answer(watchAlways(watches, request.mode, request.path, reader.socket));
  const plain = answer(watches);
  if (!('watch' in request) || !request.watch) return plain;
  // `exists` watches for what is not there too.
  if (plain.result.error !== 'OK' && request.op !== 'exists') return plain;
  const on = request.op === 'getChildren' || request.op === 'getChildren2' ? 'child' : 'data';
  return { ...plain, table: watchOnce(watches, on, request.path, reader.socket) };

  function answer(table: WatchTable): { readonly result: ZkResult; readonly table: WatchTable } {
    return { result: answerRead(tree, reader, request), table };
  }
}

/** A client is back and tells its watches: those whose event it has missed fire at once, the others are kept. */
export function renewWatches(
  tree: ZnodeTree,
  watches: WatchTable,
  socket: Socket,
  request: Extract<SessionRequest, { readonly op: 'setWatches' }>,
): { readonly table: WatchTable; readonly missed: readonly WatchedEvent[] } {
  const missed: WatchedEvent[] = [];
  let table = watches;
  const renew = (on: 'data' | 'child', path: string, type: WatchedEvent['type'] | null): void => {
    if (type === null) table = watchOnce(table, on, path, socket);
    else missed.push({ type, path });
  };
  for (const path of request.dataWatches) {
    const node = findZnode(tree, path);
    const changed = node !== undefined && node.mzxid > request.relativeZxid ? 'NodeDataChanged' : null;
    renew('data', path, node === undefined ? 'NodeDeleted' : changed);
  }
  for (const path of request.existWatches)
    renew('data', path, findZnode(tree, path) === undefined ? null : 'NodeCreated');
  for (const path of request.childWatches) {
    const node = findZnode(tree, path);
    const changed = node !== undefined && node.pzxid > request.relativeZxid ? 'NodeChildrenChanged' : null;
    renew('child', path, node === undefined ? 'NodeDeleted' : changed);
  }
  for (const path of request.persistentWatches) table = watchAlways(table, 'PERSISTENT', path, socket);
  for (const path of request.persistentRecursiveWatches)
    table = watchAlways(table, 'PERSISTENT_RECURSIVE', path, socket);
  return { table, missed };
}
