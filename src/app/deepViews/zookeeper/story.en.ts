/** The margin of the view of ZooKeeper in English. */
import type { ZooKeeperSituation, ZooKeeperStoryWords } from './story.ts';

function title(situation: ZooKeeperSituation): string {
  switch (situation.kind) {
    case 'standalone':
      return 'What Kafka entrusts to ZooKeeper';
    case 'down':
      return 'ZooKeeper is stopped';
    case 'noQuorum':
      return situation.isElecting ? 'The ensemble elects a leader' : 'No quorum';
    case 'quorum':
      return situation.seated === situation.size
        ? 'A leader, a majority'
        : `${situation.seated} votes of ${situation.size} are enough`;
  }
}

const tree =
  'Each broker keeps an ephemeral znode there, in /brokers/ids: it goes when the session expires. The first to create /controller is the controller; a watch tells the others when it goes.';

function paragraphs(situation: ZooKeeperSituation): readonly string[] {
  switch (situation.kind) {
    case 'standalone':
      return [
        tree,
        'This server is alone: if it stops, nothing changes in the cluster any more, no leader, no ISR, no topic.',
      ];
    case 'down':
      return [
        'Brokers keep their leaders, and go on serving reads and writes.',
        'But no failure can be noticed any more, no leader elected, no topic created.',
      ];
    case 'noQuorum':
      return [
        situation.isElecting
          ? 'Each votes for itself first, then for the best vote that it receives: greatest epoch, else greatest zxid, else greatest number. A vote that the majority shares wins unless a better one comes within 200\u00a0ms.'
          : `${situation.alive} ${situation.alive === 1 ? 'server is' : 'servers are'} alive of ${situation.size}: more than half are needed to elect and to write.`,
        'Meanwhile no znode changes. Brokers go on serving reads and writes.',
      ];
    case 'quorum':
      return [
        `Every write goes through zk-${situation.leader}: it proposes it, and commits it as soon as more than half have it on disk.`,
        tree,
      ];
  }
}

export const zooKeeperStoryEn: ZooKeeperStoryWords = {
  eyebrow: 'ZooKeeper',
  title,
  paragraphs,
  labels: {
    quorum: 'Quorum',
    leader: 'Leader',
    epoch: 'Epoch',
    zxid: 'Last zxid',
    watches: 'Watches on the znodes shown',
    sessions: 'Sessions',
    controller: 'Controller',
  },
  quorum: (seated, size) => `${seated} of ${size}`,
  server: (server) => `zk-${server}`,
  none: 'none',
  trials: {
    kill: (server) => `Kill zk-${server}: who leads then?`,
    pauseController: (broker) => `Pause the controller, broker\u00a0${broker}: its session expires`,
    nextPing: 'One step: the next heartbeat of a session',
  },
};
