/** The tree of znodes as the ensemble has committed it: of the server that leads, else of the one that has seen most. */
import type { SnapshotFrom } from 'xstate';
import type { World } from '../../kernel/world.ts';
import type { zookeeperServer } from './server.ts';
import type { ZkServerContext } from './server.ts';
import type { ZnodeTree } from './znodeTree.ts';

/** What a running ZooKeeper server knows, for each. */
export function zooKeeperContexts({ processes }: World): readonly ZkServerContext[] {
  return processes.flatMap(({ program, status, snapshot }) =>
    // The program's name proves whose snapshot it is.
    program === 'zookeeper-server' && status !== 'exited'
      ? [(snapshot as SnapshotFrom<typeof zookeeperServer>).context]
      : [],
  );
}

/** Null while no server runs. */
export function zooKeeperTree(world: World): ZnodeTree | null {
  const known = zooKeeperContexts(world).flatMap(({ serving, peer }) => {
    const database = serving?.database ?? peer?.database;
    return database === undefined ? [] : [{ database, leads: serving !== null && serving.mode !== 'follower' }];
  });
  const best = known.toSorted(
    (a, b) => Number(b.leads) - Number(a.leads) || b.database.lastZxid - a.database.lastZxid,
  )[0];
  return best?.database.tree ?? null;
}
