/** The words of the frame of deep views in English. */
import type { DeepWords } from './deepWords.ts';

export const deepWordsEn: DeepWords = {
  views: 'Views',
  names: { cluster: 'Cluster', replication: 'Replication', groups: 'Groups', zookeeper: 'ZooKeeper' },
  margin: 'What is seen',
  toTry: 'To try',
  partition: 'Partition',
  group: 'Group',
  nothing: {
    replication: 'No partition at this instant.',
    groups: 'No group at this instant.',
    zookeeper: 'No ZooKeeper at this instant.',
  },
};
