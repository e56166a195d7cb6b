/** Hands-on 3: a topic created, described, read column by column. */
import { all, any, not } from '../goal.ts';
import { type, type Lesson } from '../lesson.ts';

const create = (topic: string): string =>
  `bin/kafka-topics.sh --create --topic ${topic} --bootstrap-server localhost:9092`;

export const tpTopic: Lesson = {
  id: 'tp-topic',
  module: 'M8',
  minutes: 8,
  slides: [36],
  start: { preset: 'solo', terminals: ['admin'], actions: [] },
  steps: [
    { kind: 'read', id: 'une-ligne' },
    {
      kind: 'task',
      task: {
        id: 'creer',
        goal: { is: 'topicExists', topic: 'vive-le-ca', partitions: 1, replicationFactor: 1 },
        solution: [type('admin', create('vive-le-ca'))],
        wrongTurns: [
          { id: 'autre-taille', when: { is: 'topicExists', topic: 'vive-le-ca' } },
          {
            id: 'sans-adresse',
            when: {
              is: 'commandRun',
              program: 'kafka-topics',
              latest: true,
              options: { '--create': true },
              without: ['--bootstrap-server'],
              exit: 1,
            },
          },
          {
            id: 'autre-nom',
            when: {
              is: 'commandRun',
              program: 'kafka-topics',
              latest: true,
              options: { '--create': true },
              without: ['vive-le-ca'],
              exit: 0,
            },
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'decrire',
        goal: all(
          { is: 'topicExists', topic: 'vive-le-ca' },
          any(
            {
              is: 'commandRun',
              program: 'kafka-topics',
              options: { '--describe': true, '--topic': 'vive-le-ca' },
              exit: 0,
            },
            {
              is: 'commandRun',
              program: 'kafka-topics',
              options: { '--describe': true },
              without: ['--topic'],
              exit: 0,
            },
          ),
        ),
        solution: [
          type('admin', 'bin/kafka-topics.sh --describe --topic vive-le-ca --bootstrap-server localhost:9092'),
        ],
        wrongTurns: [
          {
            id: 'liste',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, options: { '--list': true } },
          },
          {
            id: 'echec',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, options: { '--describe': true }, exit: 1 },
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'leader-0', kind: 'observe', choices: ['broker', 'aucun', 'partition'], answer: 'broker' },
    },
    {
      kind: 'question',
      question: {
        id: 'collision',
        kind: 'predict',
        choices: ['deux', 'refus'],
        experiment: [type('coulisses', create('ventes_2025')), type('coulisses', create('ventes.2025'))],
        proofs: [
          {
            choice: 'deux',
            when: all({ is: 'topicExists', topic: 'ventes_2025' }, { is: 'topicExists', topic: 'ventes.2025' }),
          },
          {
            choice: 'refus',
            when: all(
              { is: 'commandRun', program: 'kafka-topics', words: ['ventes.2025'], exit: 1 },
              not({ is: 'topicExists', topic: 'ventes.2025' }),
            ),
          },
        ],
      },
    },
  ],
};
