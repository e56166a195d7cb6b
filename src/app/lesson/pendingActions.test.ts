import { describe, expect, test } from 'vitest';
import { lessons } from '../../course/lessons.ts';
import { begin } from '../../course/begin.ts';
import { programs } from '../../shell/registry.ts';
import type { Action } from '../../course/lesson.ts';
import { type, wait } from '../../course/lesson.ts';
import { perform } from '../../course/perform.ts';
import { helpOf } from './help.ts';
import { pendingActions } from './pendingActions.ts';

const course = lessons.find(({ lesson }) => lesson.id === 'tp-produire')!;
const { world } = begin(course.lesson.start, { programs, seed: 1, setup: null }).timeline;
const standing = { step: 0, tasks: new Map() };
const producer = 'bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092';
const lessonLines = [producer, 'Premier événement', 'Deuxième événement', 'Troisième événement'];
const linesOf = (typed: readonly string[]): readonly string[] =>
  pendingActions(course, standing, {
    typed: typed.map((line) => ({ terminal: 'producteur', line })),
    world,
  }).flatMap((action) => (action.kind === 'type' ? [action.line] : []));

describe('what would be typed for the learner', () => {
  test('is the whole solution at first', () => {
    expect(linesOf([])).toEqual(lessonLines);
  });

  test('is what comes after what they have typed themselves', () => {
    const typed = [type('producteur', producer), type('producteur', 'Premier événement')];

    expect(after('tp-produire', typed).pending).toEqual([
      type('producteur', 'Deuxième événement'),
      type('producteur', 'Troisième événement'),
    ]);
  });

  test('is nothing while the task is met, and all of it again once it no longer is, though it was typed', () => {
    const stands = (isMet: boolean) => ({
      step: 0,
      tasks: new Map([['trois-lignes', { isMet, wasMet: true, sentences: [] }]]),
    });

    const typed = lessonLines.map((line) => ({ terminal: 'producteur', line }));
    const { world: done } = after(
      'tp-produire',
      lessonLines.map((line) => type('producteur', line)),
    ).timeline;

    expect(pendingActions(course, stands(true), { typed, world: done })).toEqual([]);
    expect(pendingActions(course, standing, { typed, world: done })).toEqual([]);
    expect(pendingActions(course, stands(false), { typed, world: done })).toEqual(
      pendingActions(course, standing, { typed: [], world }),
    );
  });
});

/** Where the learner has done `actions` since the lesson began, and stands at the page `step`. */
function after(id: string, actions: readonly Action[], step = 0) {
  const lesson = lessons.find((one) => one.lesson.id === id)!;
  const { timeline } = begin(lesson.lesson.start, { programs, seed: 1, setup: null });
  perform(timeline, actions);
  const typed = actions.flatMap((action) => (action.kind === 'type' ? [action] : []));
  const pending = pendingActions(lesson, { step, tasks: new Map() }, { typed, world: timeline.world });
  return { pending, help: helpOf(pending, timeline.world), timeline };
}
const version = type('admin', 'bin/kafka-topics.sh --version');

describe('in another folder', () => {
  test('the way there comes first, and a command that was not found there is typed again', () => {
    const way = type('admin', 'cd ~/kafka/kafka_2.13-3.9.0');

    expect(after('prise-en-main-du-labo', [type('admin', 'cd')]).pending).toEqual([way, version]);
    expect(after('prise-en-main-du-labo', [type('admin', 'cd'), version]).pending).toEqual([way, version]);
    expect(after('prise-en-main-du-labo', []).pending).toEqual([version]);
  });

  test('the folder is the one that the earlier steps of the lesson lead to', () => {
    const lesson = lessons.find((one) => one.lesson.id === 'tp-installer')!.lesson;
    const [download, unpack, check] = lesson.steps.flatMap((one) => (one.kind === 'task' ? [one.task.solution] : []));
    const last = lesson.steps.filter(({ kind }) => kind !== 'read').length - 1;
    const done = [...download!, ...unpack!];

    expect(after('tp-installer', done, last).pending).toEqual(check);
    expect(after('tp-installer', [...done, type('admin', 'cd')], last).pending).toEqual([
      type('admin', 'cd ~/kafka'),
      ...check!,
    ]);
    expect(after('tp-installer', [type('admin', 'cd /tmp')]).pending).toEqual([type('admin', 'cd ~'), ...download!]);
  });
});

describe('whoever types for the learner', () => {
  test('does not type a command into a program that has the terminal', () => {
    const inTheWay = type('broker', 'bin/zookeeper-server-start.sh config/zookeeper.properties');

    expect(after('tp-demarrer', [inTheWay], 2).help).toEqual({ kind: 'busy', program: 'zookeeper-server' });
    expect(after('tp-demarrer', [], 2).help).toEqual({ kind: 'ready' });
  });

  test('says that time has to pass, first or only', () => {
    expect(helpOf([], world)).toEqual({ kind: 'waits' });
    expect(helpOf([wait(22), wait(1), type('admin', 'pwd')], world)).toEqual({ kind: 'waitsFirst', seconds: 23 });
  });
});
