/** Words of the lesson `tpInstaller`, in French. */
import type { LessonText } from '../lesson.ts';

export const tpInstallerFr: LessonText = {
  title: 'TP 1 — Installer',
  objective: 'Obtenir un dossier `kafka_2.13-3.9.0` prêt à l’emploi et lire ce que dit son nom.',
  reads: {
    'trois-gestes':
      'On télécharge, on décompresse, c’est installé. Il faut seulement Java (17 convient ; 8 est déprécié).',
    dossier:
      'L’archive crée son propre dossier : après extraction dans `kafka/`, on travaille dans `kafka/kafka_2.13-3.9.0`.',
  },
  tasks: {
    telecharger: {
      text: 'Récupérez l’archive dans le dossier `telechargements`. Sur la diapositive, la commande finit par `-o <dossier_de_votre_choix>/kafka.tgz` ; ici, le dossier choisi est `telechargements`, ce qui donne : `curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz`',
      hints: [
        '`curl`, puis `-o` pour le nom local.',
        'Le dossier de destination doit exister : ici `telechargements`, et le fichier s’appelle `kafka.tgz`.',
        '`curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz`',
      ],
      wrongTurns: {
        ailleurs:
          'L’archive est arrivée, mais pas à la bonne place : la suite la cherche sous `telechargements/kafka.tgz`. `mv` peut la déplacer.',
        'sans-o': 'Sans `-o`, curl écrit à l’écran ce qu’il télécharge, et refuse de le faire pour une archive.',
        echec: 'curl n’a pas pu écrire le fichier : le dossier de destination n’existe pas.',
      },
    },
    extraire: {
      text: 'Créez le dossier `kafka`, entrez-y, extrayez l’archive.',
      hints: [
        '`mkdir`, `cd`, `tar`.',
        'Depuis `kafka/`, l’archive est dans `../telechargements`.',
        '`mkdir kafka`, puis `cd kafka`, puis `tar -xzf ../telechargements/kafka.tgz`',
      ],
      wrongTurns: {
        'a-cote': 'L’archive est extraite, mais à côté du dossier `kafka`. Entrez d’abord dans `kafka`, puis extrayez.',
        'sans-dossier': 'Le dossier `kafka` n’existe pas encore dans votre dossier personnel.',
      },
    },
    verifier: {
      text: 'Entrez dans le dossier et vérifiez la version.',
      hints: [
        '`cd kafka_2.13-3.9.0`',
        'Un outil et `--version`.',
        '`cd kafka_2.13-3.9.0`, puis `bin/kafka-topics.sh --version`',
      ],
      wrongTurns: { 'sans-version': 'L’outil tourne : il ne manque que `--version`.' },
    },
  },
  questions: {
    nom: {
      text: 'Dans `kafka_2.13-3.9.0`, que désigne 2.13 ?',
      choices: {
        java: { text: 'La version de Java', feedback: 'Java n’apparaît pas dans ce nom.' },
        scala: {
          text: 'La version de Scala avec laquelle le broker est compilé',
          feedback: 'Sans effet sur vos clients Java ou Python.',
        },
        kafka: { text: 'La version de Kafka', feedback: 'C’est 3.9.0.' },
      },
    },
  },
  freePlay: ['Regardez `config/` et `bin/` ; repérez `bin/windows`.'],
};
