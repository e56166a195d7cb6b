/** The expiry of the ZooKeeper session that a process has: what happens when ZooKeeper hears nothing of it for too long, now. */
import { expireSession } from '../../cluster/expireSession.ts';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { World } from '../../kernel/world.ts';
import type { Deed } from './deed.ts';
import { possible, refused } from './deed.ts';

export function sessionDeed(
  process: ProcessId,
  world: World,
  { zookeepers }: Pick<ClusterPicture, 'zookeepers'>,
): Deed<'expire'> {
  const session = zookeepers
    .filter(({ health }) => health !== 'dead')
    .flatMap(({ sessions }) => sessions)
    .find(({ client }) => client === process);
  if (session === undefined) return refused('expire', 'noSession');
  const input = expireSession(world, session.id);
  return input === null ? refused('expire', 'noQuorum') : possible('expire', [input]);
}
