/** Words of the lesson `elireEtVoter`, in English. */
import type { LessonText } from '../lesson.ts';

export const elireEtVoterEn: LessonText = {
  title: 'Electing a leader, voting by majority',
  objective: 'Predict when the ensemble still answers, and who handles reads and writes.',
  reads: {
    'un-leader':
      'Three ZooKeeper servers form an ensemble. One leads, the others follow. Each write goes to the leader, which has a majority approve it. A read is served by the server that you are connected to, followers included: it may be a moment old.',
    majorite:
      'A majority of three is two; of five, three. Below that, the ensemble says nothing rather than contradict itself. In an election each server votes for the one with the most recent history (`zxid`), then for the highest number.',
  },
  tasks: {
    'tuer-le-leader': {
      text: 'Find the leader, kill it, and wait for the next one.',
      hints: [
        'The filled pill in the figure is the leader. On the command line: the four letters `srvr`.',
        '`echo srvr | nc localhost 2183` answers `Mode: leader`. Then right click on that server, Kill.',
        'Kill server 3 and let a second pass',
      ],
      wrongTurns: {
        deux: 'Two servers are down: too few are left for an election. Undo with `Ctrl` `Z`.',
        'un-suiveur':
          'You killed a follower: the leader stays, and nothing has to be elected. Undo with `Ctrl` `Z`, and aim at the leader.',
      },
    },
    silence: {
      text: 'Kill a second server, then try to write: create the znode `/essai`.',
      hints: [
        'Two servers were left: just a majority.',
        'Kill one, then `create /essai bonjour` in `zookeeper-shell.sh`, connected to the server that is left.',
        `\`bin/zookeeper-shell.sh localhost:2181 create /essai bonjour\``,
      ],
      wrongTurns: {
        'sans-ecrire': 'There is no majority any more. Now try to write, to see what the ensemble answers.',
        'encore-deux': 'The write succeeded: two servers still run. Undo with `Ctrl` `Z`, kill one, then try again.',
      },
    },
    retour: {
      text: 'Restart a server, and create `/essai` for good.',
      hints: [
        'Two servers are enough.',
        'Right click on a server that is down, Restart; then the same command `create`.',
        `Restart server 2, then \`bin/zookeeper-shell.sh localhost:2181 create /essai bonjour\``,
      ],
      wrongTurns: {
        'sans-ecrire': 'The ensemble serves again. The znode `/essai` is not there yet: create it.',
        'sans-majorite': 'The ensemble still says nothing: it lacks a server.',
      },
    },
  },
  questions: {
    'sans-leader': {
      text: 'Three servers run. The leader dies. What does the ensemble do?',
      choices: {
        tait: { text: 'It says nothing until the leader is back', feedback: 'Two of three is still a majority.' },
        releve: {
          text: 'It elects another leader and goes on',
          feedback:
            'The other two lose their connection, vote, and agree within a few tenths of a second. The numbers of transactions begin another epoch.',
        },
        redemarrage: { text: 'It restarts the leader', feedback: 'Nobody restarts a process for you.' },
      },
    },
    quatre: {
      text: 'How many failures does an ensemble of four servers bear?',
      choices: {
        trois: { text: 'Three', feedback: 'One server alone is no majority of four.' },
        deux: { text: 'Two', feedback: 'The majority of four is three: two are not enough.' },
        une: {
          text: 'One',
          feedback: 'As many as three servers do. Hence odd numbers: the fourth protects from nothing.',
        },
      },
    },
    lecture: {
      text: 'A client connected to a follower reads a znode, right after a write that was confirmed to another client.',
      choices: {
        refuse: {
          text: 'It is refused: only the leader reads',
          feedback: 'Reads are local: each server answers with what it has.',
        },
        ancienne: {
          text: 'It may read the old value for a moment',
          feedback:
            'ZooKeeper vouches for the order of what you see, not for its freshness. The command `sync` asks for that.',
        },
        nouvelle: {
          text: 'It always reads the new one',
          feedback: 'A majority has written it; this follower may not be part of it.',
        },
      },
    },
  },
  freePlay: [
    'Cut the links of the leader with the scissors instead of killing it: the old one falls silent, the other two elect one.',
    'Open the ZooKeeper view during the election: the votes can be read there one by one.',
    'Try the sandbox with five ZooKeepers: how many failures does it bear?',
  ],
};
