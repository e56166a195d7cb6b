/** Words of the lesson `zookeeperSansMajorite`, in English. */
import type { LessonText } from '../lesson.ts';

export const zookeeperSansMajoriteEn: LessonText = {
  title: 'Failure — ZooKeeper without a majority',
  objective: 'Sort what still works from what waits.',
  reads: {
    'le-silence':
      'Three ZooKeepers, three brokers. If two ZooKeepers go down, the third falls silent: alone, it cannot know whether the others decide without it. This silence is the right answer.',
    'deux-chemins':
      'A till writes one payment a second, a reader prints them. Their messages do not pass through ZooKeeper.',
  },
  tasks: {
    perdre: {
      text: 'Make ZooKeeper lose its majority, then ask for a topic, `secours`. Wait for the tool’s answer.',
      hints: [
        'Of three servers, two make a majority.',
        'Kill two ZooKeepers, then `kafka-topics.sh --create`. The tool waits for a minute before it gives up.',
        `\`bin/kafka-topics.sh --create --topic secours --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'encore-une-majorite': 'Two ZooKeepers still run, and that is a majority: kill another one.',
        avant: 'The topic is created: ZooKeeper had its majority. Undo with `Ctrl` `Z`, and kill first.',
        'en-attente': 'The tool waits: the controller cannot write anything to ZooKeeper. Let a minute pass.',
        'sans-essayer': 'ZooKeeper is silent. Now ask for a topic, to see.',
      },
    },
    'tuer-un-leader': {
      text: 'In this state, kill broker 1, which leads partition 0. Let thirty seconds pass: who leads it?',
      hints: [
        'As a rule another leader takes some twenty seconds.',
        'Right click on broker 1, Kill; then let time run.',
        'Kill broker 1',
      ],
      wrongTurns: {
        'autre-broker': 'That broker does not lead partition 0. Undo with `Ctrl` `Z`, and kill broker 1.',
        'majorite-revenue': 'ZooKeeper has its majority again: undo with `Ctrl` `Z`, and kill the broker before.',
      },
    },
    retablir: {
      text: 'Restart a ZooKeeper, and wait for another leader of partition 0.',
      hints: [
        'Two servers are enough to elect.',
        'Right click on a ZooKeeper that is down, Restart. Sessions get their whole time-out again.',
        'Restart ZooKeeper 1 and let twenty-five seconds pass',
      ],
      wrongTurns: {
        'pas-encore':
          'ZooKeeper serves again. It gives each session its whole time-out before it expires it: some twenty seconds more.',
      },
    },
  },
  questions: {
    'que-reste-t-il': {
      text: 'Two ZooKeepers of three die. What can still be done?',
      choices: {
        tout: {
          text: 'Everything',
          feedback: 'To create a topic is to write to ZooKeeper, and nobody can write there any more.',
        },
        rien: { text: 'Nothing', feedback: 'The leaders in place write, copy and serve without it.' },
        messages: {
          text: 'Write and read messages, but neither create a topic nor elect a leader',
          feedback: 'Messages go from the client to the leader; decisions pass through the controller and ZooKeeper.',
        },
      },
    },
    'et-les-paiements': {
      text: 'During this minute, what became of the payments?',
      choices: {
        arretes: { text: 'They stopped', feedback: 'Look at the reader: it never ceased to print.' },
        passent: {
          text: 'They passed, one a second',
          feedback: 'A failure of ZooKeeper hardly shows, until the next failure.',
        },
      },
    },
  },
  freePlay: [
    'Do it again with five ZooKeepers (sandbox): how many failures do they bear?',
    'Freeze the two servers instead of killing them: the outcome is the same.',
    'Without a majority, freeze a follower: the leader wants it out of the ISR, and cannot write that.',
  ],
};
