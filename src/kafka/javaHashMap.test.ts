import { describe, expect, test } from 'vitest';
import { javaIntegerHash, javaStringHash, javaTopicPartitionHash, kafkaAbs } from './javaHash.ts';
import { javaHashOrder } from './javaHashMap.ts';

describe('Java’s hash', () => {
  test('of a string counts UTF-16 units and overflows at 32 bits', () => {
    expect([javaStringHash(''), javaStringHash('ab'), javaStringHash('polygenelubricants')]).toEqual([
      0,
      3105,
      -(2 ** 31),
    ]);
  });

  test('of a topic and partition mixes both', () => {
    expect(javaTopicPartitionHash({ topic: 't', partition: 0 })).toBe(31 * 31 + 't'.charCodeAt(0));
  });

  test('has no positive counterpart at its smallest: Kafka takes 0', () => {
    expect([kafkaAbs(-(2 ** 31)), kafkaAbs(-5)]).toEqual([0, 5]);
  });
});

describe('a Java hash map', () => {
  test('lists small integers in order, and larger ones by remainder', () => {
    expect(javaHashOrder([17, 3, 16, 1], javaIntegerHash)).toEqual([16, 17, 1, 3]);
  });

  test('has doubled its table past three quarters', () => {
    const keys = [16, ...Array.from({ length: 12 }, (_, i) => i)];

    expect(javaHashOrder(keys.slice(0, 12), javaIntegerHash)[0]).toBe(16);
    expect(javaHashOrder(keys, javaIntegerHash).at(-1)).toBe(16);
  });

  test('puts what computeIfAbsent made before the others of its bucket', () => {
    expect(javaHashOrder([1, 17], javaIntegerHash, { by: 'computeIfAbsent' })).toEqual([17, 1]);
  });
});
