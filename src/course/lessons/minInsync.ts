/** min.insync.replicas: what is refused when too few copies are in sync, for whom, and what a reader sees of the rest. */
import { all, any, not } from '../goal.ts';
import { disturb, press, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const p0 = { topic: 'virements', partition: 0 } as const;
const produce = `bin/kafka-console-producer.sh --topic virements --bootstrap-server ${at}`;
const trusting = `${produce} --request-required-acks 1`;
const refused = {
  is: 'happened',
  fact: 'recordsRefused',
  where: { error: 'NotEnoughReplicasException', topic: 'virements' },
} as const;
const anyStopped = any({ is: 'serviceStopped', service: 'broker-1' }, { is: 'serviceStopped', service: 'broker-2' });

export const minInsync: Lesson = {
  id: 'min-insync',
  module: 'M9',
  minutes: 12,
  slides: [8, 16],
  start: {
    preset: 'trio',
    prepared: [
      `bin/kafka-topics.sh --create --topic virements --replica-assignment 0:1:2 --config min.insync.replicas=2 --bootstrap-server ${at}`,
    ],
    terminals: ['producteur', 'admin'],
    actions: [],
  },
  steps: [
    { kind: 'read', id: 'tout-l-isr' },
    { kind: 'read', id: 'le-plancher' },
    {
      kind: 'task',
      task: {
        id: 'refus',
        goal: all({ is: 'isrSize', ...p0, size: 1 }, refused),
        solution: [
          disturb('kill', 'broker-1'),
          disturb('kill', 'broker-2'),
          wait(22),
          type('producteur', produce),
          type('producteur', 'Alice 100'),
          wait(2),
        ],
        wrongTurns: [
          { id: 'leader-tue', when: { is: 'serviceStopped', service: 'broker-0' } },
          { id: 'un-seul-tue', when: all(anyStopped, { is: 'isrSize', ...p0, size: 2 }) },
          { id: 'pas-encore', when: all(anyStopped, { is: 'isrSize', ...p0, size: 3 }) },
          { id: 'autre-acks', when: { is: 'commandRun', program: 'kafka-console-producer', words: ['acks'] } },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'acks-un',
        kind: 'predict',
        choices: ['refuse', 'accepte'],
        experiment: [type('coulisses', `echo 'Bob 100' | ${trusting}`), wait(3)],
        proofs: [
          { choice: 'accepte', when: { is: 'records', topic: 'virements', value: 'Bob 100', count: 1 } },
          { choice: 'refuse', when: { is: 'records', topic: 'virements', value: 'Bob 100', count: 0 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'accepter',
        goal: all(
          { is: 'unreadable', ...p0, count: { min: 1 } },
          { is: 'commandRun', program: 'kafka-console-consumer', words: ['virements'] },
        ),
        solution: [
          press('producteur', 'Ctrl-C'),
          type('producteur', trusting),
          type('producteur', 'Bob 100'),
          wait(2),
          type(
            'admin',
            `bin/kafka-console-consumer.sh --topic virements --partition 0 --offset earliest --bootstrap-server ${at}`,
          ),
        ],
        wrongTurns: [
          {
            id: 'sans-acks-un',
            when: all(
              { is: 'unreadable', ...p0, count: 0 },
              {
                is: 'commandRun',
                program: 'kafka-console-producer',
                words: ['virements'],
                without: ['acks'],
                count: { min: 2 },
              },
            ),
          },
          {
            id: 'sans-lire',
            when: all(
              { is: 'unreadable', ...p0, count: { min: 1 } },
              not({ is: 'commandRun', program: 'kafka-console-consumer' }),
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'rien-a-lire', kind: 'observe', choices: ['perdu', 'retenu'], answer: 'retenu' },
    },
    {
      kind: 'task',
      task: {
        id: 'remonter',
        goal: all(
          { is: 'isrSize', ...p0, size: { min: 2 } },
          { is: 'unreadable', ...p0, count: 0 },
          { is: 'consumed', topic: 'virements', records: { min: 2 } },
        ),
        solution: [
          disturb('start', 'broker-1'),
          wait(3),
          press('producteur', 'Ctrl-C'),
          type('producteur', produce),
          type('producteur', 'Carole 100'),
          wait(2),
        ],
        wrongTurns: [
          { id: 'pas-revenu', when: { is: 'isrSize', ...p0, size: 1 } },
          {
            id: 'sans-ecrire',
            when: all(
              { is: 'isrSize', ...p0, size: { min: 2 } },
              not({ is: 'consumed', topic: 'virements', records: { min: 2 } }),
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'plancher-trois', kind: 'explain', choices: ['plus-sur', 'bloquant'], answer: 'bloquant' },
    },
  ],
};
