/**
 * Four-letter words: questions of an operator over a bare connection. Only those of `4lw.commands.whitelist` (by default `srvr`) are
 * answered. Follows `org.apache.zookeeper.server.command` (3.8.4); `mntr` gives its first lines, not the meters.
 */
import { hexOfZxid } from '../protocol/zookeeper.ts';
import { snapshotSize, versionDirectory } from './dataDirectory.ts';
import { clientAddress } from './serverLog.ts';
import type { Serving } from './servingState.ts';

const known = ['srvr', 'ruok', 'stat', 'mntr', 'conf', 'cons', 'isro', 'envi', 'dump', 'wchs', 'wchc', 'wchp'] as const;
const zookeeperVersion = '3.8.4-9316c2a7a97e1666d8f4593f34dd6fc36ecc436c, built on 2024-02-12 22:16 UTC';
/** What a member of an ensemble without leader answers. */
export const notServing = 'This ZooKeeper instance is not currently serving requests\n';

/** Null for what is no word: the server takes it for the length of a packet, and closes. */
export function answerFourLetterWord(
  serving: Serving,
  word: string,
): { readonly text: string; readonly isExecuted: boolean } | null {
  if (!known.some((one) => one === word)) return null;
  const { fourLetterWords } = serving.config;
  if (fourLetterWords !== 'all' && !fourLetterWords.includes(word))
    return { text: `${word} is not executed because it is not in the whitelist.\n`, isExecuted: false };
  return { text: textOf(serving, word), isExecuted: true };
}

function textOf(serving: Serving, word: string): string {
  const { database, config, watches, tracker } = serving;
  switch (word) {
    case 'ruok':
      return 'imok';
    case 'isro':
      return 'rw';
    case 'srvr':
      return `Zookeeper version: ${zookeeperVersion}\n${statistics(serving)}`;
    case 'stat':
      return `Zookeeper version: ${zookeeperVersion}\nClients:\n${connections(serving, 'brief')}\n${statistics(serving)}`;
    case 'cons':
      return `${connections(serving, 'full')}\n`;
    case 'mntr':
      return [
        ['version', zookeeperVersion],
        ['server_state', 'standalone'],
        ['znode_count', String(database.tree.nodeCount + 2)],
        ['ephemerals_count', String([...database.tree.ephemerals.values()].reduce((sum, { size }) => sum + size, 0))],
        ['watch_count', String(watches.data.size + watches.child.size)],
        ['num_alive_connections', String(serving.connections.size)],
        ['global_sessions', String(tracker.sessions.size)],
        ['packets_received', String(serving.packetsReceived)],
        ['packets_sent', String(serving.packetsSent)],
      ]
        .map(([name, value]) => `zk_${name}\t${value}\n`)
        .join('');
    case 'conf': {
      const directory = versionDirectory(config.dataDir);
      return [
        `clientPort=${config.clientPort}`,
        'secureClientPort=-1',
        `dataDir=${directory}`,
        `dataDirSize=${snapshotSize(database)}`,
        `dataLogDir=${directory}`,
        `dataLogSize=${snapshotSize(database)}`,
        `tickTime=${config.tickTimeMs}`,
        `maxClientCnxns=${config.maxClientCnxns}`,
        `minSessionTimeout=${config.minSessionTimeoutMs}`,
        `maxSessionTimeout=${config.maxSessionTimeoutMs}`,
        'clientPortListenBacklog=-1',
        `serverId=${config.serverId}`,
        '',
      ].join('\n');
    }
    case 'wchs': {
      const watchers = new Set(
        [...watches.data.values(), ...watches.child.values()].flatMap((sockets) => [...sockets]),
      );
      const paths = watches.data.size + watches.child.size;
      return `${watchers.size} connections watching ${paths} paths\nTotal watches:${paths}\n`;
    }
    default:
      return `${word} is not simulated.\n`;
  }
}

function statistics(serving: Serving): string {
  const { packetsReceived, packetsSent, database } = serving;
  return [
    'Latency min/avg/max: 0/0.0/0',
    `Received: ${packetsReceived}`,
    `Sent: ${packetsSent}`,
    `Connections: ${serving.connections.size}`,
    'Outstanding: 0',
    `Zxid: ${hexOfZxid(database.lastZxid)}`,
    'Mode: standalone',
    // ZooKeeper counts the root twice: as "" and as "/".
    `Node count: ${database.tree.nodeCount + 2}`,
    '',
  ].join('\n');
}

function connections(serving: Serving, detail: 'brief' | 'full'): string {
  return [...serving.connections]
    .map(([socket, { peer, session, received, sent }]) => {
      const timeoutMs = session === null ? undefined : serving.tracker.sessions.get(session)?.timeoutMs;
      const more = detail === 'full' && session !== null ? `,sid=${session},to=${timeoutMs ?? 0}` : '';
      return ` ${clientAddress(peer, socket)}[1](queued=0,recved=${received},sent=${sent}${more})\n`;
    })
    .join('');
}
