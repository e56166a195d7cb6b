/** A lesson with its words in both languages, as a page loads it. */
import type { Lesson, LessonText } from './lesson.ts';

export type Language = 'fr' | 'en';

export interface CourseLesson {
  readonly lesson: Lesson;
  readonly texts: Readonly<Record<Language, LessonText>>;
}
