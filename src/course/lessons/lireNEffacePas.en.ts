/** Words of the lesson `lireNEffacePas`, in English. */
import type { LessonText } from '../lesson.ts';

export const lireNEffacePasEn: LessonText = {
  title: 'Reading does not delete',
  objective: 'Link topic, partition and files on disk; prove that reading leaves the log as it is.',
  reads: {
    dossier:
      'The picture of a folder helps, but for one detail: on disk it is each partition that is a folder (`paiements-0`), and each `.log` file, a segment, holds thousands of events, not one.',
    'temps-ou-taille':
      'A topic may have no producer, one, or a hundred; no reader, one, or a hundred. What removes records in the end is time or size, never reading.',
  },
  tasks: {
    regarder: {
      text: 'Look into the folder of partition 0 of the topic `paiements`.',
      hints: [
        'The broker keeps its data in `log.dirs`.',
        'In the shipped configuration: `/tmp/kafka-logs`.',
        '`ls -l /tmp/kafka-logs/paiements-0`',
      ],
      wrongTurns: {
        'un-cran-trop-haut': 'You see one folder per partition. Enter `paiements-0`.',
        'pas-ici': 'The broker does not keep its data there: look for `log.dirs` in `config/server.properties`.',
      },
    },
    'trois-lectures': {
      text: 'Read three times, then check the topic’s offsets.',
      hints: [
        'A tool gives the first and last offsets.',
        '`kafka-get-offsets.sh`, with `--time earliest` for the first.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 5 --bootstrap-server localhost:9092`, three times, then `bin/kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic paiements --time earliest`',
      ],
      wrongTurns: {
        'sans-debut': 'Without `--from-beginning` this reader read nothing again: it waits for what comes.',
      },
    },
  },
  questions: {
    'premier-offset': {
      text: 'After three complete reads, what is the first offset available?',
      choices: {
        quinze: { text: '15', feedback: 'Offsets number positions, not reads.' },
        cinq: { text: '5', feedback: 'That would be a queue that messages are taken out of.' },
        zero: { text: '0', feedback: 'Nothing has moved.' },
      },
    },
  },
  freePlay: ['Compare the segment’s size before and after a read: `ls -l` does not change.'],
};
