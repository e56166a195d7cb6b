/**
 * A topic's settings: its own over its broker's, checked as the controller does, and as its logs obey them.
 *
 * Follows `LogConfig#validate` and `KafkaConfig#extractLogConfigMap` (3.9.0).
 */
import { FOREVER_MS, type LogConfig } from '../log/logConfig.ts';
import { brokerConfig } from './brokerConfig.ts';
import {
  checkSettings,
  type ConfigProblem,
  settingBoolean,
  settingList,
  settingNumber,
  settingNumberOrNull,
  settingText,
  type Settings,
  unknownSettings,
} from './settings.ts';
import { topicConfig } from './topicConfig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LONG_MAX = 2 ** 63;

/**
 * First unknown names, then values, then what is at odds; null when the topic may have these settings. A tool, which knows no broker's
 * settings, checks less.
 */
export function checkTopicSettings(given: Settings, brokerSettings?: Settings): ConfigProblem | null {
  const unknown = unknownSettings(topicConfig, given)[0];
  if (unknown !== undefined) {
    return {
      exception: 'InvalidConfigurationException',
      name: unknown,
      message: `Unknown topic config name: ${unknown}`,
    };
  }
  const invalid = checkSettings(topicConfig, given);
  if (invalid !== null) return invalid;
  const effective = effectiveTopicSettings(given, brokerSettings ?? {});
  const minLag = settingText(topicConfig, effective, 'min.compaction.lag.ms');
  const maxLag = settingText(topicConfig, effective, 'max.compaction.lag.ms');
  if (Number(minLag) > Number(maxLag)) {
    const message = `conflict topic config setting min.compaction.lag.ms (${minLag}) > max.compaction.lag.ms (${maxLag})`;
    return { exception: 'InvalidConfigurationException', name: null, message };
  }
  return brokerSettings === undefined ? null : checkTieredStorage(effective);
}

/** Without ZooKeeper some of its settings would be valid; without tiered storage on the brokers none is. */
function checkTieredStorage(effective: Settings): ConfigProblem | null {
  const isOn = (name: Parameters<typeof settingBoolean<typeof topicConfig>>[2]) =>
    settingBoolean(topicConfig, effective, name);
  if (isOn('remote.log.delete.on.disable') || isOn('remote.log.copy.disable')) {
    const message =
      "It is invalid to set `remote.log.delete.on.disable` or `remote.log.copy.disable` under Zookeeper's mode.";
    return { exception: 'InvalidConfigurationException', name: null, message };
  }
  if (!isOn('remote.storage.enable')) return null;
  const message =
    'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.';
  return { exception: 'ConfigException', name: null, message };
}

/** What a broker's settings make the default of each topic setting. */
export function topicDefaultsOf(broker: Settings): Settings {
  const defaults: Record<string, string> = {};
  for (const [name, definition] of Object.entries(topicConfig)) {
    const given = 'brokerName' in definition ? broker[definition.brokerName] : undefined;
    if (given !== undefined) defaults[name] = given;
  }
  // Where a broker may give hours, minutes or milliseconds, the finest wins.
  defaults['retention.ms'] = String(retentionMsOf(broker));
  const rollMs = settingNumberOrNull(brokerConfig, broker, 'log.roll.ms');
  defaults['segment.ms'] = String(rollMs ?? HOUR_MS * settingNumber(brokerConfig, broker, 'log.roll.hours'));
  const jitterMs = settingNumberOrNull(brokerConfig, broker, 'log.roll.jitter.ms');
  defaults['segment.jitter.ms'] = String(
    jitterMs ?? HOUR_MS * settingNumber(brokerConfig, broker, 'log.roll.jitter.hours'),
  );
  return defaults;
}

function retentionMsOf(broker: Settings): number {
  const minutes = settingNumberOrNull(brokerConfig, broker, 'log.retention.minutes');
  const retentionMs =
    settingNumberOrNull(brokerConfig, broker, 'log.retention.ms') ??
    (minutes === null ? HOUR_MS * settingNumber(brokerConfig, broker, 'log.retention.hours') : MINUTE_MS * minutes);
  return retentionMs < 0 ? -1 : retentionMs;
}

export function effectiveTopicSettings(topic: Settings, broker: Settings): Settings {
  return { ...topicDefaultsOf(broker), ...topic };
}

/** The settings as a log obeys them. */
export function logConfigOf(topic: Settings, broker: Settings = {}): LogConfig {
  const settings = effectiveTopicSettings(topic, broker);
  const policies = settingList(topicConfig, settings, 'cleanup.policy');
  const number = (name: Parameters<typeof settingNumber<typeof topicConfig>>[2]) =>
    settingNumber(topicConfig, settings, name);
  const forever = (ms: number) => (ms >= LONG_MAX ? FOREVER_MS : ms);
  return {
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    segmentIndexBytes: number('segment.index.bytes'),
    indexIntervalBytes: number('index.interval.bytes'),
    retentionMs: number('retention.ms'),
    retentionBytes: number('retention.bytes'),
    maxMessageBytes: number('max.message.bytes'),
    isCompacted: policies.includes('compact'),
    isDeleted: policies.includes('delete'),
    deleteRetentionMs: number('delete.retention.ms'),
    minCleanableDirtyRatio: number('min.cleanable.dirty.ratio'),
    minCompactionLagMs: number('min.compaction.lag.ms'),
    maxCompactionLagMs: forever(number('max.compaction.lag.ms')),
    messageTimestampType:
      settingText(topicConfig, settings, 'message.timestamp.type') === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    messageTimestampBeforeMaxMs: forever(number('message.timestamp.before.max.ms')),
    messageTimestampAfterMaxMs: forever(number('message.timestamp.after.max.ms')),
    fileDeleteDelayMs: number('file.delete.delay.ms'),
  };
}

/** What a leader needs besides its log. */
export function replicationSettingsOf(
  topic: Settings,
  broker: Settings = {},
): { readonly minInsyncReplicas: number; readonly uncleanLeaderElection: boolean } {
  const settings = effectiveTopicSettings(topic, broker);
  return {
    minInsyncReplicas: settingNumber(topicConfig, settings, 'min.insync.replicas'),
    uncleanLeaderElection: settingBoolean(topicConfig, settings, 'unclean.leader.election.enable'),
  };
}
