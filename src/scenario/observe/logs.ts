/** A partition's log as it lies on a broker's disk, read whether the broker runs or not. */
import type { Broker } from '../../cluster/broker/broker.ts';
import type { StoredReplica } from '../../cluster/broker/hostedPartition.ts';
import { logDirFormat } from '../../cluster/broker/logDir.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import { hexOf, textOf, utf8 } from '../../kafka/bytes.ts';
import { batchesOf, segmentsOf } from '../../kafka/log/partitionLog.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { mountedValue, readText, resolvePath } from '../../kernel/fileSystem.ts';
import type { World } from '../../kernel/world.ts';
import { kafkaFolder } from '../../shell/environment.ts';
import { brokerConfigFile } from '../clusterFiles.ts';
import type { Json } from '../masks.ts';

interface Where {
  readonly topic: string;
  readonly partition: number;
  /** 0 unless told. */
  readonly broker?: number | undefined;
}

export function observeLog(world: World, { topic, partition, broker = 0 }: Where): Json {
  const folder = logFolder(world, broker);
  const replica = folder === undefined ? undefined : storedReplica(world, broker, folder, { topic, partition });
  const log = replica?.log ?? null;
  if (log === null) return { error: 'NoLog' };
  const batches = [...batchesOf(log)];
  return {
    segments: segmentsOf(log).map(({ baseOffset }) => baseOffset),
    batches: batches.map((batch) => ({
      base: batch.baseOffset,
      last: batch.lastOffset,
      leaderEpoch: batch.partitionLeaderEpoch,
      producerId: batch.producerId,
      producerEpoch: batch.producerEpoch,
      transactional: batch.isTransactional,
      control: batch.isControl,
    })),
    records: batches.flatMap(recordsOf),
  };
}

const recordsOf = (batch: RecordBatch): readonly Json[] =>
  batch.records.map(({ offset, key, value }) =>
    batch.isControl
      ? { offset, control: markerOf(batch)?.type ?? null }
      : { offset, key: shown(key), value: shown(value) },
  );

/** The first of `log.dirs` in the broker's configuration file. */
function logFolder(world: World, broker: number): string | undefined {
  const config = readText(world.files, resolvePath(kafkaFolder, brokerConfigFile(broker)));
  return /^log\.dirs=(.*)$/m.exec(config ?? '')?.[1]?.split(',')[0];
}

/** A running broker's log is newer than what it has put on the virtual disk. */
function storedReplica(
  world: World,
  brokerId: number,
  folder: string,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): StoredReplica | undefined {
  const isIt = (replica: StoredReplica | null): replica is StoredReplica =>
    replica !== null && replica.topic === topic && replica.partition === partition && replica.logDir === folder;
  for (const { program, status, snapshot } of world.processes) {
    if (program !== 'kafka-server' || status === 'exited') continue;
    const broker = snapshot.context as Broker;
    if (broker.brokerId === brokerId) return broker.partitions.find((replica) => isIt(replica)) ?? undefined;
  }
  return mountedValue(world.files, folder, logDirFormat)?.replicas.find((replica) => isIt(replica));
}

/** Text where the bytes are text, else `0x…`. */
function shown(bytes: Bytes | null): string | null {
  if (bytes === null) return null;
  const text = textOf(bytes);
  const isText = utf8(text) === bytes && !Array.from(text).some((char) => char < ' ' && char !== '\n' && char !== '\t');
  return isText ? text : `0x${hexOf(bytes)}`;
}
