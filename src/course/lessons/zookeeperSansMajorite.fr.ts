/** Words of the lesson `zookeeperSansMajorite`, in French. */
import type { LessonText } from '../lesson.ts';

export const zookeeperSansMajoriteFr: LessonText = {
  title: 'Panne — ZooKeeper sans majorité',
  objective: 'Trier ce qui marche encore et ce qui attend.',
  reads: {
    'le-silence':
      'Trois ZooKeeper, trois brokers. Si deux ZooKeeper tombent, le troisième se tait\u00a0: seul, il ne peut pas savoir si les autres décident sans lui. Ce silence est la bonne réponse.',
    'deux-chemins':
      'Une caisse écrit un paiement par seconde, un lecteur les affiche. Leurs messages ne passent pas par ZooKeeper.',
  },
  tasks: {
    perdre: {
      text: 'Faites perdre sa majorité à ZooKeeper, puis demandez un topic, `secours`. Attendez la réponse de l’outil.',
      hints: [
        'Sur trois serveurs, deux font la majorité.',
        'Tuez deux ZooKeeper, puis `kafka-topics.sh --create`. L’outil attend une minute avant de renoncer.',
        `\`bin/kafka-topics.sh --create --topic secours --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'encore-une-majorite': 'Deux ZooKeeper tournent encore, et c’est une majorité\u00a0: tuez-en un autre.',
        avant: 'Le topic est créé\u00a0: ZooKeeper avait sa majorité. Annulez avec `Ctrl` `Z`, et tuez d’abord.',
        'en-attente':
          'L’outil attend\u00a0: le contrôleur ne peut rien inscrire dans ZooKeeper. Laissez passer une minute.',
        'sans-essayer': 'ZooKeeper se tait. Demandez maintenant un topic, pour voir.',
      },
    },
    'tuer-un-leader': {
      text: 'Dans cet état, tuez le broker 1, qui mène la partition 0. Laissez passer trente secondes\u00a0: qui la mène\u00a0?',
      hints: [
        'D’ordinaire, la relève prend une vingtaine de secondes.',
        'Clic droit sur le broker 1, Tuer\u00a0; puis laissez courir le temps.',
        'Tuez le broker 1',
      ],
      wrongTurns: {
        'autre-broker': 'Ce broker ne mène pas la partition 0. Annulez avec `Ctrl` `Z`, et tuez le broker 1.',
        'majorite-revenue': 'ZooKeeper a retrouvé sa majorité\u00a0: annulez avec `Ctrl` `Z`, et tuez le broker avant.',
      },
    },
    retablir: {
      text: 'Redémarrez un ZooKeeper, et attendez la relève de la partition 0.',
      hints: [
        'Deux serveurs suffisent à élire.',
        'Clic droit sur un ZooKeeper arrêté, Redémarrer. Les sessions reprennent leur délai entier.',
        'Redémarrez le ZooKeeper 1 et laissez passer vingt-cinq secondes',
      ],
      wrongTurns: {
        'pas-encore':
          'ZooKeeper sert de nouveau. Il laisse à chaque session son délai entier avant de l’expirer\u00a0: encore une vingtaine de secondes.',
      },
    },
  },
  questions: {
    'que-reste-t-il': {
      text: 'Deux ZooKeeper sur trois meurent. Que peut-on encore faire\u00a0?',
      choices: {
        tout: {
          text: 'Tout',
          feedback: 'Créer un topic demande d’écrire dans ZooKeeper, et personne ne peut plus y écrire.',
        },
        rien: { text: 'Rien', feedback: 'Les leaders en place écrivent, copient et servent sans lui.' },
        messages: {
          text: 'Écrire et lire des messages, mais ni créer un topic ni élire un leader',
          feedback:
            'Les messages vont du client au leader\u00a0; les décisions passent par le contrôleur et ZooKeeper.',
        },
      },
    },
    'et-les-paiements': {
      text: 'Pendant cette minute, que sont devenus les paiements\u00a0?',
      choices: {
        arretes: { text: 'Ils sont arrêtés', feedback: 'Regardez le lecteur\u00a0: il n’a pas cessé d’afficher.' },
        passent: {
          text: 'Ils sont passés, un par seconde',
          feedback: 'Une panne de ZooKeeper se voit peu, jusqu’à la panne suivante.',
        },
      },
    },
  },
  freePlay: [
    'Reprenez avec cinq ZooKeeper (bac à sable)\u00a0: combien de pannes supportent-ils\u00a0?',
    'Figez les deux serveurs au lieu de les tuer\u00a0: le résultat est le même.',
    'Sans majorité, figez un suiveur\u00a0: le leader veut l’ôter de l’ISR, et ne peut pas l’écrire.',
  ],
};
