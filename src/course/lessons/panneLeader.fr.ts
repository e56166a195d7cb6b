/** Words of the lesson `panneLeader`, in French. */
import type { LessonText } from '../lesson.ts';

export const panneLeaderFr: LessonText = {
  title: 'Panne — le leader tombe',
  objective: 'Prédire le nouveau leader, la durée de la panne et ce que deviennent les messages.',
  reads: {
    'la-caisse':
      'Une caisse écrit un paiement par seconde dans `paiements` ; un lecteur les affiche. Le topic a trois partitions, copiées sur les trois brokers. Le broker 1 mène la partition 0.',
    'qui-decide':
      'Quand un leader disparaît, les réplicas ne votent pas. Chaque broker tient une session ouverte avec ZooKeeper. Quand elle expire, le contrôleur l’apprend : il prend la liste des réplicas dans l’ordre, et nomme leader le premier qui est vivant et dans l’ISR. L’époque du leader augmente de un.',
  },
  tasks: {
    tuer: {
      text: 'Décrivez `paiements`, tuez le leader de la partition 0, puis attendez la relève.',
      hints: [
        'L’outil des topics dit qui est leader ; la figure permet de tuer.',
        'Clic droit sur le broker 1, Tuer. Puis `Maj` + `→` saute au prochain fait marqué.',
        '`bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092`, puis tuez le broker 1 et laissez passer vingt secondes',
      ],
      wrongTurns: {
        'arret-propre':
          'Le broker 1 s’est arrêté proprement : il a rendu ses partitions avant de partir. Annulez avec `Ctrl` `Z`, et tuez-le.',
        'autre-broker':
          'Le broker arrêté n’est pas le leader de la partition 0. Annulez avec `Ctrl` `Z`, et tuez le broker 1.',
        'pas-encore':
          'Le broker 1 est mort, et reste leader aux yeux du contrôleur : sa session ZooKeeper n’a pas encore expiré. Laissez passer le temps.',
      },
    },
    rendre: {
      text: 'Redémarrez le broker 1, attendez que l’ISR soit complet, puis rendez-lui la partition 0.',
      hints: [
        'Clic droit sur le broker 1, Redémarrer : il revient suiveur.',
        'L’outil `kafka-leader-election.sh`, avec `--election-type preferred`.',
        '`bin/kafka-leader-election.sh --election-type preferred --topic paiements --partition 0 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        echec:
          'L’élection a échoué : lisez l’erreur. Le leader préféré doit être vivant et dans l’ISR, et l’outil veut le topic et la partition.',
        'non-propre':
          'Une élection non propre sert quand il n’y a plus de leader du tout. Demandez `--election-type preferred`.',
        'revenu-suiveur':
          'Le broker 1 est revenu dans l’ISR, comme suiveur. Il ne reprend pas sa place tout seul : lancez `kafka-leader-election.sh`.',
      },
    },
  },
  questions: {
    'nouveau-leader': {
      text: 'Partition 0. Réplicas : 1, 2, 0, tous dans l’ISR. Le leader, le broker 1, meurt. Qui devient leader ?',
      choices: {
        zero: {
          text: 'Le broker 0, le plus petit numéro',
          feedback: 'L’ordre qui compte est celui des réplicas : 1, 2, 0.',
        },
        deux: {
          text: 'Le broker 2',
          feedback: 'C’est le premier réplica vivant et synchrone de la liste 1, 2, 0.',
        },
        vote: {
          text: 'Celui qui a le plus de messages, après un vote',
          feedback: 'Les réplicas ne votent pas : le contrôleur décide, et l’ISR garantit déjà les copies.',
        },
      },
    },
    duree: {
      text: 'Combien de temps la partition 0 reste-t-elle sans leader vivant, avec les réglages livrés ?',
      choices: {
        aussitot: {
          text: 'Moins de cinq secondes',
          feedback: 'La connexion se ferme tout de suite, mais ZooKeeper n’écoute que la session.',
        },
        vingtaine: {
          text: 'Une vingtaine de secondes au plus',
          feedback:
            'La session expire 18 secondes après le dernier battement, au tic suivant de ZooKeeper : de 12 à 21 secondes après la mort. La nomination prend ensuite quelques centièmes de seconde.',
        },
        trente: {
          text: 'Trente secondes ou plus',
          feedback: 'Trente secondes est un autre délai : celui d’un suiveur en retard, `replica.lag.time.max.ms`.',
        },
      },
    },
    'pendant-la-panne': {
      text: 'Pendant la panne, la caisse a continué. Regardez le lecteur : que sont devenus ces paiements ?',
      choices: {
        perdus: {
          text: 'Ils sont perdus',
          feedback: 'Le producer garde ce qui n’est pas acquitté, et le renvoie au nouveau leader.',
        },
        'en-attente': {
          text: 'Ils ont attendu, puis sont tous arrivés',
          feedback:
            'Ceux des autres partitions aussi : avec `acks=all`, il manquait l’accord du broker 1, encore dans leur ISR.',
        },
        doubles: {
          text: 'Ils sont arrivés deux fois',
          feedback: 'Le producer est idempotent : un renvoi porte le même numéro, et le broker le reconnaît.',
        },
      },
    },
  },
  freePlay: [
    'Comparez avec un arrêt propre (Arrêter) : la relève est faite avant que le broker ne parte.',
    'Tuez le broker 1 et redémarrez-le avant dix-huit secondes : il renonce, son ancien znode est encore là.',
    'Au lieu de rendre la partition 0, laissez faire : le contrôleur rééquilibre les leaders toutes les cinq minutes.',
  ],
};
