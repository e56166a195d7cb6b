/** Words of the lesson `voyagerDansLeLog`, in French. */
import type { LessonText } from '../lesson.ts';

export const voyagerDansLeLogFr: LessonText = {
  title: 'Rembobiner',
  objective: 'Déplacer la position validée d’un groupe, et dire pourquoi le groupe doit être arrêté.',
  reads: {
    rejouer:
      'Un calcul était faux mardi. On le corrige, puis on relit mardi. C’est possible parce que lire n’efface pas : il suffit de ramener le groupe en arrière.',
    'un-membre-lit':
      'Le groupe `compta` a lu les huit messages. Sa position validée est 8. Un de ses lecteurs tourne encore et attend la suite.',
  },
  tasks: {
    'au-debut': {
      text: 'Ramenez `compta` au début : d’abord à blanc, puis pour de bon.',
      hints: [
        'C’est l’outil des groupes qui déplace les positions, et le lecteur doit être arrêté.',
        '`--reset-offsets --to-earliest`, avec `--dry-run` puis avec `--execute`.',
        'Ctrl-C dans le lecteur, puis `bin/kafka-consumer-groups.sh --group compta --topic vive-le-ca --reset-offsets --to-earliest --dry-run --bootstrap-server localhost:9092`, puis la même avec `--execute`',
      ],
      wrongTurns: {
        'membre-actif':
          'Le groupe a encore un membre : l’outil refuse. Arrêtez le lecteur par Ctrl-C, puis recommencez.',
        'sans-essai':
          'La position est à 0. Faites aussi l’essai à blanc, `--dry-run` : il montre ce qui serait changé, sans rien changer.',
        'a-blanc':
          'L’essai à blanc a montré 0. Pour changer vraiment la position, remplacez `--dry-run` par `--execute`.',
      },
    },
    relire: {
      text: 'Relancez le groupe `compta` : il relit les huit messages. Puis arrêtez-le.',
      hints: [
        'La même commande que celle du lecteur au départ : la flèche haut la retrouve.',
        'Le lecteur de console avec `--group compta`, puis Ctrl-C.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --bootstrap-server localhost:9092`, puis Ctrl-C',
      ],
      wrongTurns: {
        'sans-groupe': 'Ce lecteur n’est pas dans le groupe `compta` : ajoutez `--group compta`.',
        'encore-en-marche': 'Le groupe lit. Arrêtez le lecteur par Ctrl-C : il valide en partant.',
      },
    },
    'deux-de-moins': {
      text: 'Revenez de deux messages seulement : la position validée passe de 8 à 6.',
      hints: [
        'L’outil des groupes sait décaler d’un nombre.',
        '`--shift-by`, avec un nombre négatif, et `--execute`.',
        '`bin/kafka-consumer-groups.sh --group compta --topic vive-le-ca --reset-offsets --shift-by -2 --execute --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'membre-actif': 'Le groupe a encore un membre : arrêtez le lecteur par Ctrl-C.',
        sens: 'Un décalage de 2 va vers l’avant, au-delà de la fin : Kafka s’arrête à 8. Donnez un nombre négatif.',
        'a-blanc': 'L’essai à blanc a montré ce qui serait fait. Ajoutez `--execute` pour le faire.',
      },
    },
  },
  questions: {
    'a-chaud': {
      text: 'Ce lecteur tourne. On demande à l’outil des groupes de ramener `compta` au début. Que se passe-t-il ?',
      choices: {
        recule: {
          text: 'Le lecteur relit tout aussitôt',
          feedback: 'Sa position est dans sa mémoire : la changer dans son dos ne ferait que la voir réécrite.',
        },
        refus: {
          text: 'L’outil refuse',
          feedback: "« Assignments can only be reset if the group 'compta' is inactive » : le groupe est `Stable`.",
        },
        deconnecte: {
          text: 'Le lecteur est exclu du groupe',
          feedback: 'L’outil ne touche à rien tant que le groupe a un membre.',
        },
      },
    },
    effets: {
      text: 'Le lecteur envoie un courriel par message lu. On rembobine de deux messages. Que reçoivent les clients ?',
      choices: {
        rien: {
          text: 'Rien : Kafka sait que c’est déjà fait',
          feedback: 'Kafka garde des positions, pas ce que le lecteur en a fait.',
        },
        'deux-fois': {
          text: 'Deux courriels une seconde fois',
          feedback: 'Rejouer la lecture rejoue ses effets. Le lecteur doit savoir reconnaître ce qu’il a déjà fait.',
        },
        seul: { text: 'Seulement le dernier', feedback: 'La reprise est à 6 : les messages 6 et 7 sont relus.' },
      },
    },
  },
  freePlay: [
    'Visez un instant : `--to-datetime 2025-05-19T09:00:00.000` avec `--dry-run`.',
    'Décalez de 20 vers l’avant : l’outil prévient, et s’arrête à la fin du journal.',
  ],
};
