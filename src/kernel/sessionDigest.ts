/** A whole session played again, in one value: what tells that two places – Node, a browser, a run before – have seen the same. */
import { digestOfFacts } from './digest.ts';
import type { FactId } from './events.ts';
import type { Session } from './session.ts';
import type { TimelineOptions } from './timeline.ts';
import { Timeline } from './timeline.ts';

/** Of all facts of the session's current branch, from the beginning to its end. */
export function digestOfSession(options: TimelineOptions, session: Session): string {
  const timeline = new Timeline(options, session);
  timeline.seekToPosition(timeline.end);
  return digestOfFacts(timeline.factsFrom(0 as FactId));
}
