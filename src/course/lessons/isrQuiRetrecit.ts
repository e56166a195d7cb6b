/** A follower that cannot fetch: the high watermark waits for it, until the leader takes it out of the ISR. */
import { all, any, not } from '../goal.ts';
import { cut, disturb, mend, type, wait, type Lesson } from '../lesson.ts';

const anyBroker = 'localhost:9092,localhost:9093,localhost:9094';
const p0 = { topic: 'paiements', partition: 0 } as const;
const wire = ['broker-1', 'broker-2'] as const;

export const isrQuiRetrecit: Lesson = {
  id: 'isr-qui-retrecit',
  module: 'M9',
  minutes: 14,
  slides: [16],
  start: {
    preset: 'trio',
    prepared: [
      `bin/kafka-topics.sh --create --topic paiements --replica-assignment 1:2:0 --bootstrap-server ${anyBroker}`,
    ],
    terminals: ['lecteur-1', 'producteur', 'admin'],
    actions: [
      // A payment a second; it waits for the brokers longer than the console producer does by itself (1.5 s).
      type(
        'producteur',
        `for i in $(seq 1000); do echo "paiement $i"; sleep 1; done | bin/kafka-console-producer.sh --topic paiements --request-timeout-ms 60000 --bootstrap-server ${anyBroker}`,
      ),
      type('lecteur-1', `bin/kafka-console-consumer.sh --topic paiements --bootstrap-server ${anyBroker}`),
    ],
  },
  steps: [
    { kind: 'read', id: 'un-fil' },
    { kind: 'read', id: 'tout-l-isr' },
    {
      kind: 'question',
      question: {
        id: 'trente-secondes',
        kind: 'predict',
        choices: ['tout', 'rien', 'doubles'],
        experiment: [
          cut(...wire),
          wait(4),
          type(
            'coulisses',
            `bin/kafka-console-consumer.sh --topic paiements --partition 0 --offset latest --bootstrap-server ${anyBroker}`,
          ),
          wait(16),
        ],
        proofs: [
          {
            choice: 'rien',
            when: all(
              { is: 'unreadable', ...p0, count: { min: 1 } },
              { is: 'consumed', topic: 'paiements', records: 0, isNew: true },
            ),
          },
          { choice: 'tout', when: { is: 'consumed', topic: 'paiements', records: { min: 10, max: 25 }, isNew: true } },
          { choice: 'doubles', when: { is: 'consumed', topic: 'paiements', records: { min: 26 }, isNew: true } },
        ],
      },
    },
    { kind: 'read', id: 'retard' },
    {
      kind: 'task',
      task: {
        id: 'couper',
        goal: all(
          { is: 'linkCut', between: wire },
          { is: 'serviceRunning', service: 'broker-2' },
          { is: 'happened', fact: 'isrShrunk', where: p0 },
          { is: 'isrSize', ...p0, size: 2 },
        ),
        solution: [cut(...wire), wait(50)],
        wrongTurns: [
          {
            id: 'broker-arrete',
            when: any(
              { is: 'serviceStopped', service: 'broker-0' },
              { is: 'serviceStopped', service: 'broker-1' },
              { is: 'serviceStopped', service: 'broker-2' },
              { is: 'servicePaused', service: 'broker-2' },
            ),
          },
          { id: 'entre-suiveurs', when: { is: 'linkCut', between: ['broker-0', 'broker-2'] } },
          { id: 'controleur', when: { is: 'linkCut', between: ['broker-0', 'broker-1'] } },
          { id: 'pas-encore', when: all({ is: 'linkCut', between: wire }, { is: 'isrSize', ...p0, size: 3 }) },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'reparer',
        goal: all(
          not({ is: 'linkCut', between: wire }),
          { is: 'happened', fact: 'isrExpanded', where: p0 },
          { is: 'isrSize', ...p0, size: 3 },
        ),
        solution: [mend(...wire), wait(5)],
        wrongTurns: [{ id: 'encore-coupe', when: { is: 'linkCut', between: wire } }],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'broker-fige',
        kind: 'predict',
        choices: ['meme-delai', 'plus-tot', 'jamais'],
        experiment: [disturb('pause', 'broker-2'), wait(50)],
        proofs: [
          {
            choice: 'plus-tot',
            when: { is: 'happened', fact: 'isrShrunk', where: p0, afterSeconds: { max: 24 } },
          },
          {
            choice: 'meme-delai',
            when: { is: 'happened', fact: 'isrShrunk', where: p0, afterSeconds: { min: 25 } },
          },
          { choice: 'jamais', when: { is: 'isrSize', ...p0, size: 3 } },
        ],
      },
    },
  ],
};
