/** Hands-on 5: several readers of one log, from the beginning and from now on. */
import { all, any, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const consume = 'bin/kafka-console-consumer.sh --topic vive-le-ca --bootstrap-server localhost:9092';
const consumeAll =
  'bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning --bootstrap-server localhost:9092';
const produce = 'bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092';

export const tpConsommer: Lesson = {
  id: 'tp-consommer',
  module: 'M8',
  minutes: 12,
  slides: [38],
  start: {
    preset: 'solo',
    terminals: ['producteur', 'lecteur-1', 'lecteur-2'],
    sideBySide: ['producteur', 'lecteur-1'],
    actions: [
      type('lecteur-1', 'bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092'),
      type('producteur', produce),
      type('producteur', 'Premier événement'),
      type('producteur', 'Deuxième événement'),
      type('producteur', 'Troisième événement'),
      wait(2),
    ],
  },
  steps: [
    { kind: 'read', id: 'trois-points-de-vue' },
    {
      kind: 'task',
      task: {
        id: 'relire',
        goal: { is: 'consumed', topic: 'vive-le-ca', records: { min: 3 } },
        solution: [type('lecteur-1', consumeAll)],
        wrongTurns: [
          {
            id: 'sans-debut',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['vive-le-ca'],
              without: ['--from-beginning'],
            },
          },
          {
            id: 'autre-topic',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              options: { '--topic': true },
              without: ['vive-le-ca'],
            },
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'en-direct',
        goal: { is: 'consumed', topic: 'vive-le-ca', records: { min: 1 }, live: true },
        solution: [type('producteur', 'Quatrième événement')],
        wrongTurns: [{ id: 'lecteur-arrete', when: not({ is: 'running', program: 'kafka-console-consumer' }) }],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'sans-option',
        kind: 'predict',
        choices: ['dernier', 'rien', 'tous'],
        experiment: [type('coulisses', consume), wait(5)],
        proofs: [
          {
            choice: 'tous',
            when: { is: 'consumed', topic: 'vive-le-ca', records: { min: 2 }, without: ['--from-beginning'] },
          },
          {
            choice: 'dernier',
            when: { is: 'consumed', topic: 'vive-le-ca', records: 1, without: ['--from-beginning'] },
          },
          { choice: 'rien', when: { is: 'consumed', topic: 'vive-le-ca', records: 0, without: ['--from-beginning'] } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'a-deux',
        goal: all(
          { is: 'running', program: 'kafka-console-consumer', count: { min: 2 } },
          { is: 'consumed', topic: 'vive-le-ca', records: { min: 5 } },
          { is: 'consumed', topic: 'vive-le-ca', records: { min: 1 }, readers: 2 },
        ),
        solution: [type('lecteur-2', consume), wait(5), type('producteur', 'Cinquième événement')],
        wrongTurns: [
          { id: 'un-seul', when: { is: 'running', program: 'kafka-console-consumer', count: 1 } },
          {
            id: 'meme-groupe',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              options: { '--group': true },
              count: { min: 2 },
            },
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'tous-deux',
        kind: 'explain',
        choices: ['groupe-propre', 'meme-groupe'],
        answer: 'groupe-propre',
      },
    },
    {
      kind: 'task',
      task: {
        id: 'arreter',
        goal: all(
          any(
            { is: 'interrupted', program: 'kafka-console-consumer' },
            { is: 'commandRun', program: 'kafka-console-consumer', exit: 0 },
          ),
          not({ is: 'running', program: 'kafka-console-consumer' }),
          { is: 'producersStopped' },
          { is: 'serviceRunning', service: 'broker-0' },
        ),
        solution: [press('lecteur-1', 'Ctrl-C'), press('lecteur-2', 'Ctrl-C'), press('producteur', 'Ctrl-C')],
        wrongTurns: [{ id: 'serveur-arrete', when: { is: 'serviceStopped', service: 'broker-0' } }],
      },
    },
  ],
};
