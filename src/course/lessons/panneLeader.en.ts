/** Words of the lesson `panneLeader`, in English. */
import type { LessonText } from '../lesson.ts';

export const panneLeaderEn: LessonText = {
  title: 'Failure — the leader dies',
  objective: 'Predict the new leader, how long it takes, and what becomes of the messages.',
  reads: {
    'la-caisse':
      'A till writes one payment a second to `paiements`; a reader prints them. The topic has three partitions, copied on the three brokers. Broker 1 leads partition 0.',
    'qui-decide':
      'When a leader is gone, replicas do not vote. Each broker keeps a session with ZooKeeper. When it expires, the controller learns of it: it takes the list of replicas in order, and makes leader the first one that lives and is in the ISR. The leader epoch goes up by one.',
  },
  tasks: {
    tuer: {
      text: 'Describe `paiements`, kill the leader of partition 0, then wait for the new one.',
      hints: [
        'The tool of topics says who leads; the figure lets you kill.',
        'Right click on broker 1, Kill. Then `Shift` + `→` jumps to the next marked fact.',
        '`bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092`, then kill broker 1 and let twenty seconds pass',
      ],
      wrongTurns: {
        'arret-propre':
          'Broker 1 stopped cleanly: it handed its partitions over before it left. Undo with `Ctrl` `Z`, and kill it.',
        'autre-broker':
          'The broker that stopped is not the leader of partition 0. Undo with `Ctrl` `Z`, and kill broker 1.',
        'pas-encore':
          'Broker 1 is dead, and still leader to the controller: its ZooKeeper session has not expired yet. Let time pass.',
      },
    },
    rendre: {
      text: 'Restart broker 1, wait until the ISR is complete, then give it partition 0 back.',
      hints: [
        'Right click on broker 1, Restart: it comes back as a follower.',
        'The tool `kafka-leader-election.sh`, with `--election-type preferred`.',
        '`bin/kafka-leader-election.sh --election-type preferred --topic paiements --partition 0 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        echec:
          'The election failed: read the error. The preferred leader has to live and be in the ISR, and the tool wants the topic and the partition.',
        'non-propre': 'An unclean election is for when there is no leader at all. Ask for `--election-type preferred`.',
        'revenu-suiveur':
          'Broker 1 is back in the ISR, as a follower. It does not take its place again by itself: run `kafka-leader-election.sh`.',
      },
    },
  },
  questions: {
    'nouveau-leader': {
      text: 'Partition 0. Replicas: 1, 2, 0, all in the ISR. The leader, broker 1, dies. Who becomes leader?',
      choices: {
        zero: {
          text: 'Broker 0, the smallest number',
          feedback: 'The order that counts is that of the replicas: 1, 2, 0.',
        },
        deux: { text: 'Broker 2', feedback: 'It is the first replica in the list 1, 2, 0 that lives and is in sync.' },
        vote: {
          text: 'The one with most messages, after a vote',
          feedback: 'Replicas do not vote: the controller decides, and the ISR vouches for the copies already.',
        },
      },
    },
    duree: {
      text: 'How long is partition 0 without a living leader, with the settings as shipped?',
      choices: {
        aussitot: {
          text: 'Less than five seconds',
          feedback: 'The connection closes at once, but ZooKeeper only listens to the session.',
        },
        vingtaine: {
          text: 'Some twenty seconds at most',
          feedback:
            'The session expires 18 seconds after the last heartbeat, at ZooKeeper’s next tick: 12 to 21 seconds after the death. Naming a leader then takes a few hundredths of a second.',
        },
        trente: {
          text: 'Thirty seconds or more',
          feedback: 'Thirty seconds is another delay: that of a follower that is late, `replica.lag.time.max.ms`.',
        },
      },
    },
    'pendant-la-panne': {
      text: 'The till went on during the failure. Look at the reader: what became of these payments?',
      choices: {
        perdus: {
          text: 'They are lost',
          feedback: 'The producer keeps what is not acknowledged, and sends it to the new leader.',
        },
        'en-attente': {
          text: 'They waited, then all arrived',
          feedback:
            'Those of the other partitions, too: with `acks=all` they lacked the word of broker 1, still in their ISR.',
        },
        doubles: {
          text: 'They arrived twice',
          feedback: 'The producer is idempotent: what is sent again has the same number, and the broker knows it.',
        },
      },
    },
  },
  freePlay: [
    'Compare with a clean stop (Stop): the new leader is there before the broker leaves.',
    'Kill broker 1 and restart it within eighteen seconds: it gives up, its old znode is still there.',
    'Instead of giving partition 0 back, let it be: the controller rebalances leaders every five minutes.',
  ],
};
