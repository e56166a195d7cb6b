import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../kernel/time.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { programs } from '../shell/registry.ts';
import { begin } from './begin.ts';
import { courseMap } from './courseMap.ts';
import type { Evidence, Since, TaskBeginning } from './evidence.ts';
import { evidenceOf, sinceTask } from './evidence.ts';
import { feedbackOf } from './feedback.ts';
import { judge } from './goal.ts';
import type { Action, Lesson, Task } from './lesson.ts';
import { lessons } from './lessons.ts';
import { perform } from './perform.ts';
import { predict } from './predict.ts';
import { lessonRoutes, rightAnswers } from './testing/lessonRoutes.ts';
import { unmetEn } from './unmet.en.ts';
import { unmetFr } from './unmet.fr.ts';

/** The evidence after the actions, on a branch of its own. */
function after(timeline: Timeline, since: Since, actions: readonly Action[]): Evidence {
  const branch = timeline.fork();
  perform(branch, actions);
  return evidenceOf(branch, sinceThen(since, actions));
}

/** Going back is to stop; whatever comes next lets time run on. */
function sinceThen(since: Since, actions: readonly Action[]): Since {
  const travelAt = actions.findIndex(({ kind }) => kind === 'travel');
  const hasTravelled = since.hasTravelled || travelAt >= 0;
  return { ...since, hasTravelled, hasGoneOn: since.hasGoneOn || (hasTravelled && travelAt < actions.length - 1) };
}

/** A lesson's own page goes back to its beginning at most. */
const earlier = (one: VirtualTimeUs, other: VirtualTimeUs): VirtualTimeUs => (one < other ? one : other);

/** What the page would say to who came to the task at `began`: the sentence of the wrong turn taken last, one of any lesson included. */
const wrongTurnOf = (task: Task, evidence: Evidence, began: TaskBeginning): unknown =>
  feedbackOf(task, sinceTask(evidence, began), { wasMet: false }).wrongTurn;

/** What a play of the lesson found, and what it must find, by what was tried. */
type Findings = Readonly<Record<string, unknown>>;

function playLesson(lesson: Lesson): Findings {
  const { timeline, firstProcess } = begin(lesson.start, { programs, seed: 7, setup: lesson.id });
  const found: Record<string, unknown> = {};
  let since: Since = { firstProcess, startedAt: timeline.now, hasTravelled: false, hasGoneOn: false };
  for (const step of lesson.steps) {
    if (step.kind === 'question' && step.question.kind === 'predict') {
      found[`${step.question.id}: the hidden branch proves`] = predict(timeline, step.question).choice;
    }
    if (step.kind !== 'task') continue;
    const { task } = step;
    const routes = lessonRoutes[lesson.id]?.[task.id] ?? { other: [], wrong: {} };
    const began = { at: timeline.now, hasTravelled: since.hasTravelled };
    const atStart = evidenceOf(timeline, since);
    const start = judge(task.goal, atStart);
    const said = feedbackOf(task, sinceTask(atStart, began), { wasMet: false });
    found[`${task.id}: said before anything is tried`] = [said.wrongTurn, said.unmet.length];
    found[`${task.id}: at its start`] = start.isMet;
    found[`${task.id}: says what is missing`] =
      start.unmet.length > 0 &&
      [...start.unmet.map(unmetFr), ...start.unmet.map(unmetEn)].every((sentence) => sentence.length > 10);
    for (const [id, actions] of Object.entries(routes.wrong)) {
      const evidence = after(timeline, since, actions);
      found[`${task.id}: wrong turn ${id}`] = {
        isMet: judge(task.goal, evidence).isMet,
        sentence: wrongTurnOf(task, evidence, began),
      };
    }
    found[`${task.id}: another route`] = judge(task.goal, after(timeline, since, routes.other));
    perform(timeline, task.solution);
    since = sinceThen({ ...since, startedAt: earlier(since.startedAt, timeline.now) }, task.solution);
    found[`${task.id}: reference solution`] = judge(task.goal, evidenceOf(timeline, since));
  }
  return found;
}

function expectedOf(lesson: Lesson): Findings {
  const expected: Record<string, unknown> = {};
  for (const step of lesson.steps) {
    if (step.kind === 'question' && step.question.kind === 'predict') {
      expected[`${step.question.id}: the hidden branch proves`] = rightAnswers[lesson.id]?.[step.question.id];
    }
    if (step.kind !== 'task') continue;
    const { id, wrongTurns } = step.task;
    expected[`${id}: at its start`] = false;
    expected[`${id}: said before anything is tried`] = [null, 0];
    expected[`${id}: says what is missing`] = true;
    for (const turn of wrongTurns) expected[`${id}: wrong turn ${turn.id}`] = { isMet: false, sentence: turn.id };
    expected[`${id}: another route`] = { isMet: true, unmet: [] };
    expected[`${id}: reference solution`] = { isMet: true, unmet: [] };
  }
  return expected;
}

describe.each(lessons.map(({ lesson, texts }) => ({ id: lesson.id, lesson, texts })))(
  'the lesson $id',
  ({ lesson, texts }) => {
    test('has every word in French and in English', () => {
      for (const text of [texts.fr, texts.en]) {
        const reads = lesson.steps.flatMap((step) => (step.kind === 'read' ? [step.id] : []));
        const tasks = lesson.steps.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
        const questions = lesson.steps.flatMap((step) => (step.kind === 'question' ? [step.question] : []));
        expect(Object.keys(text.reads)).toEqual(reads);
        expect(Object.keys(text.tasks)).toEqual(tasks.map(({ id }) => id));
        expect(Object.keys(text.questions)).toEqual(questions.map(({ id }) => id));
        for (const { id, wrongTurns } of tasks)
          expect(Object.keys(text.tasks[id]!.wrongTurns)).toEqual(wrongTurns.map((turn) => turn.id));
        for (const { id, choices } of questions) expect(Object.keys(text.questions[id]!.choices)).toEqual(choices);
      }
    });

    test('is on the course map under the same title', () => {
      const entry = courseMap.flatMap((chapter) => chapter.lessons).find(({ id }) => id === lesson.id);

      expect(entry).toEqual({
        id: lesson.id,
        title: { fr: texts.fr.title, en: texts.en.title },
        minutes: lesson.minutes,
      });
    });

    test('is done by its solution and by another route; wrong turns get their own sentence; predictions are proven', {
      timeout: 120_000,
    }, () => {
      expect(playLesson(lesson)).toEqual(expectedOf(lesson));
    });
  },
);
