/**
 * A log directory as it stands on the virtual disk: a value that outlives its broker, shown as the files that Kafka writes there.
 *
 * Follows `kafka.log.LogManager`, `MetaProperties`, `OffsetCheckpointFile`, `LeaderEpochCheckpointFile`, `PartitionMetadataFile` (3.9.0).
 */
import type { BrokerId, Offset } from '../../kafka/ids.ts';
import { int16Bytes, int32Bytes, int64Bytes } from '../../kafka/record/varint.ts';
import { encodeBatch } from '../../kafka/record/batchCodec.ts';
import { itemsFrom } from '../../kafka/log/chunkedList.ts';
import { type LogSegment, segmentFileName, segmentFileSizes } from '../../kafka/log/logSegment.ts';
import { type PartitionLog, segmentsOf } from '../../kafka/log/partitionLog.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { Directory, FileNode, MountFormat, TextFile } from '../../kernel/fileSystem.ts';
import { textFile } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { TopicId } from '../protocol/kafka/fields.ts';
import type { StoredReplica } from './hostedPartition.ts';
import { logTimestamp } from '../zookeeper/logLine.ts';

export interface MetaProperties {
  readonly brokerId: BrokerId;
  readonly clusterId: string;
  readonly writtenAt: VirtualTimeUs;
}

/** Offsets by `topic partition`; null while the file is empty. */
export type OffsetCheckpoint = ReadonlyMap<string, Offset> | null;

export interface Checkpoints {
  readonly recoveryPoint: OffsetCheckpoint;
  readonly replicationOffset: OffsetCheckpoint;
  readonly logStartOffset: OffsetCheckpoint;
  readonly cleanerOffset: OffsetCheckpoint;
}
export const fileNames: Readonly<Record<keyof Checkpoints, string>> = {
  recoveryPoint: 'recovery-point-offset-checkpoint',
  replicationOffset: 'replication-offset-checkpoint',
  logStartOffset: 'log-start-offset-checkpoint',
  cleanerOffset: 'cleaner-offset-checkpoint',
};
export const emptyCheckpoints: Checkpoints = {
  recoveryPoint: null,
  replicationOffset: null,
  logStartOffset: null,
  cleanerOffset: null,
};

/** A log whose topic was deleted, or segments that retention took: kept under another name for `file.delete.delay.ms`. */
export interface DoomedLog {
  /** The directory that it is in. */
  readonly logDir: string;
  readonly folder: string;
  readonly log: PartitionLog;
  readonly topicId: TopicId;
  readonly goesAt: VirtualTimeUs;
}
export interface DoomedSegment {
  readonly folder: string;
  readonly segment: LogSegment;
  /** Producers in the snapshot at its base, which goes with it; null where none does. */
  readonly snapshotProducers: number | null;
  readonly goesAt: VirtualTimeUs;
}

export interface LogDirContents {
  readonly path: string;
  readonly meta: MetaProperties | null;
  /** Of all directories of the broker: those with this path stand here. */
  readonly replicas: readonly (StoredReplica | null)[];
  readonly doomedLogs: readonly DoomedLog[];
  readonly doomedSegments: readonly DoomedSegment[];
  readonly checkpoints: Checkpoints;
  /** The broker epoch noted by a clean shutdown; null while a broker runs, and after a crash. */
  readonly cleanShutdownEpoch: number | null;
}

export const checkpointKey = (topic: string, partition: number): string => `${topic} ${partition}`;

export const logDirFormat: MountFormat<LogDirContents> = { name: 'kafka log directory', render };

function render(contents: LogDirContents, modifiedAt: VirtualTimeUs): Directory {
  const entries = new Map<string, FileNode>();
  const file = (name: string, text: string) => entries.set(name, textFile(text, modifiedAt));
  file('.lock', '');
  if (contents.cleanShutdownEpoch !== null)
    file('.kafka_cleanshutdown', JSON.stringify({ version: 0, brokerEpoch: contents.cleanShutdownEpoch }));
  for (const which of ['cleanerOffset', 'logStartOffset', 'recoveryPoint', 'replicationOffset'] as const)
    file(fileNames[which], checkpointText(contents.checkpoints[which]));
  if (contents.meta !== null) file('meta.properties', metaPropertiesText(contents.meta));
  for (const replica of contents.replicas) {
    if (replica === null || replica.log === null || replica.logDir !== contents.path) continue;
    const folder = topicPartitionName(replica);
    const doomed = contents.doomedSegments.filter((other) => other.folder === folder);
    entries.set(folder, renderLog(replica.log, replica.topicId, doomed, modifiedAt));
  }
  for (const { folder, log, topicId } of contents.doomedLogs) {
    entries.set(folder, renderLog(log, topicId, [], modifiedAt));
  }
  return { kind: 'directory', entries, modifiedAt };
}

function checkpointText(checkpoint: OffsetCheckpoint): string {
  if (checkpoint === null) return '';
  return `0\n${checkpoint.size}\n${[...checkpoint].map(([key, offset]) => `${key} ${offset}\n`).join('')}`;
}

function metaPropertiesText({ brokerId, clusterId, writtenAt }: MetaProperties): string {
  return `#\n#${logTimestamp(writtenAt)}\nbroker.id=${brokerId}\nversion=0\ncluster.id=${clusterId}\n`;
}

function renderLog(
  log: PartitionLog,
  topicId: TopicId,
  doomed: readonly DoomedSegment[],
  modifiedAt: VirtualTimeUs,
): Directory {
  const entries = new Map<string, FileNode>();
  for (const segment of segmentsOf(log)) addSegment(entries, segment, log, '', modifiedAt);
  for (const { segment, snapshotProducers } of doomed) {
    addSegment(entries, segment, log, '.deleted', modifiedAt);
    const snapshot = `${segmentFileName(segment.baseOffset)}.snapshot.deleted`;
    if (snapshotProducers !== null) entries.set(snapshot, binaryFile(snapshotBytes(snapshotProducers), modifiedAt));
  }
  for (const { offset, producers } of log.producers.snapshots) {
    entries.set(`${segmentFileName(offset)}.snapshot`, binaryFile(snapshotBytes(producers.length), modifiedAt));
  }
  const epochs = log.leaderEpochs.map(({ epoch, startOffset }) => `${epoch} ${startOffset}\n`).join('');
  entries.set('leader-epoch-checkpoint', textFile(`0\n${log.leaderEpochs.length}\n${epochs}`, modifiedAt));
  entries.set('partition.metadata', textFile(`version: 0\ntopic_id: ${topicId}`, modifiedAt));
  return { kind: 'directory', entries, modifiedAt };
}

/** Version, CRC and count, then 46 bytes a producer. */
const snapshotBytes = (producerCount: number): number => 10 + 46 * producerCount;

function addSegment(
  entries: Map<string, FileNode>,
  segment: LogSegment,
  log: PartitionLog,
  suffix: '' | '.deleted',
  modifiedAt: VirtualTimeUs,
): void {
  const name = segmentFileName(segment.baseOffset);
  const isActive = segment === log.activeSegment;
  const sizes = segmentFileSizes(segment, { isActive, segmentIndexBytes: log.config.segmentIndexBytes });
  const add = (extension: string, sizeInBytes: number, text: () => string) =>
    entries.set(`${name}.${extension}${suffix}`, binaryFile(sizeInBytes, modifiedAt, text));
  add('log', sizes.log, () => [...itemsFrom(segment.batches, 0)].map(({ batch }) => encodeBatch(batch)).join(''));
  if (segment.hasIndexFile) add('index', sizes.index, () => offsetIndexBytes(segment, sizes.index));
  add('timeindex', sizes.timeindex, () => timeIndexBytes(segment, sizes.timeindex));
  if (sizes.txnindex !== null) add('txnindex', sizes.txnindex, () => transactionIndexBytes(segment));
}

/** Its text, one character a byte, is made when somebody reads it. */
function binaryFile(sizeInBytes: number, modifiedAt: VirtualTimeUs, text?: () => string): TextFile {
  return {
    kind: 'file',
    text: text ?? (() => '\0'.repeat(sizeInBytes)),
    sizeInBytes,
    isExecutable: false,
    modifiedAt,
  };
}

function offsetIndexBytes({ offsetIndex, baseOffset }: LogSegment, sizeInBytes: number): string {
  const rows = [...itemsFrom(offsetIndex, 0)].map(
    ({ offset, position }) => int32Bytes(offset - baseOffset) + int32Bytes(position),
  );
  return rows.join('').padEnd(sizeInBytes, '\0');
}

function timeIndexBytes({ timeIndex, baseOffset }: LogSegment, sizeInBytes: number): string {
  const rows = [...itemsFrom(timeIndex, 0)].map(
    ({ timestamp, offset }) => int64Bytes(timestamp) + int32Bytes(offset - baseOffset),
  );
  return rows.join('').padEnd(sizeInBytes, '\0');
}

function transactionIndexBytes({ transactionIndex }: LogSegment): string {
  return transactionIndex
    .map(
      ({ producerId, firstOffset, lastOffset, lastStableOffset }) =>
        int16Bytes(0) +
        int64Bytes(producerId) +
        int64Bytes(firstOffset) +
        int64Bytes(lastOffset) +
        int64Bytes(lastStableOffset),
    )
    .join('');
}
