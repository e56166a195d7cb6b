/** Words of the lesson `tpConsommer`, in English. */
import type { LessonText } from '../lesson.ts';

export const tpConsommerEn: LessonText = {
  title: 'Lab 5 — Consume, again and again',
  objective: 'Read live and from the beginning, several at once, and predict what each reader sees.',
  reads: {
    'trois-points-de-vue':
      'Open a reader; keep the producer beside it. Then a second reader, with and without `--from-beginning`. Three readers, three views of one log.',
  },
  tasks: {
    relire: {
      text: 'Read everything from the beginning.',
      hints: [
        'The tool is `kafka-console-consumer.sh`.',
        'The option is `--from-beginning`.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-debut':
          'This reader starts at the end: it waits for the next event. Ctrl-C, then run it again with `--from-beginning`.',
        'autre-topic': 'This reader listens to a topic other than `vive-le-ca`.',
      },
    },
    'en-direct': {
      text: 'Write a new line and see it arrive.',
      hints: [
        'In the producer’s terminal.',
        'A line, then Return; it leaves after a second.',
        'Type: `Quatrième événement`',
      ],
      wrongTurns: { 'lecteur-arrete': 'The line may be written, but no reader runs: start one again.' },
    },
    'a-deux': {
      text: 'Check with two readers at once and a new message.',
      hints: [
        'You need one more terminal.',
        'Start the second reader without `--from-beginning`, then write a line.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --bootstrap-server localhost:9092`, then a line in the producer.',
      ],
      wrongTurns: {
        'un-seul': 'Only one reader runs. Open a second one, then write a line.',
        'meme-groupe':
          'With the same `--group`, the two readers share the work: only one receives. Run them without a group.',
      },
    },
    arreter: {
      text: 'Stop the readers and the producer; keep the servers.',
      hints: ['Ctrl-C.', 'In each client’s terminal.', 'Ctrl-C in the readers’ terminals, then in the producer’s.'],
      wrongTurns: {
        'serveur-arrete': 'The broker has stopped: the lab still needs it. Go back in time, or start it again.',
      },
    },
  },
  questions: {
    'sans-option': {
      text: 'A second reader starts without `--from-beginning`. What does it see at once?',
      choices: {
        dernier: { text: 'The last message', feedback: 'The end of the log is after the last one.' },
        rien: { text: 'Nothing, until the next message', feedback: '`auto.offset.reset` is `latest`.' },
        tous: { text: 'All the messages', feedback: 'Without the option it starts at the end.' },
      },
    },
    'tous-deux': {
      text: 'Why do both readers receive the message?',
      choices: {
        'groupe-propre': {
          text: 'Each console without `--group` takes a group of its own',
          feedback: '`console-consumer-` followed by a random number.',
        },
        'meme-groupe': { text: 'They are in the same group', feedback: 'Then only one would have received it.' },
      },
    },
  },
  freePlay: ['Run a reader with `--group cours`, stop it, run it again: it goes on where it was.'],
};
