/** How a task of a lesson stands. */

export interface TaskState {
  readonly isMet: boolean;
  /** At some earlier time. */
  readonly wasMet: boolean;
  /** What is missing, or the wrong turn taken, in words. */
  readonly sentences: readonly string[];
}

/** By task id, of the whole lesson; empty until they have been judged. */
export type TaskStates = ReadonlyMap<string, TaskState>;
