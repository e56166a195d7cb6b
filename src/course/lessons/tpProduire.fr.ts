/** Words of the lesson `tpProduire`, in French. */
import type { LessonText } from '../lesson.ts';

export const tpProduireFr: LessonText = {
  title: 'TP 4 — Écrire',
  objective: 'Envoyer des événements avec la console et savoir ce que signifie « envoyé ».',
  reads: {
    chevron:
      'Un chevron attend : chaque ligne devient un événement. Par défaut, la console demande l’accord de toutes les répliques synchrones et groupe les lignes pendant une seconde au plus.',
  },
  tasks: {
    'trois-lignes': {
      text: 'Écrivez au moins trois lignes dans `vive-le-ca`, sans quitter.',
      hints: [
        'L’outil est `kafka-console-producer.sh`.',
        'Il lui faut `--topic vive-le-ca` et l’adresse du broker.',
        '`bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092`, puis une ligne à la fois.',
      ],
      wrongTurns: {
        quitte:
          'Le producteur est arrêté. Ctrl-C perd les lignes de la dernière seconde : relancez-le et laissez-le ouvert.',
        'autre-topic': 'Ce producteur écrit dans un autre topic ; s’il n’existait pas, le broker vient de le créer.',
        'sans-topic': 'Le producteur ne sait pas où écrire : ajoutez `--topic vive-le-ca`.',
      },
    },
  },
  questions: {
    'ligne-vide': {
      text: 'Vous tapez une ligne vide. Que se passe-t-il ?',
      choices: {
        vide: { text: 'Un événement de valeur vide est écrit', feedback: 'Vide n’est pas nul.' },
        rien: { text: 'Rien n’est envoyé', feedback: 'Une ligne, un événement, même vide.' },
      },
    },
  },
  freePlay: ['Trompez-vous de nom de topic : un avertissement, puis le topic est créé tout seul.'],
};
