/**
 * A leader of an ensemble brings a learner to its own history, whatever that one has: what goes beyond is cut off, what is missing is sent, and
 * nothing else. Learners that have logged more than anybody committed are rare: a server that serves is asked now and then, as it stands.
 *
 * Follows `LearnerHandler#syncFollower` (3.8.4).
 */
import type { World } from '../../kernel/world.ts';
import { hexOfZxid, type Zxid } from '../protocol/zookeeper.ts';
import { planSync } from '../zookeeper/quorum/learnerSync.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ZooKeeperChange } from './observation.ts';
import { zooKeeperDatabaseIn } from './zooKeeperDatabaseIn.ts';

export class LearnerSyncs implements Invariant {
  /** By server, the zxid from which it is asked again. */
  readonly #askAt = new Map<number, number>();

  afterEvent({ zooKeepers, world }: Observation): void {
    for (const change of zooKeepers) {
      const { server, after, isServing, isAlone } = change;
      if (!isServing || isAlone || after.lastZxid < (this.#askAt.get(server) ?? 0)) continue;
      this.#askAt.set(server, after.lastZxid + askEvery);
      bringsToItsHistory(change, world);
    }
  }
}

function bringsToItsHistory({ server, after }: ZooKeeperChange, { processes }: World): void {
  const { lastZxid, applied } = after;
  const peer = processes.map(zooKeeperDatabaseIn).findLast((found) => found?.database === after)?.peer;
  if (peer == null) return;
  const beyond = (lastZxid + 1) as Zxid;
  const cut = planSync(beyond, after, peer.committedAfter);
  if (cut.kind !== 'SNAP' && (cut.kind !== 'TRUNC' || cut.zxid > lastZxid))
    broken(
      `Server ${server}, at zxid ${hexOfZxid(lastZxid)}, would leave a learner at ${hexOfZxid(beyond)} as it is (${cut.kind}).`,
    );
  const before = applied?.previous?.txn.zxid;
  if (applied == null || before === undefined) return;
  const { kind, proposals } = planSync(before, after, peer.committedAfter);
  if (kind !== 'SNAP' && (proposals.length !== 1 || proposals[0] !== applied.txn))
    broken(
      `Server ${server} would send ${proposals.length} transactions to a learner at ${hexOfZxid(before)}: it lacks ${hexOfZxid(applied.txn.zxid)} alone.`,
    );
}

const askEvery = 50;
