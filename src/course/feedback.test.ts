import { expect, test } from 'vitest';
import { programs } from '../shell/registry.ts';
import { begin } from './begin.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf, sinceTask } from './evidence.ts';
import type { Feedback } from './feedback.ts';
import { feedbackOf } from './feedback.ts';
import type { Action, Lesson, Task } from './lesson.ts';
import { press, type, wait } from './lesson.ts';
import { elireEtVoter } from './lessons/elireEtVoter.ts';
import { priseEnMainDuLabo } from './lessons/priseEnMainDuLabo.ts';
import { tpConsommer } from './lessons/tpConsommer.ts';
import { perform } from './perform.ts';

function taskOf(lesson: Lesson, id: string): Task {
  const step = lesson.steps.find((one) => one.kind === 'task' && one.task.id === id);
  if (step?.kind !== 'task') throw new Error(`no task ${id}`);
  return step.task;
}

/** Of a task to which the learner comes after `before`, in which they do `during`. */
function feedbackAfter(
  [lesson, id]: readonly [Lesson, string],
  {
    before = [],
    during = [],
    wasMet = false,
  }: { before?: readonly Action[]; during?: readonly Action[]; wasMet?: boolean },
): Feedback {
  const { timeline, firstProcess } = begin(lesson.start, { programs, seed: 5, setup: null });
  const startedAt = timeline.now;
  const evidence = (): Evidence =>
    evidenceOf(timeline, { firstProcess, startedAt, hasTravelled: false, hasGoneOn: false });
  perform(timeline, [...before, wait(1)]);
  const began = { at: timeline.now, hasTravelled: false };
  perform(timeline, during);
  return feedbackOf(taskOf(lesson, id), sinceTask(evidence(), began), { wasMet });
}

const tool = 'bin/kafka-topics.sh';

test('a newer command that failed takes the place of an older wrong turn', () => {
  const older = [type('admin', `${tool} --help`)];
  const newer = [...older, type('admin', 'cd'), type('admin', `${tool} --version`)];

  expect(feedbackAfter([priseEnMainDuLabo, 'version'], { during: older }).wrongTurn).toBe('sans-version');
  expect(feedbackAfter([priseEnMainDuLabo, 'version'], { during: newer }).wrongTurn).toMatchObject({
    is: 'otherFolder',
  });
});

test('what was run before the task is not held against it', () => {
  const before = [type('admin', `${tool} --list --bootstrap-server localhost:9092`)];
  const arrived = feedbackAfter([priseEnMainDuLabo, 'verifier'], { before });
  const looksAround = feedbackAfter([priseEnMainDuLabo, 'verifier'], { before, during: [type('admin', 'ls')] });
  const again = feedbackAfter([priseEnMainDuLabo, 'verifier'], { during: before });

  expect(arrived).toEqual({ isMet: false, wrongTurn: null, unmet: [] });
  expect([looksAround.wrongTurn, looksAround.unmet.length]).toEqual([null, 1]);
  expect(again.wrongTurn).toBe('avec-argument');
});

test('what is no longer true is said even before anything is tried', () => {
  expect(feedbackAfter([priseEnMainDuLabo, 'version'], { wasMet: true }).unmet).toHaveLength(1);
});

test('a line written before anybody read does not arrive live; one written while a reader is there does', () => {
  const consumer =
    'bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning --bootstrap-server localhost:9092';
  const strayed = [type('producteur', consumer), wait(2), type('lecteur-1', consumer), wait(4)];
  const live = [type('producteur', 'encore'), wait(3)];
  const step = [tpConsommer, 'en-direct'] as const;

  expect(feedbackAfter([tpConsommer, 'relire'], { during: strayed.slice(0, 2) }).wrongTurn).toEqual({
    is: 'typedIntoProgram',
    program: 'kafka-console-producer',
  });
  expect(feedbackAfter(step, { before: strayed }).isMet).toBe(false);
  expect(feedbackAfter(step, { before: strayed, during: live }).isMet).toBe(true);
  expect(feedbackAfter(step, { before: [...strayed, press('lecteur-1', 'Ctrl-C')], during: live }).isMet).toBe(false);
});

test('what has arrived live has, even when its reader has lost its partition since, and has ended', () => {
  const consumer = 'bin/kafka-console-consumer.sh --topic vive-le-ca --group g --bootstrap-server localhost:9092';
  const before = [type('lecteur-1', consumer), wait(8)];
  const live = [type('producteur', 'Quatrième événement'), wait(3)];
  const sharing = [...live, type('lecteur-2', consumer), wait(15)];
  const ended = [...sharing, press('lecteur-1', 'Ctrl-C'), wait(5), press('lecteur-2', 'Ctrl-C'), wait(5)];
  const step = [tpConsommer, 'en-direct'] as const;

  expect(feedbackAfter(step, { before }).isMet).toBe(false);
  for (const during of [live, sharing, ended]) expect(feedbackAfter(step, { before, during }).isMet).toBe(true);
});

test('of alternatives, the nearest is told; one more ZooKeeper has to die, whichever', () => {
  const { unmet } = feedbackAfter([elireEtVoter, 'silence'], {
    before: [{ kind: 'disturb', how: 'kill', whom: 'zookeeper-3' }, wait(3)],
    during: [type('admin', 'ls')],
  });

  expect(unmet[0]).toMatchObject({ predicate: { is: 'zooKeepersDown' }, seen: 1 });
});
