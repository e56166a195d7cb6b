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
