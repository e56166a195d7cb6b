/** Words of the lesson `serveursEtClients`, in English. */
import type { LessonText } from '../lesson.ts';

export const serveursEtClientsEn: LessonText = {
  title: 'Servers and clients',
  objective: 'Tell brokers from all that is around them, and predict what the loss of each does.',
  reads: {
    'deux-roles':
      'A Kafka cluster is made of brokers. They keep the data on their disks and answer on the network.\n\nEverything else is a client: what writes (producer), what reads (consumer), Connect, Kafka Streams, the tools you type.',
    'par-partition':
      'Brokers share the work by partition. Here `paiements` has three partitions, and each partition is copied on all three brokers. Only one copy, the leader, takes writes.\n\nAdding a broker relieves nobody by itself: partitions move only when they are told to.',
  },
  tasks: {
    'sans-lecteur-pour-de-bon': {
      text: 'Stop the reader, write a payment, then read everything again: ten payments.',
      hints: [
        'Ctrl-C in the reader’s terminal; the Admin terminal can write.',
        'A producer to write one line `Alice:5`, then a consumer with `--from-beginning`.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 10 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-debut': 'This reader waits for what comes. To read what is written already, add `--from-beginning`.',
      },
    },
    repliques: {
      text: 'Describe `paiements`: does each broker lead a partition?',
      hints: [
        'The tool of topics can describe one.',
        'Two options: `--describe` and `--topic paiements`, and the address of a broker.',
        '`bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: 'The list gives names, not copies. Ask for `--describe`.',
        echec: 'The command failed: read its first line. A broker’s address is `localhost:9092`.',
      },
    },
    'tuer-un-broker': {
      text: 'Kill broker 2, then wait until each partition has a living leader.',
      hints: [
        'In the figure: right click on broker 2, or the skull to drag.',
        'The cluster does not notice at once: the broker’s ZooKeeper session has to expire.',
        'Choose Kill, then let some twenty seconds pass. `Shift` + `→` jumps to the next marked fact.',
      ],
      wrongTurns: {
        'autre-broker': 'Another broker has stopped. Undo with `Ctrl` `Z`, then kill broker 2.',
        'arret-propre':
          'Broker 2 stopped cleanly: it handed its partitions over before it left. Undo with `Ctrl` `Z`, then kill it.',
        'trop-tot':
          'Broker 2 is dead, but ZooKeeper does not know yet. Let time pass: its session expires after 18 seconds without a heartbeat.',
      },
    },
  },
  questions: {
    'sans-lecteur': {
      text: 'The reader is killed. A producer then writes a tenth payment. What becomes of it?',
      choices: {
        perdus: {
          text: 'It is lost, nobody listens',
          feedback: 'A broker pushes nothing: it keeps, and the reader comes and fetches.',
        },
        refuses: {
          text: 'The producer is refused',
          feedback: 'The producer does not know whether anybody reads, and need not.',
        },
        gardes: {
          text: 'It is kept: the next reader finds it',
          feedback: 'The log is on the brokers. One client less changes nothing there.',
        },
      },
    },
    'sans-broker': {
      text: 'One broker of three is killed, and twenty seconds pass. What becomes of the payments, copied three times?',
      choices: {
        'tiers-perdu': {
          text: 'A third is lost',
          feedback: 'A partition is not a copy: each of the three partitions has three copies.',
        },
        figees: {
          text: 'They can be read, no more can be written',
          feedback: 'Writes go on, too: another broker has become leader.',
        },
        releve: {
          text: 'All can be read, and more can be written',
          feedback: 'A broker with a copy that was up to date becomes leader of what the dead one led.',
        },
      },
    },
    connect: {
      text: 'A Connect process listens on a port and is called a “worker”. What is it to Kafka?',
      choices: {
        serveur: {
          text: 'A server: it keeps partitions',
          feedback: 'Its connectors and positions are kept in topics, so on the brokers.',
        },
        client: {
          text: 'A client: it reads and writes topics',
          feedback: 'When it stops, nothing is lost: it goes on from the position that the cluster keeps.',
        },
        'les-deux': {
          text: 'Both, depending on the connector',
          feedback: 'Source or sink, a connector keeps no partition.',
        },
      },
    },
  },
  freePlay: [
    'Restart broker 2: it comes back as a follower and catches up.',
    'Stop broker 1 cleanly: this time nobody waits for the new leader.',
  ],
};
