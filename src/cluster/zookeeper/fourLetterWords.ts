/**
 * Four-letter words: questions of an operator over a bare connection. Only those of `4lw.commands.whitelist` (by default `srvr`) are
 * answered. Follows `org.apache.zookeeper.server.command` (3.8.4); `mntr` gives its first lines, not all meters, and `envi` tells of Java
 * what the simulated machine has.
 */
import type { ProcessId, Socket } from '../../kernel/events.ts';
import { hexOfZxid } from '../protocol/zookeeper.ts';
import {
  connectionsOf,
  connectionsDump,
  ephemeralsDump,
  sessionsDump,
  watchesByConnection,
  watchesByPath,
} from './dumps.ts';
import { snapshotSize, versionDirectory } from './dataDirectory.ts';
import type { Leading } from './quorum/peerState.ts';
import { fourLetterWordReceived } from './serverLog.ts';
import type { ServerTurn } from './serverTurn.ts';
import { treeDigest } from './treeDigest.ts';
import { watchCounts } from './watchTable.ts';

const known = 'conf cons crst dirs dump envi gtmk hash isro mntr ruok srst srvr stat wchc wchp wchs'.split(' ');
const zookeeperVersion = '3.8.4-9316c2a7a97e1666d8f4593f34dd6fc36ecc436c, built on 2024-02-12 22:16 UTC';
const notServing = 'This ZooKeeper instance is not currently serving requests\n';

/** Null for what is no word: the server takes it for the length of a packet, and closes. */
export function answerFourLetterWord(
  turn: ServerTurn,
  word: string,
): { readonly text: string; readonly isExecuted: boolean } | null {
  if (!known.includes(word)) return null;
  const { fourLetterWords } = turn.config;
  if (fourLetterWords !== 'all' && !fourLetterWords.includes(word))
    return { text: `${word} is not executed because it is not in the whitelist.\n`, isExecuted: false };
  return {
    text: answersAlways[word] ?? (turn.isServing ? textOf(turn, word) : notServingAnswer(word)),
    isExecuted: true,
  };
}

/** What a member of an ensemble without leader answers; null as above. */
export function answerWhileNotServing(turn: ServerTurn, word: string, peer: ProcessId, socket: Socket): string | null {
  const answer = answerFourLetterWord(turn, word);
  if (answer?.isExecuted === true) turn.log(fourLetterWordReceived(word, peer, socket));
  return answer?.text ?? null;
}

const environment = [
  ['zookeeper.version', zookeeperVersion],
  ['host.name', 'localhost'],
  ['java.version', '17.0.12'],
  ['java.vendor', 'Debian'],
  ['java.io.tmpdir', '/tmp'],
  ['java.compiler', '<NA>'],
  ['os.name', 'Linux'],
  ['os.arch', 'amd64'],
  ['user.name', 'apprenant'],
  ['user.home', '/home/apprenant'],
  ['user.dir', '/home/apprenant/kafka/kafka_2.13-3.9.0'],
] as const;

/** Words that do not ask about the data. */
const answersAlways: Readonly<Record<string, string | undefined>> = {
  ruok: 'imok',
  gtmk: '306',
  envi: `Environment:\n${environment.map(([name, value]) => `${name}=${value}\n`).join('')}`,
};

const notServingAnswer = (word: string): string => (word === 'isro' ? 'null' : notServing);

function textOf(turn: ServerTurn, word: string): string {
  const { serving } = turn;
  switch (word) {
    case 'isro':
      return 'rw';
    case 'srvr':
      return `Zookeeper version: ${zookeeperVersion}\n${statistics(turn)}`;
    case 'stat':
      return `Zookeeper version: ${zookeeperVersion}\nClients:\n${connectionsOf(serving, 'brief')}\n${statistics(turn)}`;
    case 'cons':
      return `${connectionsOf(serving, 'full')}\n`;
    case 'mntr':
      return monitored(turn)
        .map(([name, value]) => `zk_${name}\t${value}\n`)
        .join('');
    case 'conf':
      return configuration(turn);
    case 'dump':
      return `SessionTracker dump:\n${sessionsDump(serving)}ephemeral nodes dump:\n${ephemeralsDump(serving)}Connections dump:\n${connectionsDump(serving)}`;
    case 'dirs':
      return `datadir_size: ${snapshotSize(serving.database)}\nlogdir_size: ${snapshotSize(serving.database)}\n`;
    case 'hash':
      return `${serving.database.lastZxid.toString(16)}: ${treeDigest(serving.database.tree)}\n`;
    case 'srst':
      turn.serve({ packetsReceived: 0, packetsSent: 0 });
      return 'Server stats reset.\n';
    case 'crst':
      return 'Connection stats reset.\n';
    case 'wchs': {
      const { connections, paths, watches } = watchCounts(serving.watches.data);
      return `${connections} connections watching ${paths} paths\nTotal watches:${watches}\n`;
    }
    case 'wchp':
      return `${watchesByPath(serving)}\n`;
    default:
      return `${watchesByConnection(serving)}\n`;
  }
}

const leadingOfTurn = (turn: ServerTurn): Leading | null => turn.outcome().peer?.leading ?? null;

function statistics(turn: ServerTurn): string {
  const { packetsReceived, packetsSent, database, connections, mode } = turn.serving;
  const leading = leadingOfTurn(turn);
  const sizes = leading?.proposalSizes ?? { last: -1, least: -1, most: -1 };
  const outstanding = [...connections.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  return [
    'Latency min/avg/max: 0/0.0/0',
    `Received: ${packetsReceived}`,
    `Sent: ${packetsSent}`,
    `Connections: ${connections.size}`,
    `Outstanding: ${outstanding}`,
    `Zxid: ${hexOfZxid(database.lastZxid)}`,
    `Mode: ${mode}`,
    // ZooKeeper counts the root twice: as "" and as "/".
    `Node count: ${database.tree.nodeCount + 2}`,
    ...(leading === null ? [] : [`Proposal sizes last/min/max: ${sizes.last}/${sizes.least}/${sizes.most}`]),
    '',
  ].join('\n');
}

function monitored(turn: ServerTurn): readonly (readonly [string, string])[] {
  const { database, watches, connections, mode, packetsReceived, packetsSent } = turn.serving;
  const leading = leadingOfTurn(turn);
  const ephemerals = [...database.tree.ephemerals.values()].reduce((sum, { size }) => sum + size, 0);
  const learners = [...(leading?.learners.values() ?? [])];
  const states = { leader: 'leading - broadcast', follower: 'following - broadcast', standalone: '' };
  return [
    ['version', zookeeperVersion],
    ['server_state', mode],
    ...(mode === 'standalone' ? [] : [['peer_state', states[mode]] as const]),
    ['znode_count', String(database.tree.nodeCount + 2)],
    ['ephemerals_count', String(ephemerals)],
    ['watch_count', String(watchCounts(watches.data).watches + watchCounts(watches.child).watches)],
    ['num_alive_connections', String(connections.size)],
    ['global_sessions', String(database.sessions.size)],
    ['packets_received', String(packetsReceived)],
    ['packets_sent', String(packetsSent)],
    ...(mode === 'standalone' ? [] : [['quorum_size', String(turn.config.servers.length)] as const]),
    ...(leading === null
      ? []
      : ([
          ['learners', String(learners.length)],
          ['synced_followers', String(learners.filter(({ stage }) => stage === 'ready').length)],
          ['pending_syncs', String(leading.pendingSyncs.length)],
        ] as const)),
  ];
}

function configuration(turn: ServerTurn): string {
  const { config, serving } = turn;
  const directory = versionDirectory(config.dataDir);
  const lines = [
    `clientPort=${config.clientPort}`,
    'secureClientPort=-1',
    `dataDir=${directory}`,
    `dataDirSize=${snapshotSize(serving.database)}`,
    `dataLogDir=${directory}`,
    `dataLogSize=${snapshotSize(serving.database)}`,
    `tickTime=${config.tickTimeMs}`,
    `maxClientCnxns=${config.maxClientCnxns}`,
    `minSessionTimeout=${config.minSessionTimeoutMs}`,
    `maxSessionTimeout=${config.maxSessionTimeoutMs}`,
    'clientPortListenBacklog=-1',
    `serverId=${config.serverId}`,
  ];
  const own = config.servers.find(({ id }) => id === config.serverId);
  if (own !== undefined) {
    const members = config.servers.map(
      ({ id, host, quorumPort, electionPort }) => `server.${id}=${host}:${quorumPort}:${electionPort}:participant`,
    );
    lines.push(`initLimit=${config.initLimit}`, `syncLimit=${config.syncLimit}`, 'electionAlg=3');
    lines.push(`electionPort=${own.electionPort}`, `quorumPort=${own.quorumPort}`, 'peerType=0', 'membership: ');
    // No end of line after the version of the configuration.
    return `${[...lines, ...members].join('\n')}\nversion=0`;
  }
  return `${lines.join('\n')}\n`;
}
