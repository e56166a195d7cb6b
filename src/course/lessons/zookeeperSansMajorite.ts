/** ZooKeeper without a majority: messages go on, decisions wait. */
import { all, any, not } from '../goal.ts';
import { disturb, type, wait, type Lesson } from '../lesson.ts';
import { tillAndReader } from '../tillAndReader.ts';

const p0 = { topic: 'paiements', partition: 0 } as const;
const create = 'bin/kafka-topics.sh --create --topic secours --bootstrap-server localhost:9092';
const created = { is: 'commandRun', program: 'kafka-topics', options: { '--create': true } } as const;

export const zookeeperSansMajorite: Lesson = {
  id: 'zookeeper-sans-majorite',
  module: 'M9',
  minutes: 12,
  slides: [20],
  start: {
    preset: 'trioEnsemble',
    ...tillAndReader,
  },
  steps: [
    { kind: 'read', id: 'le-silence' },
    { kind: 'read', id: 'deux-chemins' },
    {
      kind: 'question',
      question: {
        id: 'que-reste-t-il',
        kind: 'predict',
        choices: ['tout', 'rien', 'messages'],
        experiment: [
          disturb('kill', 'zookeeper-1'),
          disturb('kill', 'zookeeper-2'),
          wait(10),
          type('coulisses', create),
          wait(10),
        ],
        proofs: [
          {
            choice: 'messages',
            when: all(
              { is: 'consumed', topic: 'paiements', records: { min: 15 } },
              { is: 'topicAbsent', topic: 'secours' },
            ),
          },
          { choice: 'tout', when: { is: 'topicExists', topic: 'secours' } },
          { choice: 'rien', when: { is: 'topicAbsent', topic: 'secours' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'perdre',
        goal: all(not({ is: 'zooKeeperServes' }), { ...created, exit: 1 }),
        solution: [
          disturb('kill', 'zookeeper-1'),
          disturb('kill', 'zookeeper-2'),
          wait(5),
          type('admin', create),
          wait(60),
        ],
        wrongTurns: [
          {
            id: 'encore-une-majorite',
            when: all(
              { is: 'zooKeeperServes' },
              any(
                { is: 'serviceStopped', service: 'zookeeper-1' },
                { is: 'serviceStopped', service: 'zookeeper-2' },
                { is: 'serviceStopped', service: 'zookeeper-3' },
              ),
            ),
          },
          { id: 'avant', when: all({ is: 'zooKeeperServes' }, { ...created, exit: 0 }) },
          { id: 'en-attente', when: all(not({ is: 'zooKeeperServes' }), created) },
          { id: 'sans-essayer', when: not({ is: 'zooKeeperServes' }) },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'et-les-paiements', kind: 'observe', choices: ['arretes', 'passent'], answer: 'passent' },
    },
    {
      kind: 'task',
      task: {
        id: 'tuer-un-leader',
        goal: all({ is: 'serviceStopped', service: 'broker-1' }, not({ is: 'zooKeeperServes' }), {
          is: 'leaderIs',
          ...p0,
          broker: 1,
        }),
        solution: [disturb('kill', 'broker-1'), wait(30)],
        wrongTurns: [
          {
            id: 'autre-broker',
            when: any({ is: 'serviceStopped', service: 'broker-0' }, { is: 'serviceStopped', service: 'broker-2' }),
          },
          { id: 'majorite-revenue', when: { is: 'zooKeeperServes' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'retablir',
        goal: all({ is: 'zooKeeperServes' }, { is: 'leaderIsNot', ...p0, broker: 1 }),
        solution: [disturb('start', 'zookeeper-1'), wait(25)],
        wrongTurns: [
          {
            id: 'pas-encore',
            when: all({ is: 'zooKeeperServes' }, { is: 'leaderIs', ...p0, broker: 1 }),
          },
        ],
      },
    },
  ],
};
