/** The key chooses the partition, and order holds inside a partition only. */
import { all, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const produce =
  'bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server localhost:9092';
const sendAs = (lines: string): string => `printf '${lines}' | ${produce}`;

export const partitionsEtCles: Lesson = {
  id: 'partitions-et-cles',
  module: 'M2',
  minutes: 15,
  slides: [14, 15],
  start: {
    preset: 'trio',
    terminals: ['producteur-1', 'producteur-2', 'lecteur-1'],
    actions: [
      type(
        'lecteur-1',
        'bin/kafka-topics.sh --create --topic paiements --partitions 4 --replication-factor 1 --bootstrap-server localhost:9092',
      ),
    ],
  },
  steps: [
    { kind: 'read', id: 'couloirs' },
    { kind: 'read', id: 'hachage' },
    {
      kind: 'question',
      question: {
        id: 'deux-producteurs',
        kind: 'predict',
        choices: ['chacun', 'hasard', 'meme'],
        experiment: [type('coulisses', sendAs('Alice:20\\n')), type('coulisses', sendAs('Alice:30\\n')), wait(2)],
        proofs: [
          {
            choice: 'meme',
            when: all(
              { is: 'records', topic: 'paiements', key: 'Alice', count: { min: 2 } },
              { is: 'keyPartitions', topic: 'paiements', key: 'Alice', count: 1 },
            ),
          },
          { choice: 'chacun', when: { is: 'keyPartitions', topic: 'paiements', key: 'Alice', count: 2 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'envoyer',
        goal: all(
          { is: 'records', topic: 'paiements', key: 'Alice', count: { min: 3 } },
          { is: 'records', topic: 'paiements', key: 'Bob', count: { min: 2 } },
          { is: 'keyPartitions', topic: 'paiements', key: 'Alice', count: 1 },
          { is: 'keyedProducers', topic: 'paiements', count: { min: 2 } },
        ),
        solution: [
          type('producteur-1', produce),
          type('producteur-1', 'Alice:20'),
          type('producteur-1', 'Bob:35'),
          type('producteur-2', produce),
          type('producteur-2', 'Alice:12'),
          type('producteur-2', 'Alice:60'),
          type('producteur-2', 'Bob:8'),
          wait(2),
        ],
        wrongTurns: [
          {
            id: 'sans-cle',
            when: {
              is: 'commandRun',
              program: 'kafka-console-producer',
              latest: true,
              words: ['paiements'],
              without: ['parse.key'],
            },
          },
          {
            id: 'tabulation',
            when: {
              is: 'commandRun',
              program: 'kafka-console-producer',
              latest: true,
              words: ['parse.key'],
              without: ['key.separator'],
            },
          },
          {
            id: 'un-seul',
            when: { is: 'keyedProducers', topic: 'paiements', count: 1 },
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'ordre',
        kind: 'predict',
        choices: ['ecriture', 'partition', 'horodatage'],
        experiment: [type('coulisses', sendAs('Bob:1\\nAlice:2\\nBob:3\\nAlice:4\\n')), wait(2)],
        proofs: [
          { choice: 'partition', when: not({ is: 'sharePartition', topic: 'paiements', keys: ['Alice', 'Bob'] }) },
          { choice: 'ecriture', when: { is: 'sharePartition', topic: 'paiements', keys: ['Alice', 'Bob'] } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'relire',
        goal: all(
          {
            is: 'commandRun',
            program: 'kafka-console-consumer',
            words: ['paiements', 'print.partition=true', 'print.key=true'],
          },
          {
            is: 'consumed',
            topic: 'paiements',
            records: { min: 5 },
            words: ['print.partition=true', 'print.key=true'],
          },
        ),
        solution: [
          type(
            'lecteur-1',
            'bin/kafka-console-consumer.sh --topic paiements --from-beginning --property print.key=true --property print.partition=true --bootstrap-server localhost:9092',
          ),
          wait(4),
          press('lecteur-1', 'Ctrl-C'),
        ],
        wrongTurns: [
          {
            id: 'sans-partition',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['print.key=true'],
              without: ['print.partition'],
            },
          },
          {
            id: 'sans-cle',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['paiements'],
              without: ['print.key'],
            },
          },
          {
            id: 'sans-debut',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['print.partition=true', 'print.key=true'],
              without: ['--from-beginning'],
            },
          },
        ],
      },
    },
  ],
};
