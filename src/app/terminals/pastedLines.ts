/** A text of several lines that was pasted: each is entered in turn, when the terminal asks for a line, the last one without Return. */
import type { ScreenKey } from './editorKeys.ts';

/** A Tab that is pasted is a character. Null for keys without a text: they were typed, however many came at once. */
export function pastedText(keys: readonly ScreenKey[]): string | null {
  const parts = keys.map((key) => {
    if (key.kind === 'edit') return key.key.kind === 'insert' ? key.key.text : '';
    return key.kind === 'complete' ? '\t' : key.kind === 'enter' ? '\n' : '';
  });
  const text = parts.join('');
  return keys.length > 1 && text !== '' ? text : null;
}

export class PastedLines {
  #lines: string[] = [];
  #rest = '';

  get areWaiting(): boolean {
    return this.#lines.length > 0;
  }

  /** Adds a text; its last line, which has no Return, waits for the others. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    this.#lines.push(...lines);
  }

  /** The next line to be entered; undefined when none is left. */
  take(): string | undefined {
    return this.#lines.shift();
  }

  /** What is to be edited, once all lines are entered. */
  takeRest(): string {
    const rest = this.areWaiting ? '' : this.#rest;
    if (!this.areWaiting) this.#rest = '';
    return rest;
  }

  forget(): void {
    this.#lines = [];
    this.#rest = '';
  }
}
