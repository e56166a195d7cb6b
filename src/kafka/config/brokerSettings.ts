/**
 * What a starting broker checks of its settings, one by one and together.
 *
 * Follows `KafkaConfig#validateValues` (3.9.0) in ZooKeeper mode. A broken requirement is an `IllegalArgumentException`.
 */
import { brokerConfig } from './brokerConfig.ts';
import { checkSettings, settingNumber, settingText, type Settings } from './settings.ts';
import { topicDefaultsOf } from './topicSettings.ts';

export interface BrokerSettingsProblem {
  readonly exception: 'org.apache.kafka.common.config.ConfigException' | 'java.lang.IllegalArgumentException';
  readonly message: string;
}

const DEDUPE_BYTES_PER_THREAD = 1024 * 1024;

/** Null when the broker may start with these. */
export function checkBrokerSettings(given: Settings): BrokerSettingsProblem | null {
  const invalid = checkSettings(brokerConfig, given);
  if (invalid !== null) return configException(invalid.message);
  if (settingText(brokerConfig, given, 'zookeeper.connect') === null) {
    return configException('Missing required configuration `zookeeper.connect` which has no default value.');
  }
  return brokenRequirement(given);
}

function configException(message: string): BrokerSettingsProblem {
  return { exception: 'org.apache.kafka.common.config.ConfigException', message };
}

function brokenRequirement(given: Settings): BrokerSettingsProblem | null {
  const number = (name: Parameters<typeof settingNumber<typeof brokerConfig>>[2]) =>
    settingNumber(brokerConfig, given, name);
  const topic = topicDefaultsOf(given);
  const brokerId = number('broker.id');
  const fetchWaitMs = number('replica.fetch.wait.max.ms');
  const retentionMs = Number(topic['retention.ms']);
  const dedupeBytes = number('log.cleaner.dedupe.buffer.size') / number('log.cleaner.threads');
  const requirements: readonly (readonly [holds: boolean, otherwise: string])[] = [
    [
      brokerId >= -1 && brokerId <= number('reserved.broker.max.id'),
      'broker.id must be greater than or equal to -1 and not greater than reserved.broker.max.id',
    ],
    [Number(topic['segment.ms']) >= 1, 'log.roll.ms must be greater than or equal to 1'],
    [Number(topic['segment.jitter.ms']) >= 0, 'log.roll.jitter.ms must be greater than or equal to 0'],
    [retentionMs >= 1 || retentionMs === -1, 'log.retention.ms must be unlimited (-1) or, greater than or equal to 1'],
    [
      (settingText(brokerConfig, given, 'log.dirs') ?? given['log.dir'] ?? '/tmp/kafka-logs')
        .split(',')
        .some((dir) => dir.trim() !== ''),
      'At least one log directory must be defined via log.dirs or log.dir.',
    ],
    [dedupeBytes > DEDUPE_BYTES_PER_THREAD, 'log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.'],
    [
      fetchWaitMs <= number('replica.socket.timeout.ms'),
      'replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms to prevent unnecessary socket timeouts',
    ],
    [
      fetchWaitMs <= number('replica.lag.time.max.ms'),
      'replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR',
    ],
  ];
  const broken = requirements.find(([holds]) => !holds);
  return broken === undefined
    ? null
    : { exception: 'java.lang.IllegalArgumentException', message: `requirement failed: ${broken[1]}` };
}
