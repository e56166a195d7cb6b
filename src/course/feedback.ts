/** What is said of a task that is not met: the wrong turn that was taken last, else what is missing. Nothing before anything was tried. */
import type { Evidence } from './evidence.ts';
import type { GeneralTurn } from './generalTurn.ts';
import { generalTurnOf } from './generalTurn.ts';
import type { Unmet } from './goal.ts';
import { judge } from './goal.ts';
import type { Task } from './lesson.ts';

export interface Feedback {
  readonly isMet: boolean;
  /** One of any lesson; the id of one of the task; null: none. */
  readonly wrongTurn: GeneralTurn | string | null;
  readonly unmet: readonly Unmet[];
}

/** `evidence`: since the task began, as `sinceTask` gives it. A task that was met once is spoken of even before anything is tried. */
export function feedbackOf(
  { goal, wrongTurns, solution }: Task,
  evidence: Evidence,
  { wasMet }: { readonly wasMet: boolean },
): Feedback {
  const { isMet, unmet } = judge(goal, evidence);
  if (isMet) return { isMet, wrongTurn: null, unmet: [] };
  // Where the way begins by letting time pass, who waits has begun.
  const hasWaited = solution[0]?.kind === 'wait' && evidence.now > evidence.taskSince;
  if (!evidence.hasActed && !hasWaited) return { isMet, wrongTurn: null, unmet: wasMet ? unmet : [] };
  const wrongTurn = generalTurnOf(evidence) ?? wrongTurns.find(({ when }) => judge(when, evidence).isMet)?.id ?? null;
  return { isMet, wrongTurn, unmet };
}
