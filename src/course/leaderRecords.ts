/** The data records of a partition as its leader has them: markers of transactions are not among them. */
import type { PartitionPicture } from '../cluster/picture.ts';
import { textOf } from '../kafka/bytes.ts';
import type { PartitionLog } from '../kafka/log/partitionLog.ts';
import { batchesOf } from '../kafka/log/partitionLog.ts';

export interface DataRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  /** −1: of a producer that is not idempotent. */
  readonly producerId: number;
}

/** Null where there is no partition, no leader, or none that can be reached. */
export function leaderLog(partition: PartitionPicture | undefined): PartitionLog | null {
  return partition?.replicas.find(({ broker }) => broker === partition.leader)?.log ?? null;
}

export function leaderRecords(partition: PartitionPicture): readonly DataRecord[] {
  const log = leaderLog(partition);
  if (log === null) return [];
  return [...batchesOf(log)]
    .filter((batch) => !batch.isControl)
    .flatMap((batch) =>
      batch.records.map((record) => ({
        offset: record.offset,
        key: record.key === null ? null : textOf(record.key),
        value: record.value === null ? null : textOf(record.value),
        producerId: batch.producerId,
      })),
    );
}
