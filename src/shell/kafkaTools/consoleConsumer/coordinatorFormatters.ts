/**
 * Records of the coordinators' topics as the console consumer shows them.
 *
 * Follows `OffsetsMessageFormatter`, `GroupMetadataMessageFormatter` and `TransactionLogMessageFormatter` of
 * `org.apache.kafka.tools.consumer`, which write JSON without any line end, and the deprecated ones of the same names in
 * `kafka.coordinator`, which write a line of Scala's text (3.9.0).
 */
import type { StoredMember } from '../../../cluster/coordinator/groupRecords.ts';
import { readGroupRecordKey, readGroupValue, readOffsetValue } from '../../../cluster/coordinator/groupRecords.ts';
import { readTransactionKey, readTransactionValue } from '../../../cluster/transaction/transactionRecords.ts';
import { transactionStates } from '../../../cluster/transaction/transactionState.ts';
import { base64 } from '../../../kafka/base64.ts';
import type { Bytes } from '../../../kafka/bytes.ts';
import type { KafkaRecord } from '../../../kafka/record/record.ts';
import { readInt16 } from '../../../kafka/record/varint.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';

/** Empty for a record of another kind. */
type Show = (record: Pick<KafkaRecord, 'key' | 'value'>) => string;

const newPackage = 'org.apache.kafka.tools.consumer';
/** Deprecated class → the one that replaces it. */
export const replacements: Readonly<Record<string, string>> = {
  'kafka.coordinator.transaction.TransactionLog$TransactionLogMessageFormatter': `${newPackage}.TransactionLogMessageFormatter`,
  'kafka.coordinator.group.GroupMetadataManager$OffsetsMessageFormatter': `${newPackage}.OffsetsMessageFormatter`,
  'kafka.coordinator.group.GroupMetadataManager$GroupMetadataMessageFormatter': `${newPackage}.GroupMetadataMessageFormatter`,
};

/** Undefined: no such class. */
export const coordinatorFormatter = (className: string): Show | undefined => formatters[className];

const formatters: Readonly<Record<string, Show>> = {
  [`${newPackage}.OffsetsMessageFormatter`]: ({ key, value }) => {
    const named = keyOf(key);
    return named?.kind === 'group' ? '' : json(key, named && offsetKeyData(named), value, offsetData);
  },
  [`${newPackage}.GroupMetadataMessageFormatter`]: ({ key, value }) => {
    const named = keyOf(key);
    if (named?.kind === 'offset') return '';
    return json(key, named?.kind === 'group' ? { group: named.groupId } : 'unknown', value, groupData);
  },
  [`${newPackage}.TransactionLogMessageFormatter`]: ({ key, value }) => {
    const transactionalId = key === null ? null : readTransactionKey(key);
    return json(key, transactionalId === null ? 'unknown' : { transactionalId }, value, transactionData);
  },
  'kafka.coordinator.group.GroupMetadataManager$OffsetsMessageFormatter': ({ key, value }) => {
    const named = keyOf(key);
    if (named?.kind !== 'offset') return '';
    const { topic, partition } = named.topicPartition;
    return `[${named.groupId},${topic},${partition}]::${value === null ? 'NULL' : offsetText(value)}\n`;
  },
  'kafka.coordinator.group.GroupMetadataManager$GroupMetadataMessageFormatter': ({ key, value }) => {
    const named = keyOf(key);
    if (named?.kind !== 'group') return '';
    return `${named.groupId}::${value === null ? 'NULL' : groupText(named.groupId, value)}\n`;
  },
  'kafka.coordinator.transaction.TransactionLog$TransactionLogMessageFormatter': ({ key, value }) => {
    if (key === null) return '';
    const transactionalId = readTransactionKey(key);
    if (transactionalId === null) return `unknown::version=${readInt16(key, 0)}\n`;
    return `${transactionalId}::${value === null ? 'NULL' : transactionText(transactionalId, value)}\n`;
  },
};

const keyOf = (key: Bytes | null) => (key === null ? null : readGroupRecordKey(key));

function json(key: Bytes | null, keyData: unknown, value: Bytes | null, valueData: (value: Bytes) => unknown): string {
  return JSON.stringify({
    key: key === null ? null : { version: readInt16(key, 0), data: keyData },
    value: value === null ? null : { version: readInt16(value, 0), data: valueData(value) },
  });
}

function offsetKeyData(named: ReturnType<typeof readGroupRecordKey>): unknown {
  if (named.kind !== 'offset') return 'unknown';
  const { topic, partition } = named.topicPartition;
  return { group: named.groupId, topic, partition };
}

/** What a value says does not depend on where it belongs. */
const anywhere: TopicPartition = { topic: '', partition: 0 };

function offsetData(value: Bytes): unknown {
  const { offset, leaderEpoch, metadata, commitTimestampMs } = readOffsetValue(value, anywhere);
  return { offset, leaderEpoch, metadata, commitTimestamp: commitTimestampMs };
}

function offsetText(value: Bytes): string {
  const { offset, leaderEpoch, metadata, commitTimestampMs } = readOffsetValue(value, anywhere);
  const epoch = leaderEpoch < 0 ? 'Optional.empty' : `Optional[${leaderEpoch}]`;
  return `OffsetAndMetadata(offset=${offset}, leaderEpoch=${epoch}, metadata=${metadata}, commitTimestamp=${commitTimestampMs}, expireTimestamp=None)`;
}

function groupData(value: Bytes): unknown {
  const { protocolType, generationId, protocolName, leaderId, stateTimestampMs, members } = readGroupValue(value);
  return {
    protocolType,
    generation: generationId,
    protocol: protocolName,
    leader: leaderId,
    currentStateTimestamp: stateTimestampMs,
    members: members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: base64(member.subscription),
      assignment: base64(member.assignment),
    })),
  };
}

const option = (text: string | null): string => (text === null ? 'None' : `Some(${text})`);

function groupText(groupId: string, value: Bytes): string {
  const { protocolType, generationId, protocolName, members } = readGroupValue(value);
  const shown = members.map((member) => `${member.memberId} -> ${memberText(member, protocolName)}`);
  const state = members.length === 0 ? 'Empty' : 'Stable';
  const type = option(protocolType === '' ? null : protocolType);
  return `GroupMetadata(groupId=${groupId}, generation=${generationId}, protocolType=${type}, currentState=${state}, members=HashMap(${shown.join(', ')}))`;
}

function memberText(member: StoredMember, protocolName: string | null): string {
  return `MemberMetadata(memberId=${member.memberId}, groupInstanceId=${option(member.groupInstanceId)}, clientId=${member.clientId}, clientHost=${member.clientHost}, sessionTimeoutMs=${member.sessionTimeoutMs}, rebalanceTimeoutMs=${member.rebalanceTimeoutMs}, supportedProtocols=List(${protocolName ?? ''}))`;
}

function transactionData(value: Bytes): unknown {
  const metadata = readTransactionValue('', value);
  const topics = [...new Set(metadata.topicPartitions.map(({ topic }) => topic))];
  return {
    producerId: metadata.producerId,
    producerEpoch: metadata.producerEpoch,
    transactionTimeoutMs: metadata.txnTimeoutMs,
    transactionStatus: transactionStates.indexOf(metadata.state),
    transactionPartitions:
      metadata.state === 'Empty'
        ? null
        : topics.map((topic) => ({
            topic,
            partitionIds: metadata.topicPartitions
              .filter((one) => one.topic === topic)
              .map(({ partition }) => partition),
          })),
    transactionLastUpdateTimestampMs: metadata.txnLastUpdateTimestamp,
    transactionStartTimestampMs: metadata.txnStartTimestamp,
  };
}

function transactionText(transactionalId: string, value: Bytes): string {
  const metadata = readTransactionValue(transactionalId, value);
  const partitions = metadata.topicPartitions.map(topicPartitionName).join(', ');
  return `TransactionMetadata(transactionalId=${transactionalId}, producerId=${metadata.producerId}, producerEpoch=${metadata.producerEpoch}, txnTimeoutMs=${metadata.txnTimeoutMs}, state=${metadata.state}, pendingState=None, topicPartitions=HashSet(${partitions}), txnStartTimestamp=${metadata.txnStartTimestamp}, txnLastUpdateTimestamp=${metadata.txnLastUpdateTimestamp})`;
}
