/** Znodes that differ between two versions of a tree: subtrees that are the same object are not looked into. */
import type { Znode, ZnodeTree } from '../zookeeper/znodeTree.ts';

export interface ZnodeChange {
  readonly path: string;
  readonly before: Znode | null;
  readonly after: Znode | null;
}

export function changedZnodes(before: ZnodeTree | null, after: ZnodeTree): readonly ZnodeChange[] {
  const changes: ZnodeChange[] = [];
  if (before?.root !== after.root) compare('', before?.root ?? null, after.root, changes);
  return changes;
}

function compare(path: string, before: Znode | null, after: Znode | null, changes: ZnodeChange[]): void {
  changes.push({ path: path === '' ? '/' : path, before, after });
  for (const [name, child] of after?.children ?? []) {
    const known = before?.children.get(name) ?? null;
    if (known !== child) compare(`${path}/${name}`, known, child, changes);
  }
  for (const [name, child] of before?.children ?? [])
    if (after?.children.has(name) !== true) compare(`${path}/${name}`, child, null, changes);
}
