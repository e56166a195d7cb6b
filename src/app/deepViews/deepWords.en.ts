/** The words of the frame of deep views in English. */
import type { DeepWords } from './deepWords.ts';

export const deepWordsEn: DeepWords = {
  views: 'Views',
  names: { cluster: 'Cluster', replication: 'Replication' },
  margin: 'What is seen',
  toTry: 'To try',
  partition: 'Partition',
  nothing: {
    replication: 'No partition at this instant.',
  },
};
