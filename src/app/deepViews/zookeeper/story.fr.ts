/** The margin of the view of ZooKeeper in French. */
import type { ZooKeeperSituation, ZooKeeperStoryWords } from './story.ts';

function title(situation: ZooKeeperSituation): string {
  switch (situation.kind) {
    case 'standalone':
      return 'Ce que Kafka confie à ZooKeeper';
    case 'down':
      return 'ZooKeeper est arrêté';
    case 'noQuorum':
      return situation.isElecting ? 'L’ensemble élit un leader' : 'Pas de quorum';
    case 'quorum':
      return situation.seated === situation.size
        ? 'Un leader, une majorité'
        : `${situation.seated} voix sur ${situation.size} suffisent`;
  }
}

const tree =
  'Chaque broker y tient un znode éphémère, /brokers/ids\u00a0: il disparaît quand sa session expire. Le premier à créer /controller est contrôleur\u00a0; un watch prévient les autres quand il disparaît.';

function paragraphs(situation: ZooKeeperSituation): readonly string[] {
  switch (situation.kind) {
    case 'standalone':
      return [
        tree,
        'Ce serveur est seul\u00a0: s’il s’arrête, plus rien ne change dans le cluster, ni leader, ni ISR, ni topic.',
      ];
    case 'down':
      return [
        'Les brokers gardent leurs leaders et continuent de servir lectures et écritures.',
        'Mais aucune panne ne peut plus être constatée, aucun leader élu, aucun topic créé.',
      ];
    case 'noQuorum':
      return [
        situation.isElecting
          ? 'Chacun vote d’abord pour soi, puis pour le meilleur vote qu’il reçoit\u00a0: plus grande époque, sinon plus grand zxid, sinon plus grand numéro. Un vote que partage la majorité gagne s’il n’en vient pas de meilleur en 200\u00a0ms.'
          : `${situation.alive} ${situation.alive < 2 ? 'serveur vit' : 'serveurs vivent'} sur ${situation.size}\u00a0: il en faut plus de la moitié pour élire et pour écrire.`,
        'Pendant ce temps, aucun znode ne change. Les brokers continuent de servir lectures et écritures.',
      ];
    case 'quorum':
      return [
        `Chaque écriture passe par zk-${situation.leader}\u00a0: il la propose, et la valide dès que plus de la moitié l’ont sur disque.`,
        tree,
      ];
  }
}

export const zooKeeperStoryFr: ZooKeeperStoryWords = {
  eyebrow: 'ZooKeeper',
  title,
  paragraphs,
  labels: {
    quorum: 'Quorum',
    leader: 'Leader',
    epoch: 'Époque',
    zxid: 'Dernier zxid',
    watches: 'Watches sur les znodes montrés',
    sessions: 'Sessions',
    controller: 'Contrôleur',
  },
  quorum: (seated, size) => `${seated} sur ${size}`,
  server: (server) => `zk-${server}`,
  none: 'aucun',
  trials: {
    kill: (server) => `Tuer zk-${server}\u00a0: qui mène ensuite\u00a0?`,
    pauseController: (broker) => `Suspendre le contrôleur, broker\u00a0${broker}\u00a0: sa session expire`,
    nextPing: 'Un pas\u00a0: le prochain battement d’une session',
  },
};
