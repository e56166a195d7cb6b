/**
 * The numbers that Kafka's protocol passes around, each with a type of its own, so that none is taken for another.
 *
 * Widths follow the protocol's schemas (`org.apache.kafka.common.protocol.types`); the "none" values are the protocol's.
 */
declare const unit: unique symbol;
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** `broker.id`: an integer ≥ 0, unique in the cluster. */
export type BrokerId = Unit<number, 'BrokerId'>;
/** Position of a record in one partition; the next record to append gets the log end offset. */
export type Offset = Unit<number, 'Offset'>;
/** Generation of a partition's leadership: the controller adds 1 at each election (KIP-101). */
export type LeaderEpoch = Unit<number, 'LeaderEpoch'>;
/** Identity of an idempotent or transactional producer, given by the controller in blocks of 1 000 (KIP-98). */
export type ProducerId = Unit<number, 'ProducerId'>;
/** Generation of a producer id (16 bits): a newer one fences the older ones. */
export type ProducerEpoch = Unit<number, 'ProducerEpoch'>;
/** Generation of a transaction coordinator: the leader epoch of its `__transaction_state` partition. */
export type CoordinatorEpoch = Unit<number, 'CoordinatorEpoch'>;
/** Kafka's timestamps: milliseconds since 1970-01-01 UTC. Virtual time is another unit (`src/kernel/time.ts`). */
export type TimestampMs = Unit<number, 'TimestampMs'>;

export const NO_OFFSET = -1 as Offset;
/** `RecordBatch.NO_PARTITION_LEADER_EPOCH`. */
export const NO_LEADER_EPOCH = -1 as LeaderEpoch;
export const NO_PRODUCER_ID = -1 as ProducerId;
export const NO_PRODUCER_EPOCH = -1 as ProducerEpoch;
/** `RecordBatch.NO_SEQUENCE`. */
export const NO_SEQUENCE = -1;
export const NO_TIMESTAMP = -1 as TimestampMs;
