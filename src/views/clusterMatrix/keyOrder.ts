/** Which shape each key has: the order in which keys first appear in the logs, so that all views of a session agree. */
import type { KeyMark } from '../marks/keyShapes.ts';
import { keyMarkAt, noKey } from '../marks/keyShapes.ts';

export class KeyOrder {
  readonly #marks = new Map<string, KeyMark>();

  /** The mark of a key, the next free one for a key seen for the first time. */
  markOf(key: string | null): KeyMark {
    if (key === null) return noKey;
    let mark = this.#marks.get(key);
    if (mark === undefined) {
      mark = keyMarkAt(this.#marks.size, key);
      this.#marks.set(key, mark);
    }
    return mark;
  }

  /** Keys with their marks, in order of appearance. */
  entries(): readonly (readonly [string, KeyMark])[] {
    return [...this.#marks];
  }
}
