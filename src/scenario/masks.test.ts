import { describe, expect, test } from 'vitest';
import { cleanLines, cleanState, filterLog } from './masks.ts';

describe('what a terminal shows, masked', () => {
  test.each([
    ['[2025-05-19 09:00:01,123] WARN x', '[<timestamp>] WARN x'],
    [
      'Topic: t\tTopicId: 8c9eIgVxQ3GtEcjPv_hy1w\tPartitionCount: 1',
      'Topic: t\tTopicId: <topic-id>\tPartitionCount: 1',
    ],
    ['groupId=console-consumer-4711] x', 'groupId=console-consumer-<n>] x'],
    ['c1-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f /127.0.0.1', 'c1-<uuid> /127.0.0.1'],
    ['Loaded 0 logs in 12ms', 'Loaded 0 logs in <duration> ms'],
    ['mtime = Mon May 19 09:00:00 UTC 2025', 'mtime = <timestamp>'],
    ['/home/apprenant/kafka/k/config', '<path>/config'],
  ])('%s', (line, masked) => {
    expect(cleanLines(line, { kafka: '/home/apprenant/kafka/k' })).toEqual([masked]);
  });

  test('has one line for a stack, and a prompt as a line', () => {
    expect(cleanLines('x\n\tat a.B.c(D.java:1)\n\t... 1 more\n>', {})).toEqual(['x', '\t<stack>', '>']);
  });

  test('has each line once where a program repeats itself', () => {
    expect(cleanLines('>[2025-05-19 09:00:01,123] a\n[2025-05-19 09:00:02,123] a\n', { repeats: true })).toEqual([
      '>',
      '[<timestamp>] a',
    ]);
  });
});

describe('an observed state, masked', () => {
  test('hides ids and times by their key', () => {
    const state = { id: 'abcdefghijklmnopqrstuv', timestamp: '1747645200000', producerId: 12, left: -1 };

    expect(cleanState(state, { masks: [['producerId', '<producer-id>']] })).toEqual({
      id: '<cluster-id>',
      timestamp: '<timestamp>',
      producerId: '<producer-id>',
      left: -1,
    });
  });
});

test("the lines of a server's log are chosen by text or expression", () => {
  expect(filterLog(['one started', 'two', 'three'], ['started', '/^th/'])).toEqual(['one started', 'three']);
});
