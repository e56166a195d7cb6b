/**
 * When frames are: every one that the browser draws while something flies; now and then while time goes by without; none while it stands
 * still, until something is to be shown.
 */

export interface Animated {
  readonly isPlaying: () => boolean;
  /** Until the next frame, in milliseconds of the wall; null: as soon as the browser draws. */
  readonly restMs: () => number | null;
  /** `elapsedMs`: since the last frame; 0 when time stood still at it. `wallMs`: as `performance.now()`. */
  readonly onFrame: (elapsedMs: number, wallMs: number) => void;
}

export class FrameLoop {
  readonly #animated: Animated;
  #isRunning = false;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFrameAt = 0;
  /** Time stood still at the last frame. */
  #hasStopped = false;

  constructor(animated: Animated) {
    this.#animated = animated;
  }

  start(): void {
    this.#isRunning = true;
    this.#lastFrameAt = performance.now();
    this.#hasStopped = !this.#animated.isPlaying();
    this.#next();
  }

  stop(): void {
    this.#isRunning = false;
    this.#forget();
  }

  /** What has been changed by hand is shown at the next frame, whatever the loop waits for. */
  showSoon(): void {
    if (!this.#isRunning) return;
    this.#forget();
    this.#frame = requestAnimationFrame(this.#play);
  }

  #forget(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  readonly #play = (wallMs: number): void => {
    const elapsedMs = this.#hasStopped ? 0 : Math.max(0, wallMs - this.#lastFrameAt);
    this.#lastFrameAt = wallMs;
    this.#hasStopped = !this.#animated.isPlaying();
    this.#animated.onFrame(elapsedMs, wallMs);
    this.#next();
  };

  #next(): void {
    this.#forget();
    if (!this.#isRunning || !this.#animated.isPlaying()) return;
    const restMs = this.#animated.restMs();
    if (restMs === null) {
      this.#frame = requestAnimationFrame(this.#play);
      return;
    }
    this.#timer = setTimeout(() => {
      // A page out of sight has no frames: its time stands still.
      if (document.visibilityState === 'hidden') this.#frame = requestAnimationFrame(this.#play);
      else this.#play(performance.now());
    }, restMs);
  }
}
