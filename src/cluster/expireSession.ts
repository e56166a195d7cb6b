/** The expiry of a chosen ZooKeeper session, as an input. */
import type { Input } from '../kernel/input.ts';
import type { World } from '../kernel/world.ts';
import { pictureOfZooKeeper } from './zookeeper/pictureOfZooKeeper.ts';

/**
 * Makes the server that watches over sessions – alone, or the leader of its ensemble – give one up now. Null while nobody does, or when there
 * is no such session.
 */
export function expireSession({ processes }: World, session: string): Input | null {
  for (const process of processes) {
    if (process.status === 'exited') continue;
    const server = pictureOfZooKeeper(process);
    if (server === null || (server.role !== 'standalone' && server.role !== 'leader')) continue;
    if (server.sessions.some(({ id }) => id === session))
      return { kind: 'operate', process: process.id, operation: 'expireSession', argument: session };
  }
  return null;
}
