/** The timers that a process has set, soonest first, in words: what each is for, and when it is due. */
import type { FactId, ProcessId } from '../../kernel/events.ts';
import { pendingTimers } from '../../kernel/choosing.ts';
import type { Input } from '../../kernel/input.ts';
import { sentence } from '../narration/sentence.ts';
import { durationText } from '../narration/numbers.ts';
import type { Scene } from './scene.ts';

export interface TimerRow {
  readonly key: string;
  readonly label: string;
  readonly due: string;
  readonly input: Input;
}

/** So many are listed; a broker has one for each request that waits. */
const mostTimers = 12;

export function timerRows(process: ProcessId, { world, words, language }: Scene): readonly TimerRow[] {
  return pendingTimers(world)
    .filter((pending) => pending.process === process)
    .slice(0, mostTimers)
    .map(({ timer, entry }) => {
      const fired = {
        id: 0 as FactId,
        at: entry.at,
        process,
        causes: [],
        what: { kind: 'timerFired', timer },
      } as const;
      const ms = Math.ceil((entry.at - world.now) / 1000);
      // Tenths of a second are enough beyond a second.
      const due = ms < 1000 ? ms : ms < 10_000 ? Math.round(ms / 100) * 100 : Math.round(ms / 1000) * 1000;
      return {
        key: timer,
        label: sentence(fired, language) ?? timer,
        due: words.dueIn(due % 1000 === 0 || due < 1000 ? durationText(due, language) : secondsText(due, language)),
        input: { kind: 'fireTimer', process, timer },
      };
    });
}

const secondsText = (ms: number, language: Scene['language']): string =>
  `${`${ms / 1000}`.replace('.', language === 'fr' ? ',' : '.')}\u00a0s`;
