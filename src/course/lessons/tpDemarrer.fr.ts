/** Words of the lesson `tpDemarrer`, in French. */
import type { LessonText } from '../lesson.ts';

export const tpDemarrerFr: LessonText = {
  title: 'TP 2 — Démarrer',
  objective: 'Démarrer ZooKeeper puis le broker, et reconnaître la ligne qui dit « prêt ».',
  reads: {
    'deux-serveurs':
      'Deux terminaux, deux serveurs, dans l’ordre : ZooKeeper, puis le broker qui s’y inscrit. Laissez-les ouverts : ils parlent. Un broker prêt finit par la ligne `started (kafka.server.KafkaServer)`.',
    kraft:
      'KRaft se passerait de ZooKeeper ; c’est même la seule voie à partir de Kafka 4.0. Ce laboratoire, lui, reste avec ZooKeeper jusqu’au bout. Pour KRaft, lisez la documentation officielle : `kafka.apache.org/39/documentation`, partie « KRaft ».',
  },
  tasks: {
    zookeeper: {
      text: 'Lancez ZooKeeper.',
      hints: [
        'Un script et son fichier.',
        'Dans le dossier Kafka, le script est dans `bin`, le fichier dans `config`.',
        '`bin/zookeeper-server-start.sh config/zookeeper.properties`',
      ],
      wrongTurns: {
        'broker-d-abord':
          'Vous avez lancé le broker : il cherche ZooKeeper, qui n’est pas encore là. Lancez d’abord ZooKeeper.',
      },
    },
    broker: {
      text: 'Dans un autre terminal, lancez le broker et attendez qu’il soit prêt.',
      hints: [
        'Le second terminal.',
        'Même forme, avec `config/server.properties`.',
        '`bin/kafka-server-start.sh config/server.properties`',
      ],
      wrongTurns: {
        'zookeeper-arrete': 'ZooKeeper ne tourne plus : relancez-le, le broker en a besoin pour s’inscrire.',
        'a-renonce': 'Le broker s’est arrêté sur une erreur. Lisez sa dernière ligne ERROR, puis relancez-le.',
      },
    },
  },
  questions: {
    'broker-d-abord': {
      text: 'Vous lancez le broker en premier. Que fait-il ?',
      choices: {
        attend: { text: 'Il démarre et attend ZooKeeper indéfiniment', feedback: 'Il attend, mais pas sans fin.' },
        kraft: { text: 'Il passe en KRaft', feedback: 'Le mode se choisit par la configuration.' },
        abandonne: {
          text: 'Il essaie 18 secondes, puis s’arrête sur une erreur',
          feedback: 'C’est `zookeeper.connection.timeout.ms` dans la configuration livrée.',
        },
      },
    },
  },
  freePlay: ['Lancez un second broker avec le même fichier et lisez l’erreur.'],
};
