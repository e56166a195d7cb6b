/** Words of the lesson `tpProduire`, in English. */
import type { LessonText } from '../lesson.ts';

export const tpProduireEn: LessonText = {
  title: 'Lab 4 — Produce',
  objective: 'Send events with the console and know what “sent” means.',
  reads: {
    chevron:
      'A chevron waits: every line becomes an event. By default the console asks all in-sync replicas to agree, and groups lines for at most a second.',
  },
  tasks: {
    'trois-lignes': {
      text: 'Write at least three lines to `vive-le-ca`, without leaving.',
      hints: [
        'The tool is `kafka-console-producer.sh`.',
        'It needs `--topic vive-le-ca` and the broker’s address.',
        '`bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092`, then one line at a time.',
      ],
      wrongTurns: {
        quitte:
          'The producer has stopped. Ctrl-C loses the lines of the last second: start it again and leave it open.',
        'autre-topic': 'This producer writes to another topic; if it did not exist, the broker has just created it.',
        'sans-topic': 'The producer does not know where to write: add `--topic vive-le-ca`.',
      },
    },
  },
  questions: {
    'ligne-vide': {
      text: 'You type an empty line. What happens?',
      choices: {
        vide: { text: 'An event with an empty value is written', feedback: 'Empty is not null.' },
        rien: { text: 'Nothing is sent', feedback: 'One line, one event, even an empty one.' },
      },
    },
  },
  freePlay: ['Mistype the topic’s name: a warning, then the topic is created by itself.'],
};
