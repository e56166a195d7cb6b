/** Words of the lesson `tpTopic`, in English. */
import type { LessonText } from '../lesson.ts';

export const tpTopicEn: LessonText = {
  title: 'Lab 3 — Create a topic',
  objective: 'Create `vive-le-ca`, describe it and read every column.',
  reads: {
    'une-ligne':
      'One line creates a topic; unless told otherwise it has one partition and one copy. The description says the rest.',
  },
  tasks: {
    creer: {
      text: 'Create the topic `vive-le-ca`.',
      hints: [
        'The action is `--create`.',
        'Add `--topic` and `--bootstrap-server`.',
        '`bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'autre-taille':
          'The topic exists, but not with one partition and one copy. Delete it (`--delete`) and start again.',
        'sans-adresse': 'The tool does not know whom to talk to: add `--bootstrap-server localhost:9092`.',
        'autre-nom': 'A topic was created, but under another name. The course’s is `vive-le-ca`.',
      },
    },
    decrire: {
      text: 'Describe it.',
      hints: [
        'The action is `--describe`.',
        'Same `--topic`, same `--bootstrap-server`.',
        '`bin/kafka-topics.sh --describe --topic vive-le-ca --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: '`--list` only gives names. For the partitions it is `--describe`.',
        echec: 'The description failed: check the topic’s name in the error message.',
      },
    },
  },
  questions: {
    'leader-0': {
      text: 'The Leader column says 0. That means:',
      choices: {
        broker: { text: 'The broker whose id is 0', feedback: 'The one that runs in front of you.' },
        aucun: { text: 'No leader', feedback: 'That would be “none”.' },
        partition: { text: 'Partition 0', feedback: 'That is the column next to it.' },
      },
    },
    collision: {
      text: 'Then you create `ventes_2025`, and after it `ventes.2025`. What becomes of the second?',
      choices: {
        deux: { text: 'Both exist', feedback: 'Dots and underscores become the same in metric names.' },
        refus: {
          text: 'The second is refused: a collision',
          feedback: 'Kafka warns at the first and refuses the second.',
        },
      },
    },
  },
  freePlay: ['`--list`, `--delete`, `--alter --partitions 3`, then 2: an error, a topic never shrinks.'],
};
