/** What « Taper pour moi » would do next: what is left of the solution of the task that the learner has before them. */
import { isInEffect } from '../../course/actors.ts';
import type { CourseLesson } from '../../course/courseLesson.ts';
import type { Action, Task } from '../../course/lesson.ts';
import type { World } from '../../kernel/world.ts';
import type { LessonProgress } from '../session/savedSessions.ts';
import { pagesOf } from './LessonPanel.tsx';

type Progress = Pick<LessonProgress, 'step' | 'met'>;

/** A line that was typed at a terminal since the page was opened. */
export interface TypedLine {
  readonly terminal: string;
  readonly line: string;
}

/** The first task of the present page that has not been met; null when there is none. */
export function currentTask(course: CourseLesson, { step, met }: Progress): Task | null {
  const pages = pagesOf(course);
  const page = pages[Math.min(step, pages.length - 1)] ?? [];
  for (const part of page) if (part.kind === 'task' && !met.includes(part.task.id)) return part.task;
  return null;
}

/** `typed`: in their order; `world`: at the present instant. */
export function pendingActions(
  course: CourseLesson,
  progress: Progress,
  { typed, world }: { readonly typed: readonly TypedLine[]; readonly world: World },
): readonly Action[] {
  const solution = currentTask(course, progress)?.solution ?? [];
  let next = 0;
  let lookedAt = 0;
  for (; next < solution.length; next++) {
    const action = solution[next]!;
    if (action.kind === 'wait') continue;
    if (action.kind === 'disturb' || action.kind === 'link') {
      if (isInEffect(world, action)) continue;
      break;
    }
    if (action.kind !== 'type') break;
    const found = typed.findIndex(
      ({ terminal, line }, at) => at >= lookedAt && terminal === action.terminal && line === action.line,
    );
    if (found >= 0) lookedAt = found + 1;
    else if (!isRunningAlready(action, world.processes)) break;
  }
  return solution.slice(next);
}

/** The command was given in other words: the program it starts runs in front of that terminal. */
function isRunningAlready(
  { terminal, line }: Extract<Action, { kind: 'type' }>,
  processes: World['processes'],
): boolean {
  const program = /^bin\/([\w-]+)\.sh\b/.exec(line)?.[1];
  return processes.some(
    (process) =>
      process.program === program &&
      process.terminal === terminal &&
      process.isForeground &&
      process.status !== 'exited',
  );
}
