/** For the tests of the lessons: of each task another route to its goal, and the likely wrong turns, as a learner would type them. */
import type { Action } from '../lesson.ts';
import { press, travel, type, wait } from '../lesson.ts';

export interface TaskRoutes {
  /** Another way than the reference solution. */
  readonly other: readonly Action[];
  /** By the id of the wrong turn; each leaves the goal unmet. */
  readonly wrong: Readonly<Record<string, readonly Action[]>>;
}

const at = 'localhost:9092';
const producer = (topic: string): string => `bin/kafka-console-producer.sh --bootstrap-server ${at} --topic ${topic}`;
const consumer = (options: string): string => `bin/kafka-console-consumer.sh --bootstrap-server ${at} ${options}`;
const keyed = '--property parse.key=true --property key.separator=:';

/** Right answers, by lesson and question: what the hidden branch must prove. */
export const rightAnswers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'prise-en-main-du-labo': { 'sans-argument': 'mode-d-emploi' },
  'tp-demarrer': { 'broker-d-abord': 'abandonne' },
  'tp-topic': { collision: 'refus' },
  'tp-produire': { 'ligne-vide': 'vide' },
  'tp-consommer': { 'sans-option': 'rien' },
  'lire-n-efface-pas': { 'premier-offset': 'zero' },
  'partitions-et-cles': { 'deux-producteurs': 'meme', ordre: 'partition' },
};

export const lessonRoutes: Readonly<Record<string, Readonly<Record<string, TaskRoutes>>>> = {
  'prise-en-main-du-labo': {
    version: {
      other: [type('admin', 'cd bin'), type('admin', './kafka-topics.sh --version')],
      wrong: { 'sans-version': [type('admin', 'bin/kafka-topics.sh --help')] },
    },
    reculer: { other: [travel(1), type('admin', 'pwd')], wrong: { arrete: [travel(2)] } },
    verifier: {
      other: [type('autre', 'cd /tmp'), type('autre', '/home/apprenant/kafka/kafka_2.13-3.9.0/bin/kafka-topics.sh')],
      wrong: { 'avec-argument': [type('admin', `bin/kafka-topics.sh --list --bootstrap-server ${at}`)] },
    },
  },
  'tp-installer': {
    telecharger: {
      other: [
        type('admin', 'cd telechargements'),
        type('admin', 'curl -o kafka.tgz https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz'),
        type('admin', 'cd ..'),
      ],
      wrong: {
        ailleurs: [type('admin', 'curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o kafka.tgz')],
        'sans-o': [type('admin', 'curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz')],
        echec: [
          type('admin', 'curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o nulle-part/kafka.tgz'),
        ],
      },
    },
    extraire: {
      other: [
        type('admin', 'mkdir -p kafka && tar -xzf telechargements/kafka.tgz -C kafka'),
        type('admin', 'cd kafka'),
      ],
      wrong: {
        'a-cote': [type('admin', 'tar -xzf telechargements/kafka.tgz')],
        'sans-dossier': [type('admin', 'cd kafka')],
      },
    },
    verifier: {
      other: [type('admin', 'kafka_2.13-3.9.0/bin/kafka-topics.sh --version')],
      wrong: { 'sans-version': [type('admin', 'kafka_2.13-3.9.0/bin/kafka-topics.sh')] },
    },
  },
  'tp-demarrer': {
    zookeeper: {
      other: [type('zookeeper', 'bin/zookeeper-server-start.sh -daemon config/zookeeper.properties'), wait(6)],
      wrong: {
        'broker-d-abord': [type('broker', 'bin/kafka-server-start.sh config/server.properties')],
        'sans-fichier': [type('zookeeper', 'bin/zookeeper-server-start.sh')],
      },
    },
    broker: {
      other: [
        type('broker', 'cd bin'),
        type('broker', './kafka-server-start.sh ../config/server.properties --override num.partitions=2'),
      ],
      wrong: {
        'zookeeper-arrete': [press('zookeeper', 'Ctrl-C')],
        'sans-fichier': [type('broker', 'bin/kafka-server-start.sh')],
        'a-renonce': [
          type(
            'broker',
            'bin/kafka-server-start.sh config/server.properties --override zookeeper.connect=localhost:9999',
          ),
          wait(30),
        ],
      },
    },
  },
  'tp-topic': {
    creer: {
      other: [
        type(
          'admin',
          `bin/kafka-topics.sh --bootstrap-server=${at} --topic=vive-le-ca --partitions 1 --replication-factor 1 --create`,
        ),
      ],
      wrong: {
        'autre-taille': [
          type('admin', `bin/kafka-topics.sh --create --topic vive-le-ca --partitions 3 --bootstrap-server ${at}`),
        ],
        'sans-adresse': [type('admin', 'bin/kafka-topics.sh --create --topic vive-le-ca')],
        'autre-nom': [type('admin', `bin/kafka-topics.sh --create --topic vive-le-sa --bootstrap-server ${at}`)],
      },
    },
    decrire: {
      other: [type('admin', `bin/kafka-topics.sh --bootstrap-server ${at} --describe`)],
      wrong: {
        liste: [type('admin', `bin/kafka-topics.sh --list --bootstrap-server ${at}`)],
        echec: [type('admin', `bin/kafka-topics.sh --describe --topic vive-le-sa --bootstrap-server ${at}`)],
      },
    },
  },
  'tp-produire': {
    'trois-lignes': {
      other: [
        type('admin', producer('vive-le-ca')),
        type('admin', 'a'),
        type('admin', 'b'),
        type('admin', ''),
        wait(2),
      ],
      wrong: {
        quitte: [type('producteur', producer('vive-le-ca')), type('producteur', 'a'), press('producteur', 'Ctrl-C')],
        'autre-topic': [type('producteur', producer('vive-le-sa')), type('producteur', 'a')],
        'sans-topic': [type('producteur', `bin/kafka-console-producer.sh --bootstrap-server ${at}`)],
      },
    },
  },
  'tp-consommer': {
    relire: {
      other: [type('lecteur-2', consumer('--topic vive-le-ca --partition 0 --offset earliest'))],
      wrong: {
        'sans-debut': [type('lecteur-1', consumer('--topic vive-le-ca'))],
        'autre-topic': [type('lecteur-1', consumer('--topic vive-le-sa --from-beginning'))],
      },
    },
    'en-direct': {
      other: [type('lecteur-2', `printf 'autre\\n' | ${producer('vive-le-ca')}`), wait(2)],
      wrong: { 'lecteur-arrete': [press('lecteur-1', 'Ctrl-C'), type('producteur', 'perdu de vue')] },
    },
    'a-deux': {
      other: [
        type('lecteur-2', consumer('--topic vive-le-ca --from-beginning')),
        wait(3),
        type('producteur', 'pour tous'),
        wait(2),
      ],
      wrong: {
        'un-seul': [type('producteur', 'pour un seul'), wait(2)],
        'meme-groupe': [
          press('lecteur-1', 'Ctrl-C'),
          type('lecteur-1', consumer('--topic vive-le-ca --group cours')),
          wait(5),
          type('lecteur-2', consumer('--topic vive-le-ca --group cours')),
          wait(5),
          type('producteur', 'pour un seul'),
          wait(2),
        ],
      },
    },
    arreter: {
      other: [press('producteur', 'Ctrl-D'), press('lecteur-2', 'Ctrl-C'), press('lecteur-1', 'Ctrl-C')],
      wrong: { 'serveur-arrete': [type('autre', 'bin/kafka-server-stop.sh'), wait(10)] },
    },
  },
  'lire-n-efface-pas': {
    regarder: {
      other: [type('admin', 'cd /tmp/kafka-logs'), type('admin', 'ls paiements-0'), type('admin', 'cd -')],
      wrong: {
        'un-cran-trop-haut': [type('admin', 'ls /tmp/kafka-logs')],
        'pas-ici': [type('admin', 'ls data/paiements')],
      },
    },
    'trois-lectures': {
      other: [
        type('lecteur-1', consumer('--topic paiements --from-beginning --timeout-ms 3000')),
        type('lecteur-1', consumer('--topic paiements --from-beginning --timeout-ms 3000')),
        type('lecteur-1', consumer('--topic paiements --from-beginning --max-messages 5')),
        type('admin', `bin/kafka-get-offsets.sh --bootstrap-server ${at}`),
      ],
      wrong: { 'sans-debut': [type('lecteur-1', consumer('--topic paiements --timeout-ms 2000'))] },
    },
  },
  'partitions-et-cles': {
    envoyer: {
      other: [
        type(
          'producteur-1',
          `printf 'Alice=1\\nAlice=2\\nBob=3\\n' | ${producer('paiements')} --property parse.key=true --property key.separator==`,
        ),
        type('producteur-2', `printf 'Bob:4\\nAlice:5\\n' | ${producer('paiements')} ${keyed}`),
        wait(2),
      ],
      wrong: {
        'sans-cle': [type('producteur-1', producer('paiements')), type('producteur-1', 'Alice:20'), wait(2)],
        tabulation: [
          type('producteur-1', `${producer('paiements')} --property parse.key=true --property ignore.error=true`),
          type('producteur-1', 'Alice:20'),
          wait(2),
        ],
        'un-seul': [
          type(
            'producteur-1',
            `printf 'Alice:1\\nAlice:2\\nAlice:3\\nBob:4\\nBob:5\\n' | ${producer('paiements')} ${keyed}`,
          ),
          wait(2),
        ],
      },
    },
    relire: {
      other: [
        type(
          'lecteur-1',
          consumer(
            '--from-beginning --timeout-ms 4000 --property print.partition=true --property print.key=true --topic paiements',
          ),
        ),
      ],
      wrong: {
        'sans-partition': [
          type('lecteur-1', consumer('--from-beginning --timeout-ms 4000 --property print.key=true --topic paiements')),
        ],
        'sans-cle': [type('lecteur-1', consumer('--from-beginning --timeout-ms 4000 --topic paiements'))],
        'sans-debut': [
          type(
            'lecteur-1',
            consumer('--topic paiements --property print.key=true --property print.partition=true --timeout-ms 2000'),
          ),
        ],
      },
    },
  },
};
