import { describe, expect, test } from 'vitest';
import { defaultLogConfig } from '../log/logConfig.ts';
import { brokerConfig } from './brokerConfig.ts';
import { checkSettings, settingNumber, settingText } from './settings.ts';
import {
  checkTopicSettings,
  effectiveTopicSettings,
  logConfigOf,
  replicationSettingsOf,
  topicDefaultsOf,
} from './topicSettings.ts';

describe('a topic’s settings', () => {
  test.each([
    [{ 'nulle.part': '1' }, 'Unknown topic config name: nulle.part'],
    [{ 'retention.ms': 'demain' }, 'Invalid value demain for configuration retention.ms: Not a number of type LONG'],
    [
      { 'cleanup.policy': 'garder' },
      'Invalid value garder for configuration cleanup.policy: String must be one of: compact, delete',
    ],
    [
      { 'cleanup.policy': 'compact,garder' },
      'Invalid value garder for configuration cleanup.policy: String must be one of: compact, delete',
    ],
    [{ 'min.insync.replicas': '0' }, 'Invalid value 0 for configuration min.insync.replicas: Value must be at least 1'],
    [
      { 'min.cleanable.dirty.ratio': '2' },
      'Invalid value 2.0 for configuration min.cleanable.dirty.ratio: Value must be no more than 1',
    ],
    [
      { 'segment.bytes': '99999999999' },
      'Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT',
    ],
    [
      { 'unclean.leader.election.enable': 'oui' },
      'Invalid value oui for configuration unclean.leader.election.enable: Expected value to be either true or false',
    ],
    [
      { 'leader.replication.throttled.replicas': '0:1, x' },
      "Invalid value [0:1, x] for configuration leader.replication.throttled.replicas: leader.replication.throttled.replicas must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...",
    ],
    [
      { 'min.compaction.lag.ms': '2000', 'max.compaction.lag.ms': '1000' },
      'conflict topic config setting min.compaction.lag.ms (2000) > max.compaction.lag.ms (1000)',
    ],
  ])('%o is refused in Kafka’s words', (settings, message) => {
    expect(checkTopicSettings(settings)?.message).toBe(message);
  });

  test('an unknown name is noticed before a wrong value', () => {
    expect(checkTopicSettings({ 'retention.ms': 'demain', 'nulle.part': '1' })?.exception).toBe(
      'InvalidConfigurationException',
    );
  });

  test('tiered storage is refused by brokers without it, not by a tool that knows none', () => {
    const tiered = { 'remote.storage.enable': 'true' };

    expect(checkTopicSettings(tiered)).toBeNull();
    expect(checkTopicSettings(tiered, {})).toEqual({
      exception: 'ConfigException',
      name: null,
      message:
        'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.',
    });
    expect(checkTopicSettings({ 'remote.log.copy.disable': 'true' }, {})?.message).toBe(
      "It is invalid to set `remote.log.delete.on.disable` or `remote.log.copy.disable` under Zookeeper's mode.",
    );
  });

  test.each([
    { 'leader.replication.throttled.replicas': '*' },
    { 'cleanup.policy': 'compact, delete' },
    { 'retention.ms': ' 1000 ' },
    { 'compression.type': 'gzip' },
  ])('%o is accepted', (settings) => {
    expect(checkTopicSettings(settings)).toBeNull();
  });

  test('without any are Kafka’s defaults', () => {
    expect(logConfigOf({})).toEqual(defaultLogConfig);
    expect(replicationSettingsOf({})).toEqual({ minInsyncReplicas: 1, uncleanLeaderElection: false });
  });

  test('win over those of the broker, which win over the defaults', () => {
    const broker = { 'log.segment.bytes': '1000', 'log.cleaner.min.cleanable.ratio': '0.1' };

    expect(effectiveTopicSettings({ 'segment.bytes': '500' }, broker)).toMatchObject({
      'segment.bytes': '500',
      'min.cleanable.dirty.ratio': '0.1',
    });
  });

  test.each([
    [{ 'log.retention.hours': '2' }, '7200000'],
    [{ 'log.retention.hours': '2', 'log.retention.minutes': '5' }, '300000'],
    [{ 'log.retention.hours': '2', 'log.retention.minutes': '5', 'log.retention.ms': '1000' }, '1000'],
    [{ 'log.retention.hours': '-1' }, '-1'],
  ])('retention: of %o the finest unit wins', (broker, retentionMs) => {
    expect(topicDefaultsOf(broker)['retention.ms']).toBe(retentionMs);
  });
});

describe('a broker’s settings', () => {
  test('have Kafka’s defaults', () => {
    expect(settingNumber(brokerConfig, {}, 'replica.lag.time.max.ms')).toBe(30_000);
    expect(settingText(brokerConfig, { 'log.dirs': '/data' }, 'log.dirs')).toBe('/data');
  });

  test('are checked one by one, in Kafka’s order', () => {
    expect(checkSettings(brokerConfig, { 'num.partitions': '0' })).toEqual({
      exception: 'ConfigException',
      name: 'num.partitions',
      message: 'Invalid value 0 for configuration num.partitions: Value must be at least 1',
    });
  });
});
