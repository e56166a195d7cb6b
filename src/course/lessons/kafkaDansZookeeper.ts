/** What Kafka keeps in ZooKeeper: who lives, who is controller, who leads; and how a controller is elected by the making of a znode. */
import { all, not } from '../goal.ts';
import { type, wait, type Lesson } from '../lesson.ts';

const shell = 'bin/zookeeper-shell.sh localhost:2181';
const state = '/brokers/topics/paiements/partitions/0/state';

export const kafkaDansZookeeper: Lesson = {
  id: 'kafka-dans-zookeeper',
  module: 'M3',
  minutes: 14,
  slides: [20],
  start: {
    preset: 'trio',
    prepared: [
      'bin/kafka-topics.sh --create --topic paiements --replica-assignment 1:2:0,2:0:1,0:1:2 --bootstrap-server localhost:9092',
    ],
    terminals: ['admin'],
    actions: [],
  },
  steps: [
    { kind: 'read', id: 'qui-vit' },
    { kind: 'read', id: 'ce-qui-n-y-est-pas' },
    {
      kind: 'task',
      task: {
        id: 'controleur',
        goal: { is: 'zooKeeperAsked', command: 'get', path: '/controller' },
        solution: [type('admin', `${shell} get /controller`), type('admin', `${shell} ls /brokers/ids`)],
        wrongTurns: [
          { id: 'liste', when: { is: 'zooKeeperAsked', command: 'ls', path: '/controller' } },
          { id: 'epoque', when: { is: 'zooKeeperAsked', command: 'get', path: '/controller_epoch' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'etat',
        goal: { is: 'zooKeeperAsked', command: 'get', path: state },
        solution: [type('admin', `${shell} get ${state}`)],
        wrongTurns: [
          { id: 'affectation', when: { is: 'zooKeeperAsked', command: 'get', path: '/brokers/topics/paiements' } },
          {
            id: 'pas-jusqu-au-bout',
            when: { is: 'zooKeeperAsked', command: 'get', path: '/brokers/topics/paiements/partitions/0' },
          },
        ],
      },
    },
    { kind: 'question', question: { id: 'offsets', kind: 'explain', choices: ['la', 'topic'], answer: 'topic' } },
    {
      kind: 'question',
      question: {
        id: 'supprimer',
        kind: 'predict',
        choices: ['arret', 'rien', 'course'],
        experiment: [type('coulisses', `${shell} delete /controller`), wait(3)],
        proofs: [
          { choice: 'course', when: { is: 'happened', fact: 'controllerElected', afterSeconds: { max: 5 } } },
          { choice: 'rien', when: not({ is: 'happened', fact: 'controllerElected' }) },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'le-faire',
        goal: all(
          { is: 'zooKeeperAsked', command: 'delete', path: '/controller' },
          { is: 'znode', path: '/controller', isEphemeral: true },
          { is: 'controllerEpoch', epoch: { min: 2 } },
          { is: 'zooKeeperAsked', command: 'get', path: '/controller_epoch' },
        ),
        solution: [
          type('admin', `${shell} delete /controller`),
          wait(1),
          type('admin', `${shell} get /controller_epoch`),
        ],
        wrongTurns: [
          {
            id: 'sans-comparer',
            when: all(
              { is: 'zooKeeperAsked', command: 'delete', path: '/controller' },
              not({ is: 'zooKeeperAsked', command: 'get', path: '/controller_epoch' }),
            ),
          },
          { id: 'autre-znode', when: { is: 'zooKeeperAsked', command: 'delete', path: '/controller_epoch' } },
        ],
      },
    },
  ],
};
