/** Lets a typist work, frame by frame of the host: one at a time. */
import type { Action } from '../../course/lesson.ts';
import type { Deed, TypistSight } from './typist.ts';
import { Typist } from './typist.ts';

/** A person who types well. */
const letterMs = 25;

export interface TypistDesk {
  sight(): TypistSight;
  perform(deed: Deed): void;
  onTypingChange(isTyping: boolean): void;
  onTyped(): void;
}

export class TypistRun {
  readonly #desk: TypistDesk;
  #typist: Typist | null = null;
  #frame = 0;

  constructor(desk: TypistDesk) {
    this.#desk = desk;
  }

  /** Begins to type; while it types, hurries. */
  type(actions: readonly Action[]): void {
    if (this.#typist !== null && (actions.length === 0 || !this.#typist.isIdle)) return this.#typist.hurry();
    if (actions.length === 0) return;
    cancelAnimationFrame(this.#frame);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#typist = new Typist(actions, isCalm ? 0 : letterMs);
    this.#desk.onTypingChange(true);
    this.#step(performance.now());
  }

  stop(): void {
    if (this.#typist === null) return;
    cancelAnimationFrame(this.#frame);
    this.#typist = null;
    this.#desk.onTypingChange(false);
  }

  #step(wallMs: number): void {
    const typist = this.#typist;
    if (typist === null) return;
    for (const deed of typist.advance(wallMs, this.#desk.sight())) this.#desk.perform(deed);
    if (typist.isDone) {
      this.stop();
      this.#desk.onTyped();
    } else this.#frame = requestAnimationFrame((at) => this.#step(at));
  }
}
