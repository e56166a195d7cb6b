/** Producer ids and transactions (KIP-98, KIP-664, KIP-890). */
import type { BrokerId, ProducerEpoch, ProducerId, TimestampMs } from '../../../kafka/ids.ts';
import type { CommitAnswer } from './groups.ts';
import type { Failable } from './fields.ts';

export interface InitProducerIdRequest {
  /** Null: an idempotent producer. */
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  /** −1: none yet; else the epoch is to be raised (KIP-360). */
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}
export interface InitProducerIdResponse extends Failable {
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}

interface OfProducer {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}
interface TopicsOfTransaction {
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[];
}
/** One transaction from a client, `verifyOnly` false; several to verify from a partition leader. */
export interface AddPartitionsToTxnRequest {
  readonly transactions: readonly (OfProducer & TopicsOfTransaction & { readonly verifyOnly: boolean })[];
}
export interface AddPartitionsToTxnResponse extends Failable {
  readonly resultsByTransaction: readonly {
    readonly transactionalId: string;
    readonly topicResults: CommitAnswer['topics'];
  }[];
}

export interface AddOffsetsToTxnRequest extends OfProducer {
  readonly groupId: string;
}
export type AddOffsetsToTxnResponse = Failable;

export interface EndTxnRequest extends OfProducer {
  /** True: commit. */
  readonly committed: boolean;
}
export type EndTxnResponse = Failable;

export interface WriteTxnMarkersRequest {
  readonly markers: readonly (TopicsOfTransaction & {
    readonly producerId: ProducerId;
    readonly producerEpoch: ProducerEpoch;
    readonly transactionResult: boolean;
    readonly coordinatorEpoch: number;
  })[];
}
export interface WriteTxnMarkersResponse {
  readonly markers: readonly { readonly producerId: ProducerId; readonly topics: CommitAnswer['topics'] }[];
}

export interface DescribeTransactionsRequest {
  readonly transactionalIds: readonly string[];
}
export interface DescribeTransactionsResponse {
  readonly transactionStates: readonly (Failable &
    OfProducer &
    TopicsOfTransaction & {
      readonly transactionState: string;
      readonly transactionTimeoutMs: number;
      /** −1: none begun. */
      readonly transactionStartTimeMs: TimestampMs;
    })[];
}

export interface ListTransactionsRequest {
  readonly stateFilters: readonly string[];
  readonly producerIdFilters: readonly ProducerId[];
  /** −1: no filter. */
  readonly durationFilter: number;
}
export interface ListTransactionsResponse extends Failable {
  readonly unknownStateFilters: readonly string[];
  readonly transactionStates: readonly {
    readonly transactionalId: string;
    readonly producerId: ProducerId;
    readonly transactionState: string;
  }[];
}

/** A broker asks the controller for a block of producer ids (KIP-730). */
export interface AllocateProducerIdsRequest {
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
}
export interface AllocateProducerIdsResponse extends Failable {
  readonly producerIdStart: ProducerId;
  readonly producerIdLen: number;
}
