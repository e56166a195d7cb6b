/** How kafka-dump-log shows keys and values: as text, as numbers, as records of the coordinators. */
import { decodeAssignment, decodeSubscription } from '../../../cluster/client/consumer/consumerProtocol.ts';
import type { StoredMember } from '../../../cluster/coordinator/groupRecords.ts';
import { readGroupRecordKey, readGroupValue, readOffsetValue } from '../../../cluster/coordinator/groupRecords.ts';
import type { TransactionMetadata } from '../../../cluster/transaction/transactionMetadata.ts';
import { readTransactionKey, readTransactionValue } from '../../../cluster/transaction/transactionRecords.ts';
import { base64 } from '../../../kafka/base64.ts';
import type { Bytes } from '../../../kafka/bytes.ts';

import { readInt16 } from '../../../kafka/record/varint.ts';
import type { KafkaRecord } from '../../../kafka/record/record.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { deserializerOf } from '../consoleConsumer/deserializer.ts';
import type { ParsedOptions } from '../optionParser.ts';
import { thrown } from '../stackTrace.ts';

/** Null: nothing is shown of it. */
export interface ShownRecord {
  readonly key: string | null;
  readonly payload: string | null;
}
export type MessageParser = (record: KafkaRecord) => ShownRecord;

/** `notices`: what is said of old names of decoders. */
export function messageParserOf(options: ParsedOptions): {
  readonly parse: MessageParser;
  readonly notices: string;
} {
  if (options.has('offsets-decoder')) return { parse: groupRecord, notices: '' };
  if (options.has('transaction-log-decoder')) return { parse: transactionLogRecord, notices: '' };
  for (const name of ['cluster-metadata-decoder', 'remote-log-metadata-decoder']) {
    if (options.has(name)) return { parse: undecoded(name), notices: '' };
  }
  const value = decoderOf(options.valueOf('value-decoder-class') ?? '');
  const key = decoderOf(options.valueOf('key-decoder-class') ?? '');
  return {
    parse: (record) => ({
      key: record.key === null ? null : key.decode(record.key),
      payload: record.value === null ? null : value.decode(record.value),
    }),
    notices: value.notice + key.notice,
  };
}

/** The records of these logs are not modelled as Kafka writes them. */
const undecoded =
  (name: string): MessageParser =>
  ({ offset }) => ({ key: `Error at offset ${offset}, skipping. The simulator has no ${name}.`, payload: null });

interface NamedDecoder {
  readonly decode: (bytes: Bytes) => string;
  readonly notice: string;
}

function decoderOf(className: string): NamedDecoder {
  const [, old, simple] =
    /^(?:(kafka\.serializer)|org\.apache\.kafka\.tools\.api)\.(String|Long|Integer|Default)Decoder$/.exec(className) ??
    [];
  if (simple === undefined) throw thrown('java.lang.ClassNotFoundException', className);
  const deserializer = deserializerOf(
    `org.apache.kafka.common.serialization.${simple === 'Default' ? 'ByteArray' : simple}Deserializer`,
  )!;
  // `ByteBuffer.getInt` and `getLong`: what comes after is left alone.
  const needed = simple === 'Integer' ? 4 : simple === 'Long' ? 8 : null;
  const decode = (bytes: Bytes): string => {
    if (needed !== null && bytes.length < needed) throw thrown('java.nio.BufferUnderflowException', null);
    const result = deserializer(needed === null ? bytes : (bytes.slice(0, needed) as Bytes));
    if ('text' in result) return result.text;
    throw new Error(`${className} decodes whatever bytes it is given.`);
  };
  const notice =
    old === undefined
      ? ''
      : `${className} is deprecated. Please use org.apache.kafka.tools.api.${simple}Decoder instead\n`;
  return { decode, notice };
}

/** `TransactionLog#formatRecordKeyAndValue`. */
const transactionLogRecord: MessageParser = ({ key, value }) => {
  if (key === null) {
    const message = 'Cannot invoke "java.nio.ByteBuffer.getShort()" because "buffer" is null';
    throw thrown('java.lang.NullPointerException', message);
  }
  const transactionalId = readTransactionKey(key);
  if (transactionalId === null) return { key: `unknown::version=${readInt16(key, 0)}`, payload: null };
  return {
    key: `transaction_metadata::transactionalId=${transactionalId}`,
    payload: value === null ? '<DELETE>' : transactionText(readTransactionValue(transactionalId, value)),
  };
};

const transactionText = (metadata: TransactionMetadata): string =>
  `producerId:${metadata.producerId},producerEpoch:${metadata.producerEpoch},state=${metadata.state},` +
  `partitions=[${metadata.topicPartitions.map(topicPartitionName).join(',')}],` +
  `txnLastUpdateTimestamp=${metadata.txnLastUpdateTimestamp},txnTimeoutMs=${metadata.txnTimeoutMs}`;

const withType = (type: number, data: unknown): string => JSON.stringify({ type: String(type), data });
const withVersion = (value: Bytes, data: unknown): string =>
  JSON.stringify({ version: String(readInt16(value, 0)), data });

const groupRecord: MessageParser = ({ key, value, offset }) => {
  if (key === null) {
    const message = `Failed to decode message at offset ${offset} using offset topic decoder (message had a missing key)`;
    throw thrown('java.lang.RuntimeException', message);
  }
  const problem = problemOfGroupKey(key);
  if (problem !== null) return { key: `Error at offset ${offset}, skipping. ${problem}`, payload: null };
  const named = readGroupRecordKey(key);
  switch (named.kind) {
    case 'unknown':
      return { key: `Unknown record type ${named.version} at offset ${offset}, skipping.`, payload: null };
    case 'group':
      return {
        key: withType(readInt16(key, 0), { group: named.groupId }),
        payload: value === null ? '<DELETE>' : withVersion(value, groupJson(value)),
      };
    case 'offset': {
      const { topic, partition } = named.topicPartition;
      return {
        key: withType(readInt16(key, 0), { group: named.groupId, topic, partition }),
        payload: value === null ? '<DELETE>' : withVersion(value, offsetJson(value, named.topicPartition)),
      };
    }
  }
};

/** Why a key is none of the coordinator's, as `CoordinatorRecordSerde` says it; null where it is one, or of a type that nobody knows. */
function problemOfGroupKey(key: Bytes): string | null {
  if (key.length < 2) return "Could not read version from key's buffer.";
  const version = readInt16(key, 0);
  if (version < 0 || version > 2) return null;
  const fields = version === 2 ? (['group'] as const) : (['group', 'topic'] as const);
  const reason = reasonAgainst(fields, version === 2 ? 0 : 4);
  return reason === undefined
    ? null
    : `Could not read record with version ${version} from key's buffer due to: ${reason}.`;

  function reasonAgainst(strings: readonly string[], rest: number): string | undefined {
    let at = 2;
    for (const field of strings) {
      if (key.length < at + 2) return 'null';
      const length = readInt16(key, at);
      if (length < 0) return `non-nullable field ${field} was serialized as null`;
      const left = key.length - at - 2;
      if (length > left) return `Error reading byte array of ${length} byte(s): only ${left} byte(s) available`;
      at += 2 + length;
    }
    return key.length < at + rest ? 'null' : undefined;
  }
}

function offsetJson(value: Bytes, place: TopicPartition): unknown {
  const { offset, leaderEpoch, metadata, commitTimestampMs } = readOffsetValue(value, place);
  return { offset, leaderEpoch, metadata, commitTimestamp: commitTimestampMs };
}

function groupJson(value: Bytes): unknown {
  const { protocolType, generationId, protocolName, leaderId, stateTimestampMs, members } = readGroupValue(value);
  return {
    protocolType,
    generation: generationId,
    protocol: protocolName,
    leader: leaderId,
    currentStateTimestamp: stateTimestampMs,
    members: members.map(memberJson),
  };
}

const memberJson = (member: StoredMember): unknown => ({
  memberId: member.memberId,
  groupInstanceId: member.groupInstanceId,
  clientId: member.clientId,
  clientHost: member.clientHost,
  rebalanceTimeout: member.rebalanceTimeoutMs,
  sessionTimeout: member.sessionTimeoutMs,
  subscription: subscriptionJson(member.subscription),
  assignment: assignmentJson(member.assignment),
});

function subscriptionJson(bytes: Bytes): unknown {
  const { topics, userData, ownedPartitions, generationId } = decodeSubscription(bytes);
  return {
    topics,
    userData: userData === null ? null : base64(userData),
    ownedPartitions: byTopic(ownedPartitions),
    generationId,
    rackId: null,
  };
}

function assignmentJson(bytes: Bytes): unknown {
  if (bytes.length === 0) return '';
  const { partitions, userData } = decodeAssignment(bytes);
  return { assignedPartitions: byTopic(partitions), userData: userData === null ? null : base64(userData) };
}

const byTopic = (partitions: readonly TopicPartition[]): unknown =>
  [...new Set(partitions.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: partitions.filter((one) => one.topic === topic).map(({ partition }) => partition),
  }));
