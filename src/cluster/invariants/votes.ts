/**
 * The server that an ensemble elects has all that those who voted for it have: of the latest epoch that one of them followed a leader in,
 * the longest history. Only then is nothing lost that a majority holds.
 *
 * Each leads in a greater epoch than those before.
 *
 * Follows `FastLeaderElection#totalOrderPredicate` and `Leader#getEpochToPropose` (3.8.4).
 */
import type { World } from '../../kernel/world.ts';
import { asClusterFact, type ClusterFacts } from '../facts.ts';
import { hexOfZxid, type Zxid } from '../protocol/zookeeper.ts';
import type { QuorumPeer } from '../zookeeper/quorum/peerState.ts';
import { isBetterVote } from '../zookeeper/quorum/vote.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import { zooKeeperDatabaseIn } from './zooKeeperDatabaseIn.ts';

export class Votes implements Invariant {
  /** Of the last leader that a majority followed. */
  #latestEpoch = 0;

  afterEvent({ facts, world }: Observation): void {
    for (const fact of facts) {
      const known = asClusterFact(fact);
      if (known?.name === 'quorumReached') this.#begins(known.detail);
      if (known?.name !== 'zookeeperElected') continue;
      hasAllOfItsVoters(known.detail, world);
      yieldsToLongerHistory(known.detail);
    }
  }

  /** A majority has promised to follow no leader of an earlier epoch, and two majorities have a server in common. */
  #begins({ server, epoch }: ClusterFacts['quorumReached']): void {
    if (epoch <= this.#latestEpoch)
      broken(
        `Server ${server} leads in epoch ${epoch}, after a majority had followed a leader in epoch ${this.#latestEpoch}.`,
      );
    this.#latestEpoch = epoch;
  }
}

function hasAllOfItsVoters(elected: ClusterFacts['zookeeperElected'], { processes }: World): void {
  for (const process of processes) {
    const found = process.status === 'exited' ? null : zooKeeperDatabaseIn(process);
    if (found == null || found.peer === null || !elected.voters.includes(found.server)) continue;
    const { database, peer, server } = found;
    const { leader, zxid, peerEpoch } = voteOf(peer);
    // What its vote was counted for may be over by now.
    if (leader !== elected.server || peerEpoch !== elected.peerEpoch || hexOfZxid(zxid) !== elected.zxid) continue;
    const epoch = database.epochs?.current ?? 0;
    if (epoch > peerEpoch || (epoch === peerEpoch && database.lastZxid > zxid))
      broken(
        `Server ${elected.server} was elected in epoch ${peerEpoch} with zxid ${elected.zxid}, voter ${server} has ${hexOfZxid(database.lastZxid)} of epoch ${epoch}.`,
      );
  }
}

const voteOf = ({ election, currentVote }: QuorumPeer) => election?.proposal ?? currentVote;

/** Asked as it stands: a server of a lower number that has one transaction more would have been preferred. */
function yieldsToLongerHistory({ server, zxid, peerEpoch }: ClusterFacts['zookeeperElected']): void {
  const last = Number(zxid);
  const elected = { leader: server, zxid: last as Zxid, peerEpoch };
  if (!isBetterVote({ leader: server - 1, zxid: (last + 1) as Zxid, peerEpoch }, elected))
    broken(
      `Server ${server} would be elected with zxid ${zxid} before one of a lower number that has one transaction more.`,
    );
}
