import { describe, expect, test } from 'vitest';
import { invalidTopicName, topicsCollide } from './topicName.ts';

describe('the name of a topic', () => {
  test('has letters, digits, dots, underscores and dashes, 249 at most', () => {
    expect(['t', 'Vive-Le_Ca.1', 'n'.repeat(249)].map((name) => invalidTopicName(name))).toEqual([null, null, null]);
    expect(invalidTopicName('vive/le/ca')).toBe(
      "Topic name is invalid: 'vive/le/ca' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
    );
    expect(invalidTopicName('..')).toBe("Topic name is invalid: '..' is not allowed");
    expect(invalidTopicName('n'.repeat(250))).toMatch(/ is longer than the max allowed length 249$/);
  });

  test('collides with another that differs from it by dots and underscores only', () => {
    expect([topicsCollide('a.b', 'a_b'), topicsCollide('a.b', 'a-b')]).toEqual([true, false]);
  });
});
