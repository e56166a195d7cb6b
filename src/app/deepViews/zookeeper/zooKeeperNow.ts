/** All that the view of ZooKeeper shows at the present instant: servers and tree, and what has been told of elections and deletions. */
import type { ClusterPicture } from '../../../cluster/picture.ts';
import { hexOfZxid } from '../../../cluster/protocol/zookeeper.ts';
import { pictureOfEnsemble } from '../../../cluster/zookeeper/pictureOfEnsemble.ts';
import { isElectionMessage } from '../../../cluster/zookeeper/quorum/quorumMessages.ts';
import type { Fact } from '../../../kernel/facts.ts';
import type { BallotEvent } from '../../../views/zookeeper/ballot.ts';
import type { ZooKeeperNow } from '../../../views/zookeeper/layout.ts';
import type { DeletedZnode } from '../../../views/zookeeper/treeRows.ts';
import { isOpenZnode } from '../../../views/zookeeper/treeRows.ts';
import { asClusterFact } from '../../../cluster/facts.ts';
import { parseMark } from '../../inspector/mark.ts';
import type { Lab } from '../../session/Lab.ts';
import type { FactHistory } from '../factHistory.ts';

/** What a history of ZooKeeper is made of. */
export function isOfZooKeeper(fact: Fact): boolean {
  const { what } = fact;
  if (what.kind === 'exited') return true;
  if (what.kind === 'sent') return isElectionMessage(what.message) && what.message.kind === 'notification';
  const name = asClusterFact(fact)?.name;
  return name === 'zookeeperStateChanged' || name === 'znodeDeleted';
}

/** A deleted znode is shown for so long. */
const deletedForUs = 20_000_000;

/** Null: no ZooKeeper has run. `selected`: the key of a mark. */
export function zooKeeperNow(
  lab: Lab,
  cluster: ClusterPicture,
  selected: string | null,
  history: FactHistory,
  nameOf: (client: number) => string | null,
): ZooKeeperNow | null {
  const { zookeepers, brokers, topics } = cluster;
  if (zookeepers.length === 0) return null;
  const mark = selected === null ? null : parseMark(selected);
  const selectedPath = mark?.kind === 'znode' ? mark.path : null;
  const ownTopicCount = topics.filter(({ isInternal }) => !isInternal).length;
  const { timeline } = lab;
  const { facts } = history.of(timeline);
  const serverOf = new Map<number, number>(zookeepers.map(({ process, server }) => [process, server]));
  return {
    nowUs: timeline.now,
    startedUs: lab.open.startedAt,
    ensemble: pictureOfEnsemble(timeline.world, (path) => isOpenZnode(path, selectedPath, ownTopicCount)),
    servers: zookeepers,
    events: facts.flatMap((fact) => ballotEvents(fact, serverOf)),
    deleted: facts.flatMap((fact) => deletions(fact, timeline.now)),
    selectedPath,
    ownTopicCount,
    nameOf: (client) => (client === null ? null : nameOf(client)),
    nameOfSession: (session) => {
      const broker = brokers.find((one) => one.session?.id === session);
      return broker === undefined ? null : `broker ${broker.broker}`;
    },
  };
}

function ballotEvents(fact: Fact, serverOf: ReadonlyMap<number, number>): readonly BallotEvent[] {
  const { what, process } = fact;
  const server = process === null ? undefined : serverOf.get(process);
  const atUs: number = fact.at;
  if (what.kind === 'exited') return server === undefined ? [] : [{ kind: 'down', atUs, server }];
  if (what.kind === 'sent') {
    const { message, to, dueAt } = what;
    const target = serverOf.get(to);
    if (server === undefined || target === undefined || !isElectionMessage(message)) return [];
    if (message.kind !== 'notification' || message.state !== 'LOOKING') return [];
    const { leader, zxid, peerEpoch } = message.vote;
    return [{ kind: 'vote', atUs, server, to: target, arrivesUs: dueAt, leader, zxid: hexOfZxid(zxid), peerEpoch }];
  }
  const known = asClusterFact(fact);
  if (known?.name !== 'zookeeperStateChanged') return [];
  return [{ kind: 'state', atUs, server: known.detail.server, state: known.detail.state }];
}

function deletions(fact: Fact, nowUs: number): readonly DeletedZnode[] {
  const known = asClusterFact(fact);
  if (known?.name !== 'znodeDeleted' || nowUs - fact.at > deletedForUs) return [];
  return [{ path: known.detail.path, atUs: fact.at }];
}
