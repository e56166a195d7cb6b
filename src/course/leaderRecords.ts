/** The data records of a partition as its leader has them: markers of transactions are not among them. */
import type { PartitionPicture } from '../cluster/picture.ts';
import { textOf } from '../kafka/bytes.ts';
import { batchesOf } from '../kafka/log/partitionLog.ts';

export interface DataRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
}

export function leaderRecords({ leader, replicas }: PartitionPicture): readonly DataRecord[] {
  const log = replicas.find((replica) => replica.broker === leader)?.log;
  if (log === null || log === undefined) return [];
  return [...batchesOf(log)]
    .filter((batch) => !batch.isControl)
    .flatMap((batch) => batch.records)
    .map(({ offset, key, value }) => ({
      offset,
      key: key === null ? null : textOf(key),
      value: value === null ? null : textOf(value),
    }));
}
