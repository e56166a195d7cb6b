/** Words of the lesson `partitionsEtCles`, in French. */
import type { LessonText } from '../lesson.ts';

export const partitionsEtClesFr: LessonText = {
  title: 'Même clé, même couloir',
  objective: 'Prédire la partition d’un message selon sa clé, et énoncer la portée exacte de la garantie d’ordre.',
  reads: {
    couloirs:
      'Un topic est découpé en partitions : des couloirs de nage. Chaque couloir est un journal à part, sur un broker, avec ses propres numéros. Ils se comptent à partir de zéro (P0 à P3 là où le support écrit P1 à P4).',
    hachage:
      'Le producteur choisit le couloir : avec une clé, il hache la clé (murmur2) et prend le reste par le nombre de partitions. Même clé, même couloir, tant que ce nombre ne change pas et que tous hachent pareil.',
  },
  tasks: {
    envoyer: {
      text: 'Envoyez au moins trois messages pour Alice et deux pour Bob, depuis deux producteurs.',
      hints: [
        'La console lit une clé si on le lui demande : `parse.key` et `key.separator`.',
        'Ouvrez un producteur dans chacun des deux terminaux, puis tapez `Alice:20`.',
        '`bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-cle': 'Sans `parse.key=true`, toute la ligne devient la valeur : l’événement n’a pas de clé.',
        tabulation: 'Sans `key.separator`, la clé s’arrête à la première tabulation, pas aux deux-points.',
        'un-seul': 'Un seul producteur a écrit. Ouvrez-en un second : le couloir d’Alice ne changera pas.',
      },
    },
    relire: {
      text: 'Relisez en affichant la clé et la partition.',
      hints: [
        'Ce sont des propriétés `print.` du lecteur.',
        '`print.key` et `print.partition`.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --property print.key=true --property print.partition=true --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-partition': 'La clé s’affiche ; ajoutez `--property print.partition=true`.',
        'sans-cle':
          'Les valeurs s’affichent ; ajoutez `--property print.key=true` et `--property print.partition=true`.',
        'sans-debut': 'Ce lecteur attend la suite : pour relire, ajoutez `--from-beginning`.',
      },
    },
  },
  questions: {
    'deux-producteurs': {
      text: 'Deux producteurs distincts envoient chacun un message de clé « Alice ». Où vont-ils ?',
      choices: {
        chacun: { text: 'Chacun dans sa partition', feedback: 'Le producteur n’entre pas dans le calcul.' },
        hasard: { text: 'Au hasard', feedback: 'Le hasard n’intervient que sans clé.' },
        meme: {
          text: 'Dans la même partition',
          feedback: 'Le calcul ne dépend que de la clé et du nombre de partitions.',
        },
      },
    },
    ordre: {
      text: 'Un lecteur lit tout le topic. L’ordre entre les paiements d’Alice et ceux de Bob est-il garanti ?',
      choices: {
        ecriture: { text: 'Oui, c’est l’ordre d’écriture', feedback: 'Seulement à l’intérieur d’une partition.' },
        partition: {
          text: 'Non, sauf s’ils partagent une partition',
          feedback: 'La garantie vaut par partition ; Alice et Bob n’ont pas la même.',
        },
        horodatage: { text: 'Oui, grâce à l’horodatage', feedback: 'Le broker ne trie pas par horodatage.' },
      },
    },
  },
  freePlay: [
    'Cherchez, à la main, un prénom qui tombe dans la même partition qu’Alice.',
    'Passez le topic à 5 partitions : Alice change de couloir.',
  ],
};
