/** Words of the lesson `lesTroisOffsets`, in English. */
import type { LessonText } from '../lesson.ts';

export const lesTroisOffsetsEn: LessonText = {
  title: 'Three meanings of offset',
  objective: 'Tell apart a record’s offset, a reader’s position and a group’s committed offset.',
  reads: {
    'trois-sens':
      'One word, three things.\n\nThe offset of a record is its number in the partition. It never changes.\n\nThe position is the next number that a reader will ask for. It lives in its memory.\n\nThe committed offset is the position that the group has put in safety, in the topic `__consumer_offsets`.',
    valider:
      'Reading moves the position, not the committed offset. A consumer commits by itself every five seconds, when it asks for more messages, and once more when it leaves. Having committed thus does not prove that the work is done.',
  },
  tasks: {
    'lire-en-groupe': {
      text: 'Read everything with the group `compta`, then stop the reader.',
      hints: [
        'The console reader takes a group.',
        '`--group compta`, and `--from-beginning` the first time. Then Ctrl-C.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --from-beginning --bootstrap-server localhost:9092`, then Ctrl-C',
      ],
      wrongTurns: {
        'encore-en-marche': 'The eight messages are read. Stop the reader with Ctrl-C: it commits as it leaves.',
        'sans-groupe':
          'This reader is not in the group `compta`: without `--group` the console takes one with a random name, and commits nothing.',
        'sans-debut':
          'This reader began at the end, and committed 8 without reading anything. `--from-beginning` will not help any more: go back with `Ctrl` `Z`, then run it with the option.',
      },
    },
    verifier: {
      text: 'Ask Kafka where the group `compta` is.',
      hints: [
        'There is a tool for groups.',
        '`kafka-consumer-groups.sh`, with `--describe` and `--group`.',
        '`bin/kafka-consumer-groups.sh --describe --group compta --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: 'The list gives the names of the groups. Describe this one: `--describe --group compta`.',
        echec: 'The command failed: read its first line. It needs an action and the address of a broker.',
      },
    },
    reprendre: {
      text: 'Write two more messages, then run the group again: it is to read these two, and end without lag.',
      hints: [
        'The Admin terminal can write; the reader is in the other.',
        'A producer for two lines, then the same reading command as before.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --from-beginning --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'lecteur-d-abord': 'The reader waits at number 8. Now write two lines from the other terminal.',
        'pas-encore-valide':
          'Both messages are read: the position is 10. The committed offset is still 8 until the reader commits: five seconds at most.',
        'sans-groupe': 'This reader is not in the group `compta`: add `--group compta`.',
      },
    },
  },
  questions: {
    'valeur-validee': {
      text: 'Eight messages, with offsets 0 to 7. The group `compta` reads them all and commits. Which value is kept?',
      choices: {
        zero: { text: '0', feedback: 'That would be “everything is still to be read”.' },
        sept: { text: '7, the last one read', feedback: 'Kafka keeps the next one to read, not the last one read.' },
        huit: { text: '8, the next one to read', feedback: 'That is where it goes on: at offset 8, not there yet.' },
      },
    },
    retard: {
      text: 'In the answer, what is in the column `LAG`, how far the group is behind?',
      choices: {
        un: { text: '1', feedback: 'The lag goes from the committed offset to the end of the log: 8 − 8.' },
        zero: { text: '0', feedback: '`LOG-END-OFFSET` is 8, and so is `CURRENT-OFFSET`: 8 − 8 = 0.' },
        huit: { text: '8', feedback: '8 is the committed offset. The lag is what is left to read.' },
      },
    },
    relancer: {
      text: 'You run the same command again, `--from-beginning` included, with the group `compta`. What is printed?',
      choices: {
        tout: {
          text: 'The eight messages',
          feedback: '`--from-beginning` only counts while the group has committed nothing.',
        },
        erreur: { text: 'An error', feedback: 'The command is valid: the option merely has no effect.' },
        rien: { text: 'Nothing', feedback: 'The group goes on from its committed offset, 8, and waits.' },
      },
    },
  },
  freePlay: [
    'Run a reader without `--group`, then list the groups: `bin/kafka-consumer-groups.sh --list --bootstrap-server localhost:9092`.',
    'Read with a new group, and describe it less than five seconds after its reader started: the committed offset is not there yet.',
  ],
};
