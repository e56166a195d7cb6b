/** The words of the frame of deep views in French. */
import type { DeepWords } from './deepWords.ts';

export const deepWordsFr: DeepWords = {
  views: 'Vues',
  names: { cluster: 'Cluster', replication: 'Réplication', groups: 'Groupes', zookeeper: 'ZooKeeper' },
  margin: 'Ce que l’on voit',
  toTry: 'À essayer',
  partition: 'Partition',
  group: 'Groupe',
  nothing: {
    replication: 'Aucune partition à cet instant.',
    groups: 'Aucun groupe à cet instant.',
    zookeeper: 'Aucun ZooKeeper à cet instant.',
  },
};
