/** Words of the lesson `elireEtVoter`, in French. */
import type { LessonText } from '../lesson.ts';

export const elireEtVoterFr: LessonText = {
  title: 'Élire un chef, voter à la majorité',
  objective: 'Prédire quand l’ensemble répond encore, et qui traite lectures et écritures.',
  reads: {
    'un-leader':
      'Trois serveurs ZooKeeper forment un ensemble. L’un est leader, les autres suivent. Toute écriture va au leader, qui la fait approuver par une majorité. Une lecture est servie par le serveur auquel vous êtes relié, suiveur compris\u00a0: elle peut dater d’un instant.',
    majorite:
      'Une majorité de trois, c’est deux\u00a0; de cinq, trois. En dessous, l’ensemble se tait plutôt que de se contredire. Pour élire, chaque serveur vote pour celui qui a l’histoire la plus récente (`zxid`), puis pour le plus grand numéro.',
  },
  tasks: {
    'tuer-le-leader': {
      text: 'Trouvez le leader, tuez-le, et attendez le suivant.',
      hints: [
        'La pastille pleine, dans la figure, est le leader. En ligne de commande\u00a0: le mot de quatre lettres `srvr`.',
        '`echo srvr | nc localhost 2183` répond `Mode: leader`. Puis clic droit sur ce serveur, Tuer.',
        'Tuez le serveur 3 et laissez passer une seconde',
      ],
      wrongTurns: {
        deux: 'Deux serveurs sont tombés\u00a0: il n’en reste pas assez pour élire. Annulez avec `Ctrl` `Z`.',
        'un-suiveur':
          'Vous avez tué un suiveur\u00a0: le leader reste, et rien n’a besoin d’être élu. Annulez avec `Ctrl` `Z`, et visez le leader.',
      },
    },
    silence: {
      text: 'Tuez un deuxième serveur, puis essayez d’écrire\u00a0: créez le znode `/essai`.',
      hints: [
        'Il restait deux serveurs, c’est-à-dire tout juste une majorité.',
        'Tuez-en un, puis `create /essai bonjour` dans `zookeeper-shell.sh`, relié au serveur qui reste.',
        `\`bin/zookeeper-shell.sh localhost:2181 create /essai bonjour\``,
      ],
      wrongTurns: {
        'sans-ecrire': 'Il n’y a plus de majorité. Essayez maintenant d’écrire, pour voir ce que répond l’ensemble.',
        'encore-deux':
          'L’écriture a réussi\u00a0: deux serveurs tournent encore. Annulez avec `Ctrl` `Z`, tuez-en un, puis recommencez.',
      },
    },
    retour: {
      text: 'Redémarrez un serveur, et créez `/essai` pour de bon.',
      hints: [
        'Deux serveurs suffisent.',
        'Clic droit sur un serveur arrêté, Redémarrer\u00a0; puis la même commande `create`.',
        `Redémarrez le serveur 2, puis \`bin/zookeeper-shell.sh localhost:2181 create /essai bonjour\``,
      ],
      wrongTurns: {
        'sans-ecrire': 'L’ensemble sert de nouveau. Le znode `/essai` n’existe pas encore\u00a0: créez-le.',
        'sans-majorite': 'L’ensemble se tait encore\u00a0: il lui manque un serveur.',
      },
    },
  },
  questions: {
    'sans-leader': {
      text: 'Trois serveurs tournent. Le leader meurt. Que fait l’ensemble\u00a0?',
      choices: {
        tait: { text: 'Il se tait jusqu’à son retour', feedback: 'Deux sur trois, c’est encore une majorité.' },
        releve: {
          text: 'Il élit un autre leader et continue',
          feedback:
            'Les deux autres perdent leur connexion, votent, et s’accordent en quelques dixièmes de seconde. Les numéros de transaction changent d’époque.',
        },
        redemarrage: {
          text: 'Il redémarre le leader',
          feedback: 'Personne ne redémarre un processus à votre place.',
        },
      },
    },
    quatre: {
      text: 'Combien de pannes supporte un ensemble de quatre serveurs\u00a0?',
      choices: {
        trois: { text: 'Trois', feedback: 'Un serveur seul ne fait pas la majorité de quatre.' },
        deux: { text: 'Deux', feedback: 'La majorité de quatre est trois\u00a0: deux ne suffisent pas.' },
        une: {
          text: 'Une',
          feedback: 'Autant qu’à trois. D’où les nombres impairs\u00a0: le quatrième ne protège de rien.',
        },
      },
    },
    lecture: {
      text: 'Un client relié à un suiveur lit un znode, juste après une écriture confirmée à un autre client.',
      choices: {
        refuse: {
          text: 'Il est refusé\u00a0: seul le leader lit',
          feedback: 'Les lectures sont locales\u00a0: chaque serveur répond avec ce qu’il a.',
        },
        ancienne: {
          text: 'Il peut lire l’ancienne valeur, un instant',
          feedback: 'ZooKeeper garantit l’ordre de ce que vous voyez, pas sa fraîcheur. La commande `sync` la demande.',
        },
        nouvelle: {
          text: 'Il lit forcément la nouvelle',
          feedback: 'Une majorité l’a écrite\u00a0; ce suiveur n’en est peut-être pas.',
        },
      },
    },
  },
  freePlay: [
    'Coupez au ciseau les liens du leader au lieu de le tuer\u00a0: l’ancien se tait, les deux autres en élisent un.',
    'Ouvrez la vue ZooKeeper pendant l’élection\u00a0: les votes s’y lisent un par un.',
    'Essayez le bac à sable à cinq ZooKeeper\u00a0: combien de pannes supporte-t-il\u00a0?',
  ],
};
