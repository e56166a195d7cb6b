/** The workshop itself: terminals, the time bar, the inspector. */
import { all, not } from '../goal.ts';
import { travel, type, wait, type Lesson } from '../lesson.ts';

export const priseEnMainDuLabo: Lesson = {
  id: 'prise-en-main-du-labo',
  module: 'M0',
  minutes: 8,
  slides: [1, 2, 6],
  start: { preset: 'solo', terminals: ['admin'], actions: [] },
  steps: [
    { kind: 'read', id: 'bienvenue' },
    { kind: 'read', id: 'moteur' },
    {
      kind: 'task',
      task: {
        id: 'version',
        goal: { is: 'commandRun', program: 'kafka-topics', options: { '--version': true }, exit: 0 },
        solution: [type('admin', 'bin/kafka-topics.sh --version')],
        wrongTurns: [
          {
            id: 'sans-version',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, without: ['--version'] },
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'reculer',
        goal: all({ is: 'travelled' }, { is: 'wentOn' }),
        solution: [travel(3), wait(1)],
        wrongTurns: [{ id: 'arrete', when: all({ is: 'travelled' }, not({ is: 'wentOn' })) }],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'sans-argument',
        kind: 'predict',
        choices: ['mode-d-emploi', 'liste', 'console'],
        experiment: [type('coulisses', 'bin/kafka-topics.sh')],
        proofs: [
          { choice: 'mode-d-emploi', when: { is: 'commandRun', program: 'kafka-topics', argumentCount: 0, exit: 1 } },
          { choice: 'liste', when: { is: 'commandRun', program: 'kafka-topics', argumentCount: 0, exit: 0 } },
          { choice: 'console', when: { is: 'running', program: 'kafka-topics' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'verifier',
        goal: { is: 'commandRun', program: 'kafka-topics', argumentCount: 0, exit: 1 },
        solution: [type('admin', 'bin/kafka-topics.sh')],
        wrongTurns: [
          {
            id: 'avec-argument',
            when: all(
              {
                is: 'commandRun',
                program: 'kafka-topics',
                latest: true,
                argumentCount: { min: 1 },
                without: ['--version'],
              },
              not({ is: 'commandRun', program: 'kafka-topics', argumentCount: 0 }),
            ),
          },
        ],
      },
    },
  ],
};
