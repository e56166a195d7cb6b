/** What a card says of a znode: who owns it, which transactions made and changed it. */
import { zooKeeperTree } from '../../cluster/zookeeper/pictureOfTree.ts';
import { findZnode, isEphemeralOwner } from '../../cluster/zookeeper/znodeTree.ts';
import { hexOfZxid } from '../../cluster/protocol/zookeeper.ts';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { World } from '../../kernel/world.ts';
import type { ValueRow } from './values.ts';
import type { InspectorWords } from './words.ts';

interface Context {
  readonly picture: ClusterPicture;
  readonly world: World;
  readonly words: InspectorWords;
}

/** Null when there is no such znode at this instant. */
export function znodeValues(path: string, { picture, world, words }: Context): readonly ValueRow[] | null {
  const tree = zooKeeperTree(world);
  const node = tree === null ? undefined : findZnode(tree, path);
  if (node === undefined) return null;
  const { labels } = words;
  const owner = picture.brokers.find(({ session }) => session?.id === node.ephemeralOwner);
  return [
    { label: labels.version, value: `${node.version}` },
    { label: labels.createdBy, value: hexOfZxid(node.czxid) },
    { label: labels.modifiedBy, value: hexOfZxid(node.mzxid) },
    ...(isEphemeralOwner(node.ephemeralOwner)
      ? [
          {
            label: labels.owner,
            value: owner === undefined ? node.ephemeralOwner : `${node.ephemeralOwner} (${words.broker(owner.broker)})`,
          },
        ]
      : []),
    { label: labels.children, value: `${node.children.size}` },
    ...(node.data === null || node.data === '' ? [] : [{ label: labels.data, value: node.data }]),
  ];
}
