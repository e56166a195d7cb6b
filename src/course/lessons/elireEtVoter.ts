/** An ensemble of three ZooKeepers: a leader, a majority, and silence below it. */
import { all, any, not } from '../goal.ts';
import { disturb, type, wait, type Lesson } from '../lesson.ts';

const shell = 'bin/zookeeper-shell.sh localhost:2181';
const servers = ['zookeeper-1', 'zookeeper-2', 'zookeeper-3'] as const;
const isDown = (service: string) => ({ is: 'serviceStopped', service }) as const;
const twoAreDown = { is: 'zooKeepersDown', count: { min: 2 } } as const;
const newLeader = { is: 'happened', fact: 'zookeeperElected' } as const;
const whoLeads = 'for port in 2181 2182 2183; do echo "$port: $(echo srvr | nc localhost $port | grep Mode)"; done';

export const elireEtVoter: Lesson = {
  id: 'elire-et-voter',
  module: 'M3',
  minutes: 14,
  slides: [20],
  start: { preset: 'zk3', terminals: ['admin'], actions: [wait(2)] },
  steps: [
    { kind: 'read', id: 'un-leader' },
    { kind: 'read', id: 'majorite' },
    {
      kind: 'question',
      question: {
        id: 'sans-leader',
        kind: 'predict',
        choices: ['tait', 'releve', 'redemarrage'],
        experiment: [disturb('kill', 'zookeeper-3'), wait(5)],
        proofs: [
          { choice: 'releve', when: { is: 'zooKeeperServes', leaderIsNot: 3 } },
          { choice: 'tait', when: not({ is: 'zooKeeperServes' }) },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'tuer-le-leader',
        goal: all(newLeader, any(...servers.map(isDown)), { is: 'zooKeeperServes' }),
        solution: [type('admin', whoLeads), disturb('kill', 'zookeeper-3'), wait(3), type('admin', whoLeads)],
        wrongTurns: [
          { id: 'deux', when: twoAreDown },
          { id: 'un-suiveur', when: all(any(...servers.map(isDown)), not(newLeader), { is: 'zooKeeperServes' }) },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'silence',
        goal: all(twoAreDown, not({ is: 'zooKeeperServes' }), {
          is: 'zooKeeperAsked',
          command: 'create',
          path: '/essai',
        }),
        solution: [disturb('kill', 'zookeeper-2'), wait(3), type('admin', `${shell} create /essai bonjour`)],
        wrongTurns: [
          {
            id: 'sans-ecrire',
            when: all(twoAreDown, not({ is: 'zooKeeperAsked', command: 'create', path: '/essai' })),
          },
          {
            id: 'encore-deux',
            when: all({ is: 'zooKeeperServes' }, { is: 'zooKeeperAsked', command: 'create', path: '/essai' }),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'retour',
        goal: all({ is: 'zooKeeperServes' }, { is: 'znode', path: '/essai' }),
        solution: [disturb('start', 'zookeeper-2'), wait(3), type('admin', `${shell} create /essai bonjour`)],
        wrongTurns: [
          { id: 'sans-ecrire', when: all({ is: 'zooKeeperServes' }, { is: 'znode', path: '/essai', exists: false }) },
          {
            id: 'sans-majorite',
            when: all(not({ is: 'zooKeeperServes' }), { is: 'zooKeeperAsked', command: 'create', path: '/essai' }),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'quatre', kind: 'explain', choices: ['trois', 'deux', 'une'], answer: 'une' },
    },
    {
      kind: 'question',
      question: { id: 'lecture', kind: 'explain', choices: ['refuse', 'ancienne', 'nouvelle'], answer: 'ancienne' },
    },
  ],
};
