/** Words of the lesson `panneControleur`, in English. */
import type { LessonText } from '../lesson.ts';

export const panneControleurEn: LessonText = {
  title: 'Failure — the controller dies',
  objective: 'Tell apart what stops, decisions, from what goes on, messages.',
  reads: {
    'une-charge-de-plus':
      'The controller is a broker like any other, with one more duty: it names leaders and keeps the list of topics. Here it is broker 0.',
    'la-caisse':
      'A till writes one payment a second to `paiements`. Its two partitions live on brokers 1 and 2 alone: broker 0 has no copy of them.',
  },
  tasks: {
    tuer: {
      text: 'Ask ZooKeeper who the controller is, then kill that broker.',
      hints: [
        'The answer is in a znode at the root; the figure lets you kill.',
        '`get /controller`, then right click on the broker, Kill.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller\`, then kill broker 0`,
      ],
      wrongTurns: {
        'autre-broker': 'That broker was not the controller. Undo with `Ctrl` `Z`, and kill broker 0.',
        'arret-propre':
          'Broker 0 stopped cleanly: it closed its session, and another one took over at once. Undo with `Ctrl` `Z`, and kill it.',
        'sans-chercher': 'It was the right one. Ask ZooKeeper all the same: its znode is still there.',
      },
    },
    'sans-decision': {
      text: 'Before another one takes over, ask for a new topic: `remboursements`.',
      hints: [
        'The tool of topics, as usual. Turn to a broker that lives.',
        '`kafka-topics.sh --create`, by port 9093.',
        `\`bin/kafka-topics.sh --create --topic remboursements --bootstrap-server localhost:9093\``,
      ],
      wrongTurns: {
        'autre-nom': 'You asked for another topic. The one of this lesson is called `remboursements`.',
        liste: 'Listing needs no decision: any broker answers. Create a topic.',
      },
    },
    releve: {
      text: 'Let the session expire. Then read the epoch of the new controller.',
      hints: [
        'The session of broker 0 expires 18 seconds after its last heartbeat.',
        '`Shift` + `→` jumps to the next marked fact; the epoch is in `/controller_epoch`.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller_epoch\``,
      ],
      wrongTurns: {
        'trop-tot': 'There is no controller yet: ZooKeeper waits for the session to expire. Let time pass.',
        'sans-verifier': 'A new controller is elected. Read its epoch in `/controller_epoch`.',
      },
    },
  },
  questions: {
    'pendant-ce-temps': {
      text: 'The controller dies. During the seconds without a controller, the partitions that survivors lead:',
      choices: {
        figees: {
          text: 'are frozen',
          feedback: 'The leaders in place need nobody to write, copy and serve.',
        },
        continuent: {
          text: 'go on being written and read',
          feedback: 'The controller is not on the path of messages: the reader prints the payments one by one.',
        },
      },
    },
    'a-quoi-sert-l-epoque': {
      text: 'What is the epoch of the controller for?',
      choices: {
        compter: {
          text: 'To count failures',
          feedback: 'It goes up at each election, but it is not a statistic.',
        },
        fantome: {
          text: 'To refuse the orders of a former controller',
          feedback:
            'A frozen controller that wakes up believes that it is still in charge. Its orders have the old epoch: brokers refuse them.',
        },
      },
    },
  },
  freePlay: [
    'Freeze the controller instead of killing it, wait for another one, then wake it up: it resigns.',
    'Kill a second broker while there is no controller: nobody names a leader before the election.',
    'Stop the controller cleanly, and compare how long it takes.',
  ],
};
