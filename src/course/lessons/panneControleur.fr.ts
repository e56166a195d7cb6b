/** Words of the lesson `panneControleur`, in French. */
import type { LessonText } from '../lesson.ts';

export const panneControleurFr: LessonText = {
  title: 'Panne — le contrôleur tombe',
  objective: 'Distinguer ce qui s’arrête, les décisions, de ce qui continue, les messages.',
  reads: {
    'une-charge-de-plus':
      'Le contrôleur est un broker comme un autre, avec une charge de plus\u00a0: il nomme les leaders et tient la liste des topics. Ici, c’est le broker 0.',
    'la-caisse':
      'Une caisse écrit un paiement par seconde dans `paiements`. Ses deux partitions vivent sur les brokers 1 et 2 seulement\u00a0: le broker 0 n’en porte aucune copie.',
  },
  tasks: {
    tuer: {
      text: 'Demandez à ZooKeeper qui est contrôleur, puis tuez ce broker.',
      hints: [
        'La réponse est dans un znode à la racine\u00a0; la figure permet de tuer.',
        '`get /controller`, puis clic droit sur le broker, Tuer.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller\`, puis tuez le broker 0`,
      ],
      wrongTurns: {
        'autre-broker': 'Ce broker n’était pas contrôleur. Annulez avec `Ctrl` `Z`, et tuez le broker 0.',
        'arret-propre':
          'Le broker 0 s’est arrêté proprement\u00a0: il a fermé sa session, et un autre l’a remplacé aussitôt. Annulez avec `Ctrl` `Z`, et tuez-le.',
        'sans-chercher': 'C’était bien lui. Demandez-le quand même à ZooKeeper\u00a0: son znode est encore là.',
      },
    },
    'sans-decision': {
      text: 'Avant que la relève n’arrive, demandez un nouveau topic\u00a0: `remboursements`.',
      hints: [
        'L’outil des topics, comme d’habitude. Adressez-vous à un broker vivant.',
        '`kafka-topics.sh --create`, par le port 9093.',
        `\`bin/kafka-topics.sh --create --topic remboursements --bootstrap-server localhost:9093\``,
      ],
      wrongTurns: {
        'autre-nom': 'Vous avez demandé un autre topic. Celui de la leçon s’appelle `remboursements`.',
        liste: 'Lister ne demande aucune décision\u00a0: n’importe quel broker répond. Créez un topic.',
      },
    },
    releve: {
      text: 'Laissez la session expirer. Puis lisez l’époque du nouveau contrôleur.',
      hints: [
        'La session du broker 0 expire 18 secondes après son dernier battement.',
        '`Maj` + `→` saute au prochain fait marqué\u00a0; l’époque est dans `/controller_epoch`.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller_epoch\``,
      ],
      wrongTurns: {
        'trop-tot':
          'Il n’y a pas encore de contrôleur\u00a0: ZooKeeper attend que la session expire. Laissez passer le temps.',
        'sans-verifier': 'Un nouveau contrôleur est élu. Lisez son époque dans `/controller_epoch`.',
      },
    },
  },
  questions: {
    'pendant-ce-temps': {
      text: 'Le contrôleur meurt. Pendant les secondes sans contrôleur, les partitions menées par les survivants\u00a0:',
      choices: {
        figees: {
          text: 'sont figées',
          feedback: 'Les leaders en place n’ont besoin de personne pour écrire, copier et servir.',
        },
        continuent: {
          text: 'continuent d’être écrites et lues',
          feedback:
            'Le contrôleur n’est pas sur le chemin des messages\u00a0: le lecteur affiche les paiements un par un.',
        },
      },
    },
    'a-quoi-sert-l-epoque': {
      text: 'À quoi sert l’époque du contrôleur\u00a0?',
      choices: {
        compter: {
          text: 'À compter les pannes',
          feedback: 'Elle augmente à chaque élection, mais ce n’est pas une statistique.',
        },
        fantome: {
          text: 'À refuser les ordres d’un ancien contrôleur',
          feedback:
            'Un contrôleur figé qui se réveille se croit encore aux commandes. Ses ordres portent l’ancienne époque\u00a0: les brokers les refusent.',
        },
      },
    },
  },
  freePlay: [
    'Figez le contrôleur au lieu de le tuer, attendez la relève, puis réveillez-le\u00a0: il renonce.',
    'Tuez un second broker pendant l’absence de contrôleur\u00a0: personne ne nomme de leader avant l’élection.',
    'Arrêtez le contrôleur proprement, et comparez la durée.',
  ],
};
