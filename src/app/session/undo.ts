/**
 * Undo and redo as travel in time: to right before the last thing that came from outside, to right after the next one. What was done at one
 * instant (both ways of a link that is cut) is undone at once.
 */
import { isOwnInput } from '../../course/ownInputs.ts';
import type { StampedInput } from '../../kernel/input.ts';
import type { Position } from '../../kernel/position.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';

type History = Pick<Timeline, 'inputs' | 'position'>;

/** Null when the learner has done nothing before the present. `startedAt`: when they came. */
export function positionBeforeLast({ inputs, position }: History, startedAt: VirtualTimeUs): Position | null {
  let index = position.inputCount - 1;
  const last = inputs[index];
  if (last === undefined || !isOwnInput(last, startedAt)) return null;
  while (index > 0 && isOwnInput(inputs[index - 1]!, startedAt) && isSameInstant(inputs[index - 1]!, last)) index--;
  return { eventCount: last.afterEvent, inputCount: index, at: last.at };
}

/** Null when nothing done is ahead in this branch. */
export function positionAfterNext({ inputs, position }: History): Position | null {
  let count = position.inputCount + 1;
  const next = inputs[count - 1];
  if (next === undefined) return null;
  while (count < inputs.length && isSameInstant(inputs[count]!, next)) count++;
  return { eventCount: next.afterEvent, inputCount: count, at: next.at };
}

const isSameInstant = (one: StampedInput, other: StampedInput): boolean =>
  one.afterEvent === other.afterEvent && one.at === other.at;
