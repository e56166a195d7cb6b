/** Hands-on 4: events written with the console producer. */
import { all, not } from '../goal.ts';
import { type, wait, type Lesson } from '../lesson.ts';

const produce = 'bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092';

export const tpProduire: Lesson = {
  id: 'tp-produire',
  module: 'M8',
  minutes: 8,
  slides: [37],
  start: {
    preset: 'solo',
    terminals: ['producteur', 'admin'],
    actions: [type('admin', 'bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092')],
  },
  steps: [
    { kind: 'read', id: 'chevron' },
    {
      kind: 'task',
      task: {
        id: 'trois-lignes',
        goal: all(
          { is: 'records', topic: 'vive-le-ca', count: { min: 3 } },
          { is: 'running', program: 'kafka-console-producer' },
        ),
        solution: [
          type('producteur', produce),
          type('producteur', 'Premier événement'),
          type('producteur', 'Deuxième événement'),
          type('producteur', 'Troisième événement'),
        ],
        wrongTurns: [
          {
            id: 'quitte',
            when: all(
              { is: 'interrupted', program: 'kafka-console-producer' },
              not({ is: 'running', program: 'kafka-console-producer' }),
            ),
          },
          {
            id: 'autre-topic',
            when: {
              is: 'commandRun',
              program: 'kafka-console-producer',
              latest: true,
              options: { '--topic': true },
              without: ['vive-le-ca'],
            },
          },
          {
            id: 'sans-topic',
            when: { is: 'commandRun', program: 'kafka-console-producer', latest: true, without: ['--topic'], exit: 1 },
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'ligne-vide',
        kind: 'predict',
        choices: ['vide', 'rien'],
        experiment: [type('coulisses', produce), type('coulisses', ''), wait(3)],
        proofs: [
          { choice: 'vide', when: { is: 'records', topic: 'vive-le-ca', value: '', count: { min: 1 } } },
          { choice: 'rien', when: { is: 'records', topic: 'vive-le-ca', value: '', count: 0 } },
        ],
      },
    },
  ],
};
