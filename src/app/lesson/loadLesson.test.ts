import { expect, test } from 'vitest';
import { lessons } from '../../course/lessons.ts';
import { lessonLoaders, loadLesson } from './loadLesson.ts';

test('every lesson of the course can be fetched by itself', async () => {
  expect(Object.keys(lessonLoaders)).toEqual(lessons.map(({ lesson }) => lesson.id));
  for (const course of lessons) expect(await loadLesson(course.lesson.id)).toEqual(course);
});

test('there is no other', async () => {
  expect(await loadLesson('nulle-part')).toBeNull();
  expect(await loadLesson('toString')).toBeNull();
});
