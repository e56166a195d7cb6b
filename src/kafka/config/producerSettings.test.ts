import { describe, expect, test } from 'vitest';
import { readProducerSettings } from './producerSettings.ts';
import type { Settings } from './settings.ts';

const serializer = 'org.apache.kafka.common.serialization.StringSerializer';
const read = (given: Settings) =>
  readProducerSettings({ 'key.serializer': serializer, 'value.serializer': serializer, ...given });

describe('a producer’s settings', () => {
  test('by default: acks=all, idempotent, two minutes to deliver', () => {
    expect(read({})).toEqual({
      outcome: 'valid',
      settings: { acks: -1, isIdempotent: true, deliveryTimeoutMs: 120_000 },
    });
  });

  test.each([{ acks: '1' }, { retries: '0' }, { 'max.in.flight.requests.per.connection': '6' }])(
    '%o gives idempotence up, when it was not asked for',
    (settings) => {
      expect(read(settings)).toMatchObject({ outcome: 'valid', settings: { isIdempotent: false } });
    },
  );

  test.each([
    [
      { acks: '1', 'enable.idempotence': 'true' },
      'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
    ],
    [
      { acks: '0', 'transactional.id': 'virements' },
      'Cannot set a transactional.id without also enabling idempotence.',
    ],
    [{ acks: '2' }, 'Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1'],
    [
      { 'delivery.timeout.ms': '1000' },
      'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms',
    ],
  ])('%o is refused', (settings, message) => {
    expect(read(settings)).toMatchObject({ outcome: 'invalid', problem: { message } });
  });

  test('a longer linger lengthens the default delivery timeout', () => {
    expect(read({ 'linger.ms': '200000' })).toMatchObject({ settings: { deliveryTimeoutMs: 230_000 } });
  });

  test('must name the serializers', () => {
    expect(readProducerSettings({})).toMatchObject({
      problem: { message: 'Missing required configuration "key.serializer" which has no default value.' },
    });
  });
});
