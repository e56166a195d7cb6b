/** What « Taper pour moi » would type next: the solution of the task that the learner has before them. */
import type { CourseLesson } from '../../course/courseLesson.ts';
import type { Action, Task } from '../../course/lesson.ts';
import type { LessonProgress } from '../session/savedSessions.ts';
import { pagesOf } from './LessonPanel.tsx';

type Progress = Pick<LessonProgress, 'step' | 'met'>;

/** The first task of the present page that has not been met; null when there is none. */
export function currentTask(course: CourseLesson, { step, met }: Progress): Task | null {
  const pages = pagesOf(course);
  const page = pages[Math.min(step, pages.length - 1)] ?? [];
  for (const part of page) if (part.kind === 'task' && !met.includes(part.task.id)) return part.task;
  return null;
}

export const pendingActions = (course: CourseLesson, progress: Progress): readonly Action[] =>
  currentTask(course, progress)?.solution ?? [];
