/** The controller dies: what stops are decisions, what goes on are messages. */
import { all, any, not } from '../goal.ts';
import { disturb, type, wait, type Lesson } from '../lesson.ts';

const anyBroker = 'localhost:9092,localhost:9093,localhost:9094';
const shell = 'bin/zookeeper-shell.sh localhost:2181';

export const panneControleur: Lesson = {
  id: 'panne-controleur',
  module: 'M9',
  minutes: 10,
  slides: [20],
  start: {
    preset: 'trio',
    prepared: [
      `bin/kafka-topics.sh --create --topic paiements --replica-assignment 1:2,2:1 --bootstrap-server ${anyBroker}`,
    ],
    terminals: ['admin', 'producteur', 'lecteur-1'],
    actions: [
      // Both partitions live on brokers 1 and 2 alone: broker 0 decides, and carries nothing.
      type(
        'producteur',
        `for i in $(seq 1000); do echo "client-$((i % 7)):paiement $i"; sleep 1; done | bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --request-timeout-ms 60000 --bootstrap-server ${anyBroker}`,
      ),
      type(
        'lecteur-1',
        `bin/kafka-console-consumer.sh --topic paiements --partition 0 --offset latest --bootstrap-server ${anyBroker}`,
      ),
    ],
  },
  steps: [
    { kind: 'read', id: 'une-charge-de-plus' },
    { kind: 'read', id: 'la-caisse' },
    {
      kind: 'question',
      question: {
        id: 'pendant-ce-temps',
        kind: 'predict',
        choices: ['figees', 'continuent'],
        experiment: [disturb('kill', 'broker-0'), wait(9)],
        proofs: [
          {
            choice: 'continuent',
            when: all(
              { is: 'controllerIs', broker: -1 },
              { is: 'happened', fact: 'controllerElected', count: 0 },
              { is: 'consumed', topic: 'paiements', records: { min: 4 } },
            ),
          },
          { choice: 'figees', when: { is: 'controllerIs', broker: -1 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'tuer',
        goal: all(
          { is: 'zooKeeperAsked', command: 'get', path: '/controller' },
          { is: 'serviceStopped', service: 'broker-0', how: 'killed' },
        ),
        solution: [type('admin', `${shell} get /controller`), disturb('kill', 'broker-0')],
        wrongTurns: [
          {
            id: 'autre-broker',
            when: any({ is: 'serviceStopped', service: 'broker-1' }, { is: 'serviceStopped', service: 'broker-2' }),
          },
          { id: 'arret-propre', when: { is: 'serviceStopped', service: 'broker-0', how: 'told' } },
          {
            id: 'sans-chercher',
            when: all(
              { is: 'serviceStopped', service: 'broker-0', how: 'killed' },
              not({ is: 'zooKeeperAsked', command: 'get', path: '/controller' }),
            ),
          },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'sans-decision',
        goal: { is: 'commandRun', program: 'kafka-topics', options: { '--create': true, '--topic': 'remboursements' } },
        solution: [
          type('admin', 'bin/kafka-topics.sh --create --topic remboursements --bootstrap-server localhost:9093'),
        ],
        wrongTurns: [
          { id: 'autre-nom', when: { is: 'commandRun', program: 'kafka-topics', options: { '--create': true } } },
          { id: 'liste', when: { is: 'commandRun', program: 'kafka-topics', options: { '--list': true } } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'releve',
        goal: all(
          { is: 'controllerIsNot', broker: 0 },
          { is: 'controllerEpoch', epoch: { min: 2 } },
          { is: 'topicExists', topic: 'remboursements' },
          { is: 'zooKeeperAsked', command: 'get', path: '/controller_epoch' },
        ),
        solution: [wait(22), type('admin', `${shell} get /controller_epoch`)],
        wrongTurns: [
          { id: 'trop-tot', when: { is: 'controllerIs', broker: -1 } },
          {
            id: 'sans-verifier',
            when: all(
              { is: 'controllerEpoch', epoch: { min: 2 } },
              not({ is: 'zooKeeperAsked', command: 'get', path: '/controller_epoch' }),
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'a-quoi-sert-l-epoque', kind: 'explain', choices: ['compter', 'fantome'], answer: 'fantome' },
    },
  ],
};
