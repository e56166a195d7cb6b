/** The words of the table of the cluster in French. */
import type { TableWords } from './tableWords.ts';

export const tableWordsFr: TableWords = {
  partitions: 'Partitions',
  groups: 'Groupes de consommateurs',
  topic: 'Topic',
  partition: 'Partition',
  leader: 'Leader',
  leaderEpoch: 'Époque',
  replicas: 'Réplicas',
  isr: 'ISR',
  highWatermark: (broker) => `HW broker ${broker}`,
  logEndOffset: (broker) => `LEO broker ${broker}`,
  group: 'Groupe',
  state: 'État',
  member: 'Membre',
  committed: 'Position validée',
  end: 'Fin',
  lag: 'Retard',
  none: 'aucun',
  noTopic: 'Aucun topic.',
  noGroup: 'Aucun groupe.',
  internal: 'interne',
};
