/** What is the learner's own of a session: the lesson has its beginning from the same kinds of inputs. */
import type { StampedInput } from '../kernel/input.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import type { Timeline } from '../kernel/timeline.ts';

/** `startedAt`: when the learner came. At that very instant a lesson may open its terminals, and start what takes no time. */
export const isOwnInput = ({ at, input }: StampedInput, startedAt: VirtualTimeUs): boolean =>
  at > startedAt || (at === startedAt && input.kind !== 'start' && input.kind !== 'openTerminal');

/** Up to the present, in their order. */
export const ownInputs = (
  { inputs, position }: Pick<Timeline, 'inputs' | 'position'>,
  startedAt: VirtualTimeUs,
): readonly StampedInput[] => inputs.slice(0, position.inputCount).filter((stamped) => isOwnInput(stamped, startedAt));
