/** What the learner, or who types for them, has typed: read from the session's own inputs, so that what is undone is not typed, and a reload forgets nothing. */
import { ownInputs } from '../../course/ownInputs.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';

export interface TypedLine {
  readonly terminal: string;
  readonly line: string;
}

/** Up to the present, in their order. `startedAt`: when the learner came. */
export function typedLines(
  timeline: Pick<Timeline, 'inputs' | 'position'>,
  startedAt: VirtualTimeUs,
): readonly TypedLine[] {
  return ownInputs(timeline, startedAt).flatMap(({ input }) =>
    input.kind === 'typed' ? [{ terminal: input.terminal, line: input.line }] : [],
  );
}
