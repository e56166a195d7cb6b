import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../kernel/events.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { programs } from '../shell/registry.ts';
import { begin } from './begin.ts';
import { courseMap } from './courseMap.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './goal.ts';
import type { Action, Lesson, Task } from './lesson.ts';
import { lessons } from './lessons.ts';
import { perform } from './perform.ts';
import { lessonRoutes, rightAnswers } from './testing/lessonRoutes.ts';
import { unmetEn } from './unmet.en.ts';
import { unmetFr } from './unmet.fr.ts';

/** The evidence after the actions, on a branch of its own. */
function after(timeline: Timeline, firstProcess: ProcessId, actions: readonly Action[]): Evidence {
  const branch = timeline.fork();
  perform(branch, actions);
  return evidenceOf(branch.world, { firstProcess, hasTravelled: actions.some(({ kind }) => kind === 'travel') });
}

/** What the page would say: the sentence of the first wrong turn that holds. */
const wrongTurnOf = (task: Task, evidence: Evidence): string | undefined =>
  task.wrongTurns.find(({ when }) => judge(when, evidence).isMet)?.id;

function playLesson(lesson: Lesson): void {
  const { timeline, firstProcess } = begin(lesson.start, { programs, seed: 7, setup: lesson.id });
  let hasTravelled = false;
  for (const step of lesson.steps) {
    if (step.kind === 'question' && step.question.kind === 'predict') {
      const { id, experiment, proofs } = step.question;
      const branch = timeline.fork();
      const own = branch.world.processes.length as ProcessId;
      perform(branch, experiment);
      const evidence = evidenceOf(branch.world, { firstProcess: own, hasTravelled });
      expect(
        proofs.find(({ when }) => judge(when, evidence).isMet)?.choice,
        `what the hidden branch proves for ${id}`,
      ).toBe(rightAnswers[lesson.id]?.[id]);
    }
    if (step.kind !== 'task') continue;
    const { task } = step;
    const routes = lessonRoutes[lesson.id]?.[task.id];
    expect(routes, `routes for the task ${task.id}`).toBeDefined();
    const start = judge(task.goal, evidenceOf(timeline.world, { firstProcess, hasTravelled }));
    expect(start.isMet, `${task.id} at its start`).toBe(false);
    expect([start.unmet.map(unmetFr), start.unmet.map(unmetEn)].flat().every((sentence) => sentence.length > 10)).toBe(
      true,
    );
    expect(Object.keys(routes!.wrong), `wrong turns of ${task.id}`).toEqual(task.wrongTurns.map(({ id }) => id));
    for (const [id, actions] of Object.entries(routes!.wrong)) {
      const evidence = after(timeline, firstProcess, actions);
      expect(
        { isMet: judge(task.goal, evidence).isMet, sentence: wrongTurnOf(task, evidence) },
        `${task.id} after the wrong turn ${id}`,
      ).toEqual({ isMet: false, sentence: id });
    }
    expect(judge(task.goal, after(timeline, firstProcess, routes!.other)), `${task.id} by another route`).toEqual({
      isMet: true,
      unmet: [],
    });
    perform(timeline, task.solution);
    hasTravelled ||= task.solution.some(({ kind }) => kind === 'travel');
    expect(
      judge(task.goal, evidenceOf(timeline.world, { firstProcess, hasTravelled })),
      `${task.id} by the reference solution`,
    ).toEqual({ isMet: true, unmet: [] });
  }
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
      playLesson(lesson);
    });
  },
);
