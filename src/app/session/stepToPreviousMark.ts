/** A step back on the scrubber. */
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { isShownMark } from '../timebar/scrubMarks.ts';

/** To the last mark before the present, or where the learner came when there is none. */
export function stepToPreviousMark(timeline: Timeline, startedAt: VirtualTimeUs): void {
  const { eventCount, inputCount } = timeline.position;
  const present = eventCount + inputCount;
  const marks = timeline.markedFacts().filter((fact) => fact.id < timeline.nextFact && isShownMark(fact, startedAt));
  // The last one may be what the present is right after.
  for (const { id } of marks.slice(-2).reverse()) {
    timeline.seekToFact(id);
    if (timeline.position.eventCount + timeline.position.inputCount < present) return;
  }
  if (timeline.now > startedAt) timeline.seekTo(startedAt);
}
