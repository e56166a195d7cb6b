/** Draws of one seed, in the order they are asked for. */
import type { RandomState } from '../../kernel/random.ts';
import { nextBelow, nextBetween, streamOf } from '../../kernel/random.ts';

export class Dice {
  #state: RandomState;

  constructor(seed: number, name: string) {
    this.#state = streamOf(seed, name);
  }

  /** A whole number in [low, high]. */
  between(low: number, high: number): number {
    const [drawn, next] = nextBetween(this.#state, low, high);
    this.#state = next;
    return drawn;
  }

  /** True that often in a hundred. */
  chance(perCent: number): boolean {
    const [drawn, next] = nextBelow(this.#state, 100);
    this.#state = next;
    return drawn < perCent;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }

  /** Some of a list, each at most once. */
  some<T>(list: readonly T[], count: number): readonly T[] {
    const rest = [...list];
    return Array.from(
      { length: Math.min(count, list.length) },
      () => rest.splice(this.between(0, rest.length - 1), 1)[0]!,
    );
  }
}
