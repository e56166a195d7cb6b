/** Znodes, as a server of the ensemble has them. */
import type { SnapshotFrom } from 'xstate';
import type { zookeeperServer } from '../../cluster/zookeeper/server.ts';
import type { Znode } from '../../cluster/zookeeper/znodeTree.ts';
import { findZnode } from '../../cluster/zookeeper/znodeTree.ts';
import type { World } from '../../kernel/world.ts';
import type { Json } from '../masks.ts';
import { runningProcesses } from './processes.ts';

/** The data, as JSON where it is, and the children's names; an error when no server serves. */
export function observeZnode(world: World, path: string): Json {
  return withRoot(world, (find) => {
    const node = find(path);
    return node === undefined
      ? { error: 'NoNode' }
      : { data: dataOf(node), children: [...node.children.keys()].sort() };
  });
}

/** Broker id (−1: none) and epoch. */
export function observeController(world: World): Json {
  return withRoot(world, (find) => {
    const epoch = find('/controller_epoch');
    if (epoch === undefined) return { error: 'NoNodeException' };
    const controller = find('/controller');
    const data = controller === undefined ? null : dataOf(controller);
    const id = data !== null && typeof data === 'object' && 'brokerid' in data ? (data['brokerid'] ?? null) : -1;
    return { id, epoch: Number(epoch.data) };
  });
}

/** Settings of a topic, by name, as brokers read them for clients; null while ZooKeeper does not answer them. */
export function observeTopicConfigs(world: World, topic: string): Readonly<Record<string, Json>> | null {
  const stored = withRoot(world, (find) => {
    const node = find(`/config/topics/${topic}`);
    return node === undefined ? null : dataOf(node);
  });
  if (stored !== null && typeof stored === 'object' && 'error' in stored) return null;
  const config = stored !== null && typeof stored === 'object' && 'config' in stored ? stored['config'] : {};
  const entries = typeof config === 'object' && config !== null ? Object.entries(config as Record<string, Json>) : [];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withRoot(world: World, answer: (find: (path: string) => Znode | undefined) => Json): Json {
  for (const { snapshot } of runningProcesses(world, 'zookeeper-server')) {
    // The program's name proves whose snapshot it is.
    const { serving } = (snapshot as SnapshotFrom<typeof zookeeperServer>).context;
    if (serving !== null) return answer((path) => findZnode(serving.database.tree, path));
  }
  return { error: 'TimeoutException' };
}

function dataOf({ data }: Znode): Json {
  if (data === null || data === '') return null;
  try {
    return JSON.parse(data) as Json;
  } catch {
    return data;
  }
}
