/** Brokers keep the data; everything else is a client. What a cluster loses when one of each goes. */
import { all, any } from '../goal.ts';
import { disturb, press, type, wait, type Lesson } from '../lesson.ts';

const anyBroker = 'localhost:9092,localhost:9093,localhost:9094';
const produce = `bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server ${anyBroker}`;
const send = (key: string): string => `printf '${key}:5\\n' | ${produce}`;
const readAll = `bin/kafka-console-consumer.sh --topic paiements --from-beginning --timeout-ms 5000 --bootstrap-server ${anyBroker}`;
const readTen =
  'bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 10 --bootstrap-server localhost:9092';

export const serveursEtClients: Lesson = {
  id: 'serveurs-et-clients',
  module: 'M2',
  minutes: 12,
  slides: [8, 9, 10],
  start: {
    preset: 'trio',
    prepared: [
      `bin/kafka-topics.sh --create --topic paiements --replica-assignment 1:2:0,2:0:1,0:1:2 --bootstrap-server ${anyBroker}`,
      `printf '%s\\n' Alice:20 Bob:35 Carole:12 Denis:60 Emma:8 Farid:41 Gina:17 Hugo:29 Ines:33 | ${produce}`,
    ],
    terminals: ['admin', 'lecteur-1'],
    actions: [type('lecteur-1', `bin/kafka-console-consumer.sh --topic paiements --bootstrap-server ${anyBroker}`)],
  },
  steps: [
    { kind: 'read', id: 'deux-roles' },
    {
      kind: 'question',
      question: {
        id: 'sans-lecteur',
        kind: 'predict',
        choices: ['perdus', 'refuses', 'gardes'],
        experiment: [
          disturb('kill', 'lecteur-1'),
          wait(1),
          type('coulisses', send('Alice')),
          wait(2),
          type('coulisses', readAll),
        ],
        proofs: [
          { choice: 'gardes', when: { is: 'consumed', topic: 'paiements', records: { min: 10 }, isNew: true } },
          {
            choice: 'perdus',
            when: all(
              { is: 'commandRun', program: 'kafka-console-producer', exit: 0 },
              { is: 'consumed', topic: 'paiements', records: 9, isNew: true },
            ),
          },
          { choice: 'refuses', when: { is: 'records', topic: 'paiements', count: 9 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'sans-lecteur-pour-de-bon',
        goal: all(
          { is: 'records', topic: 'paiements', count: { min: 10 } },
          { is: 'consumed', topic: 'paiements', records: { min: 10 }, isNew: true },
        ),
        solution: [press('lecteur-1', 'Ctrl-C'), type('admin', send('Alice')), type('lecteur-1', readTen)],
        wrongTurns: [
          {
            id: 'sans-debut',
            when: {
              is: 'commandRun',
              program: 'kafka-console-consumer',
              latest: true,
              words: ['paiements'],
              without: ['--from-beginning'],
            },
          },
        ],
      },
    },
    { kind: 'read', id: 'par-partition' },
    {
      kind: 'task',
      task: {
        id: 'repliques',
        goal: {
          is: 'commandRun',
          program: 'kafka-topics',
          options: { '--describe': true },
          words: ['paiements'],
          exit: 0,
        },
        solution: [type('admin', 'bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092')],
        wrongTurns: [
          {
            id: 'liste',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, options: { '--list': true } },
          },
          { id: 'echec', when: { is: 'commandRun', program: 'kafka-topics', latest: true, exit: 1 } },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'sans-broker',
        kind: 'predict',
        choices: ['tiers-perdu', 'figees', 'releve'],
        experiment: [
          disturb('kill', 'broker-2'),
          wait(22),
          type('coulisses', send('Bob')),
          wait(1),
          type('coulisses', readAll),
        ],
        proofs: [
          { choice: 'releve', when: { is: 'consumed', topic: 'paiements', records: { min: 11 }, isNew: true } },
          { choice: 'figees', when: { is: 'consumed', topic: 'paiements', records: 10, isNew: true } },
          { choice: 'tiers-perdu', when: { is: 'consumed', topic: 'paiements', records: { max: 9 }, isNew: true } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'tuer-un-broker',
        goal: all(
          { is: 'serviceStopped', service: 'broker-2', how: 'killed' },
          { is: 'leaderIsNot', topic: 'paiements', partition: 0, broker: 2 },
          { is: 'leaderIsNot', topic: 'paiements', partition: 1, broker: 2 },
          { is: 'leaderIsNot', topic: 'paiements', partition: 2, broker: 2 },
        ),
        solution: [disturb('kill', 'broker-2'), wait(22)],
        wrongTurns: [
          {
            id: 'autre-broker',
            when: any({ is: 'serviceStopped', service: 'broker-0' }, { is: 'serviceStopped', service: 'broker-1' }),
          },
          { id: 'arret-propre', when: { is: 'serviceStopped', service: 'broker-2', how: 'told' } },
          {
            id: 'trop-tot',
            when: all(
              { is: 'serviceStopped', service: 'broker-2' },
              { is: 'leaderIs', topic: 'paiements', partition: 1, broker: 2 },
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'connect',
        kind: 'explain',
        choices: ['serveur', 'client', 'les-deux'],
        answer: 'client',
      },
    },
  ],
};
