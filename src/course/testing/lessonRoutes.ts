/** For the tests of the lessons: of each task another route to its goal, and the likely wrong turns, as a learner would type them. */
import type { Action } from '../lesson.ts';
import { cut, disturb, mend, press, travel, type, wait } from '../lesson.ts';

export interface TaskRoutes {
  /** Another way than the reference solution. */
  readonly other: readonly Action[];
  /** By the id of the wrong turn; each leaves the goal unmet. */
  readonly wrong: Readonly<Record<string, readonly Action[]>>;
}

const at = 'localhost:9092';
const producer = (topic: string): string => `bin/kafka-console-producer.sh --bootstrap-server ${at} --topic ${topic}`;
const consumer = (options: string): string => `bin/kafka-console-consumer.sh --bootstrap-server ${at} ${options}`;
const resetCompta = (how: string): string =>
  `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --group compta --topic vive-le-ca --reset-offsets ${how}`;
/** A session at ZooKeeper: one command, or a prompt. */
const shell = (command = ''): string => `bin/zookeeper-shell.sh localhost:2181 ${command}`.trimEnd();
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
  'serveurs-et-clients': { 'sans-lecteur': 'gardes', 'sans-broker': 'releve' },
  'trois-copies': { quatre: 'refus', 'un-broker-part': 'isr-seul' },
  'les-trois-offsets': { 'valeur-validee': 'huit', relancer: 'rien' },
  'voyager-dans-le-log': { 'a-chaud': 'refus' },
  'travailler-en-groupe': { 'un-troisieme': 'deux-un-un', 'deux-groupes': 'une-par-groupe' },
  'panne-leader': { 'nouveau-leader': 'deux', duree: 'vingtaine' },
  'isr-qui-retrecit': { 'trente-secondes': 'rien', 'broker-fige': 'plus-tot' },
  'kafka-dans-zookeeper': { supprimer: 'course' },
  'panne-controleur': { 'pendant-ce-temps': 'continuent' },
  compaction: { survivants: 'deux-alice' },
  'elire-et-voter': { 'sans-leader': 'releve' },
  'l-arbre-des-znodes': { 'que-reste-t-il': 'atelier' },
  'min-insync': { 'acks-un': 'accepte' },
  'zookeeper-sans-majorite': { 'que-reste-t-il': 'messages' },
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
      },
    },
    broker: {
      other: [
        type('broker', 'cd bin'),
        type('broker', './kafka-server-start.sh ../config/server.properties --override num.partitions=2'),
      ],
      wrong: {
        'zookeeper-arrete': [press('zookeeper', 'Ctrl-C')],
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
          // One without a key before: it is no second one.
          type('producteur-1', `echo Alice | ${producer('paiements')}`),
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
  'serveurs-et-clients': {
    repliques: {
      other: [type('lecteur-2', `bin/kafka-topics.sh --bootstrap-server localhost:9094 --describe --topic=paiements`)],
      wrong: {
        liste: [type('admin', `bin/kafka-topics.sh --list --bootstrap-server ${at}`)],
        echec: [type('admin', 'bin/kafka-topics.sh --describe --topic paiements')],
      },
    },
    'sans-lecteur-pour-de-bon': {
      other: [
        type('producteur', producer('paiements')),
        type('producteur', 'sans clé'),
        press('lecteur-1', 'Ctrl-C'),
        wait(2),
        type('lecteur-1', consumer('--topic paiements --from-beginning')),
      ],
      wrong: {
        'sans-debut': [
          press('lecteur-1', 'Ctrl-C'),
          type('producteur', producer('paiements')),
          type('producteur', 'perdu de vue'),
          type('lecteur-1', consumer('--topic paiements')),
        ],
      },
    },
    'tuer-un-broker': {
      other: [type('admin', "kill -9 $(ps ax | grep server-2.properties | grep -v grep | awk '{print $1}')"), wait(22)],
      wrong: {
        'autre-broker': [disturb('kill', 'broker-1'), wait(22)],
        'arret-propre': [disturb('stop', 'broker-2')],
        'trop-tot': [disturb('kill', 'broker-2'), wait(5)],
      },
    },
  },
  'trois-copies': {
    creer: {
      other: [
        type(
          'admin',
          'bin/kafka-topics.sh --bootstrap-server localhost:9093 --topic comptes --replica-assignment 0:1:2,1:2:0,2:0:1 --create',
        ),
      ],
      wrong: {
        'une-copie': [
          type('admin', `bin/kafka-topics.sh --create --topic comptes --partitions 3 --bootstrap-server ${at}`),
        ],
        'trop-de-copies': [
          type(
            'admin',
            `bin/kafka-topics.sh --create --topic comptes --partitions 3 --replication-factor 5 --bootstrap-server ${at}`,
          ),
        ],
        'autre-decoupe': [
          type('admin', `bin/kafka-topics.sh --create --topic comptes --replication-factor 3 --bootstrap-server ${at}`),
        ],
      },
    },
    decrire: {
      other: [type('producteur', `bin/kafka-topics.sh --bootstrap-server ${at} --describe`)],
      wrong: { liste: [type('admin', `bin/kafka-topics.sh --list --bootstrap-server ${at}`)] },
    },
    ecrire: {
      other: [type('admin', `echo Bob | ${producer('comptes')}`), wait(2)],
      wrong: {
        'autre-topic': [type('producteur', producer('compte')), type('producteur', 'Alice 100'), wait(2)],
      },
    },
  },
  'les-trois-offsets': {
    'lire-en-groupe': {
      other: [
        type('admin', consumer('--topic vive-le-ca --consumer-property group.id=compta --from-beginning')),
        press('admin', 'Ctrl-C'),
        wait(1),
      ],
      wrong: {
        'encore-en-marche': [
          type('lecteur-1', consumer('--topic vive-le-ca --group compta --from-beginning')),
          wait(6),
        ],
        'sans-groupe': [
          type('lecteur-1', consumer('--topic vive-le-ca --from-beginning')),
          press('lecteur-1', 'Ctrl-C'),
        ],
        'sans-debut': [
          type('lecteur-1', consumer('--topic vive-le-ca --group compta')),
          wait(3),
          press('lecteur-1', 'Ctrl-C'),
          wait(1),
        ],
      },
    },
    verifier: {
      other: [
        type('lecteur-1', `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --group=compta --describe --verbose`),
      ],
      wrong: {
        liste: [type('admin', `bin/kafka-consumer-groups.sh --list --bootstrap-server ${at}`)],
        echec: [type('admin', `bin/kafka-consumer-groups.sh --group compta --bootstrap-server ${at}`)],
      },
    },
    reprendre: {
      other: [
        type('lecteur-1', consumer('--topic vive-le-ca --group compta')),
        type('admin', producer('vive-le-ca')),
        type('admin', 'encore un'),
        type('admin', 'et un autre'),
        wait(7),
      ],
      wrong: {
        'lecteur-d-abord': [type('lecteur-1', consumer('--topic vive-le-ca --group compta'))],
        'pas-encore-valide': [
          type('admin', `printf 'a\\nb\\n' | ${producer('vive-le-ca')}`),
          {
            kind: 'type',
            terminal: 'lecteur-1',
            line: `${consumer('--topic vive-le-ca --group compta')} --max-messages 3`,
          },
        ],
        'sans-groupe': [
          type('admin', `printf 'a\\nb\\n' | ${producer('vive-le-ca')}`),
          type('lecteur-1', consumer('--topic vive-le-ca --from-beginning')),
        ],
      },
    },
  },
  'voyager-dans-le-log': {
    'au-debut': {
      other: [
        press('lecteur-1', 'Ctrl-C'),
        wait(1),
        type(
          'lecteur-1',
          `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --reset-offsets --to-offset 0 --group compta --all-topics`,
        ),
        type(
          'lecteur-1',
          `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --reset-offsets --shift-by -8 --group compta --all-topics --execute`,
        ),
      ],
      wrong: {
        'membre-actif': [type('admin', resetCompta('--to-earliest --execute'))],
        'sans-essai': [press('lecteur-1', 'Ctrl-C'), wait(1), type('admin', resetCompta('--to-earliest --execute'))],
        'a-blanc': [press('lecteur-1', 'Ctrl-C'), wait(1), type('admin', resetCompta('--to-earliest --dry-run'))],
      },
    },
    relire: {
      other: [type('admin', consumer('--topic vive-le-ca --group compta --timeout-ms 3000')), wait(1)],
      wrong: {
        'sans-groupe': [
          type('lecteur-1', consumer('--topic vive-le-ca --from-beginning')),
          press('lecteur-1', 'Ctrl-C'),
        ],
        'encore-en-marche': [type('lecteur-1', consumer('--topic vive-le-ca --group compta')), wait(2)],
      },
    },
    'deux-de-moins': {
      other: [type('admin', resetCompta('--to-offset 6 --execute'))],
      wrong: {
        'membre-actif': [
          type('lecteur-1', consumer('--topic vive-le-ca --group compta')),
          type('admin', resetCompta('--shift-by -2 --execute')),
        ],
        sens: [type('admin', resetCompta('--shift-by 2 --execute'))],
        'a-blanc': [type('admin', resetCompta('--shift-by -2'))],
      },
    },
  },
  'travailler-en-groupe': {
    trois: {
      other: ['un', 'deux', 'trois'].map((terminal) =>
        type(terminal, consumer('--topic paiements --consumer-property group.id=guichets --from-beginning')),
      ),
      wrong: {
        'sans-groupe': ['lecteur-1', 'lecteur-2', 'lecteur-3'].map((terminal) =>
          type(terminal, consumer('--topic paiements')),
        ),
        trop: ['lecteur-1', 'lecteur-2', 'lecteur-3', 'lecteur-4'].map((terminal) =>
          type(terminal, consumer('--topic paiements --group guichets')),
        ),
      },
    },
    cinq: {
      other: [
        type('quatre', consumer('--topic paiements --group guichets --from-beginning')),
        type('cinq', consumer('--topic paiements --group guichets --from-beginning')),
        type(
          'admin',
          `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --describe --members --verbose --group guichets`,
        ),
      ],
      wrong: {
        'sans-groupe': [
          type('lecteur-4', consumer('--topic paiements')),
          type('lecteur-5', consumer('--topic paiements')),
        ],
        quatre: [type('lecteur-4', consumer('--topic paiements --group guichets'))],
        'sans-members': [
          type('lecteur-4', consumer('--topic paiements --group guichets')),
          type('lecteur-5', consumer('--topic paiements --group guichets')),
          type('admin', `bin/kafka-consumer-groups.sh --bootstrap-server ${at} --describe --group guichets`),
        ],
      },
    },
    ecrire: {
      other: [
        type('producteur', `${producer('paiements')} ${keyed}`),
        ...['Alice', 'Bob', 'Carole', 'Denis', 'Emma', 'Farid', 'Gina', 'Hugo', 'Ines'].map((key) =>
          type('producteur', `${key}:1`),
        ),
        wait(3),
      ],
      wrong: {
        'sans-cle': [type('admin', `printf '%s:20\\n' a b c d e f g h | ${producer('paiements')}`), wait(2)],
      },
    },
    relais: {
      other: [press('lecteur-3', 'Ctrl-C'), wait(4)],
      wrong: {
        // Member ids are random: with the seed of the tests, the second reader's comes last.
        chomeur: [press('lecteur-2', 'Ctrl-C'), wait(4)],
        tue: [disturb('kill', 'lecteur-1'), wait(20)],
        'trop-peu': [press('lecteur-1', 'Ctrl-C'), press('lecteur-2', 'Ctrl-C'), wait(4)],
      },
    },
  },
  'panne-leader': {
    tuer: {
      other: [
        type('admin', `bin/kafka-topics.sh --describe --bootstrap-server ${at}`),
        type('admin', "kill -9 $(ps ax | grep server-1.properties | grep -v grep | awk '{print $1}')"),
        wait(25),
      ],
      wrong: {
        'autre-broker': [disturb('kill', 'broker-2'), wait(25)],
        'arret-propre': [disturb('stop', 'broker-1'), wait(5)],
        'pas-encore': [disturb('kill', 'broker-1'), wait(5)],
      },
    },
    rendre: {
      other: [
        type('serveur', 'bin/kafka-server-start.sh config/server-1.properties'),
        wait(10),
        type(
          'admin',
          `bin/kafka-leader-election.sh --bootstrap-server ${at} --election-type preferred --all-topic-partitions`,
        ),
        wait(1),
      ],
      wrong: {
        echec: [
          type(
            'admin',
            `bin/kafka-leader-election.sh --election-type preferred --topic paiements --partition 0 --bootstrap-server ${at}`,
          ),
        ],
        'non-propre': [
          disturb('start', 'broker-1'),
          wait(3),
          type(
            'admin',
            `bin/kafka-leader-election.sh --election-type unclean --topic paiements --partition 0 --bootstrap-server ${at}`,
          ),
        ],
        'revenu-suiveur': [disturb('start', 'broker-1'), wait(5)],
      },
    },
  },
  'isr-qui-retrecit': {
    couper: {
      other: [
        wait(5),
        cut('broker-2', 'broker-1'),
        cut('broker-2', 'broker-0'),
        mend('broker-0', 'broker-2'),
        wait(50),
      ],
      wrong: {
        'broker-arrete': [disturb('kill', 'broker-2'), wait(25)],
        'entre-suiveurs': [cut('broker-0', 'broker-2'), wait(50)],
        controleur: [cut('broker-0', 'broker-1'), wait(50)],
        'pas-encore': [cut('broker-1', 'broker-2'), wait(20)],
      },
    },
    reparer: {
      other: [wait(3), mend('broker-2', 'broker-1'), wait(10)],
      wrong: { 'encore-coupe': [type('autre', 'pwd'), wait(10)] },
    },
  },
  'kafka-dans-zookeeper': {
    controleur: {
      other: [type('admin', shell()), type('admin', 'get -s /controller'), type('admin', 'quit')],
      wrong: {
        liste: [type('admin', shell('ls /controller'))],
        epoque: [type('admin', shell('get /controller_epoch'))],
      },
    },
    etat: {
      other: [
        type('admin', shell()),
        type('admin', 'get /brokers/topics/paiements/partitions/0/state'),
        press('admin', 'Ctrl-C'),
      ],
      wrong: {
        affectation: [type('admin', shell('get /brokers/topics/paiements'))],
        'pas-jusqu-au-bout': [type('admin', shell('get /brokers/topics/paiements/partitions/0'))],
      },
    },
    'le-faire': {
      other: [
        type('admin', shell()),
        type('admin', 'delete /controller'),
        wait(1),
        type('admin', 'get /controller_epoch'),
      ],
      wrong: {
        'sans-comparer': [type('admin', shell('delete /controller')), wait(1)],
        'autre-znode': [type('admin', shell('delete /controller_epoch'))],
      },
    },
  },
  'panne-controleur': {
    tuer: {
      other: [
        type('admin', shell('get /controller')),
        type('admin', "kill -9 $(ps ax | grep server.properties | grep -v grep | awk '{print $1}')"),
      ],
      wrong: {
        'autre-broker': [type('admin', shell('get /controller')), disturb('kill', 'broker-2')],
        'arret-propre': [type('admin', shell('get /controller')), disturb('stop', 'broker-0')],
        'sans-chercher': [disturb('kill', 'broker-0')],
      },
    },
    'sans-decision': {
      other: [
        type(
          'admin',
          'bin/kafka-topics.sh --bootstrap-server localhost:9094 --topic=remboursements --partitions 2 --create',
        ),
      ],
      wrong: {
        'autre-nom': [type('admin', 'bin/kafka-topics.sh --create --topic autre --bootstrap-server localhost:9093')],
        liste: [type('admin', 'bin/kafka-topics.sh --list --bootstrap-server localhost:9093')],
      },
    },
    releve: {
      other: [wait(30), type('autre', shell()), type('autre', 'get /controller_epoch')],
      wrong: {
        'trop-tot': [wait(1)],
        'sans-verifier': [wait(25)],
      },
    },
  },
  'elire-et-voter': {
    'tuer-le-leader': {
      other: [disturb('stop', 'zookeeper-3'), wait(3)],
      wrong: {
        deux: [disturb('kill', 'zookeeper-3'), disturb('kill', 'zookeeper-1'), wait(3)],
        'un-suiveur': [disturb('kill', 'zookeeper-1'), wait(3)],
      },
    },
    silence: {
      other: [
        disturb('stop', 'zookeeper-1'),
        type('admin', 'bin/zookeeper-shell.sh localhost:2182'),
        type('admin', 'create /essai 1'),
        wait(3),
      ],
      wrong: {
        'sans-ecrire': [disturb('kill', 'zookeeper-2'), wait(3)],
        'encore-deux': [type('admin', 'bin/zookeeper-shell.sh localhost:2182 create /essai 1')],
      },
    },
    retour: {
      other: [
        disturb('start', 'zookeeper-3'),
        wait(5),
        type('admin', 'bin/zookeeper-shell.sh localhost:2183 create /essai'),
      ],
      wrong: {
        'sans-ecrire': [disturb('start', 'zookeeper-3'), wait(3)],
        'sans-majorite': [type('admin', 'bin/zookeeper-shell.sh localhost:2181 create /essai 1')],
      },
    },
  },
  'l-arbre-des-znodes': {
    lister: {
      other: [type('session-2', shell('ls /'))],
      wrong: {
        'sans-chemin': [type('session-1', shell())],
        'sans-adresse': [type('session-1', 'bin/zookeeper-shell.sh')],
      },
    },
    creer: {
      other: [
        type('session-2', shell('create /atelier')),
        type('session-2', shell()),
        type('session-2', 'create -e -s /atelier/moi'),
        type('session-2', 'create -e /atelier/moi'),
      ],
      wrong: {
        'atelier-ephemere': [type('session-1', 'create -e /atelier x'), type('session-1', 'create -e /atelier/moi x')],
        durable: [type('session-1', 'create /atelier x'), type('session-1', 'create /atelier/moi x')],
        'sans-parent': [type('session-1', 'create -e /atelier/moi ici')],
      },
    },
    fermer: {
      other: [press('session-1', 'Ctrl-D'), wait(40), type('session-2', shell('ls /atelier'))],
      wrong: {
        'a-la-main': [type('session-1', 'delete /atelier/moi'), type('session-2', shell('get /atelier'))],
        'encore-la': [type('session-2', shell('ls /atelier'))],
        'sans-verifier': [type('session-1', 'quit'), wait(1)],
      },
    },
    surveiller: {
      other: [type('session-2', 'ls -w /atelier'), type('session-1', shell('create /atelier/autre x')), wait(1)],
      wrong: {
        'pas-de-changement': [type('session-2', 'get -w /atelier')],
        'sans-surveillance': [type('session-1', shell('set /atelier salut'))],
      },
    },
  },
  'min-insync': {
    refus: {
      other: [
        disturb('stop', 'broker-2'),
        disturb('stop', 'broker-1'),
        wait(2),
        type('admin', `echo Alice | ${producer('virements')} --property ignore.error=true`),
        wait(3),
      ],
      wrong: {
        'leader-tue': [disturb('kill', 'broker-0'), wait(22)],
        'un-seul-tue': [
          disturb('kill', 'broker-1'),
          wait(22),
          type('producteur', producer('virements')),
          type('producteur', 'a'),
        ],
        'pas-encore': [disturb('kill', 'broker-1'), disturb('kill', 'broker-2'), wait(3)],
        'autre-acks': [
          disturb('kill', 'broker-1'),
          disturb('kill', 'broker-2'),
          wait(22),
          type('producteur', `${producer('virements')} --request-required-acks 1`),
          type('producteur', 'a'),
        ],
      },
    },
    accepter: {
      other: [
        type('admin', `echo Bob | ${producer('virements')} --producer-property acks=1`),
        wait(2),
        type('admin', consumer('--topic virements --partition 0 --offset 0 --timeout-ms 3000')),
      ],
      wrong: {
        'sans-acks-un': [
          press('producteur', 'Ctrl-C'),
          type('producteur', producer('virements')),
          type('producteur', 'b'),
        ],
        'sans-lire': [type('admin', `echo Bob | ${producer('virements')} --request-required-acks 1`), wait(2)],
      },
    },
    remonter: {
      other: [disturb('start', 'broker-2'), wait(5), type('autre', `echo Dora | ${producer('virements')}`), wait(3)],
      wrong: {
        'pas-revenu': [type('producteur', 'Carole')],
        'sans-ecrire': [disturb('start', 'broker-1'), wait(3)],
      },
    },
  },
  'zookeeper-sans-majorite': {
    perdre: {
      other: [
        disturb('stop', 'zookeeper-3'),
        disturb('pause', 'zookeeper-2'),
        wait(20),
        type('admin', 'bin/kafka-topics.sh --bootstrap-server localhost:9094 --topic=secours --create'),
        wait(70),
      ],
      wrong: {
        'encore-une-majorite': [disturb('kill', 'zookeeper-3'), wait(3)],
        avant: [type('admin', 'bin/kafka-topics.sh --create --topic secours --bootstrap-server localhost:9092')],
        'en-attente': [
          disturb('kill', 'zookeeper-1'),
          disturb('kill', 'zookeeper-2'),
          wait(5),
          type('admin', 'bin/kafka-topics.sh --create --topic secours --bootstrap-server localhost:9092'),
        ],
        'sans-essayer': [disturb('kill', 'zookeeper-1'), disturb('kill', 'zookeeper-2'), wait(5)],
      },
    },
    'tuer-un-leader': {
      other: [type('autre', "kill -9 $(ps ax | grep server-1.properties | grep -v grep | awk '{print $1}')"), wait(25)],
      wrong: {
        'autre-broker': [disturb('kill', 'broker-2'), wait(5)],
        'majorite-revenue': [disturb('start', 'zookeeper-2'), wait(5), disturb('kill', 'broker-1'), wait(2)],
      },
    },
    retablir: {
      other: [disturb('start', 'zookeeper-2'), wait(30)],
      wrong: { 'pas-encore': [disturb('start', 'zookeeper-2'), wait(5)] },
    },
  },
  compaction: {
    ecrire: {
      other: 'Alice:100 Bob:50 Alice:80 Bob:70 Alice:30 Carole:10 Denis:5 Carole:20 Denis:6 Carole:30 Denis:7 Alice:31'
        .split(' ')
        .map((line) => type('producteur', `echo ${line} | ${producer('soldes')} ${keyed}`)),
      wrong: {
        'sans-cle': [type('producteur', `${producer('soldes')} < soldes.txt`), wait(2)],
        'un-seul-lot': [type('producteur', `${producer('soldes')} ${keyed} < soldes.txt`), wait(2)],
      },
    },
    nettoyer: {
      other: [
        wait(60),
        type(
          'producteur',
          consumer('--topic soldes --partition 0 --offset earliest --property print.offset=true --timeout-ms 2000'),
        ),
      ],
      wrong: {
        'pas-encore': [
          type(
            'lecteur-1',
            consumer('--topic soldes --partition 0 --offset earliest --property print.offset=true --max-messages 5'),
          ),
        ],
        'sans-offset': [wait(35), type('lecteur-1', consumer('--topic soldes --from-beginning --timeout-ms 4000'))],
        'sans-debut': [
          wait(35),
          type('lecteur-1', consumer('--topic soldes --property print.offset=true --timeout-ms 4000')),
        ],
      },
    },
    'message-sans-cle': {
      other: [type('lecteur-1', `echo Alice | ${producer('soldes')}`), wait(2)],
      wrong: {
        'avec-cle': [type('producteur', `echo Alice:5 | ${producer('soldes')} ${keyed}`), wait(2)],
        'autre-topic': [type('producteur', `echo Alice | ${producer('solde')}`), wait(2)],
      },
    },
  },
};
