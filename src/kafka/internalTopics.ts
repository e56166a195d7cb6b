/** The topics in which Kafka keeps its own affairs (`org.apache.kafka.common.internals.Topic`, 3.9.0). */

/** Groups and their offsets. */
export const GROUP_METADATA_TOPIC_NAME = '__consumer_offsets';
/** Transactional ids and their transactions. */
export const TRANSACTION_STATE_TOPIC_NAME = '__transaction_state';

/** Clients do not write to these, and lists leave them out when asked to. */
export const isInternalTopic = (topic: string): boolean =>
  topic === GROUP_METADATA_TOPIC_NAME || topic === TRANSACTION_STATE_TOPIC_NAME;
