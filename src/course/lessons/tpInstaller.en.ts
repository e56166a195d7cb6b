/** Words of the lesson `tpInstaller`, in English. */
import type { LessonText } from '../lesson.ts';

export const tpInstallerEn: LessonText = {
  title: 'Lab 1 — Install',
  objective: 'Get a `kafka_2.13-3.9.0` folder ready for use, and read what its name says.',
  reads: {
    'trois-gestes': 'Download, unpack, done. All you need is Java (17 is fine; 8 is deprecated).',
    dossier: 'The archive makes a folder of its own: once unpacked in `kafka/`, you work in `kafka/kafka_2.13-3.9.0`.',
  },
  tasks: {
    telecharger: {
      text: 'Fetch the archive into the `telechargements` folder. On the slide the command ends with `-o <dossier_de_votre_choix>/kafka.tgz` (a folder of your choice); here that folder is `telechargements`, which gives: `curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz`',
      hints: [
        '`curl`, then `-o` for the local name.',
        'The target folder must exist: here `telechargements`, and the file is called `kafka.tgz`.',
        '`curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz`',
      ],
      wrongTurns: {
        ailleurs:
          'The archive has arrived, but in another place: what follows looks for `telechargements/kafka.tgz`. `mv` can move it.',
        'sans-o': 'Without `-o`, curl writes what it downloads to the screen, and refuses to do so for an archive.',
        echec: 'curl could not write the file: the target folder does not exist.',
      },
    },
    extraire: {
      text: 'Make the `kafka` folder, enter it, unpack the archive.',
      hints: [
        '`mkdir`, `cd`, `tar`.',
        'Seen from `kafka/`, the archive is in `../telechargements`.',
        '`mkdir kafka`, then `cd kafka`, then `tar -xzf ../telechargements/kafka.tgz`',
      ],
      wrongTurns: {
        'a-cote': 'The archive is unpacked, but beside the `kafka` folder. Enter `kafka` first, then unpack.',
        'sans-dossier': 'There is no `kafka` folder in your home yet.',
      },
    },
    verifier: {
      text: 'Enter the folder and check the version.',
      hints: [
        '`cd kafka_2.13-3.9.0`',
        'A tool and `--version`.',
        '`cd kafka_2.13-3.9.0`, then `bin/kafka-topics.sh --version`',
      ],
      wrongTurns: { 'sans-version': 'The tool runs: only `--version` is missing.' },
    },
  },
  questions: {
    nom: {
      text: 'In `kafka_2.13-3.9.0`, what is 2.13?',
      choices: {
        java: { text: 'The version of Java', feedback: 'Java is not in this name.' },
        scala: {
          text: 'The version of Scala that the broker is compiled with',
          feedback: 'It makes no difference to your Java or Python clients.',
        },
        kafka: { text: 'The version of Kafka', feedback: 'That is 3.9.0.' },
      },
    },
  },
  freePlay: ['Look at `config/` and `bin/`; find `bin/windows`.'],
};
