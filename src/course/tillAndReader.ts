/** How a lesson on failures begins: a till writes a payment a second to three partitions on three brokers, and a reader prints them. */
import { type, type Start } from './lesson.ts';

const anyBroker = 'localhost:9092,localhost:9093,localhost:9094';

/** In the places « producteur » and « lecteur-1 »; broker 1 leads partition 0, 2 and 0 the others. */
export const tillAndReader: Pick<Start, 'prepared' | 'terminals' | 'actions'> = {
  prepared: [
    `bin/kafka-topics.sh --create --topic paiements --replica-assignment 1:2:0,2:0:1,0:1:2 --bootstrap-server ${anyBroker}`,
  ],
  terminals: ['admin', 'producteur', 'lecteur-1'],
  actions: [
    // A payment a second; it waits for the brokers longer than the console producer does by itself (1.5 s).
    type(
      'producteur',
      `for i in $(seq 1000); do echo "client-$((i % 7)):paiement $i"; sleep 1; done | bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --request-timeout-ms 60000 --bootstrap-server ${anyBroker}`,
    ),
    type('lecteur-1', `bin/kafka-console-consumer.sh --topic paiements --bootstrap-server ${anyBroker}`),
  ],
};
