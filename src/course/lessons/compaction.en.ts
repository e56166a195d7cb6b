/** Words of the lesson `compaction`, in English. */
import type { LessonText } from '../lesson.ts';

export const compactionEn: LessonText = {
  title: 'Compaction, seen',
  objective: 'Predict what survives a pass of the cleaner.',
  reads: {
    'la-promesse':
      'A compacted topic keeps, for each key, at least its last value, without any limit in time. The cleaner makes the map “key, last offset”, then copies the closed segments and skips the values that are out of date.',
    'trois-nuances':
      'Three fine points. Keys are compared across all closed segments, not within one. The active segment, the one being written, is never touched. Offsets do not change: there are holes.',
  },
  tasks: {
    ecrire: {
      text: 'The file `soldes.txt` holds twelve balances, a key for each customer. Send them to `soldes`, each in a batch of its own.',
      hints: [
        'The console can read a key, and its input can come from a file.',
        '`parse.key=true`, `key.separator=:`, `--sync --timeout 0` for one record a batch, and `< soldes.txt`.',
        `\`bin/kafka-console-producer.sh --topic soldes --property parse.key=true --property key.separator=: --sync --timeout 0 --bootstrap-server localhost:9092 < soldes.txt\``,
      ],
      wrongTurns: {
        'sans-cle': 'Without `parse.key=true` these records have no key, and this topic refuses them.',
        'un-seul-lot':
          'The twelve records went in one batch, hence one segment. Undo with `Ctrl` `Z`, and add `--sync --timeout 0`.',
      },
    },
    nettoyer: {
      text: 'Let the cleaner pass, then read the topic again and show the offsets.',
      hints: [
        'It wakes up every 15 seconds, and only acts if the dirty part is above the threshold.',
        'Let thirty seconds run. To read: `print.offset=true`.',
        `\`bin/kafka-console-consumer.sh --topic soldes --from-beginning --property print.offset=true --property print.key=true --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'pas-encore': 'The cleaner has not passed yet: all offsets are there. Let thirty seconds pass.',
        'sans-offset': 'Add `--property print.offset=true`: it is the holes that we look for.',
        'sans-debut': 'This reader waits for what comes. To read again, add `--from-beginning`.',
      },
    },
    'message-sans-cle': {
      text: 'Send `soldes` a record without a key, and read the answer.',
      hints: [
        'The console, without `parse.key`.',
        'The error shows in the terminal of the producer.',
        `\`bin/kafka-console-producer.sh --topic soldes --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'avec-cle': 'This one had a key, and is written. Leave `parse.key=true` out.',
        'autre-topic': 'An ordinary topic takes records without a key. Aim at `soldes`.',
      },
    },
  },
  questions: {
    survivants: {
      text: 'Segments begin at offsets 0, 4, 7 and 11. Which offsets are left after the cleaning?',
      choices: {
        'par-segment': {
          text: '2, 3, 4, 5, 6, 9, 10 and 11: the last value in each segment',
          feedback: 'Keys are compared across all closed segments.',
        },
        renumerotes: {
          text: '0 to 4, numbered anew',
          feedback: 'Offsets never change: a reader on its way does not get lost.',
        },
        'deux-alice': {
          text: '3, 4, 9, 10 and 11',
          feedback:
            'Bob 70, Alice 30, Carole 30, Denis 7 in the cleaned part, and Alice 31 in the active segment, which was not compared.',
        },
        'une-alice': {
          text: '3, 9, 10 and 11: one Alice',
          feedback: 'The active segment is not in the map: Alice keeps 30 and 31.',
        },
      },
    },
    'deux-fois-alice': {
      text: 'Alice is there twice. Is that a fault?',
      choices: {
        panne: {
          text: 'Yes, the cleaner was wrong',
          feedback: 'The promise is “at least the last value”, not “only one”.',
        },
        actif: {
          text: 'No, the active segment waits its turn',
          feedback: 'Once it is closed, the next pass will keep only the most recent one.',
        },
      },
    },
  },
  freePlay: [
    'Write some more balances of Alice: the active segment closes, and 30 goes at the next pass.',
    'Send `Alice:` with `--property null.marker=` (nothing): a tombstone deletes the key, then itself after a day.',
    'Set `min.compaction.lag.ms` on the topic: the cleaner leaves recent records alone.',
  ],
};
