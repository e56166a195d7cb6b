/** The words of the time bar in English. */
import type { TimeBarWords } from './words.ts';

export const timeBarWordsEn: TimeBarWords = {
  region: 'Simulated time',
  play: 'Play (Space)',
  pause: 'Pause (Space)',
  stepForward: 'One step on (→)',
  stepBack: 'One step back (←)',
  nextMarked: 'To the next marked fact (Shift →)',
  previousMarked: 'To the previous marked fact (Shift ←)',
  clocks: 'Simulated time since the session began; below, the time of the simulated machine, as in its logs',
  machineTime: (time) => `machine ${time}`,
  scrubber: 'Instant shown',
  instant: (at, end, lastMarked) =>
    `${at}, known up to ${end}${lastMarked === null ? '' : `. Last marked fact: ${lastMarked}`}`,
  showAll: 'All the time',
  marksHere: (count) => `${count} marked facts here`,
  bookmark: 'Set a bookmark (M)',
  bookmarkAt: (clock) => `Bookmark at ${clock}`,
  speed: 'Speed',
  automatic: 'auto',
  automaticTitle: 'Automatic speed: slow while your messages fly, real otherwise',
  spokenSpeed: (speed, isAutomatic) => (isAutomatic ? `automatic, at present ${speed}` : speed),
  timesFaster: (times) => `${times} times faster`,
  timesSlower: (times) => `${times} times slower`,
  realSpeed: 'real speed',
  branches: 'Branches',
  branch: (id) => `Branch ${id}`,
  branchUntil: (id, endClock) => `Branch ${id}, known up to ${endClock}`,
  labels: {
    zookeeperServing: () => 'ZooKeeper ready',
    brokerStarted: ({ broker }) => `broker ${broker} ready`,
    topicCreated: ({ topic }) => `${topic} created`,
    topicDeleted: ({ topic }) => `${topic} deleted`,
    controllerElected: ({ broker }) => `controller: ${broker}`,
    leaderElected: ({ partition, leader }) =>
      leader < 0 ? `P${partition}: no leader` : `P${partition}: broker ${leader}`,
    isrShrunk: ({ partition, isr }) => `ISR P${partition}: ${isr.join(', ')}`,
    isrExpanded: ({ partition, isr }) => `ISR P${partition}: ${isr.join(', ')}`,
    zookeeperElected: ({ server }) => `zk ${server} elected`,
    quorumLost: () => 'quorum lost',
    groupStateChanged: ({ group, to, generationId }) =>
      to === 'Stable' ? `${group}: gen. ${generationId}` : `${group}: rebalance`,
    sessionExpired: () => 'session expired',
    logDirFailed: ({ broker }) => `broker ${broker}: directory lost`,
    logTruncated: ({ partition, to }) => `P${partition} truncated to ${to}`,
  },
};
