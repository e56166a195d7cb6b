/** The margin of the replication view in English. */
import type { Situation } from './situation.ts';
import type { ReplicationStoryWords } from './story.ts';

const brokers = (ids: readonly number[]): string =>
  ids.length === 1 ? `broker ${ids[0]}` : `brokers ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
const range = (from: number, to: number): string =>
  to - from === 1 ? `offset ${from}` : `offsets ${from} ${to - from === 2 ? 'and' : 'to'} ${to - 1}`;
const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');

function title(situation: Situation): string {
  switch (situation.kind) {
    case 'noLeader':
      return 'Nobody leads';
    case 'diverging': {
      const count = situation.to - situation.from;
      return count === 1 ? 'One record too many' : `${count} records too many`;
    }
    case 'underMinIsr':
      return 'Too few replicas in sync';
    case 'dead':
      return situation.brokers.length === 1 ? 'A replica is missing' : 'Replicas are missing';
    case 'outOfSync':
      return 'Out of the ISR';
    case 'copying':
      return 'The copy is under way';
    case 'alone':
      return 'One replica only';
    case 'empty':
      return 'Nothing to copy yet';
    case 'inSync':
      return 'All have all';
  }
}

function paragraphs(situation: Situation): readonly string[] {
  switch (situation.kind) {
    case 'noLeader':
      return [
        'Without a leader nobody can write to this partition or read it.',
        situation.isr.length === 0
          ? 'No replica is in the ISR.'
          : `Only a living member of the ISR can be elected without loss. The ISR on record is ${situation.isr.join(', ')}: restart ${brokers(situation.isr)}.`,
      ];
    case 'diverging':
      return [
        situation.isCut
          ? `Broker ${situation.broker} had written ${range(situation.from, situation.to)} in an earlier epoch, and nobody had copied them. It has just removed them.`
          : `Broker ${situation.broker} has ${range(situation.from, situation.to)}, written in an earlier epoch. The present leader, broker ${situation.leader}, does not have them.`,
        situation.from >= situation.highWatermark
          ? `A follower names its last epoch in its Fetch; the leader answers where that epoch ends in its own log, and the follower cuts there. Its HW had never passed ${situation.highWatermark}: no consumer has read what is cut.`
          : `Its HW was at ${situation.highWatermark}: consumers may have read what is cut. An unclean election allows this loss.`,
      ];
    case 'underMinIsr':
      return [
        `The ISR has ${situation.isrCount} ${situation.isrCount === 1 ? 'replica' : 'replicas'}, min.insync.replicas asks for ${situation.minInSyncReplicas}.`,
        'The leader refuses writes with acks=all (NotEnoughReplicas), and the HW does not move. Reads go on.',
      ];
    case 'dead':
      return [
        `${capital(brokers(situation.brokers))} ${situation.brokers.length === 1 ? 'does' : 'do'} not answer.`,
        situation.isInSync
          ? `Still in the ISR, ${situation.brokers.length === 1 ? 'it holds the HW back. The controller removes it when its session expires' : 'they hold the HW back. The controller removes them when their sessions expire'}, or the leader after ${situation.maxMs / 1000}\u00a0s without catching up (replica.lag.time.max.ms).`
          : situation.brokers.length === 1
            ? 'Out of the ISR, it holds the HW back no more: writes are committed without it.'
            : 'Out of the ISR, they hold the HW back no more: writes are committed without them.',
      ];
    case 'outOfSync':
      return [
        `${capital(brokers(situation.brokers))} ${isOrAre(situation.brokers.length)} alive but out of the ISR: behind, or not back yet.`,
        `To come back, a follower has to reach the leader’s HW, ${situation.highWatermark}. Out of the ISR, it cannot be elected without loss.`,
      ];
    case 'copying':
      return [
        `The leader has written up to ${situation.end}. ${capital(brokers(situation.brokers))} ${situation.brokers.length === 1 ? 'comes' : 'come'} for the rest: followers ask.`,
        `The leader learns where a follower is only from its next request. Until then the HW stays at ${situation.highWatermark}, and consumers see nothing beyond.`,
      ];
    case 'alone':
      return [
        'This partition has one replica: the HW follows the end of the log at once.',
        'If this broker goes down, the partition has no leader. If it loses its disk, the records are lost.',
      ];
    case 'empty':
      return [
        'Followers ask the leader for more; it keeps their request for up to 500\u00a0ms while it has nothing new.',
        'Write a record to see the copy leave.',
      ];
    case 'inSync':
      return [
        `Each member of the ISR has records 0 to ${situation.end - 1}, and the leader knows.`,
        'Followers keep asking for more. The leader keeps their request for up to 500\u00a0ms while it has nothing new: that is what proves that they follow.',
      ];
  }
}

export const replicationStoryEn: ReplicationStoryWords = {
  eyebrow: 'Replication',
  title,
  paragraphs,
  labels: {
    leader: 'Leader',
    isr: 'ISR',
    asked: 'ISR asked of the controller',
    minInSyncReplicas: 'min.insync.replicas',
    leaderEnd: 'LEO of the leader',
    knownEnd: (broker) => `LEO of broker ${broker}, known to the leader`,
    highWatermark: 'HW = the smallest known LEO of the ISR',
    waiting: 'acks=all waiting',
  },
  leaderIs: (broker, epoch) => `broker ${broker}, epoch ${epoch}`,
  none: 'none',
  unknown: 'unknown',
  waits: (requests, offset) => `${requests}, up to ${offset}`,
  trials: {
    nextFetch: (broker) => `One step: the next request of broker\u00a0${broker}`,
    pause: (broker, seconds) => `Pause broker\u00a0${broker} for more than ${seconds}\u00a0s`,
    resume: (broker) => `Wake broker\u00a0${broker}`,
    kill: (broker) => `Kill the leader, broker\u00a0${broker}`,
  },
};
