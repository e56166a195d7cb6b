/** A server's properties file: what is understood, what is refused, and in which words. Follows `quorum.QuorumPeerConfig` (3.8.4). */
import { parse } from 'dot-properties';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';

export interface QuorumServer {
  readonly id: number;
  readonly host: string;
  readonly quorumPort: number;
  readonly electionPort: number;
}
export interface ZkServerConfig {
  readonly path: string;
  readonly dataDir: string;
  readonly clientPort: number;
  readonly tickTimeMs: number;
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly maxClientCnxns: number;
  readonly initLimit: number;
  readonly syncLimit: number;
  readonly fourLetterWords: readonly string[] | 'all';
  /** The ensemble; empty for a server alone. */
  readonly servers: readonly QuorumServer[];
  /** From the file `myid`; 0 alone. */
  readonly serverId: number;
  /** As written, when it is relative: the server warns. */
  readonly relativeDataDir: string | null;
}
/** Why a file is refused, as Java would say it. */
export interface ConfigError {
  readonly exception: string;
}

export function readServerConfig(files: FileSystem, cwd: string, path: string): ZkServerConfig | ConfigError {
  const text = readText(files, resolvePath(cwd, path));
  if (text === undefined) return illegalArgument(`${path} file is missing`);
  const properties = new Map(
    Object.entries(parse(text)).map(
      ([key, value]) => [key.trim(), typeof value === 'string' ? value.trim() : ''] as const,
    ),
  );
  const numbers = new Map<string, number>();
  for (const [key, fallback] of Object.entries(numericDefaults)) {
    const given = properties.get(key);
    const number = given === undefined ? fallback : parseJavaInt(given);
    if (number === null) return { exception: `java.lang.NumberFormatException: For input string: "${given ?? ''}"` };
    numbers.set(key, number);
  }
  const number = (key: keyof typeof numericDefaults): number => numbers.get(key) ?? 0;
  const dataDir = properties.get('dataDir');
  if (dataDir === undefined) return illegalArgument('dataDir is not set');
  const tickTimeMs = number('tickTime');
  if (tickTimeMs === 0) return illegalArgument('tickTime is not set');
  const minSessionTimeoutMs = number('minSessionTimeout') === -1 ? tickTimeMs * 2 : number('minSessionTimeout');
  const maxSessionTimeoutMs = number('maxSessionTimeout') === -1 ? tickTimeMs * 20 : number('maxSessionTimeout');
  if (minSessionTimeoutMs > maxSessionTimeoutMs)
    return illegalArgument('minSessionTimeout must not be larger than maxSessionTimeout');
  const whitelist = properties.get('4lw.commands.whitelist') ?? 'srvr';
  const absoluteDataDir = resolvePath(cwd, dataDir);
  const ensemble = readEnsemble(files, absoluteDataDir, properties, number('initLimit'), number('syncLimit'));
  if ('exception' in ensemble) return ensemble;
  return {
    path,
    dataDir: absoluteDataDir,
    clientPort: number('clientPort'),
    tickTimeMs,
    minSessionTimeoutMs,
    maxSessionTimeoutMs,
    maxClientCnxns: number('maxClientCnxns'),
    initLimit: number('initLimit'),
    syncLimit: number('syncLimit'),
    fourLetterWords: whitelist === '*' ? 'all' : whitelist.split(',').map((word) => word.trim()),
    ...ensemble,
    relativeDataDir: isRelative(dataDir) ? dataDir : null,
  };
}

/** −1: not set. */
const numericDefaults = {
  clientPort: 0,
  tickTime: 3000,
  maxClientCnxns: 60,
  minSessionTimeout: -1,
  maxSessionTimeout: -1,
  initLimit: 0,
  syncLimit: 0,
};

const illegalArgument = (message: string): ConfigError => ({
  exception: `java.lang.IllegalArgumentException: ${message}`,
});

/** `VerifyingFileFactory`: a path that begins with `./` is meant so. */
export const isRelative = (path: string): boolean => !path.startsWith('/') && !path.startsWith('./');

const parseJavaInt = (text: string): number | null => (/^[+-]?\d{1,10}$/.test(text) ? Number(text) : null);

function readEnsemble(
  files: FileSystem,
  dataDir: string,
  properties: ReadonlyMap<string, string>,
  initLimit: number,
  syncLimit: number,
): Pick<ZkServerConfig, 'servers' | 'serverId'> | ConfigError {
  const servers: QuorumServer[] = [];
  for (const [key, value] of properties) {
    if (!key.startsWith('server.')) continue;
    const [host = '', quorumPort = '', electionPort = ''] = (value.split(';')[0] ?? '').split(':');
    const id = parseJavaInt(key.slice('server.'.length));
    const ports = [parseJavaInt(quorumPort), parseJavaInt(electionPort)];
    if (id === null || ports[0] == null || ports[1] == null)
      return {
        exception: `${configException}: ${value} does not have the form server_config or server_config;client_config`,
      };
    servers.push({ id, host, quorumPort: ports[0], electionPort: ports[1] });
  }
  // One server alone is no ensemble: it runs standalone.
  if (servers.length < 2) return { servers: [], serverId: 0 };
  if (initLimit === 0) return illegalArgument('initLimit is not set');
  if (syncLimit === 0) return illegalArgument('syncLimit is not set');
  const myid = readText(files, `${dataDir}/myid`);
  if (myid === undefined) return illegalArgument('myid file is missing');
  const serverId = parseJavaInt(myid.trim());
  if (serverId === null) return illegalArgument(`serverid ${myid.trim()} is not a number`);
  return { servers, serverId };
}

const configException = 'org.apache.zookeeper.server.quorum.QuorumPeerConfig$ConfigException';
