/** The words of the group view in English; the page adds how clients are called. */
import type { GroupWords } from './groupWords.ts';

const secondsText = (ms: number): string => `${(Math.max(0, Math.floor(ms / 100)) / 10).toFixed(1)}\u00a0s`;

export const groupWordsEn: Omit<GroupWords, 'client'> = {
  figure: (group) => `Group ${group}: its members, its partitions, who reads what`,
  figureKind: 'diagram',
  generation: (generation) => `Generation ${generation}`,
  nextGeneration: (generation) => `Towards generation ${generation}`,
  memberCount: (members) => `${members} ${members === 1 ? 'member' : 'members'}`,
  noMember: (days) => `No member · positions kept for ${days} days`,
  absent: 'absent',
  groupLeader: 'leader of the group',
  awaitsJoin: 'JoinGroup waits',
  awaitsSync: 'SyncGroup waits',
  session: (leftMs, ofMs) => `session: ${secondsText(leftMs)} left of ${Math.round(ofMs / 1000)}`,
  coordinator: 'Coordinator',
  coordinatorIs: (broker, partition) => `Coordinator: broker ${broker}, leader of __consumer_offsets-${partition}`,
  assignor: (name) => (name === null ? 'nothing assigned yet' : `assignor: ${name}`),
  rebalance: 'rebalance',
  changeHands: 'change hands',
  nothingMoved: 'nothing changes hands',
  whoReads: 'Who reads what',
  nobody: 'nobody reads',
  now: 'now',
  position: 'solid: committed · hollow: read',
  lag: (count) => (count === null ? '…' : count === 0 ? 'up to date' : `lag ${count}`),
  clock: (seconds) => `${seconds}\u00a0s`,
  member: ({ number, name, isLeader, partitions }) =>
    `Member ${number}, ${name}${isLeader ? ', leader of the group' : ''}, ${partitions.length === 0 ? 'no partition' : partitions.join(', ')}`,
  partition: ({ name, reader, committed, position, end, lag }) =>
    `${name}, ${reader === null ? 'nobody reads' : `read by ${reader}`}, committed ${committed ?? 'nothing'}, read up to ${position ?? 'unknown'}, end ${end ?? 'unknown'}, lag ${lag ?? 'unknown'}`,
  group: (group, state, generation) => `Group ${group}, ${state}, generation ${generation}`,
  table: {
    caption: (group) => `Partitions of group ${group}`,
    partition: 'Partition',
    member: 'Member',
    committed: 'Committed',
    position: 'Read up to',
    end: 'End (HW)',
    lag: 'Lag',
    none: 'nobody',
  },
};
