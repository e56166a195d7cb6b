/** Reading changes nothing: the topic, its partition, the files on the broker's disk. */
import { all, any } from '../goal.ts';
import { type, wait, type Lesson } from '../lesson.ts';

const read =
  'bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 5 --bootstrap-server localhost:9092';

export const lireNEffacePas: Lesson = {
  id: 'lire-n-efface-pas',
  module: 'M2',
  minutes: 10,
  slides: [13],
  start: {
    preset: 'solo',
    terminals: ['admin', 'lecteur-1'],
    actions: [
      type('admin', 'bin/kafka-topics.sh --create --topic paiements --bootstrap-server localhost:9092'),
      type(
        'admin',
        "printf 'Alice paie 20\\nBob paie 35\\nAlice paie 12\\nCarole paie 60\\nBob paie 8\\n' | bin/kafka-console-producer.sh --topic paiements --bootstrap-server localhost:9092",
      ),
      wait(2),
    ],
  },
  steps: [
    { kind: 'read', id: 'dossier' },
    { kind: 'read', id: 'temps-ou-taille' },
    {
      kind: 'task',
      task: {
        id: 'regarder',
        goal: any(
          { is: 'commandRun', program: 'ls', words: ['paiements-0'], exit: 0 },
          { is: 'commandRun', program: 'find', words: ['kafka-logs'], exit: 0 },
          { is: 'commandRun', program: 'du', words: ['paiements-0'], exit: 0 },
        ),
        solution: [type('admin', 'ls -l /tmp/kafka-logs/paiements-0')],
        wrongTurns: [
          {
            id: 'un-cran-trop-haut',
            when: { is: 'commandRun', program: 'ls', latest: true, words: ['/tmp/kafka-logs'], exit: 0 },
          },
          { id: 'pas-ici', when: { is: 'commandRun', program: 'ls', latest: true, words: ['paiements'], exit: 2 } },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'premier-offset',
        kind: 'predict',
        choices: ['quinze', 'cinq', 'zero'],
        experiment: [type('coulisses', read), type('coulisses', read), type('coulisses', read)],
        proofs: [
          { choice: 'zero', when: { is: 'logStart', topic: 'paiements', partition: 0, offset: 0 } },
          { choice: 'cinq', when: { is: 'logStart', topic: 'paiements', partition: 0, offset: 5 } },
          { choice: 'quinze', when: { is: 'logStart', topic: 'paiements', partition: 0, offset: 15 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'trois-lectures',
        goal: all(
          {
            is: 'commandRun',
            program: 'kafka-console-consumer',
            words: ['paiements', '--from-beginning'],
            count: { min: 3 },
          },
          { is: 'commandRun', program: 'kafka-get-offsets', exit: 0 },
          { is: 'logStart', topic: 'paiements', partition: 0, offset: 0 },
        ),
        solution: [
          type('lecteur-1', read),
          type('lecteur-1', read),
          type('lecteur-1', read),
          type('admin', 'bin/kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic paiements --time earliest'),
        ],
        wrongTurns: [
          {
            id: 'sans-debut',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['paiements'],
              without: ['--from-beginning'],
            },
          },
        ],
      },
    },
  ],
};
