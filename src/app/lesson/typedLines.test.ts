import { expect, test } from 'vitest';
import { begin } from '../../course/begin.ts';
import { lessons } from '../../course/lessons.ts';
import { seconds } from '../../kernel/time.ts';
import { programs } from '../../shell/registry.ts';
import { typedLines } from './typedLines.ts';

test('are what was typed since the learner came, and is not undone', () => {
  // Its beginning types commands of its own.
  const { lesson } = lessons.find(({ lesson: { id } }) => id === 'tp-produire')!;
  const { timeline } = begin(lesson.start, { programs, seed: 1, setup: null });
  expect(timeline.inputs.filter(({ input }) => input.kind === 'typed')).not.toEqual([]);
  const startedAt = timeline.now;
  const terminal = lesson.start.terminals[0]!;
  const lines = (): readonly string[] => typedLines(timeline, startedAt).map(({ line }) => line);
  timeline.act({ kind: 'typed', terminal, line: 'pwd' });
  timeline.advance({ until: (startedAt + seconds(1)) as typeof startedAt });
  const afterFirst = timeline.position;
  timeline.act({ kind: 'typed', terminal, line: 'ls' });
  expect(lines()).toEqual(['pwd', 'ls']);

  timeline.seekToPosition(afterFirst);
  expect(lines()).toEqual(['pwd']);
});
