/** Words of the lesson `troisCopies`, in English. */
import type { LessonText } from '../lesson.ts';

export const troisCopiesEn: LessonText = {
  title: 'Three copies',
  objective: 'Create a replicated topic, read Leader, Replicas and Isr, and say who copies whom.',
  reads: {
    'leader-et-suiveurs':
      'A partition may have several copies, its replicas, each on one broker. One is the leader: it takes writes and serves reads.\n\nThe others are followers. They come and ask the leader for what is next, as a consumer would. Those that keep up are the ISR, the in-sync replicas.',
    facteur:
      'How many copies are wanted is the replication factor. Without the option, `kafka-topics.sh --create` asks for one: that was the case so far.',
    'suivre-un-message':
      'A record cannot be read as soon as the leader has written it. The whole ISR has to have copied it. The limit is the high watermark (HW): what consumers can read.',
  },
  tasks: {
    creer: {
      text: 'Create `comptes`: 3 partitions, 3 copies of each.',
      hints: [
        'The tool of topics, with two more options than usual.',
        '`--partitions` and `--replication-factor`.',
        '`bin/kafka-topics.sh --create --topic comptes --partitions 3 --replication-factor 3 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'une-copie':
          'The topic exists, with one copy of each partition. Delete it (`--delete`), then create it with `--replication-factor 3`.',
        'trop-de-copies': 'The command failed: read the error. There are only three brokers, for three copies.',
        'autre-decoupe':
          'The topic exists, but not with 3 partitions. Delete it (`--delete`), then create it with `--partitions 3`.',
      },
    },
    decrire: {
      text: 'Describe it: each broker leads one partition.',
      hints: [
        'An option of the tool of topics.',
        '`--describe`: read the column `Leader`.',
        '`bin/kafka-topics.sh --describe --topic comptes --bootstrap-server localhost:9092`',
      ],
      wrongTurns: { liste: 'The list gives names. To see the copies, ask for `--describe`.' },
    },
    ecrire: {
      text: 'Write a record to `comptes` and follow it: leader, followers, then high watermark.',
      hints: [
        'The producer’s terminal; slow time down to see better (`[`).',
        'A console producer, then a line.',
        '`bin/kafka-console-producer.sh --topic comptes --bootstrap-server localhost:9092`, then `Alice 100`',
      ],
      wrongTurns: { 'autre-topic': 'This producer writes to a topic other than `comptes`.' },
    },
  },
  questions: {
    quatre: {
      text: 'This cluster has three brokers. Four copies of `comptes` are asked for. What happens?',
      choices: {
        attente: {
          text: 'Three copies, the fourth waits for a broker',
          feedback: 'Nothing is created: Kafka places all the copies, or none.',
        },
        'meme-broker': {
          text: 'One broker keeps two',
          feedback: 'Two copies in one place would be lost together: Kafka refuses.',
        },
        refus: {
          text: 'An error, and no topic',
          feedback: '`InvalidReplicationFactorException`: the factor is larger than the number of brokers.',
        },
      },
    },
    'un-broker-part': {
      text: 'Broker 1 stops cleanly. `comptes` is described right after. Where has 1 gone from?',
      choices: {
        'deux-listes': {
          text: 'From `Replicas` and from `Isr`',
          feedback: '`Replicas` says where copies should be: 1 stays there, it is expected back.',
        },
        'isr-seul': {
          text: 'From `Isr` only',
          feedback:
            '`Replicas` is what is wanted, `Isr` what there is. The three partitions have two copies up to date.',
        },
        rien: {
          text: 'From nowhere',
          feedback: 'A clean stop tells the controller: the ISR changes before the broker leaves.',
        },
      },
    },
    'facteur-trois': {
      text: 'Does a replication factor of 3 guarantee three copies up to date at any time?',
      choices: {
        toujours: { text: 'Yes', feedback: 'A copy that is late or gone leaves the ISR: you have just seen it.' },
        voulues: {
          text: 'No: three copies wanted, and the ISR says how many are up to date',
          feedback: 'With a factor of 3, the ISR has one to three copies.',
        },
      },
    },
  },
  freePlay: [
    'Set time to 1/1000 and write again: the followers learn of it because they ask.',
    'Write, then open a follower’s card: its high watermark is one step behind the leader’s.',
  ],
};
