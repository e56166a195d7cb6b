import { describe, expect, test } from 'vitest';
import { describeFrames } from './frameFigures.ts';

describe('figures of frames', () => {
  test('tell frames a second, our work, and the longest wait', () => {
    const frames = [16, 16, 18, 50].map((gapMs, index) => ({ gapMs, workMs: index + 1 }));

    expect(describeFrames(frames)).toEqual({
      framesPerSecond: 40,
      medianWorkMs: 3,
      p95WorkMs: 4,
      longestGapMs: 50,
    });
  });

  test('are zero without a frame', () => {
    expect(describeFrames([])).toEqual({ framesPerSecond: 0, medianWorkMs: 0, p95WorkMs: 0, longestGapMs: 0 });
  });
});
