/** Predictions: what a hidden branch of this very instant shows. */
import type { ProcessId } from '../kernel/events.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './goal.ts';
import type { Question } from './lesson.ts';
import { perform } from './perform.ts';

export interface Prediction {
  /** What the end of the branch proves: the first choice whose goal is met there; null when none is. */
  readonly choice: string | null;
  readonly branch: Timeline;
}

/** Plays the experiment of a question on a branch of its own; the timeline stays where it is. */
export function predict(
  timeline: Timeline,
  { experiment, proofs }: Extract<Question, { readonly kind: 'predict' }>,
): Prediction {
  const branch = timeline.fork();
  const firstProcess = branch.world.processes.length as ProcessId;
  const startedAt = branch.now;
  perform(branch, experiment);
  const evidence = evidenceOf(branch, { firstProcess, startedAt, hasTravelled: false, hasGoneOn: false });
  return { choice: proofs.find(({ when }) => judge(when, evidence).isMet)?.choice ?? null, branch };
}
