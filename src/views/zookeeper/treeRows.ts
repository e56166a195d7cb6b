/** Which znodes the tree shows: Kafka's own few by default, the way to the selected one, its children, and what has just been deleted. */
import type { ZnodePicture } from '../../cluster/zookeeper/pictureOfEnsemble.ts';

export interface TreeRow extends ZnodePicture {
  /** When it was deleted, in microseconds; null: it is there. */
  readonly deletedUs: number | null;
  readonly isOpen: boolean;
}
export interface DeletedZnode {
  readonly path: string;
  readonly atUs: number;
}

/** Own topics only: Kafka's internal ones have too many partitions. */
const openByDefault = /^\/(brokers(\/(ids|topics(\/(?!__)[^/]+(\/partitions(\/[0-3])?)?)?)?)?)?$/;

/** `selected`: the path of a znode. With many topics, only the selected one's partitions are shown. */
export function isOpenZnode(path: string, selected: string | null, ownTopicCount: number): boolean {
  if (selected !== null && (selected === path || path === '/' || selected.startsWith(`${path}/`))) return true;
  if (!openByDefault.test(path)) return false;
  return ownTopicCount <= 2 || path.split('/').length <= 3;
}

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** Deleted znodes stand last among the children of their parent, where that one is open. */
export function treeRows(
  znodes: readonly ZnodePicture[],
  deleted: readonly DeletedZnode[],
  isOpen: (path: string) => boolean,
): readonly TreeRow[] {
  const there = new Set(znodes.map(({ path }) => path));
  const gone = new Map(deleted.filter(({ path }) => !there.has(path)).map(({ path, atUs }) => [path, atUs]));
  const children = new Map<string, ZnodePicture[]>();
  for (const node of znodes)
    if (node.path !== '/') children.set(parentOf(node.path), [...(children.get(parentOf(node.path)) ?? []), node]);
  const rowsOf = (node: ZnodePicture): readonly TreeRow[] => {
    const isNodeOpen = isOpen(node.path);
    const lost = isNodeOpen ? [...gone].filter(([path]) => parentOf(path) === node.path) : [];
    return [
      { ...node, deletedUs: null, isOpen: node.childCount > 0 && isNodeOpen },
      ...(children.get(node.path) ?? []).flatMap(rowsOf),
      ...lost.map(([path, atUs]) => deletedRow(path, atUs)),
    ];
  };
  return znodes.slice(0, 1).flatMap(rowsOf);
}

const deletedRow = (path: string, deletedUs: number): TreeRow => ({
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  depth: path.split('/').length - 1,
  version: 0,
  data: null,
  owner: null,
  watchers: [],
  childCount: 0,
  deletedUs,
  isOpen: false,
});
