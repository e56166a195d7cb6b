/** Words of the lesson `voyagerDansLeLog`, in English. */
import type { LessonText } from '../lesson.ts';

export const voyagerDansLeLogEn: LessonText = {
  title: 'Rewinding',
  objective: 'Move the committed offset of a group, and say why the group has to be stopped.',
  reads: {
    rejouer:
      'A calculation was wrong on Tuesday. It is mended, then Tuesday is read again. This can be done because reading does not delete: the group only has to be taken back.',
    'un-membre-lit':
      'The group `compta` has read the eight messages. Its committed offset is 8. One of its readers still runs, and waits.',
  },
  tasks: {
    'au-debut': {
      text: 'Take `compta` back to the beginning: first as a dry run, then for good.',
      hints: [
        'The tool of groups moves offsets, and the reader has to be stopped.',
        '`--reset-offsets --to-earliest`, with `--dry-run`, then with `--execute`.',
        'Ctrl-C in the reader, then `bin/kafka-consumer-groups.sh --group compta --topic vive-le-ca --reset-offsets --to-earliest --dry-run --bootstrap-server localhost:9092`, then the same with `--execute`',
      ],
      wrongTurns: {
        'membre-actif': 'The group still has a member: the tool refuses. Stop the reader with Ctrl-C, then try again.',
        'sans-essai':
          'The committed offset is 0. Do the dry run as well, `--dry-run`: it shows what would change, and changes nothing.',
        'a-blanc': 'The dry run showed 0. To really move the offset, replace `--dry-run` by `--execute`.',
      },
    },
    relire: {
      text: 'Run the group `compta` again: it reads the eight messages again. Then stop it.',
      hints: [
        'The same command as the reader’s at the start: the up arrow finds it.',
        'The console reader with `--group compta`, then Ctrl-C.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --bootstrap-server localhost:9092`, then Ctrl-C',
      ],
      wrongTurns: {
        'sans-groupe': 'This reader is not in the group `compta`: add `--group compta`.',
        'encore-en-marche': 'The group reads. Stop the reader with Ctrl-C: it commits as it leaves.',
      },
    },
    'deux-de-moins': {
      text: 'Go back by two messages only: the committed offset goes from 8 to 6.',
      hints: [
        'The tool of groups can shift by a number.',
        '`--shift-by` with a negative number, and `--execute`.',
        '`bin/kafka-consumer-groups.sh --group compta --topic vive-le-ca --reset-offsets --shift-by -2 --execute --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'membre-actif': 'The group still has a member: stop the reader with Ctrl-C.',
        sens: 'A shift by 2 goes forward, beyond the end: Kafka stops at 8. Give a negative number.',
        'a-blanc': 'The dry run showed what would be done. Add `--execute` to do it.',
      },
    },
  },
  questions: {
    'a-chaud': {
      text: 'This reader is running. The tool of groups is told to take `compta` back to the beginning. What happens?',
      choices: {
        recule: {
          text: 'The reader reads everything again at once',
          feedback: 'Its position is in its memory: a change behind its back would just be overwritten.',
        },
        refus: {
          text: 'The tool refuses',
          feedback: "“Assignments can only be reset if the group 'compta' is inactive”: the group is `Stable`.",
        },
        deconnecte: {
          text: 'The reader is thrown out of the group',
          feedback: 'The tool touches nothing while the group has a member.',
        },
      },
    },
    effets: {
      text: 'The reader sends an e-mail for each message. It is rewound by two messages. What do the customers get?',
      choices: {
        rien: {
          text: 'Nothing: Kafka knows it is done',
          feedback: 'Kafka keeps offsets, not what the reader did with the messages.',
        },
        'deux-fois': {
          text: 'Two e-mails a second time',
          feedback: 'Reading again does everything again. The reader has to recognise what it has done already.',
        },
        seul: { text: 'Only the last one', feedback: 'It goes on at 6: messages 6 and 7 are read again.' },
      },
    },
  },
  freePlay: [
    'Aim at an instant: `--to-datetime 2025-05-19T09:00:00.000` with `--dry-run`.',
    'Shift by 20 forward: the tool warns, and stops at the end of the log.',
  ],
};
