/** Words of the lesson `minInsync`, in English. */
import type { LessonText } from '../lesson.ts';

export const minInsyncEn: LessonText = {
  title: 'Failure — refusing rather than risking',
  objective: 'Predict which writes pass, from the ISR and `acks`.',
  reads: {
    'tout-l-isr':
      '`acks=all` waits for the word of the whole ISR. But the ISR shrinks with failures: only the leader may be left in it, and then “all” means “one”.',
    'le-plancher':
      '`min.insync.replicas` sets a floor. The topic `virements` has one partition, three replicas, and the floor 2: with fewer than two replicas in sync, the leader refuses.',
  },
  tasks: {
    refus: {
      text: 'Kill the two followers, let time pass, then write a transfer. The console producer uses `acks=all`.',
      hints: [
        'Broker 0 leads. It has to be the only one in the ISR.',
        'Kill brokers 1 and 2, let their sessions expire, then open a producer.',
        `\`bin/kafka-console-producer.sh --topic virements --bootstrap-server localhost:9092\`, then \`Alice 100\``,
      ],
      wrongTurns: {
        'leader-tue': 'Broker 0 is the leader. Undo with `Ctrl` `Z`, and kill the other two.',
        'un-seul-tue': 'Two replicas are in sync: just the floor, and the write passes. Kill the other follower.',
        'pas-encore':
          'The brokers are dead, and still in the ISR: their ZooKeeper sessions have not expired. Let time pass.',
        'autre-acks': 'You have set `acks` yourself. Leave the console at `acks=all`, its default.',
      },
    },
    accepter: {
      text: 'Write with `acks=1`, then try to read the partition.',
      hints: [
        'An option of the console sets `acks`. The reader needs no group.',
        '`--request-required-acks 1`; to read, `--partition 0 --offset earliest`.',
        `\`bin/kafka-console-producer.sh --topic virements --request-required-acks 1 --bootstrap-server localhost:9092\`, then \`bin/kafka-console-consumer.sh --topic virements --partition 0 --offset earliest --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'sans-acks-un': 'The console still uses `acks=all`: add `--request-required-acks 1`.',
        'sans-lire': 'The transfer is written. Now try to read it.',
      },
    },
    remonter: {
      text: 'Restart a follower, then write again: the reader has to print both transfers.',
      hints: [
        'With two replicas in sync the floor is reached.',
        'Right click on broker 1, Restart; then write from the console.',
        `Restart broker 1, then \`bin/kafka-console-producer.sh --topic virements --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'pas-revenu': 'Only the leader is in the ISR: restart a follower, and let it catch up.',
        'sans-ecrire': 'Two replicas are in sync. Write one more transfer, with the reader open.',
      },
    },
  },
  questions: {
    'acks-un': {
      text: 'The same situation, but the producer asks for `acks=1`. What does the leader answer?',
      choices: {
        refuse: { text: 'It refuses, too', feedback: 'The floor only counts for who asks for `acks=all`.' },
        accepte: {
          text: 'It accepts',
          feedback:
            'It writes to its log and answers. There is one copy: if this broker dies, it waits for its return.',
        },
      },
    },
    'rien-a-lire': {
      text: 'The transfer is accepted, and the reader prints nothing. Why?',
      choices: {
        perdu: {
          text: 'It is lost',
          feedback: 'The figure shows it: it is in the leader’s log, above the high watermark.',
        },
        retenu: {
          text: 'The high watermark does not advance below the floor',
          feedback:
            'While the ISR has fewer than `min.insync.replicas` replicas, the leader leaves the high watermark where it is. Readers only see what is safe.',
        },
      },
    },
    'plancher-trois': {
      text: 'Three replicas and a floor of 3: a good idea?',
      choices: {
        'plus-sur': { text: 'Yes, it is safer', feedback: 'The slightest restart of a broker then blocks writes.' },
        bloquant: {
          text: 'No, writes bear no failure at all',
          feedback:
            'Hence the usual setting, three replicas and the floor 2: one failure without loss and without blocking.',
        },
      },
    },
  },
  freePlay: [
    'Lower the floor while it runs: `kafka-configs.sh --alter --entity-type topics --entity-name virements --add-config min.insync.replicas=1`.',
    'While writes are refused, open the replication view: who waits, and for what?',
    'The floor is set on the topic or the broker, `acks` in the producer. Change one without the other, and compare.',
  ],
};
