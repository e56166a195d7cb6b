/** Words of the lesson `tpDemarrer`, in English. */
import type { LessonText } from '../lesson.ts';

export const tpDemarrerEn: LessonText = {
  title: 'Lab 2 — Start',
  objective: 'Start ZooKeeper, then the broker, and recognise the line that says “ready”.',
  reads: {
    'deux-serveurs':
      'Two terminals, two servers, in this order: ZooKeeper, then the broker, which registers there. Leave them open: they talk. A broker that is ready ends with the line `started (kafka.server.KafkaServer)`.',
    kraft:
      'KRaft would do without ZooKeeper; from Kafka 4.0 on it is the only way. This lab stays with ZooKeeper to the end. For KRaft, read the official documentation: `kafka.apache.org/39/documentation`, section “KRaft”.',
  },
  tasks: {
    zookeeper: {
      text: 'Start ZooKeeper.',
      hints: [
        'A script and its file.',
        'In the Kafka folder, the script is in `bin`, the file in `config`.',
        '`bin/zookeeper-server-start.sh config/zookeeper.properties`',
      ],
      wrongTurns: {
        'broker-d-abord':
          'You started the broker: it looks for ZooKeeper, which is not there yet. Start ZooKeeper first.',
      },
    },
    broker: {
      text: 'In another terminal, start the broker and wait until it is ready.',
      hints: [
        'The second terminal.',
        'Same form, with `config/server.properties`.',
        '`bin/kafka-server-start.sh config/server.properties`',
      ],
      wrongTurns: {
        'zookeeper-arrete': 'ZooKeeper no longer runs: start it again, the broker needs it to register.',
        'a-renonce': 'The broker stopped on an error. Read its last ERROR line, then start it again.',
      },
    },
  },
  questions: {
    'broker-d-abord': {
      text: 'You start the broker first. What does it do?',
      choices: {
        attend: { text: 'It starts and waits for ZooKeeper for ever', feedback: 'It waits, but not without end.' },
        kraft: { text: 'It switches to KRaft', feedback: 'The mode is chosen by the configuration.' },
        abandonne: {
          text: 'It tries for 18 seconds, then stops on an error',
          feedback: 'That is `zookeeper.connection.timeout.ms` in the shipped configuration.',
        },
      },
    },
  },
  freePlay: ['Start a second broker with the same file and read the error.'],
};
