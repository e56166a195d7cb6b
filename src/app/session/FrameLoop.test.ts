import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FrameLoop } from './FrameLoop.ts';

/** What a browser has for it: frames 16 ms apart, timers, a page that is in sight. */
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('requestAnimationFrame', (play: (wallMs: number) => void) =>
    setTimeout(() => play(performance.now()), 16),
  );
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the frames of a lab', () => {
  let [isPlaying, restMs]: [boolean, number | null] = [true, null];
  const elapsed: number[] = [];
  let loop: FrameLoop;
  beforeEach(() => {
    [isPlaying, restMs] = [true, null];
    elapsed.length = 0;
    loop = new FrameLoop({
      isPlaying: () => isPlaying,
      restMs: () => restMs,
      onFrame: (elapsedMs) => elapsed.push(elapsedMs),
    });
    loop.start();
  });

  test('are as many as the browser draws while something flies', () => {
    vi.advanceTimersByTime(64);

    expect(elapsed).toEqual([16, 16, 16, 16]);
  });

  test('are further apart while nothing does, and count the time between', () => {
    restMs = 100;
    vi.advanceTimersByTime(16 + 200);

    expect(elapsed).toEqual([16, 100, 100]);
  });

  test('end where time stands still; what is shown by hand has one, and the standstill is not played after it', () => {
    vi.advanceTimersByTime(16);
    isPlaying = false;
    vi.advanceTimersByTime(500);
    expect(elapsed).toEqual([16, 16]);

    loop.showSoon();
    vi.advanceTimersByTime(500);
    isPlaying = true;
    loop.showSoon();
    vi.advanceTimersByTime(32);

    expect(elapsed.slice(2)).toEqual([0, 0, 16]);
  });

  test('do not play what was read before the first one', () => {
    loop.stop();
    isPlaying = false;
    loop.start();
    vi.advanceTimersByTime(5000);
    isPlaying = true;
    loop.showSoon();
    vi.advanceTimersByTime(32);

    expect(elapsed).toEqual([0, 16]);
  });

  test('end with the lab', () => {
    loop.stop();
    loop.showSoon();
    vi.advanceTimersByTime(500);

    expect(elapsed).toEqual([]);
  });
});
