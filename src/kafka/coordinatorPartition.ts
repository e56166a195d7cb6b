/**
 * Which partition of `__consumer_offsets` or `__transaction_state` looks after a group or a transactional id; its leader is the
 * coordinator.
 *
 * Follows `GroupMetadataManager#partitionFor` and `TransactionStateManager#partitionFor` (3.9.0).
 */
import { javaStringHash, kafkaAbs } from './javaHash.ts';

export function coordinatorPartition(id: string, { partitionCount }: { readonly partitionCount: number }): number {
  return kafkaAbs(javaStringHash(id)) % partitionCount;
}
