/** A consumer group: partitions are shared among its members, and shared anew when one comes or goes. */
import { all, not } from '../goal.ts';
import { press, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const read = (group: string): string =>
  `bin/kafka-console-consumer.sh --topic paiements --group ${group} --bootstrap-server ${at}`;
const produce = `bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server ${at}`;
const members = `bin/kafka-consumer-groups.sh --describe --group guichets --members --bootstrap-server ${at}`;
const isSettled = all(
  { is: 'allAssigned', group: 'guichets', topic: 'paiements' },
  { is: 'groupState', group: 'guichets', state: 'Stable' },
);
const withoutGroup = {
  is: 'commandRun',
  program: 'kafka-console-consumer',
  latest: true,
  words: ['paiements'],
  without: ['guichets'],
} as const;

export const travaillerEnGroupe: Lesson = {
  id: 'travailler-en-groupe',
  module: 'M2',
  minutes: 18,
  slides: [18],
  start: {
    preset: 'solo',
    prepared: [`bin/kafka-topics.sh --create --topic paiements --partitions 4 --bootstrap-server ${at}`],
    terminals: ['lecteur-1', 'lecteur-2', 'lecteur-3', 'admin'],
    actions: [],
  },
  steps: [
    { kind: 'read', id: 'partage' },
    {
      kind: 'question',
      question: {
        id: 'un-troisieme',
        kind: 'predict',
        choices: ['attend', 'deux-un-un', 'tour'],
        experiment: [
          type('coulisses', read('guichets')),
          type('coulisses-2', read('guichets')),
          type('coulisses-3', read('guichets')),
          wait(2),
        ],
        proofs: [
          {
            choice: 'deux-un-un',
            when: all(
              { is: 'groupMembers', group: 'guichets', count: 3 },
              { is: 'idleMembers', group: 'guichets', count: 0 },
              isSettled,
            ),
          },
          { choice: 'attend', when: { is: 'idleMembers', group: 'guichets', count: { min: 1 } } },
        ],
      },
    },
    { kind: 'read', id: 'coordinateur' },
    {
      kind: 'task',
      task: {
        id: 'trois',
        goal: all({ is: 'groupMembers', group: 'guichets', count: 3 }, isSettled),
        solution: [
          type('lecteur-1', read('guichets')),
          type('lecteur-2', read('guichets')),
          type('lecteur-3', read('guichets')),
        ],
        wrongTurns: [
          { id: 'sans-groupe', when: withoutGroup },
          { id: 'trop', when: { is: 'groupMembers', group: 'guichets', count: { min: 4 } } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'cinq',
        goal: all(
          { is: 'groupMembers', group: 'guichets', count: 5 },
          { is: 'idleMembers', group: 'guichets', count: 1 },
          isSettled,
          {
            is: 'commandRun',
            program: 'kafka-consumer-groups',
            options: { '--members': true },
            words: ['guichets'],
            exit: 0,
          },
        ),
        solution: [type('lecteur-4', read('guichets')), type('lecteur-5', read('guichets')), type('admin', members)],
        wrongTurns: [
          { id: 'sans-groupe', when: withoutGroup },
          { id: 'quatre', when: { is: 'groupMembers', group: 'guichets', count: 4 } },
          {
            id: 'sans-members',
            when: all(
              { is: 'groupMembers', group: 'guichets', count: 5 },
              { is: 'commandRun', program: 'kafka-consumer-groups', latest: true, without: ['--members'] },
            ),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'ecrire',
        goal: all(
          { is: 'records', topic: 'paiements', count: { min: 8 } },
          { is: 'consumed', topic: 'paiements', records: { min: 1 }, readers: 4, words: ['guichets'] },
        ),
        solution: [
          type('admin', `printf '%s:20\\n' Alice Bob Carole Denis Emma Farid Gina Hugo | ${produce}`),
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
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'relais',
        goal: all(
          { is: 'interrupted', program: 'kafka-console-consumer', words: ['guichets'], printed: { min: 1 } },
          { is: 'groupMembers', group: 'guichets', count: 4 },
          { is: 'idleMembers', group: 'guichets', count: 0 },
          isSettled,
        ),
        solution: [press('lecteur-1', 'Ctrl-C'), wait(3)],
        wrongTurns: [
          {
            id: 'chomeur',
            when: all(
              { is: 'interrupted', program: 'kafka-console-consumer', words: ['guichets'], printed: 0 },
              not({ is: 'interrupted', program: 'kafka-console-consumer', words: ['guichets'], printed: { min: 1 } }),
            ),
          },
          {
            id: 'tue',
            when: { is: 'commandRun', program: 'kafka-console-consumer', words: ['guichets'], exit: 137 },
          },
          { id: 'trop-peu', when: { is: 'groupMembers', group: 'guichets', count: { max: 3 } } },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'deux-groupes',
        kind: 'predict',
        choices: ['un-seul', 'une-par-groupe', 'moitie'],
        experiment: [type('coulisses', `${read('audit')} --from-beginning`), wait(3)],
        proofs: [
          {
            choice: 'une-par-groupe',
            when: { is: 'consumed', topic: 'paiements', records: { min: 8 }, words: ['audit'], isNew: true },
          },
          {
            choice: 'moitie',
            when: { is: 'consumed', topic: 'paiements', records: { min: 1 }, words: ['audit'], isNew: true },
          },
          {
            choice: 'un-seul',
            when: { is: 'consumed', topic: 'paiements', records: 0, words: ['audit'], isNew: true },
          },
        ],
      },
    },
  ],
};
