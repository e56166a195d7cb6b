/**
 * What moves besides messages: at most three things at a time, a fourth waits its beat. The drawing is right at once;
 * motion only tells how it came to be so. Where nothing may move, what changed is outlined for a second.
 */

/** One thing that moves, whatever it is made of. In the order of precedence. */
const stories = [
  'election',
  'rebalance',
  'isr',
  'truncation',
  'compaction',
  'deletion',
  'watermark',
  'landing',
] as const;
export type Story = (typeof stories)[number];

interface Beat {
  readonly element: Element;
  readonly frames: Keyframe[];
  readonly timing: KeyframeAnimationOptions;
  /** Drawn for this beat alone. */
  readonly isPassing: boolean;
}
interface Told {
  readonly story: Story;
  readonly beats: readonly Beat[];
  readonly toldAt: number;
}

const mostAtOnce = 3;
/** What has waited longer is not news any more. */
const patienceMs = 1200;
const outlineMs = 1000;

/** `none`: the first drawing. `still`: reduced motion, or a jump in time. */
export type MotionMode = 'none' | 'moving' | 'still';

export class Motion {
  mode: MotionMode = 'none';
  #told = new Map<Story, Beat[]>();
  #waiting: Told[] = [];
  readonly #running = new Set<Story>();
  readonly #outlined = new Map<Element, ReturnType<typeof setTimeout>>();

  get isMoving(): boolean {
    return this.mode === 'moving';
  }

  /** Part of a story of this drawing; begins at `flush`, or later. */
  tell(story: Story, element: Element, frames: Keyframe[], timing: KeyframeAnimationOptions): void {
    this.#add(story, { element, frames, timing, isPassing: false });
  }

  /** The same, of an element that is there for it alone and goes with it. */
  tellPassing(story: Story, element: Element, frames: Keyframe[], timing: KeyframeAnimationOptions): void {
    if (this.isMoving) this.#add(story, { element, frames, timing, isPassing: true });
    else element.remove();
  }

  /** A mark looks otherwise than before. */
  changed(mark: Element): void {
    if (this.mode !== 'still') return;
    clearTimeout(this.#outlined.get(mark));
    mark.classList.add('is-changed');
    const timer = setTimeout(() => {
      mark.classList.remove('is-changed');
      this.#outlined.delete(mark);
    }, outlineMs);
    this.#outlined.set(mark, timer);
  }

  /** Begins what this drawing told. */
  flush(): void {
    if (this.#told.size === 0) return;
    const toldAt = performance.now();
    for (const story of stories) {
      const beats = this.#told.get(story);
      if (beats !== undefined) this.#waiting.push({ story, beats, toldAt });
    }
    this.#told = new Map();
    this.#next();
  }

  #add(story: Story, beat: Beat): void {
    if (!this.isMoving) return;
    const beats = this.#told.get(story);
    if (beats === undefined) this.#told.set(story, [beat]);
    else beats.push(beat);
  }

  #next(): void {
    const now = performance.now();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const told of waiting) {
      const isLate = now - told.toldAt > patienceMs;
      if (isLate) for (const { element, isPassing } of told.beats) if (isPassing) element.remove();
      if (isLate) continue;
      // The same thing again goes on in the place that it has.
      if (this.#running.size < mostAtOnce || this.#running.has(told.story)) this.#play(told);
      else this.#waiting.push(told);
    }
  }

  #play({ story, beats }: Told): void {
    this.#running.add(story);
    const ended = beats.map(async ({ element, frames, timing, isPassing }) => {
      try {
        await element.animate(frames, { fill: 'backwards', ...timing }).finished;
      } catch {
        // The element has gone: so has what moved.
      }
      if (isPassing) element.remove();
    });
    void Promise.all(ended).then(() => {
      this.#running.delete(story);
      this.#next();
    });
  }
}
