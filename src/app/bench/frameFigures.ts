/** What a second of frames says: how many, how long our own work took, the longest time without one. */
export interface FrameFigures {
  readonly framesPerSecond: number;
  readonly medianWorkMs: number;
  readonly p95WorkMs: number;
  readonly longestGapMs: number;
}

export function describeFrames(frames: readonly { readonly gapMs: number; readonly workMs: number }[]): FrameFigures {
  const work = frames.map(({ workMs }) => workMs).sort((a, b) => a - b);
  const total = frames.reduce((sum, { gapMs }) => sum + gapMs, 0);
  return {
    framesPerSecond: total === 0 ? 0 : (1000 * frames.length) / total,
    medianWorkMs: quantile(work, 0.5),
    p95WorkMs: quantile(work, 0.95),
    longestGapMs: frames.reduce((longest, { gapMs }) => Math.max(longest, gapMs), 0),
  };
}

/** Of values in rising order. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
