/** Words of the lesson `tpTopic`, in French. */
import type { LessonText } from '../lesson.ts';

export const tpTopicFr: LessonText = {
  title: 'TP 3 — Créer un topic',
  objective: 'Créer `vive-le-ca`, le décrire et lire chaque colonne.',
  reads: {
    'une-ligne':
      'Un topic se crée en une ligne ; sans précision, il a une partition et une copie. La description dit tout le reste.',
  },
  tasks: {
    creer: {
      text: 'Créez le topic `vive-le-ca`.',
      hints: [
        'L’action s’appelle `--create`.',
        'Ajoutez `--topic` et `--bootstrap-server`.',
        '`bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'autre-taille':
          'Le topic existe, mais pas avec une partition et une copie. Supprimez-le (`--delete`) et recommencez.',
        'sans-adresse': 'L’outil ne sait pas à qui parler : ajoutez `--bootstrap-server localhost:9092`.',
        'autre-nom': 'Un topic est créé, mais sous un autre nom. Celui du cours est `vive-le-ca`.',
      },
    },
    decrire: {
      text: 'Décrivez-le.',
      hints: [
        'L’action s’appelle `--describe`.',
        'Même `--topic`, même `--bootstrap-server`.',
        '`bin/kafka-topics.sh --describe --topic vive-le-ca --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: '`--list` ne donne que les noms. Pour les partitions, c’est `--describe`.',
        echec: 'La description a échoué : relisez le nom du topic dans le message d’erreur.',
      },
    },
  },
  questions: {
    'leader-0': {
      text: 'La colonne Leader affiche 0. Cela veut dire :',
      choices: {
        broker: { text: 'Le broker d’identifiant 0', feedback: 'Celui qui tourne devant vous.' },
        aucun: { text: 'Aucun leader', feedback: 'Ce serait « none ».' },
        partition: { text: 'La partition 0', feedback: 'C’est la colonne d’à côté.' },
      },
    },
    collision: {
      text: 'Vous créez ensuite `ventes_2025`, puis `ventes.2025`. Que devient le second ?',
      choices: {
        deux: {
          text: 'Les deux existent',
          feedback: 'Les points et les soulignés se confondent dans les noms de métriques.',
        },
        refus: { text: 'Le second est refusé : collision', feedback: 'Kafka avertit au premier et refuse le second.' },
      },
    },
  },
  freePlay: ['`--list`, `--delete`, `--alter --partitions 3`, puis 2 : une erreur, on ne rétrécit pas.'],
};
