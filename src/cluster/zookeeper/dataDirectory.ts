/**
 * `dataDir/version-2` on the virtual disk: snapshots and transaction logs, a value shown as files. Their bytes are not for reading; names
 * and sizes are those that ZooKeeper's have. Follows `org.apache.zookeeper.server.persistence` (3.8.4).
 */
import type { Directory, FileChange, FileNode, FileSystem, MountFormat } from '../../kernel/fileSystem.ts';
import { findNode, mountAt, mountedValue, textFile, utf8Length } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ZkDatabase } from './database.ts';
import { emptyDatabase, fastForward } from './database.ts';
import { noZxid } from '../protocol/zookeeper.ts';
import type { Znode } from './znodeTree.ts';

/** A log file is allocated 64 MiB at a time, behind its header. */
const logSizeInBytes = 64 * 1024 * 1024 + 16;

const binaryFile = (magic: string, sizeInBytes: number, modifiedAt: VirtualTimeUs): FileNode => ({
  kind: 'file',
  text: () => `${magic}\0\0\0\u0002\0\0\0\0\0\0\0\0`,
  sizeInBytes,
  isExecutable: false,
  modifiedAt,
});

export const zookeeperDataFormat: MountFormat<ZkDatabase> = {
  name: 'ZooKeeper data',
  render: ({ snapshots, logs, epochs }, modifiedAt): Directory => ({
    kind: 'directory',
    modifiedAt,
    entries: new Map<string, FileNode>([
      ...(epochs === null
        ? []
        : [
            ['acceptedEpoch', textFile(String(epochs.accepted), modifiedAt)] as const,
            ['currentEpoch', textFile(String(epochs.current), modifiedAt)] as const,
          ]),
      ...logs.map((zxid) => [`log.${zxid.toString(16)}`, binaryFile('ZKLG', logSizeInBytes, modifiedAt)] as const),
      ...snapshots.map(
        ({ zxid, sizeInBytes }) =>
          [`snapshot.${zxid.toString(16)}`, binaryFile('ZKSN', sizeInBytes, modifiedAt)] as const,
      ),
    ]),
  }),
};

export const versionDirectory = (dataDir: string): string => `${dataDir === '/' ? '' : dataDir}/version-2`;

/** What a server finds at its start, all that was logged applied; an empty database where there is none. */
export function readDatabase(files: FileSystem, dataDir: string): ZkDatabase {
  const database = fastForward(mountedValue(files, versionDirectory(dataDir), zookeeperDataFormat) ?? emptyDatabase);
  // That a leader had begun an epoch without a transaction is not in the files.
  const logged = database.applied?.txn.zxid ?? noZxid;
  const read = database.snapshots.at(-1)?.zxid ?? noZxid;
  return { ...database, lastZxid: logged > read ? logged : read };
}

/** Changes that make the directory and put the database there; null when something that is no directory is in the way. */
export function createDataDirectory(
  files: FileSystem,
  dataDir: string,
  database: ZkDatabase,
  now: VirtualTimeUs,
): readonly FileChange[] | null {
  const changes: FileChange[] = [];
  const names = dataDir.split('/').filter((name) => name !== '');
  for (let depth = 1; depth <= names.length; depth++) {
    const path = `/${names.slice(0, depth).join('/')}`;
    const node = findNode(files, path);
    if (node === undefined) changes.push({ kind: 'makeDirectory', path });
    else if (node.kind !== 'directory') return null;
  }
  const version = findNode(files, versionDirectory(dataDir));
  if (version?.kind === 'file') return null;
  return [...changes, mountAt(versionDirectory(dataDir), zookeeperDataFormat, database, now)];
}

/** The change that keeps the database on disk; none once somebody has removed the directory: what the server writes is lost then. */
export const storeDatabase = (
  files: FileSystem,
  dataDir: string,
  database: ZkDatabase,
  now: VirtualTimeUs,
): readonly FileChange[] =>
  mountedValue(files, versionDirectory(dataDir), zookeeperDataFormat) === undefined
    ? []
    : [mountAt(versionDirectory(dataDir), zookeeperDataFormat, database, now)];

/** Bytes of a snapshot of this state: header, sessions, one ACL, every znode with its path, checksums. */
export function snapshotSize({ tree, sessions }: ZkDatabase): number {
  const aclCache = 4 + 8 + 4 + 27;
  const sealsAndDigest = 2 * 13 + 20;
  return 16 + 4 + 12 * sessions.size + aclCache + nodeSize('', tree.root) + 5 + sealsAndDigest;
}

function nodeSize(path: string, node: Znode): number {
  let size = 4 + utf8Length(path) + 4 + utf8Length(node.data ?? '') + 8 + 60;
  for (const [name, child] of node.children) size += nodeSize(`${path}/${name}`, child);
  return size;
}
