/** The pages of a lesson. */
import type { CourseLesson } from '../../course/courseLesson.ts';

type Step = CourseLesson['lesson']['steps'][number];

/** Reads go with what follows them; each page has one thing to do. */
export function pagesOf({ lesson }: CourseLesson): readonly (readonly Step[])[] {
  const pages: Step[][] = [];
  let page: Step[] = [];
  for (const step of lesson.steps) {
    page.push(step);
    if (step.kind === 'read') continue;
    pages.push(page);
    page = [];
  }
  if (page.length > 0) pages.push(page);
  return pages;
}

/** The page at a step; the last one for a step past the end, as a lesson that had more pages may have left it. */
export function pageAt(course: CourseLesson, step: number): readonly Step[] {
  const pages = pagesOf(course);
  return pages[Math.min(step, pages.length - 1)] ?? [];
}
