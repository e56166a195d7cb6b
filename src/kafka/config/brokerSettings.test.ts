import { describe, expect, test } from 'vitest';
import { checkBrokerSettings } from './brokerSettings.ts';

const shipped = { 'broker.id': '0', 'zookeeper.connect': 'localhost:2181' };

describe('a broker’s settings', () => {
  test('as shipped are fine', () => {
    expect(checkBrokerSettings(shipped)).toBeNull();
  });

  test.each([
    [{ 'num.partitions': 'x' }, 'Invalid value x for configuration num.partitions: Not a number of type INT'],
    [
      { 'broker.id': '5000' },
      'requirement failed: broker.id must be greater than or equal to -1 and not greater than reserved.broker.max.id',
    ],
    [
      { 'replica.lag.time.max.ms': '100' },
      'requirement failed: replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR',
    ],
    [
      { 'log.retention.ms': '0' },
      'requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal to 1',
    ],
    [{ 'log.dirs': '' }, 'requirement failed: At least one log directory must be defined via log.dirs or log.dir.'],
  ])('with %o are refused in Kafka’s words', (settings, message) => {
    expect(checkBrokerSettings({ ...shipped, ...settings })?.message).toBe(message);
  });

  test('must name ZooKeeper', () => {
    expect(checkBrokerSettings({ 'broker.id': '0' })).toEqual({
      exception: 'org.apache.kafka.common.config.ConfigException',
      message: 'Missing required configuration `zookeeper.connect` which has no default value.',
    });
  });
});
