/**
 * « Taper pour moi »: types what a lesson proposes, letter by letter at a person's pace, and waits between two actions for what a person
 * would wait for. It says what to do; who owns it does it.
 */
import type { Action } from '../../course/lesson.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';

/** A terminal that has been quiet for so long needs no more waiting. */
const quietUs = seconds(4);
/** One that goes on printing is waited for no longer. */
const longestUs = seconds(12);

/** What the typist looks at before the next action. */
export interface TypistSight {
  readonly now: VirtualTimeUs;
  isOpen(terminal: string): boolean;
  /** Somebody waits there for a line. */
  awaitsLine(terminal: string): boolean;
  lastSignAt(terminal: string): VirtualTimeUs;
}

export type Deed =
  | { readonly kind: 'open'; readonly terminal: string }
  /** The line as far as it is typed. */
  | { readonly kind: 'show'; readonly terminal: string; readonly text: string }
  | { readonly kind: 'enter'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'press'; readonly terminal: string; readonly key: 'Ctrl-C' | 'Ctrl-D' }
  /** What the page does itself: to the cluster, to time. */
  | { readonly kind: 'act'; readonly action: PageAction };
export type PageAction = Extract<Action, { readonly kind: 'disturb' | 'link' | 'travel' | 'wait' }>;

export class Typist {
  readonly #actions: readonly Action[];
  readonly #letterMs: number;
  #index = 0;
  /** Of the line being typed. */
  #begunAtMs: number | null = null;
  #hasOpened = false;
  #hasAskedToWait = false;
  #isHurried = false;
  /** The last action, and when it was done. */
  #last: { readonly terminal: string; readonly at: VirtualTimeUs } | null = null;

  /** `letterMs` 0: lines appear whole. */
  constructor(actions: readonly Action[], letterMs: number) {
    this.#actions = actions;
    this.#letterMs = letterMs;
  }

  get isDone(): boolean {
    return this.#index >= this.#actions.length;
  }

  /** All is done but waiting: whoever wants more need not wait for that. */
  get isIdle(): boolean {
    return this.#actions.slice(this.#index).every(({ kind }) => kind === 'wait');
  }

  /** The rest of the line at once, or the next action without waiting. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** What is to be done now, in order. `wallMs`: of the host's clock. */
  advance(wallMs: number, sight: TypistSight): readonly Deed[] {
    const action = this.#actions[this.#index];
    if (action === undefined) return [];
    switch (action.kind) {
      case 'type':
        return this.#type(action, wallMs, sight);
      case 'press':
        if (!this.#mayGoOn(sight)) return [];
        this.#next(action.terminal, sight);
        return [{ kind: 'press', terminal: action.terminal, key: action.key }];
      case 'wait':
        if (this.#isHurried || sight.now - (this.#last?.at ?? sight.now) >= seconds(action.seconds)) {
          this.#next(this.#last?.terminal ?? null, sight);
          return [];
        }
        this.#last ??= { terminal: '', at: sight.now };
        if (this.#hasAskedToWait) return [];
        this.#hasAskedToWait = true;
        return [{ kind: 'act', action }];
      case 'disturb':
      case 'link':
      case 'travel':
        if (!this.#mayGoOn(sight)) return [];
        this.#next(null, sight);
        return [{ kind: 'act', action }];
    }
  }

  #type({ terminal, line }: Extract<Action, { kind: 'type' }>, wallMs: number, sight: TypistSight): readonly Deed[] {
    if (this.#begunAtMs === null) {
      if (!sight.isOpen(terminal)) {
        if (this.#hasOpened) return [];
        this.#hasOpened = true;
        return [{ kind: 'open', terminal }];
      }
      const isNew = this.#hasOpened && !sight.awaitsLine(terminal);
      if ((isNew || !this.#mayGoOn(sight)) && !this.#isHurried) return [];
      this.#begunAtMs = wallMs;
    }
    const letters = line.match(/\P{M}\p{M}*/gu) ?? [];
    const typed =
      this.#isHurried || this.#letterMs === 0
        ? letters.length
        : Math.floor((wallMs - this.#begunAtMs) / this.#letterMs) + 1;
    if (typed < letters.length) return [{ kind: 'show', terminal, text: letters.slice(0, typed).join('') }];
    this.#next(terminal, sight);
    return [{ kind: 'enter', terminal, line }];
  }

  #next(terminal: string | null, { now }: TypistSight): void {
    this.#index++;
    this.#begunAtMs = null;
    this.#hasOpened = false;
    this.#hasAskedToWait = false;
    this.#isHurried = false;
    this.#last = terminal === null ? null : { terminal, at: now };
  }

  /** The terminal of the last action is back at a prompt, or quiet. */
  #mayGoOn(sight: TypistSight): boolean {
    if (this.#last === null || this.#isHurried || this.#last.terminal === '') return true;
    const { terminal, at } = this.#last;
    if (sight.awaitsLine(terminal) && sight.now > at) return true;
    return sight.now - at >= longestUs || sight.now - Math.max(at, sight.lastSignAt(terminal)) >= quietUs;
  }
}
