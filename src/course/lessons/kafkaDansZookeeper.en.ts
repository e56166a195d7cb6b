/** Words of the lesson `kafkaDansZookeeper`, in English. */
import type { LessonText } from '../lesson.ts';

export const kafkaDansZookeeperEn: LessonText = {
  title: 'What Kafka keeps in ZooKeeper',
  objective: 'Find in the tree the living brokers, the controller, the leader and the ISR of a partition.',
  reads: {
    'qui-vit':
      'Each living broker holds an ephemeral znode under `/brokers/ids`. The first one that succeeds in creating `/controller` becomes the controller: it names the leaders of partitions, and writes them here.',
    'ce-qui-n-y-est-pas':
      'Messages never pass through ZooKeeper. Kafka 3.9 is the last version that can use it; this mode has been deprecated since 3.5.',
  },
  tasks: {
    controleur: {
      text: 'Who is the controller? Ask ZooKeeper.',
      hints: [
        'A znode at the root has its name.',
        '`zookeeper-shell.sh` takes a command after the address: `get` reads a znode.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller\``,
      ],
      wrongTurns: {
        liste: '`ls` shows children, and `/controller` has none. For its value, ask `get`.',
        epoque: 'That is the epoch of the controller, not its name. The name is in `/controller`.',
      },
    },
    etat: {
      text: 'Read the state of partition 0 of `paiements`: its leader, its ISR, their epochs.',
      hints: [
        'Under `/brokers/topics` there is a znode for each topic, then one for each partition.',
        'The state is at the very end: `…/partitions/0/state`.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /brokers/topics/paiements/partitions/0/state\``,
      ],
      wrongTurns: {
        affectation:
          'That is the assignment: who has to hold a copy. Who leads and who is in the ISR is in `partitions/0/state`.',
        'pas-jusqu-au-bout': 'This znode is empty: it only holds others. Add `/state`.',
      },
    },
    'le-faire': {
      text: 'Delete `/controller`, then read the epoch of the controller.',
      hints: [
        'ZooKeeper’s shell can delete a znode. The epoch is a znode beside it.',
        '`delete`, then `get /controller_epoch`.',
        `\`bin/zookeeper-shell.sh localhost:2181 delete /controller\`, then \`… get /controller_epoch\``,
      ],
      wrongTurns: {
        'sans-comparer':
          'The znode is deleted, and there again already. Now compare the epoch: `get /controller_epoch`.',
        'autre-znode':
          'You aimed at `/controller_epoch`, which names nobody. Undo with `Ctrl` `Z`, and delete `/controller`.',
      },
    },
  },
  questions: {
    offsets: {
      text: 'And the committed positions of groups: where does Kafka 3.9 keep them?',
      choices: {
        la: {
          text: 'In ZooKeeper, under /consumers',
          feedback: '`/consumers` is still there, empty. Groups left ZooKeeper with Kafka 0.9.',
        },
        topic: {
          text: 'In a topic, __consumer_offsets',
          feedback: 'A topic like any other, compacted and replicated. ZooKeeper only keeps its description.',
        },
      },
    },
    supprimer: {
      text: 'You delete the znode `/controller` by hand. What does the cluster do?',
      choices: {
        arret: { text: 'It stops', feedback: 'The leaders in place go on serving messages.' },
        rien: { text: 'Nothing', feedback: 'Brokers watch this znode: they are all told when it goes.' },
        course: {
          text: 'A broker makes it again and becomes the controller',
          feedback: 'All run, one alone succeeds in creating it; the epoch of the controller goes up by one.',
        },
      },
    },
  },
  freePlay: [
    'Compare `stat /controller` (the field `ephemeralOwner`) with `stat /brokers/ids/0`: the same session, the same broker.',
    'Open the ZooKeeper view, kill a broker, and see its znode go when the session expires.',
    'Never delete `/controller` on a real cluster; here it is what the lesson is about.',
  ],
};
