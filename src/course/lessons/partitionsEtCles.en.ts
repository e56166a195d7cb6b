/** Words of the lesson `partitionsEtCles`, in English. */
import type { LessonText } from '../lesson.ts';

export const partitionsEtClesEn: LessonText = {
  title: 'Same key, same lane',
  objective: 'Predict a record’s partition from its key, and say exactly how far the guarantee of order goes.',
  reads: {
    couloirs:
      'A topic is cut into partitions: swimming lanes. Each lane is a log of its own, on a broker, with numbers of its own. They count from zero (P0 to P3 where the deck writes P1 to P4).',
    hachage:
      'The producer chooses the lane: given a key, it hashes the key (murmur2) and takes the remainder by the number of partitions. Same key, same lane, as long as that number stays and everybody hashes alike.',
  },
  tasks: {
    envoyer: {
      text: 'Send at least three records for Alice and two for Bob, from two producers.',
      hints: [
        'The console reads a key if told to: `parse.key` and `key.separator`.',
        'Open a producer in each of the two terminals, then type `Alice:20`.',
        '`bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-cle': 'Without `parse.key=true` the whole line becomes the value: the record has no key.',
        tabulation: 'Without `key.separator` the key ends at the first tab, not at the colon.',
        'un-seul': 'Only one producer has written. Open a second one: Alice’s lane will not change.',
      },
    },
    relire: {
      text: 'Read them again, showing key and partition.',
      hints: [
        'They are `print.` properties of the reader.',
        '`print.key` and `print.partition`.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --property print.key=true --property print.partition=true --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-partition': 'The key shows; add `--property print.partition=true`.',
        'sans-cle': 'The values show; add `--property print.key=true` and `--property print.partition=true`.',
        'sans-debut': 'This reader waits for what comes: to read again, add `--from-beginning`.',
      },
    },
  },
  questions: {
    'deux-producteurs': {
      text: 'Two different producers each send a record with key “Alice”. Where do they go?',
      choices: {
        chacun: { text: 'Each to its own partition', feedback: 'The producer plays no part in the computation.' },
        hasard: { text: 'At random', feedback: 'Chance only plays without a key.' },
        meme: { text: 'To the same partition', feedback: 'It depends on the key and the number of partitions only.' },
      },
    },
    ordre: {
      text: 'A reader reads the whole topic. Is the order between Alice’s payments and Bob’s guaranteed?',
      choices: {
        ecriture: { text: 'Yes, it is the order of writing', feedback: 'Only inside one partition.' },
        partition: {
          text: 'No, unless they share a partition',
          feedback: 'The guarantee holds per partition; Alice and Bob are not in the same one.',
        },
        horodatage: { text: 'Yes, thanks to the timestamp', feedback: 'The broker does not sort by timestamp.' },
      },
    },
  },
  freePlay: [
    'Find, by hand, a first name that falls into the same partition as Alice.',
    'Take the topic to 5 partitions: Alice changes lanes.',
  ],
};
