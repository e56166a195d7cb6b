/**
 * Quotas of subtrees: limits that a client has written under `/zookeeper/quota`, and beside them what the server counts there. Nothing is
 * refused for them, as by default in ZooKeeper. Follows `DataTree#updateQuotaStat`, `Quotas` and `StatsTrack` (3.8.4).
 */
import { utf8Length } from '../../kernel/fileSystem.ts';
import type { Znode, ZnodeTree } from './znodeTree.ts';
import { findZnode, parentOf, replaceZnodeData } from './znodeTree.ts';

export const quotaRoot = '/zookeeper/quota';
const limitNode = 'zookeeper_limits';
const statNode = 'zookeeper_stats';
export const limitPathOf = (path: string): string => `${quotaRoot}${path}/${limitNode}`;
export const statPathOf = (path: string): string => `${quotaRoot}${path}/${statNode}`;

/** Figures of a quota by name; −1 is what is not there. */
export type StatsTrack = ReadonlyMap<string, number>;

export function parseStatsTrack(text: string): StatsTrack {
  const pairs = text === '' ? [] : text.split(/[,;]+/);
  return new Map(
    pairs.map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return [key, value === '' ? -1 : Number(value)];
    }),
  );
}

/** `count` and `bytes` first; the others in order behind a `=` that older servers stop at. */
export function statsTrackText(stats: StatsTrack): string {
  const others = [...stats.keys()].filter((key) => key !== 'count' && key !== 'bytes').sort();
  const rest = others.map((key) => `;${key}=${stats.get(key)}`).join('');
  return `count=${stats.get('count') ?? -1},bytes=${stats.get('bytes') ?? -1}${rest === '' ? '' : `=${rest}`}`;
}

/** The tree after a change of one znode: `before` and `after` are what it was and is, undefined where it was not or is no more. */
export function withQuotaCounted(
  tree: ZnodeTree,
  path: string,
  before: Znode | undefined,
  after: Znode | undefined,
): ZnodeTree {
  if (findZnode(tree, quotaRoot)?.children.size === 0) return tree;
  const counted =
    before === undefined && path.startsWith(`${quotaRoot}/`) && path.endsWith(`/${statNode}`)
      ? withSubtreeCounted(tree, parentOf(path).slice(quotaRoot.length))
      : tree;
  const prefix = longestPrefixWithQuota(counted, path);
  const stat = prefix === null ? undefined : findZnode(counted, statPathOf(prefix));
  if (prefix === null || stat === undefined) return counted;
  const stats = parseStatsTrack(stat.data ?? '');
  const nodes = (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
  const changed = new Map(stats)
    .set('count', (stats.get('count') ?? -1) + nodes)
    .set('bytes', (stats.get('bytes') ?? -1) + sizeOf(after) - sizeOf(before));
  return replaceZnodeData(counted, statPathOf(prefix), statsTrackText(changed));
}

const sizeOf = (node: Znode | undefined): number => utf8Length(node?.data ?? '');

function withSubtreeCounted(tree: ZnodeTree, path: string): ZnodeTree {
  const node = path === '' ? undefined : findZnode(tree, path);
  const { count, bytes } = node === undefined ? { count: 0, bytes: 0 } : totalsOf(node);
  const text = statsTrackText(
    new Map([
      ['bytes', bytes],
      ['count', count],
    ]),
  );
  return replaceZnodeData(tree, statPathOf(path), text);
}

function totalsOf(node: Znode): { readonly count: number; readonly bytes: number } {
  let count = 1;
  let bytes = sizeOf(node);
  for (const child of node.children.values()) {
    const below = totalsOf(child);
    count += below.count;
    bytes += below.bytes;
  }
  return { count, bytes };
}

/** The deepest of a path and those above it that has a limit; null without one. */
function longestPrefixWithQuota(tree: ZnodeTree, path: string): string | null {
  let node = findZnode(tree, quotaRoot);
  let prefix = '';
  let longest: string | null = null;
  for (const name of path.slice(1).split('/')) {
    node = node?.children.get(name);
    if (node === undefined) return longest;
    prefix += `/${name}`;
    if (node.children.has(limitNode)) longest = prefix;
  }
  return longest;
}
