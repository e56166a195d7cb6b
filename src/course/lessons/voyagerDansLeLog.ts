/** Moving the committed offsets of a group: only while nobody in it reads. */
import { all, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const produce = `bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server ${at}`;
const read = `bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --bootstrap-server ${at}`;
const reset = (how: string): string =>
  `bin/kafka-consumer-groups.sh --group compta --topic vive-le-ca --reset-offsets ${how} --bootstrap-server ${at}`;
const committed = (offset: number) =>
  ({ is: 'committed', group: 'compta', topic: 'vive-le-ca', partition: 0, offset }) as const;
const hasMember = { is: 'groupMembers', group: 'compta', count: { min: 1 } } as const;

export const voyagerDansLeLog: Lesson = {
  id: 'voyager-dans-le-log',
  module: 'M2',
  minutes: 10,
  slides: [17],
  start: {
    preset: 'solo',
    prepared: [
      `bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server ${at}`,
      `printf 'message %s\\n' 0 1 2 3 4 5 6 7 | ${produce}`,
      `${read} --from-beginning --max-messages 8`,
    ],
    terminals: ['lecteur-1', 'admin'],
    actions: [type('lecteur-1', read)],
  },
  steps: [
    { kind: 'read', id: 'rejouer' },
    { kind: 'read', id: 'un-membre-lit' },
    {
      kind: 'question',
      question: {
        id: 'a-chaud',
        kind: 'predict',
        choices: ['recule', 'refus', 'deconnecte'],
        experiment: [type('coulisses', reset('--to-earliest --execute')), wait(1)],
        proofs: [
          { choice: 'refus', when: all(committed(8), hasMember) },
          { choice: 'recule', when: all(committed(0), hasMember) },
          { choice: 'deconnecte', when: not(hasMember) },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'au-debut',
        goal: all(
          {
            is: 'commandRun',
            program: 'kafka-consumer-groups',
            options: { '--reset-offsets': true },
            without: ['--execute'],
            exit: 0,
          },
          committed(0),
        ),
        solution: [
          press('lecteur-1', 'Ctrl-C'),
          type('admin', reset('--to-earliest --dry-run')),
          type('admin', reset('--to-earliest --execute')),
        ],
        wrongTurns: [
          {
            id: 'membre-actif',
            when: all(hasMember, {
              is: 'commandRun',
              program: 'kafka-consumer-groups',
              latest: true,
              options: { '--reset-offsets': true },
            }),
          },
          {
            id: 'sans-essai',
            when: all(
              committed(0),
              not({
                is: 'commandRun',
                program: 'kafka-consumer-groups',
                options: { '--reset-offsets': true },
                without: ['--execute'],
              }),
            ),
          },
          {
            id: 'a-blanc',
            when: all(committed(8), {
              is: 'commandRun',
              program: 'kafka-consumer-groups',
              latest: true,
              options: { '--reset-offsets': true },
              without: ['--execute'],
              exit: 0,
            }),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'relire',
        goal: all(
          { is: 'consumed', topic: 'vive-le-ca', records: { min: 8 }, words: ['compta'], isNew: true },
          committed(8),
          { is: 'groupState', group: 'compta', state: 'Empty' },
        ),
        solution: [type('lecteur-1', read), wait(2), press('lecteur-1', 'Ctrl-C')],
        wrongTurns: [
          {
            id: 'sans-groupe',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['vive-le-ca'],
              without: ['compta'],
            },
          },
          { id: 'encore-en-marche', when: hasMember },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'deux-de-moins',
        goal: committed(6),
        solution: [type('admin', reset('--shift-by -2 --execute'))],
        wrongTurns: [
          { id: 'membre-actif', when: hasMember },
          {
            id: 'sens',
            when: all(committed(8), {
              is: 'commandRun',
              program: 'kafka-consumer-groups',
              latest: true,
              options: { '--shift-by': '2' },
            }),
          },
          {
            id: 'a-blanc',
            when: all(committed(8), {
              is: 'commandRun',
              program: 'kafka-consumer-groups',
              latest: true,
              options: { '--shift-by': true },
              without: ['--execute'],
            }),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'effets', kind: 'explain', choices: ['rien', 'deux-fois', 'seul'], answer: 'deux-fois' },
    },
  ],
};
