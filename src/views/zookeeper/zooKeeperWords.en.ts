/** The words of the view of ZooKeeper in English. */
import type { ZooKeeperWords } from './zooKeeperWords.ts';

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const zooKeeperWordsEn: ZooKeeperWords = {
  figure: 'ZooKeeper: the tree of znodes, the servers and their votes, the sessions',
  figureKind: 'diagram',
  tree: 'The tree',
  treeLegend: 'dashed: ephemeral · bell: watch',
  vote: 'The vote',
  voteLegend: 'epoch, zxid, number · vote slowed down',
  pastVote: (clock) => `The last vote, at ${clock}`,
  alone: 'The server',
  server: (server) => `zk-${server}`,
  standalone: 'alone: no vote, no quorum',
  down: 'stopped',
  quorum: (seated, size, isEnough) =>
    `${seated} of ${size}: ${isEnough ? 'a quorum, writes go through' : 'no quorum, nothing is written'}`,
  sessions: 'Sessions',
  noSession: 'none',
  sessionLeft: (leftMs, ofMs) =>
    `expires in ${(Math.max(0, leftMs) / 1000).toFixed(1)}\u00a0s · timeout ${(ofMs / 1000).toFixed(0)}\u00a0s`,
  sessionUnknown: 'nobody watches over it',
  sessionAt: (server, ephemerals) =>
    `${server === null ? 'not connected' : `by zk-${server}`} · ${ephemerals} ${ephemerals === 1 ? 'ephemeral' : 'ephemerals'}`,
  version: (version) => `version ${version}`,
  ephemeral: (owner) => (owner === null ? 'ephemeral' : `ephemeral · ${owner}`),
  watchedBy: (names) => `watched by ${list(names)}`,
  deletedAt: (clock) => `deleted at ${clock}`,
  clock: (us) => `${(us / 1e6).toFixed(3)}\u00a0s`,
  znode: ({ path, version, data, owner, isEphemeral, watchers, childCount }) =>
    [
      `Znode ${path}`,
      `version ${version}`,
      ...(data === null || data === '' ? [] : [`data ${data.slice(0, 80)}`]),
      ...(isEphemeral ? [`ephemeral${owner === null ? '' : `, of ${owner}`}`] : []),
      ...(watchers.length === 0 ? [] : [`watched by ${list(watchers)}`]),
      ...(childCount === 0 ? [] : [`${childCount} ${childCount === 1 ? 'child' : 'children'}`]),
    ].join(', '),
  lane: (server, state, vote) => `ZooKeeper ${server}, ${state}${vote === null ? '' : `, votes for ${vote}`}`,
  session: (id, name, ephemerals) => `Session ${id}${name === null ? '' : `, ${name}`}, ${ephemerals} ephemeral znodes`,
  table: {
    znodes: 'Znodes',
    path: 'Path',
    version: 'Version',
    data: 'Data',
    owner: 'Ephemeral of',
    watchers: 'Watches of',
    servers: 'Servers',
    server: 'Server',
    state: 'State',
    zxid: 'Last zxid',
    voteFor: 'Votes for',
  },
};
