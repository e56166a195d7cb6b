/** Requests about producer ids and transactions, as they wait for their turn: one at a time is under way. */
import type { Offset } from '../../../kafka/ids.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { CoordinatorType } from '../../protocol/kafka/groups.ts';

/** `ConsumerGroupMetadata`: on whose behalf offsets are committed in a transaction. */
export interface GroupMetadata {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
export interface OffsetToSend extends TopicPartition {
  readonly offset: Offset;
  readonly leaderEpoch: number | null;
  readonly metadata: string;
}

interface Retriable {
  /** Waits for the retry backoff. */
  readonly isRetry: boolean;
  /** The call of the application that ends with this request; null: none. */
  readonly tag: string | null;
}
export type TxnRequest = Retriable &
  (
    | { readonly kind: 'findCoordinator'; readonly keyType: CoordinatorType; readonly key: string }
    | { readonly kind: 'initProducerId'; readonly isEpochBump: boolean }
    | {
        readonly kind: 'addPartitions';
        readonly partitions: readonly TopicPartition[];
        readonly backoffMs: number | null;
      }
    | { readonly kind: 'addOffsets'; readonly offsets: readonly OffsetToSend[]; readonly group: GroupMetadata }
    | { readonly kind: 'txnOffsetCommit'; readonly offsets: readonly OffsetToSend[]; readonly group: GroupMetadata }
    | { readonly kind: 'endTxn'; readonly committed: boolean }
  );
export type TxnRequestOf<K extends TxnRequest['kind']> = Extract<TxnRequest, { readonly kind: K }>;

/** Whose coordinator it goes to; null: any broker. */
export function coordinatorTypeOf(request: TxnRequest, isTransactional: boolean): CoordinatorType | null {
  if (request.kind === 'findCoordinator' || (request.kind === 'initProducerId' && !isTransactional)) return null;
  return request.kind === 'txnOffsetCommit' ? 'GROUP' : 'TRANSACTION';
}
