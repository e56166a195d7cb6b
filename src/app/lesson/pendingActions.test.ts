import { describe, expect, test } from 'vitest';
import { lessons } from '../../course/lessons.ts';
import { begin } from '../../course/begin.ts';
import { programs } from '../../shell/registry.ts';
import { pendingActions } from './pendingActions.ts';

const course = lessons.find(({ lesson }) => lesson.id === 'tp-produire')!;
const { world } = begin(course.lesson.start, { programs, seed: 1, setup: null }).timeline;
const progress = { step: 0, met: [] };
const producer = 'bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092';
const linesOf = (typed: readonly string[]): readonly string[] =>
  pendingActions(course, progress, {
    typed: typed.map((line) => ({ terminal: 'producteur', line })),
    world,
  }).flatMap((action) => (action.kind === 'type' ? [action.line] : []));

describe('what would be typed for the learner', () => {
  test('is the whole solution at first', () => {
    expect(linesOf([])).toEqual([producer, 'Premier événement', 'Deuxième événement', 'Troisième événement']);
  });

  test('is what comes after what they have typed themselves', () => {
    expect(linesOf([producer, 'Premier événement'])).toEqual(['Deuxième événement', 'Troisième événement']);
  });

  test('is nothing once the task is met', () => {
    expect(pendingActions(course, { step: 0, met: ['trois-lignes'] }, { typed: [], world })).toEqual([]);
  });
});
