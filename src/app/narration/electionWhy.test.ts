import { describe, expect, test } from 'vitest';
import { electionWhy } from './electionWhy.ts';

const elected = (leader: number, strategy: string, offline: readonly number[]) =>
  electionWhy({ leader, strategy, replicas: [1, 2, 0], offline });

describe('why an election chose whom it chose', () => {
  test('is the order of the list: those before it were dead, or alive and out of the ISR', () => {
    expect(elected(0, 'Offline', [1])).toEqual({ kind: 'order', replicas: [1, 2, 0], offline: [1], outOfSync: [2] });
  });

  test('is the order of the list for a new partition, too', () => {
    expect(elected(1, 'new', [])).toEqual({ kind: 'order', replicas: [1, 2, 0], offline: [], outOfSync: [] });
  });

  test('is that nobody of the ISR lived, when it was unclean', () => {
    expect(elected(2, 'Unclean', [1])).toMatchObject({ kind: 'unclean', offline: [1] });
  });

  test('is that its leader stops, or that the preferred one is back', () => {
    expect([elected(2, 'ControlledShutdown', []).kind, elected(1, 'Preferred', []).kind]).toEqual([
      'shutdown',
      'preferred',
    ]);
  });

  test('is nothing for a partition that nobody can lead', () => {
    expect(elected(-1, 'Offline', [1, 2, 0])).toMatchObject({ kind: 'none', outOfSync: [] });
  });
});
