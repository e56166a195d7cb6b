/** Words of the lesson `tpConsommer`, in French. */
import type { LessonText } from '../lesson.ts';

export const tpConsommerFr: LessonText = {
  title: 'TP 5 — Lire, relire',
  objective: 'Lire en direct et depuis le début, à plusieurs, et prédire ce que chaque lecteur voit.',
  reads: {
    'trois-points-de-vue':
      'Ouvrez un lecteur ; gardez le producteur à côté. Puis un second lecteur, avec et sans `--from-beginning`. Trois lecteurs, trois points de vue sur le même journal.',
  },
  tasks: {
    relire: {
      text: 'Lisez tout depuis le début.',
      hints: [
        'L’outil est `kafka-console-consumer.sh`.',
        'L’option est `--from-beginning`.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-debut':
          'Ce lecteur commence à la fin : il attend le prochain événement. Ctrl-C, puis relancez-le avec `--from-beginning`.',
        'autre-topic': 'Ce lecteur écoute un autre topic que `vive-le-ca`.',
      },
    },
    'en-direct': {
      text: 'Écrivez une nouvelle ligne et voyez-la arriver.',
      hints: [
        'Dans le terminal du producteur.',
        'Une ligne, puis Entrée ; elle part au bout d’une seconde.',
        'Tapez : `Quatrième événement`',
      ],
      wrongTurns: { 'lecteur-arrete': 'La ligne est peut-être écrite, mais aucun lecteur ne tourne : relancez-en un.' },
    },
    'a-deux': {
      text: 'Vérifiez avec deux lecteurs en même temps et un nouveau message.',
      hints: [
        'Il faut un terminal de plus.',
        'Lancez le second lecteur sans `--from-beginning`, puis écrivez une ligne.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --bootstrap-server localhost:9092`, puis une ligne dans le producteur.',
      ],
      wrongTurns: {
        'un-seul': 'Un seul lecteur tourne. Ouvrez-en un second, puis écrivez une ligne.',
        'meme-groupe':
          'Avec le même `--group`, les deux lecteurs se partagent le travail : un seul reçoit. Relancez-les sans groupe.',
      },
    },
    arreter: {
      text: 'Arrêtez les lecteurs et le producteur ; gardez les serveurs.',
      hints: ['Ctrl-C.', 'Dans chaque terminal client.', 'Ctrl-C dans les terminaux des lecteurs, puis du producteur.'],
      wrongTurns: {
        'serveur-arrete':
          'Le broker est arrêté : la suite du TP en a besoin. Revenez en arrière dans le temps, ou relancez-le.',
      },
    },
  },
  questions: {
    'sans-option': {
      text: 'Un second lecteur démarre sans `--from-beginning`. Que voit-il aussitôt ?',
      choices: {
        dernier: { text: 'Le dernier message', feedback: 'La fin du journal, c’est après le dernier.' },
        rien: { text: 'Rien, jusqu’au prochain message', feedback: '`auto.offset.reset` vaut `latest`.' },
        tous: { text: 'Tous les messages', feedback: 'Sans l’option, il commence à la fin.' },
      },
    },
    'tous-deux': {
      text: 'Pourquoi les deux lecteurs reçoivent-ils tous deux le message ?',
      choices: {
        'groupe-propre': {
          text: 'Chaque console sans `--group` prend un groupe à elle',
          feedback: '`console-consumer-`, suivi d’un nombre au hasard.',
        },
        'meme-groupe': { text: 'Ils sont dans le même groupe', feedback: 'Un seul l’aurait alors reçu.' },
      },
    },
  },
  freePlay: ['Relancez un lecteur avec `--group cours`, arrêtez-le, relancez-le : il reprend où il en était.'],
};
