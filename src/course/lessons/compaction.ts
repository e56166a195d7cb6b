/** What a pass of the cleaner keeps: the last value of each key, across all closed segments, under its old offset. */
import { all, any, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const p0 = { topic: 'soldes', partition: 0 } as const;
const keyed = '--property parse.key=true --property key.separator=:';
const produce = `bin/kafka-console-producer.sh --topic soldes --bootstrap-server ${at}`;
const lines =
  'Alice:100\\nBob:50\\nAlice:80\\nBob:70\\nAlice:30\\nCarole:10\\nDenis:5\\nCarole:20\\nDenis:6\\nCarole:30\\nDenis:7\\nAlice:31\\n';
const alices = (count: number) => ({ is: 'records', topic: 'soldes', key: 'Alice', count }) as const;

const isCleaned = { is: 'holes', ...p0, count: { min: 1 } } as const;

export const compaction: Lesson = {
  id: 'compaction',
  module: 'M4',
  minutes: 16,
  slides: [21, 22],
  start: {
    preset: 'solo',
    prepared: [
      `bin/kafka-topics.sh --create --topic soldes --config cleanup.policy=compact --config segment.bytes=300 --config min.cleanable.dirty.ratio=0.1 --bootstrap-server ${at}`,
      `printf '${lines}' > soldes.txt`,
    ],
    terminals: ['producteur', 'lecteur-1'],
    actions: [],
  },
  steps: [
    { kind: 'read', id: 'la-promesse' },
    { kind: 'read', id: 'trois-nuances' },
    {
      kind: 'task',
      task: {
        id: 'ecrire',
        // The cleaner may have come by before it was looked.
        goal: all(
          { is: 'logEnd', ...p0, offset: { min: 12 } },
          any(alices(4), isCleaned),
          any({ is: 'segments', ...p0, count: { min: 3 } }, isCleaned),
        ),
        solution: [
          type('producteur', 'cat soldes.txt'),
          type('producteur', `${produce} ${keyed} --sync --timeout 0 < soldes.txt`),
        ],
        wrongTurns: [
          {
            id: 'sans-cle',
            when: { is: 'commandRun', program: 'kafka-console-producer', words: ['soldes'], without: ['parse.key'] },
          },
          {
            id: 'un-seul-lot',
            when: all(
              { is: 'commandRun', program: 'kafka-console-producer', words: ['parse.key'], without: ['--sync'] },
              { is: 'logEnd', ...p0, offset: { min: 12 } },
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'survivants',
        kind: 'predict',
        choices: ['par-segment', 'renumerotes', 'deux-alice', 'une-alice'],
        experiment: [wait(35)],
        proofs: [
          {
            choice: 'deux-alice',
            when: all({ is: 'logEnd', ...p0, offset: 12 }, { is: 'holes', ...p0, count: 7 }, alices(2)),
          },
          { choice: 'une-alice', when: all({ is: 'logEnd', ...p0, offset: 12 }, alices(1)) },
          { choice: 'renumerotes', when: { is: 'logEnd', ...p0, offset: { max: 11 } } },
          { choice: 'par-segment', when: { is: 'holes', ...p0, count: { min: 1 } } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'nettoyer',
        goal: all(
          { is: 'holes', ...p0, count: { min: 7 } },
          { is: 'consumed', topic: 'soldes', records: { min: 5 }, isNew: true, words: ['print.offset=true'] },
        ),
        solution: [
          wait(35),
          type(
            'lecteur-1',
            `bin/kafka-console-consumer.sh --topic soldes --from-beginning --property print.offset=true --property print.key=true --bootstrap-server ${at}`,
          ),
          wait(3),
          press('lecteur-1', 'Ctrl-C'),
        ],
        wrongTurns: [
          { id: 'pas-encore', when: { is: 'holes', ...p0, count: 0 } },
          {
            id: 'sans-offset',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              words: ['soldes'],
              without: ['print.offset'],
            },
          },
          {
            id: 'sans-debut',
            when: all(
              {
                is: 'commandRun',
                program: 'kafka-console-consumer',
                words: ['print.offset'],
                without: ['--from-beginning'],
              },
              not({ is: 'commandRun', program: 'kafka-console-consumer', words: ['earliest'] }),
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'deux-fois-alice', kind: 'explain', choices: ['panne', 'actif'], answer: 'actif' },
    },
    {
      kind: 'task',
      task: {
        id: 'message-sans-cle',
        goal: {
          is: 'happened',
          fact: 'recordsRefused',
          where: { topic: 'soldes', error: 'InvalidRecordException' },
        },
        solution: [type('producteur', produce), type('producteur', 'sans clé'), wait(2)],
        wrongTurns: [
          { id: 'avec-cle', when: { is: 'logEnd', ...p0, offset: { min: 13 } } },
          {
            id: 'autre-topic',
            when: {
              is: 'commandRun',
              program: 'kafka-console-producer',
              without: ['soldes'],
            },
          },
        ],
      },
    },
  ],
};
