/** Words of the lesson `lArbreDesZnodes`, in English. */
import type { LessonText } from '../lesson.ts';

export const lArbreDesZnodesEn: LessonText = {
  title: 'The tree of znodes',
  objective: 'Walk through the tree, tell persistent, ephemeral and sequential znodes apart, set a watch.',
  reads: {
    'un-petit-arbre':
      'ZooKeeper keeps a small tree that all its clients share. Each node, a znode, holds data (less than a megabyte) and may have children. A path names it, as it names a file.',
    'quatre-ingredients':
      'ZooKeeper offers neither locks nor queues ready-made. It offers four ingredients: the persistent znode, the ephemeral one, the sequential one, and the watch. Locks, queues and elections are cooked with them.',
  },
  tasks: {
    lister: {
      text: 'Open a ZooKeeper session in the terminal Session 1, and list the root.',
      hints: [
        'A tool of the folder `bin` opens an interactive session; it wants an address.',
        '`zookeeper-shell.sh localhost:2181`, then `ls /`. The tool shows no prompt.',
        `\`bin/zookeeper-shell.sh localhost:2181\`, then \`ls /\``,
      ],
      wrongTurns: {
        'sans-chemin': 'The session is open, without a prompt: type `ls /` and press Enter.',
        'sans-adresse': 'The tool wants the address of a server: `localhost:2181`.',
      },
    },
    creer: {
      text: 'Create `/atelier`, persistent, then `/atelier/moi`, ephemeral.',
      hints: [
        'The command is `create`, followed by the path and the data.',
        'The option `-e` makes the znode ephemeral.',
        '`create /atelier bonjour`, then `create -e /atelier/moi ici`',
      ],
      wrongTurns: {
        'atelier-ephemere':
          '`/atelier` is ephemeral: it will have no children. Delete it (`delete /atelier`) and create it without `-e`.',
        durable: '`/atelier/moi` is persistent. Delete it, then create it with `-e`.',
        'sans-parent': 'A znode needs its parent: create `/atelier` first.',
      },
    },
    fermer: {
      text: 'Close this session with `quit`, then list `/atelier` from the other terminal.',
      hints: [
        '`quit` closes cleanly: the session ends at once.',
        'In Session 2, open a session and ask `ls /atelier`.',
        '`quit`, then in the other terminal `bin/zookeeper-shell.sh localhost:2181` and `ls /atelier`',
      ],
      wrongTurns: {
        'a-la-main': 'You deleted it yourself. Undo with `Ctrl` `Z`, and close the session instead.',
        'encore-la': 'Session 1 is still open, and its znode with it. Type `quit` in Session 1.',
        'sans-verifier': 'The ephemeral one is gone. Check it from Session 2, with `ls /atelier`.',
      },
    },
    surveiller: {
      text: 'From Session 2, read `/atelier` and set a watch on it. Then change its value from Session 1.',
      hints: [
        '`get` takes an option for watching; `set` changes the value.',
        '`get -w /atelier`, then elsewhere `set /atelier salut`.',
        'In Session 2 `get -w /atelier`, in Session 1 `bin/zookeeper-shell.sh localhost:2181 set /atelier salut`',
      ],
      wrongTurns: {
        'pas-de-changement':
          'The watch is set for this session, and nothing has changed since. Keep the session open, and change the value from elsewhere.',
        'sans-surveillance': 'The value has changed, and nobody watched it. Set `get -w /atelier` first.',
      },
    },
  },
  questions: {
    'que-reste-t-il': {
      text: 'You close session 1. What is left?',
      choices: {
        rien: { text: 'Nothing', feedback: '`/atelier` is persistent: it depends on no session.' },
        tout: { text: 'Everything', feedback: 'An ephemeral znode lives and dies with the session that created it.' },
        atelier: {
          text: '/atelier alone',
          feedback: 'This is how Kafka learns that a broker is gone: its znode disappears.',
        },
      },
    },
    'deuxieme-fois': {
      text: 'Change the value a second time. Is Session 2 told?',
      choices: {
        encore: { text: 'Yes, at each change', feedback: 'A watch set by `get -w` serves only once.' },
        'une-fois': {
          text: 'No, only once',
          feedback: 'It tells, then it is gone. Who wants more reads again, and sets it anew: so does Kafka.',
        },
      },
    },
  },
  freePlay: [
    'Try `create -e /atelier/moi/enfant`: an ephemeral znode has no children.',
    'Three times `create -s -e /atelier/ticket- moi`: the numbers follow each other, and the smallest holds the lock.',
    'Kill a session instead of closing it: its ephemeral znode stays until it expires, thirty seconds later.',
  ],
};
