import { describe, expect, test } from 'vitest';
import type { GroupEvent } from './groupHistory.ts';
import { holderAt, readSpans, stateSpans } from './groupHistory.ts';

const eager: readonly GroupEvent[] = [
  { kind: 'state', atUs: 10, state: 'Stable', generationId: 1 },
  { kind: 'assigned', atUs: 11, process: 1, partitions: ['t P0', 't P1'] },
  { kind: 'state', atUs: 20, state: 'PreparingRebalance', generationId: 1 },
  { kind: 'revoked', atUs: 23, process: 1, partitions: ['t P0', 't P1'] },
  { kind: 'state', atUs: 24, state: 'CompletingRebalance', generationId: 2 },
  { kind: 'state', atUs: 25, state: 'Stable', generationId: 2 },
  { kind: 'assigned', atUs: 26, process: 1, partitions: ['t P0'] },
  { kind: 'assigned', atUs: 27, process: 2, partitions: ['t P1'] },
];

describe('who reads a partition', () => {
  test('is nobody between giving it up and receiving it again', () => {
    const spans = readSpans(eager, new Map(), 0);

    expect(spans.get('t P1')).toEqual([
      { process: 1, fromUs: 11, toUs: 23 },
      { process: 2, fromUs: 27, toUs: null },
    ]);
    expect([22, 24, 30].map((at) => holderAt(spans.get('t P1')!, at))).toEqual([1, null, 2]);
  });

  test('goes on without a gap where an assignment leaves it where it is', () => {
    const cooperative: readonly GroupEvent[] = [
      { kind: 'assigned', atUs: 11, process: 1, partitions: ['t P0'] },
      { kind: 'assigned', atUs: 26, process: 1, partitions: ['t P0'] },
    ];

    expect(readSpans(cooperative, new Map(), 0).get('t P0')).toEqual([{ process: 1, fromUs: 11, toUs: null }]);
  });

  test('ends with the process that read', () => {
    const spans = readSpans([...eager, { kind: 'gone', atUs: 40, process: 2 }], new Map(), 0);

    expect(spans.get('t P1')?.at(-1)).toEqual({ process: 2, fromUs: 27, toUs: 40 });
  });

  test('began before all that is known, when nothing is known of its beginning', () => {
    expect(readSpans([], new Map([['t P0', 3]]), 5).get('t P0')).toEqual([{ process: 3, fromUs: 5, toUs: null }]);
    expect(
      readSpans([{ kind: 'revoked', atUs: 9, process: 4, partitions: ['t P0'] }], new Map(), 5).get('t P0'),
    ).toEqual([{ process: 4, fromUs: 5, toUs: 9 }]);
  });
});

test('the states of a group follow one another without a gap', () => {
  expect(stateSpans(eager).map(({ state, fromUs, toUs }) => [state, fromUs, toUs])).toEqual([
    ['Stable', 10, 20],
    ['PreparingRebalance', 20, 24],
    ['CompletingRebalance', 24, 25],
    ['Stable', 25, null],
  ]);
});
