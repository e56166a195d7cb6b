/** The machine as a scenario finds it: Kafka unpacked, a configuration file for every server of the cluster, the scenario's own files. */
import type { FileSystem } from '../kernel/fileSystem.ts';
import { changeFiles, readText, resolvePath } from '../kernel/fileSystem.ts';
import { timeZero } from '../kernel/time.ts';
import { kafkaFolder, machineWithKafka } from '../shell/environment.ts';
import type { Scenario } from './schema.ts';

export type ClusterSetup = Scenario['cluster'];

/** Client port of the ensemble's server of that number, from 1. */
const zooKeeperPort = (server: number): number => 2180 + server;

const zooKeeperAddresses = ({ zookeepers }: ClusterSetup): string =>
  Array.from({ length: Math.max(1, zookeepers) }, (_, index) => `localhost:${zooKeeperPort(index + 1)}`).join(',');

/** Relative to the Kafka folder. */
export const brokerConfigFile = (broker: number): string =>
  broker === 0 ? 'config/server.properties' : `config/server-${broker}.properties`;
export const zooKeeperConfigFile = (server: number, { zookeepers }: Pick<ClusterSetup, 'zookeepers'>): string =>
  zookeepers <= 1 ? 'config/zookeeper.properties' : `config/zookeeper-${server}.properties`;

/** `<path>` in a command or a file is the Kafka folder. */
export const placePath = (text: string): string => text.replaceAll('<path>', kafkaFolder);

export function clusterFiles(setup: ClusterSetup, ownFiles: Readonly<Record<string, string>> = {}): FileSystem {
  let files = machineWithKafka();
  const write = (path: string, text: string): void => {
    files = writeFile(files, resolvePath(kafkaFolder, path), text);
  };
  const shipped = readText(files, resolvePath(kafkaFolder, brokerConfigFile(0))) ?? '';
  for (const broker of new Set([0, ...setup.brokers]))
    write(brokerConfigFile(broker), brokerConfig(shipped, broker, setup));
  for (let server = 1; setup.zookeepers > 1 && server <= setup.zookeepers; server++) {
    write(`/tmp/zookeeper-${server}/myid`, `${server}\n`);
    write(zooKeeperConfigFile(server, setup), zooKeeperConfig(server, setup));
  }
  for (const [path, text] of Object.entries(ownFiles)) write(path, placePath(text));
  return files;
}

/** Writes a text, making the folders on the way. */
export function writeFile(files: FileSystem, path: string, text: string): FileSystem {
  const parts = path.split('/').slice(1, -1);
  let written = files;
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = `/${parts.slice(0, depth).join('/')}`;
    written = changeFiles(written, { kind: 'makeDirectory', path: folder }, timeZero);
  }
  return changeFiles(written, { kind: 'write', path, text }, timeZero);
}

function brokerConfig(shipped: string, broker: number, setup: ClusterSetup): string {
  const own = {
    'broker.id': String(broker),
    listeners: `PLAINTEXT://localhost:${9092 + broker}`,
    'log.dirs': `/tmp/kafka-logs-${broker}`,
  };
  const settings: Readonly<Record<string, string>> = {
    ...(broker === 0 ? {} : own),
    ...(setup.zookeepers > 1 ? { 'zookeeper.connect': zooKeeperAddresses(setup) } : {}),
    ...setup.brokerConfig,
  };
  const kept = shipped.split('\n').filter((line) => !Object.keys(settings).includes(line.split('=')[0]!.trim()));
  const added = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  return `${kept.join('\n').trimEnd()}\n${added.join('')}`;
}

function zooKeeperConfig(server: number, setup: ClusterSetup): string {
  const settings: Record<string, string> = {
    dataDir: `/tmp/zookeeper-${server}`,
    clientPort: String(zooKeeperPort(server)),
    maxClientCnxns: '0',
    'admin.enableServer': 'false',
    tickTime: '2000',
    initLimit: '5',
    syncLimit: '2',
    '4lw.commands.whitelist': '*',
    ...setup.zookeeperConfig,
  };
  for (let other = 1; other <= setup.zookeepers; other++) {
    settings[`server.${other}`] = `localhost:${2887 + other}:${3887 + other}`;
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
