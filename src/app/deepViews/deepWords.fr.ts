/** The words of the frame of deep views in French. */
import type { DeepWords } from './deepWords.ts';

export const deepWordsFr: DeepWords = {
  views: 'Vues',
  names: { cluster: 'Cluster', replication: 'Réplication' },
  margin: 'Ce que l’on voit',
  toTry: 'À essayer',
  partition: 'Partition',
  nothing: {
    replication: 'Aucune partition à cet instant.',
  },
};
