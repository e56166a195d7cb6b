/**
 * What a terminal says to those who listen: what programs print, as it comes, and nothing else. xterm's own live region would repeat the
 * whole line at each key, since it is drawn anew, and the whole screen after each jump in time.
 */
import { withoutEscapes } from './withoutEscapes.ts';

/** More lines than these at once are not listened to: the last ones are said. */
const mostLines = 20;
/** Said texts stay so many times, for those who are still being read. */
const keptTexts = 8;

export class SpokenOutput {
  readonly #region: HTMLElement;

  constructor(host: HTMLElement) {
    this.#region = document.createElement('div');
    this.#region.className = 'visually-hidden terminals-spoken';
    this.#region.setAttribute('aria-live', 'polite');
    host.append(this.#region);
  }

  say(text: string): void {
    const spoken = spokenText(text);
    if (spoken === '') return;
    const line = document.createElement('p');
    line.textContent = spoken;
    this.#region.append(line);
    // What is taken away is not said.
    while (this.#region.childElementCount > keptTexts) this.#region.firstElementChild?.remove();
  }

  dispose(): void {
    this.#region.remove();
  }
}

/** Without colours, empty lines, and the beginning of what is too long. */
export function spokenText(text: string): string {
  const lines = withoutEscapes(text)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  return lines.slice(-mostLines).join('\n');
}
