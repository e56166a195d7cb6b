/** A consumer's settings, read once (`org.apache.kafka.clients.consumer.ConsumerConfig`, 3.9.0). */
import type { AssignorName } from '../../../kafka/assignor/assignors.ts';
import { consumerConfig } from '../../../kafka/config/consumerConfig.ts';
import { type Settings, settingBoolean, settingList, settingText } from '../../../kafka/config/settings.ts';
import { commonConfigOf, type CommonClientConfig, numberSetting, wrongSetting } from '../clientConfig.ts';
import { exceptionOf, type JavaException, kafkaException } from '../javaException.ts';

export type ResetStrategy = 'earliest' | 'latest' | 'none';

export interface ConsumerSettings {
  readonly common: CommonClientConfig;
  readonly clientId: string;
  readonly logPrefix: string;
  readonly groupId: string | null;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly maxPollIntervalMs: number;
  /** Preferred first. */
  readonly assignors: readonly AssignorName[];
  readonly isAutoCommitOn: boolean;
  readonly autoCommitIntervalMs: number;
  readonly autoOffsetReset: ResetStrategy;
  readonly fetchMinBytes: number;
  readonly fetchMaxBytes: number;
  readonly fetchMaxWaitMs: number;
  readonly maxPartitionFetchBytes: number;
  readonly maxPollRecords: number;
  readonly isReadCommitted: boolean;
  readonly allowAutoCreateTopics: boolean;
  readonly excludeInternalTopics: boolean;
  readonly defaultApiTimeoutMs: number;
  readonly leavesGroupOnClose: boolean;
}

const assignorOfClass: Readonly<Record<string, AssignorName>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': 'range',
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': 'roundrobin',
  'org.apache.kafka.clients.consumer.StickyAssignor': 'sticky',
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor': 'cooperative-sticky',
};

/** The settings, or what the constructor throws. `clientNumber`: for `consumer-g-1`. */
export function readConsumerSettings(
  given: Settings,
  clientNumber: number,
): { readonly settings: ConsumerSettings } | { readonly exception: JavaException } {
  // The tools give deserializers as classes; a value that is bytes needs none here.
  const wrong = wrongSetting(consumerConfig, { 'key.deserializer': BYTES, 'value.deserializer': BYTES, ...given });
  if (wrong !== null) return { exception: wrong };
  const number = (name: keyof typeof consumerConfig) => numberSetting(consumerConfig, given, name);
  const groupId = given['group.id'] ?? null;
  const groupInstanceId = given['group.instance.id'] ?? null;
  const asksAutoCommit = settingBoolean(consumerConfig, given, 'enable.auto.commit');
  if (groupId === null && asksAutoCommit && given['enable.auto.commit'] !== undefined) {
    const message = 'enable.auto.commit cannot be set to true when default group id (null) is used.';
    return { exception: { class: exceptionOf('INVALID_CONFIG').class, message } };
  }
  const assignors = assignorsOf(settingList(consumerConfig, given, 'partition.assignment.strategy'));
  if ('exception' in assignors) {
    return { exception: kafkaException('Failed to construct kafka consumer', assignors.exception) };
  }
  if (groupId !== null && number('heartbeat.interval.ms') >= number('session.timeout.ms')) {
    const message = 'Heartbeat must be set lower than the session timeout';
    const cause = { class: 'java.lang.IllegalArgumentException', message };
    return { exception: kafkaException('Failed to construct kafka consumer', cause) };
  }
  const wantedId = given['client.id'] ?? '';
  const clientId = wantedId === '' ? `consumer-${groupId ?? 'null'}-${groupInstanceId ?? clientNumber}` : wantedId;
  const instance = groupInstanceId === null ? '' : `instanceId=${groupInstanceId}, `;
  const reset = settingText(consumerConfig, given, 'auto.offset.reset');
  return {
    settings: {
      common: commonConfigOf(consumerConfig, given),
      clientId,
      logPrefix: `[Consumer ${instance}clientId=${clientId}, groupId=${groupId ?? 'null'}] `,
      groupId,
      groupInstanceId,
      sessionTimeoutMs: number('session.timeout.ms'),
      heartbeatIntervalMs: number('heartbeat.interval.ms'),
      maxPollIntervalMs: number('max.poll.interval.ms'),
      assignors: assignors.names,
      isAutoCommitOn: groupId !== null && asksAutoCommit,
      autoCommitIntervalMs: number('auto.commit.interval.ms'),
      autoOffsetReset: reset === 'earliest' || reset === 'none' ? reset : 'latest',
      fetchMinBytes: number('fetch.min.bytes'),
      fetchMaxBytes: number('fetch.max.bytes'),
      fetchMaxWaitMs: number('fetch.max.wait.ms'),
      maxPartitionFetchBytes: number('max.partition.fetch.bytes'),
      maxPollRecords: number('max.poll.records'),
      isReadCommitted: settingText(consumerConfig, given, 'isolation.level') === 'read_committed',
      allowAutoCreateTopics: settingBoolean(consumerConfig, given, 'allow.auto.create.topics'),
      excludeInternalTopics: settingBoolean(consumerConfig, given, 'exclude.internal.topics'),
      defaultApiTimeoutMs: number('default.api.timeout.ms'),
      leavesGroupOnClose: settingBoolean(consumerConfig, given, 'internal.leave.group.on.close'),
    },
  };
}
/** `ConsumerPartitionAssignor.getAssignorInstances`: classes by their full names, none twice. */
function assignorsOf(
  classes: readonly string[],
): { readonly names: readonly AssignorName[] } | { readonly exception: JavaException } {
  const names: AssignorName[] = [];
  for (const text of classes) {
    // Those of the default are classes already.
    const className = text.replace(/^class /, '');
    const name = assignorOfClass[className];
    if (name === undefined) {
      const cause = { class: 'java.lang.ClassNotFoundException', message: className };
      return { exception: kafkaException(`${className} ClassNotFoundException exception occurred`, cause) };
    }
    if (names.includes(name)) {
      const message = `The assignor name: '${name}' is used in more than one assignor: ${className}, ${className}`;
      return { exception: kafkaException(message) };
    }
    names.push(name);
  }
  return { names };
}

const BYTES = 'org.apache.kafka.common.serialization.ByteArrayDeserializer';

/** Every assignor of the list but `cooperative-sticky` wants all partitions given up before a rebalance: one of them is enough. */
export function rebalanceProtocolOf({ assignors }: ConsumerSettings): 'EAGER' | 'COOPERATIVE' {
  return assignors.length > 0 && assignors.every((name) => name === 'cooperative-sticky') ? 'COOPERATIVE' : 'EAGER';
}
