/** One word, three things: a record's offset, a reader's position, a group's committed offset. */
import { all, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const produce = `bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server ${at}`;
const read = `bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --from-beginning --bootstrap-server ${at}`;
const describe = `bin/kafka-consumer-groups.sh --describe --group compta --bootstrap-server ${at}`;
const committed = (offset: number) =>
  ({ is: 'committed', group: 'compta', topic: 'vive-le-ca', partition: 0, offset }) as const;

export const lesTroisOffsets: Lesson = {
  id: 'les-trois-offsets',
  module: 'M2',
  minutes: 15,
  slides: [17],
  start: {
    preset: 'solo',
    prepared: [
      `bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server ${at}`,
      `printf 'message %s\\n' 0 1 2 3 4 5 6 7 | ${produce}`,
    ],
    terminals: ['lecteur-1', 'admin'],
    actions: [],
  },
  steps: [
    { kind: 'read', id: 'trois-sens' },
    {
      kind: 'question',
      question: {
        id: 'valeur-validee',
        kind: 'predict',
        choices: ['zero', 'sept', 'huit'],
        experiment: [type('coulisses', read), wait(6), press('coulisses', 'Ctrl-C'), wait(1)],
        proofs: [
          { choice: 'huit', when: committed(8) },
          { choice: 'sept', when: committed(7) },
          { choice: 'zero', when: committed(0) },
        ],
      },
    },
    { kind: 'read', id: 'valider' },
    {
      kind: 'task',
      task: {
        id: 'lire-en-groupe',
        goal: all(
          { is: 'consumed', topic: 'vive-le-ca', records: { min: 8 }, words: ['compta'] },
          committed(8),
          { is: 'interrupted', program: 'kafka-console-consumer', words: ['compta'] },
          { is: 'groupState', group: 'compta', state: 'Empty' },
        ),
        solution: [type('lecteur-1', read), wait(2), press('lecteur-1', 'Ctrl-C')],
        wrongTurns: [
          {
            id: 'encore-en-marche',
            when: all(
              { is: 'consumed', topic: 'vive-le-ca', records: { min: 8 }, words: ['compta'] },
              { is: 'groupMembers', group: 'compta', count: { min: 1 } },
            ),
          },
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
          {
            id: 'sans-debut',
            when: all(
              committed(8),
              not({ is: 'consumed', topic: 'vive-le-ca', records: { min: 1 }, words: ['compta'] }),
            ),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'verifier',
        goal: {
          is: 'commandRun',
          program: 'kafka-consumer-groups',
          options: { '--describe': true },
          words: ['compta'],
          exit: 0,
        },
        solution: [type('admin', describe)],
        wrongTurns: [
          {
            id: 'liste',
            when: { is: 'commandRun', program: 'kafka-consumer-groups', latest: true, options: { '--list': true } },
          },
          { id: 'echec', when: { is: 'commandRun', program: 'kafka-consumer-groups', latest: true, exit: 1 } },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'retard', kind: 'observe', choices: ['un', 'zero', 'huit'], answer: 'zero' },
    },
    {
      kind: 'question',
      question: {
        id: 'relancer',
        kind: 'predict',
        choices: ['tout', 'erreur', 'rien'],
        experiment: [type('coulisses', read), wait(3)],
        proofs: [
          { choice: 'rien', when: { is: 'consumed', topic: 'vive-le-ca', records: 0, words: ['compta'], isNew: true } },
          {
            choice: 'tout',
            when: { is: 'consumed', topic: 'vive-le-ca', records: { min: 8 }, words: ['compta'], isNew: true },
          },
          { choice: 'erreur', when: { is: 'commandRun', program: 'kafka-console-consumer', exit: 1 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'reprendre',
        goal: all(
          { is: 'records', topic: 'vive-le-ca', count: { min: 10 } },
          { is: 'lag', group: 'compta', topic: 'vive-le-ca', records: 0 },
          { is: 'consumed', topic: 'vive-le-ca', records: 2, words: ['compta'] },
        ),
        solution: [type('admin', `printf 'message %s\\n' 8 9 | ${produce}`), type('lecteur-1', read), wait(3)],
        wrongTurns: [
          {
            id: 'lecteur-d-abord',
            when: all(
              { is: 'records', topic: 'vive-le-ca', count: { max: 8 } },
              { is: 'groupMembers', group: 'compta', count: { min: 1 } },
            ),
          },
          {
            id: 'pas-encore-valide',
            when: all(
              { is: 'consumed', topic: 'vive-le-ca', records: { min: 2, max: 7 }, words: ['compta'] },
              committed(8),
            ),
          },
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
        ],
      },
    },
  ],
};
