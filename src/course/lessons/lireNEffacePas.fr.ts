/** Words of the lesson `lireNEffacePas`, in French. */
import type { LessonText } from '../lesson.ts';

export const lireNEffacePasFr: LessonText = {
  title: 'Lire n’efface pas',
  objective: 'Relier topic, partition et fichiers sur disque ; prouver que la lecture ne modifie pas le journal.',
  reads: {
    dossier:
      'L’image du dossier aide, à un détail près : sur disque, c’est chaque partition qui est un dossier (`paiements-0`), et chaque fichier `.log` — un segment — contient des milliers d’événements, pas un seul.',
    'temps-ou-taille':
      'Un topic peut avoir zéro, un ou cent producteurs ; zéro, un ou cent lecteurs. Ce qui finit par effacer, c’est le temps ou la taille, jamais la lecture.',
  },
  tasks: {
    regarder: {
      text: 'Regardez le dossier de la partition 0 du topic `paiements`.',
      hints: [
        'Le broker range ses données dans `log.dirs`.',
        'Dans la configuration livrée : `/tmp/kafka-logs`.',
        '`ls -l /tmp/kafka-logs/paiements-0`',
      ],
      wrongTurns: {
        'un-cran-trop-haut': 'Vous voyez un dossier par partition. Entrez dans `paiements-0`.',
        'pas-ici': 'Le broker ne range pas ses données là : cherchez `log.dirs` dans `config/server.properties`.',
      },
    },
    'trois-lectures': {
      text: 'Lisez trois fois, puis vérifiez les offsets du topic.',
      hints: [
        'Un outil donne les offsets de début et de fin.',
        '`kafka-get-offsets.sh`, avec `--time earliest` pour le début.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 5 --bootstrap-server localhost:9092`, trois fois, puis `bin/kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic paiements --time earliest`',
      ],
      wrongTurns: { 'sans-debut': 'Sans `--from-beginning`, ce lecteur n’a rien relu : il attend la suite.' },
    },
  },
  questions: {
    'premier-offset': {
      text: 'Après trois lectures complètes, quel est le premier offset disponible ?',
      choices: {
        quinze: { text: '15', feedback: 'L’offset numérote des positions, pas des lectures.' },
        cinq: { text: '5', feedback: 'Ce serait une file dont on retire les messages.' },
        zero: { text: '0', feedback: 'Rien n’a bougé.' },
      },
    },
  },
  freePlay: ['Comparez la taille du segment avant et après une lecture : `ls -l` ne bouge pas.'],
};
