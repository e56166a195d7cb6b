/** ZooKeeper's tree: znodes that stay, that go with their session, that are numbered; and watches. */
import { all, any, not } from '../goal.ts';
import { type, wait, type Lesson } from '../lesson.ts';

const shell = 'bin/zookeeper-shell.sh localhost:2181';
const workshop = '/atelier';
const mine = '/atelier/moi';

export const lArbreDesZnodes: Lesson = {
  id: 'l-arbre-des-znodes',
  module: 'M3',
  minutes: 12,
  slides: [19],
  start: { preset: 'solo', terminals: ['session-1', 'session-2'], actions: [] },
  steps: [
    { kind: 'read', id: 'un-petit-arbre' },
    { kind: 'read', id: 'quatre-ingredients' },
    {
      kind: 'task',
      task: {
        id: 'lister',
        goal: { is: 'zooKeeperAsked', command: 'ls', path: '/' },
        solution: [type('session-1', shell), type('session-1', 'ls /')],
        wrongTurns: [
          { id: 'sans-chemin', when: { is: 'running', program: 'zookeeper-shell' } },
          { id: 'sans-adresse', when: { is: 'commandRun', program: 'zookeeper-shell', argumentCount: 0 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'creer',
        goal: all({ is: 'znode', path: workshop, isEphemeral: false }, { is: 'znode', path: mine, isEphemeral: true }),
        solution: [type('session-1', 'create /atelier bonjour'), type('session-1', 'create -e /atelier/moi ici')],
        wrongTurns: [
          { id: 'atelier-ephemere', when: { is: 'znode', path: workshop, isEphemeral: true } },
          { id: 'durable', when: { is: 'znode', path: mine, isEphemeral: false } },
          {
            id: 'sans-parent',
            when: all(
              { is: 'zooKeeperAsked', command: 'create', path: mine },
              { is: 'znode', path: workshop, exists: false },
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'que-reste-t-il',
        kind: 'predict',
        choices: ['rien', 'tout', 'atelier'],
        experiment: [type('session-1', 'quit'), wait(2)],
        proofs: [
          {
            choice: 'atelier',
            when: all({ is: 'znode', path: workshop }, { is: 'znode', path: mine, exists: false }),
          },
          { choice: 'tout', when: { is: 'znode', path: mine } },
          { choice: 'rien', when: { is: 'znode', path: workshop, exists: false } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'fermer',
        goal: all(
          { is: 'znode', path: workshop },
          { is: 'znode', path: mine, exists: false },
          { is: 'zooKeeperAsked', command: 'ls', path: workshop },
        ),
        solution: [type('session-1', 'quit'), type('session-2', shell), type('session-2', 'ls /atelier')],
        wrongTurns: [
          { id: 'a-la-main', when: { is: 'zooKeeperAsked', command: 'delete', path: mine } },
          {
            id: 'encore-la',
            when: all({ is: 'znode', path: mine }, { is: 'zooKeeperAsked', command: 'ls', path: workshop }),
          },
          { id: 'sans-verifier', when: { is: 'znode', path: mine, exists: false } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'surveiller',
        goal: { is: 'watchHeard', path: workshop },
        solution: [type('session-2', 'get -w /atelier'), type('session-1', `${shell} set /atelier salut`), wait(1)],
        wrongTurns: [
          {
            id: 'pas-de-changement',
            when: any(
              { is: 'commandRun', program: 'zookeeper-shell', words: ['-w'] },
              all(
                { is: 'zooKeeperAsked', command: 'get', path: '-w' },
                not({ is: 'zooKeeperAsked', command: 'set', path: workshop }),
              ),
            ),
          },
          { id: 'sans-surveillance', when: { is: 'zooKeeperAsked', command: 'set', path: workshop } },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'deuxieme-fois', kind: 'explain', choices: ['encore', 'une-fois'], answer: 'une-fois' },
    },
  ],
};
