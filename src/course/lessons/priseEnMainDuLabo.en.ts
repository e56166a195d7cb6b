/** Words of the lesson `priseEnMainDuLabo`, in English. */
import type { LessonText } from '../lesson.ts';

export const priseEnMainDuLaboEn: LessonText = {
  title: 'Your workshop',
  objective: 'Find the terminals, the time bar and the inspector, and go back in time in the simulation.',
  reads: {
    bienvenue:
      'Welcome. In front of you runs a small but complete Kafka: one ZooKeeper, one broker, and terminals that understand the real commands. Nothing can break: here, even disasters can be undone.',
    moteur:
      'Everything that moves comes from an engine that replays the rules of Kafka 3.9. Curious about a detail? Click it: the lab shows its state and the chain of events that led to it. In real life the official documentation has the last word: `kafka.apache.org/39/documentation`.',
  },
  tasks: {
    version: {
      text: 'In the terminal, ask for the version of the Kafka tools.',
      hints: [
        'All the tools live in the `bin` folder.',
        'The topics tool accepts `--version`.',
        '`bin/kafka-topics.sh --version`',
      ],
      wrongTurns: { 'sans-version': 'The tool answered, but to another question: `--version` is missing.' },
    },
    reculer: {
      text: 'Pause time, go back a few seconds, then let it run again.',
      hints: [
        'Look at the bar at the bottom.',
        'The space bar pauses; drag the handle to the left.',
        '`Space`, then the left arrow or the handle, then `Space`.',
      ],
      wrongTurns: { arrete: 'You have gone back; time stands still. Press `Space` to go on.' },
    },
    verifier: {
      text: 'Check your prediction.',
      hints: ['The tool’s name, and nothing else.', 'The tool is in the `bin` folder.', '`bin/kafka-topics.sh`'],
      wrongTurns: { 'avec-argument': 'You gave it arguments. Here, run the tool on its own.' },
    },
  },
  questions: {
    'sans-argument': {
      text: 'You run `kafka-topics.sh` without any argument. What does it do?',
      choices: {
        'mode-d-emploi': {
          text: 'It prints its usage and exits with an error code',
          feedback: 'The whole help, then exit code 1: no action was asked for.',
        },
        liste: { text: 'It lists the topics', feedback: 'Listing takes `--list` and the address of the cluster.' },
        console: {
          text: 'It opens an interactive console',
          feedback: 'That is `zookeeper-shell.sh`, not `kafka-topics.sh`.',
        },
      },
    },
  },
  freePlay: [
    'Run time a hundred times faster and watch what a cluster does when nobody asks it anything: heartbeats, and nothing else.',
  ],
};
