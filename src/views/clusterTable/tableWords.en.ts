/** The words of the table of the cluster in English. */
import type { TableWords } from './tableWords.ts';

export const tableWordsEn: TableWords = {
  partitions: 'Partitions',
  groups: 'Consumer groups',
  topic: 'Topic',
  partition: 'Partition',
  leader: 'Leader',
  leaderEpoch: 'Epoch',
  replicas: 'Replicas',
  isr: 'ISR',
  highWatermark: (broker) => `HW broker ${broker}`,
  logEndOffset: (broker) => `LEO broker ${broker}`,
  group: 'Group',
  state: 'State',
  member: 'Member',
  committed: 'Committed',
  end: 'End',
  lag: 'Lag',
  none: 'none',
  noTopic: 'No topic.',
  noGroup: 'No group.',
  internal: 'internal',
};
