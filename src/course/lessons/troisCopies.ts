/** A replicated topic: leader, replicas, ISR, and what the high watermark waits for. */
import { all, not } from '../goal.ts';
import { disturb, type, wait, type Lesson } from '../lesson.ts';

const at = 'localhost:9092';
const describe = `bin/kafka-topics.sh --describe --topic comptes --bootstrap-server ${at}`;
const create = (replicas: number): string =>
  `bin/kafka-topics.sh --create --topic comptes --partitions 3 --replication-factor ${replicas} --bootstrap-server ${at}`;

export const troisCopies: Lesson = {
  id: 'trois-copies',
  module: 'M2',
  minutes: 12,
  slides: [9, 16],
  start: { preset: 'trio', terminals: ['admin', 'producteur'], actions: [] },
  steps: [
    { kind: 'read', id: 'leader-et-suiveurs' },
    { kind: 'read', id: 'facteur' },
    {
      kind: 'question',
      question: {
        id: 'quatre',
        kind: 'predict',
        choices: ['attente', 'meme-broker', 'refus'],
        experiment: [type('coulisses', create(4)), wait(1)],
        proofs: [
          {
            choice: 'refus',
            when: all({ is: 'commandRun', program: 'kafka-topics', exit: 1 }, { is: 'topicAbsent', topic: 'comptes' }),
          },
          { choice: 'attente', when: { is: 'topicExists', topic: 'comptes', replicationFactor: 3 } },
          { choice: 'meme-broker', when: { is: 'topicExists', topic: 'comptes', replicationFactor: 4 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'creer',
        goal: { is: 'topicExists', topic: 'comptes', partitions: 3, replicationFactor: 3 },
        solution: [type('admin', create(3))],
        wrongTurns: [
          { id: 'une-copie', when: { is: 'topicExists', topic: 'comptes', replicationFactor: 1 } },
          {
            id: 'trop-de-copies',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, words: ['comptes'], exit: 1 },
          },
          {
            id: 'autre-decoupe',
            when: all(
              { is: 'topicExists', topic: 'comptes' },
              not({ is: 'topicExists', topic: 'comptes', partitions: 3 }),
            ),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'decrire',
        goal: all(
          {
            is: 'commandRun',
            program: 'kafka-topics',
            options: { '--describe': true },
            exit: 0,
          },
          { is: 'leadersSpread', topic: 'comptes', brokers: 3 },
        ),
        solution: [type('admin', describe)],
        wrongTurns: [
          {
            id: 'liste',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, options: { '--list': true } },
          },
        ],
      },
    },
    { kind: 'read', id: 'suivre-un-message' },
    {
      kind: 'task',
      task: {
        id: 'ecrire',
        goal: all(
          { is: 'records', topic: 'comptes', count: { min: 1 } },
          { is: 'unreadable', topic: 'comptes', partition: 0, count: 0 },
          { is: 'unreadable', topic: 'comptes', partition: 1, count: 0 },
          { is: 'unreadable', topic: 'comptes', partition: 2, count: 0 },
        ),
        solution: [
          type('producteur', `bin/kafka-console-producer.sh --topic comptes --bootstrap-server ${at}`),
          type('producteur', 'Alice 100'),
          wait(2),
        ],
        wrongTurns: [
          {
            id: 'autre-topic',
            when: {
              is: 'commandRun',
              program: 'kafka-console-producer',
              latest: true,
              options: { '--topic': true },
              without: ['comptes'],
            },
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'un-broker-part',
        kind: 'predict',
        choices: ['deux-listes', 'isr-seul', 'rien'],
        experiment: [disturb('stop', 'broker-1'), wait(2), type('coulisses', describe)],
        proofs: [
          {
            choice: 'isr-seul',
            when: all(
              { is: 'topicExists', topic: 'comptes', replicationFactor: 3 },
              { is: 'underReplicated', topic: 'comptes', count: 3 },
            ),
          },
          { choice: 'deux-listes', when: { is: 'topicExists', topic: 'comptes', replicationFactor: 2 } },
          { choice: 'rien', when: { is: 'underReplicated', topic: 'comptes', count: 0 } },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'facteur-trois', kind: 'explain', choices: ['toujours', 'voulues'], answer: 'voulues' },
    },
  ],
};
