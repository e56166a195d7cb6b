/**
 * What happens, told to those who listen: a polite live region, faults in an assertive one. Silent while one travels in time; on arrival it
 * says the instant and the state.
 */
import type { JSX } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { clockText } from '../timebar/clock.ts';
import type { Announcer } from './announcer.ts';
import { maySpeakAtMs, silentAnnouncer, speak } from './announcer.ts';
import type { NarrationLevel } from './level.ts';
import { isFault, isWithin, levelOf } from './level.ts';
import { namesOf } from './processNames.ts';
import { sentence } from './sentence.ts';
import { stateSentence } from './summary.ts';

export interface NarrationProps {
  readonly timeline: Timeline;
  /** At the present instant. */
  readonly picture: ClusterPicture;
  readonly tick: number;
  readonly language: Language;
  readonly level: NarrationLevel;
  /** Where the clock of the time bar begins. */
  readonly startedAt: VirtualTimeUs;
  /** While the scrubber is held. */
  readonly isScrubbing: boolean;
}

/** More facts than this at once are a journey, not something that one watched happen. */
const journeyFacts = 5000;
/** After the last move of a journey, in milliseconds. */
const arrivalMs = 600;

interface Heard {
  /** Of the page, when it was heard. */
  tick: number;
  timeline: Timeline;
  branch: number;
  upTo: FactId;
  /** By the host's clock; null when the last arrival has been told. */
  travelledAtMs: number | null;
  announcer: Announcer;
}

export function Narration(props: NarrationProps): JSX.Element {
  const { timeline, tick, isScrubbing, level } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const heard = useRef<Heard | null>(null);
  const [polite, setPolite] = useState('');
  const [assertive, setAssertive] = useState('');

  useEffect(() => {
    const branch = timeline.branch.id;
    const before = heard.current;
    heard.current ??= {
      tick,
      timeline,
      branch,
      upTo: timeline.nextFact,
      travelledAtMs: null,
      announcer: silentAnnouncer,
    };
    if (before === null) return undefined;
    const isJourney =
      isScrubbing ||
      before.timeline !== timeline ||
      before.branch !== branch ||
      timeline.nextFact < before.upTo ||
      timeline.nextFact - before.upTo > journeyFacts;
    if (isJourney) {
      before.travelledAtMs = performance.now();
      before.announcer = { ...before.announcer, pending: [] };
    } else {
      const { language, picture } = latest.current;
      for (const fact of timeline.factsFrom(before.upTo)) {
        const factLevel = levelOf(fact);
        if (factLevel === null || !isWithin(factLevel, level)) continue;
        if (isFault(fact)) setAssertive(sentence(fact, language, namesOf(picture, timeline.world, language)) ?? '');
        else before.announcer = { ...before.announcer, pending: [...before.announcer.pending, fact] };
      }
    }
    Object.assign(before, { tick, timeline, branch, upTo: timeline.nextFact });
    if (isScrubbing) return undefined;

    const now = performance.now();
    const dueAt = before.travelledAtMs === null ? maySpeakAtMs(before.announcer) : before.travelledAtMs + arrivalMs;
    if (dueAt === null) return undefined;
    const say = (): void => {
      const { language, picture, startedAt, timeline: present } = latest.current;
      if (before.travelledAtMs !== null) {
        before.travelledAtMs = null;
        setPolite(stateSentence(picture, clockText(present.now - startedAt, language), language));
        before.announcer = { pending: [], lastSaidMs: performance.now() };
        return;
      }
      const nameOf = namesOf(picture, present.world, language);
      const { text, announcer } = speak(before.announcer, performance.now(), { language, nameOf });
      before.announcer = announcer;
      if (text !== null) setPolite(text);
    };
    if (dueAt <= now) {
      say();
      return undefined;
    }
    const timer = setTimeout(say, dueAt - now);
    return () => clearTimeout(timer);
  }, [timeline, tick, isScrubbing, level]);

  return (
    <>
      <p className="visually-hidden" aria-live="polite" data-testid="narration">
        {polite}
      </p>
      <p className="visually-hidden" aria-live="assertive">
        {assertive}
      </p>
    </>
  );
}
