/** What the learner, or who types for them, has typed: read from the session's own inputs, so that what is undone is not typed, and a reload forgets nothing. */
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';

export interface TypedLine {
  readonly terminal: string;
  readonly line: string;
}

/** Up to the present, in their order. What was typed before `startedAt` prepared the lesson. */
export function typedLines(
  { inputs, position }: Pick<Timeline, 'inputs' | 'position'>,
  startedAt: VirtualTimeUs,
): readonly TypedLine[] {
  return inputs
    .slice(0, position.inputCount)
    .flatMap(({ input, at }) =>
      input.kind === 'typed' && at >= startedAt ? [{ terminal: input.terminal, line: input.line }] : [],
    );
}
