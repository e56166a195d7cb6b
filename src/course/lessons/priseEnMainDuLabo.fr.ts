/** Words of the lesson `priseEnMainDuLabo`, in French. */
import type { LessonText } from '../lesson.ts';

export const priseEnMainDuLaboFr: LessonText = {
  title: 'Votre atelier',
  objective: 'Retrouver les terminaux, la barre de temps et l’inspecteur, et revenir en arrière dans la simulation.',
  reads: {
    bienvenue:
      'Bienvenue. Devant vous tourne un petit Kafka complet : un ZooKeeper, un broker, et des terminaux qui comprennent les vraies commandes. Rien ne peut casser : ici, même les catastrophes s’annulent.',
    moteur:
      'Tout ce qui bouge vient d’un moteur qui rejoue les règles de Kafka 3.9. Un détail vous intrigue ? Cliquez-le : le laboratoire montre son état et la chaîne d’événements qui l’a produit. Dans la vraie vie, la documentation officielle fait foi : `kafka.apache.org/39/documentation`.',
  },
  tasks: {
    version: {
      text: 'Dans le terminal, demandez la version des outils Kafka.',
      hints: [
        'Tous les outils vivent dans le dossier `bin`.',
        'L’outil des topics accepte `--version`.',
        '`bin/kafka-topics.sh --version`',
      ],
      wrongTurns: { 'sans-version': 'L’outil a répondu, mais à une autre question : il manque `--version`.' },
    },
    reculer: {
      text: 'Mettez le temps en pause, reculez de quelques secondes, puis repartez.',
      hints: [
        'Regardez la barre du bas.',
        'La barre d’espace met en pause ; la poignée se tire vers la gauche.',
        '`Espace`, puis la flèche gauche ou la poignée, puis `Espace`.',
      ],
      wrongTurns: { arrete: 'Vous êtes revenu en arrière ; le temps est arrêté. Appuyez sur `Espace` pour repartir.' },
    },
    verifier: {
      text: 'Vérifiez votre prédiction.',
      hints: ['Le nom de l’outil, et rien d’autre.', 'Le dossier `bin` contient l’outil.', '`bin/kafka-topics.sh`'],
      wrongTurns: { 'avec-argument': 'Vous avez donné des arguments. Ici, lancez l’outil seul.' },
    },
  },
  questions: {
    'sans-argument': {
      text: 'Vous lancez `kafka-topics.sh` sans aucun argument. Que fait-il ?',
      choices: {
        'mode-d-emploi': {
          text: 'Il affiche son mode d’emploi et sort avec un code d’erreur',
          feedback: 'Toute l’aide, puis le code de sortie 1 : aucune action n’a été demandée.',
        },
        liste: { text: 'Il liste les topics', feedback: 'Pour lister, il faut `--list` et l’adresse du cluster.' },
        console: {
          text: 'Il ouvre une console interactive',
          feedback: 'C’est ce que fait `zookeeper-shell.sh`, pas `kafka-topics.sh`.',
        },
      },
    },
  },
  freePlay: [
    'Accélérez le temps cent fois et regardez ce que fait un cluster à qui l’on ne demande rien : des battements de cœur, et c’est tout.',
  ],
};
