/** Words of the lesson `isrQuiRetrecit`, in English. */
import type { LessonText } from '../lesson.ts';

export const isrQuiRetrecitEn: LessonText = {
  title: 'Failure — a follower lags',
  objective: 'Predict when the ISR shrinks and grows again, and what the high watermark does meanwhile.',
  reads: {
    'un-fil':
      'The topic `paiements` has one partition only. Broker 1 leads it, brokers 2 and 0 copy it. The till writes one payment a second, the reader prints them.\n\nWe are going to cut one wire: the one through which broker 2 fetches what is next.',
    'tout-l-isr': 'A record can be read once the whole ISR has copied it: the high watermark (HW) moves that far.',
    retard:
      'The leader does not wait for ever. A follower that has not caught up with the end of the log for 30 seconds (`replica.lag.time.max.ms`) is taken out of the ISR. The leader looks every 15 seconds. Then the HW moves on without it.',
  },
  tasks: {
    couper: {
      text: 'Cut the wire between the leader and broker 2, then wait until broker 2 leaves the ISR.',
      hints: [
        'The scissors are dragged onto the wire between broker 1 and broker 2; a right click on a broker gives its links, too.',
        'It takes 30 to 45 seconds. `Shift` + `→` jumps to the next marked fact, `]` goes faster.',
        'Right click on broker 2, Links, broker 1, Cut. Then let 45 seconds pass.',
      ],
      wrongTurns: {
        'broker-arrete':
          'A broker is stopped or suspended. Here all run, and only a wire is cut. Undo with `Ctrl` `Z`.',
        'entre-suiveurs': 'This wire joins two followers: they do not copy each other. Cut the one between 1 and 2.',
        controleur:
          'Broker 0 is the controller, too: without this wire the leader cannot have the ISR changed. Mend it and cut the one between 1 and 2.',
        'pas-encore': 'The wire is cut, and broker 2 is still in the ISR: the HW no longer moves. Let time pass.',
      },
    },
    reparer: {
      text: 'Mend the wire and wait until broker 2 is back in the ISR.',
      hints: [
        'As for cutting.',
        'Broker 2 first catches up with the end of the log, then the leader lets it in.',
        'Right click on broker 2, Links, broker 1, Mend',
      ],
      wrongTurns: { 'encore-coupe': 'The wire is still cut: mend it.' },
    },
  },
  questions: {
    'trente-secondes': {
      text: 'The wire between the leader and broker 2 is cut. What do readers see in the twenty seconds that follow?',
      choices: {
        tout: {
          text: 'Everything, as usual',
          feedback: 'The leader has written, but broker 2 is still in the ISR and has not copied: the HW is stuck.',
        },
        rien: {
          text: 'Nothing new any more',
          feedback: 'No reading, no `acks=all` answer: all wait for broker 2 as long as it is in the ISR.',
        },
        doubles: { text: 'Duplicates', feedback: 'No message is written twice: they wait.' },
      },
    },
    'broker-fige': {
      text: 'And if the whole broker 2 is suspended instead? When does it leave the ISR?',
      choices: {
        'meme-delai': {
          text: 'After the same delay, 30 to 45 seconds',
          feedback: 'Its ZooKeeper session expires before that, and the controller does not wait for the leader.',
        },
        'plus-tot': {
          text: 'Earlier, some twenty seconds at most',
          feedback:
            'Two delays run: the ZooKeeper session (18 s without a heartbeat) and the lag (30 s). The shorter one wins.',
        },
        jamais: {
          text: 'Never: it is not dead',
          feedback: 'A broker whose heart no longer beats is taken to be gone.',
        },
      },
    },
  },
  freePlay: [
    'Slow the wire down instead of cutting it: up to which latency does broker 2 stay in the ISR?',
    'Cut again, and open the view Replication: the HW stops below the end of the log (LEO).',
  ],
};
