/** Words of the lesson `troisCopies`, in French. */
import type { LessonText } from '../lesson.ts';

export const troisCopiesFr: LessonText = {
  title: 'Trois copies valent mieux qu’une',
  objective: 'Créer un topic répliqué, lire Leader, Replicas et Isr, et dire qui copie qui.',
  reads: {
    'leader-et-suiveurs':
      'Une partition peut avoir plusieurs copies, les réplicas, chacune sur un broker. L’une est le leader : elle reçoit les écritures et sert les lectures.\n\nLes autres sont des suiveurs. Ils viennent demander la suite au leader, comme le ferait un consumer. Ceux qui tiennent le rythme forment l’ISR, les réplicas synchrones (in-sync replicas).',
    facteur:
      'Le nombre de copies voulues s’appelle le facteur de réplication. Sans option, `kafka-topics.sh --create` en demande une seule : c’était le cas jusqu’ici.',
    'suivre-un-message':
      'Un événement n’est pas lisible dès que le leader l’a écrit. Il faut que tout l’ISR l’ait copié. La limite s’appelle le high watermark (HW) : ce que les consommateurs peuvent lire.',
  },
  tasks: {
    creer: {
      text: 'Créez `comptes` : 3 partitions, 3 copies de chacune.',
      hints: [
        'L’outil des topics, avec deux options de plus que d’habitude.',
        '`--partitions` et `--replication-factor`.',
        '`bin/kafka-topics.sh --create --topic comptes --partitions 3 --replication-factor 3 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'une-copie':
          'Le topic existe, avec une seule copie de chaque partition. Supprimez-le (`--delete`), puis créez-le avec `--replication-factor 3`.',
        'trop-de-copies': 'La commande a échoué : lisez l’erreur. Il n’y a que trois brokers pour trois copies.',
        'autre-decoupe':
          'Le topic existe, mais pas avec 3 partitions. Supprimez-le (`--delete`), puis créez-le avec `--partitions 3`.',
      },
    },
    decrire: {
      text: 'Décrivez-le : chaque broker mène une partition.',
      hints: [
        'Une option de l’outil des topics.',
        '`--describe` : lisez la colonne `Leader`.',
        '`bin/kafka-topics.sh --describe --topic comptes --bootstrap-server localhost:9092`',
      ],
      wrongTurns: { liste: 'La liste donne les noms. Pour voir les copies, demandez `--describe`.' },
    },
    ecrire: {
      text: 'Écrivez un événement dans `comptes` et suivez-le : leader, suiveurs, puis high watermark.',
      hints: [
        'Le terminal du producteur ; ralentissez le temps pour mieux voir (`[`).',
        'Un producer de console, puis une ligne.',
        '`bin/kafka-console-producer.sh --topic comptes --bootstrap-server localhost:9092`, puis `Alice 100`',
      ],
      wrongTurns: { 'autre-topic': 'Ce producer écrit dans un autre topic que `comptes`.' },
    },
  },
  questions: {
    quatre: {
      text: 'Ce cluster a trois brokers. On demande quatre copies de `comptes`. Que se passe-t-il ?',
      choices: {
        attente: {
          text: 'Trois copies, la quatrième attend un broker',
          feedback: 'Rien n’est créé : Kafka place toutes les copies, ou aucune.',
        },
        'meme-broker': {
          text: 'Un broker en garde deux',
          feedback: 'Deux copies au même endroit se perdraient ensemble : Kafka refuse.',
        },
        refus: {
          text: 'Une erreur, et aucun topic',
          feedback: '`InvalidReplicationFactorException` : le facteur dépasse le nombre de brokers.',
        },
      },
    },
    'un-broker-part': {
      text: 'Le broker 1 s’arrête proprement. On décrit `comptes` juste après. D’où le 1 a-t-il disparu ?',
      choices: {
        'deux-listes': {
          text: 'De `Replicas` et de `Isr`',
          feedback: '`Replicas` dit où les copies doivent être : le 1 y reste, il est attendu.',
        },
        'isr-seul': {
          text: 'De `Isr` seulement',
          feedback:
            '`Replicas` est ce qu’on veut, `Isr` ce qu’on a. Les trois partitions n’ont plus que deux copies à jour.',
        },
        rien: {
          text: 'De nulle part',
          feedback: 'Un arrêt propre prévient le contrôleur : l’ISR change avant que le broker ne parte.',
        },
      },
    },
    'facteur-trois': {
      text: 'Un facteur de réplication de 3 garantit-il trois copies à jour à tout instant ?',
      choices: {
        toujours: { text: 'Oui', feedback: 'Une copie en retard ou absente sort de l’ISR : vous venez de le voir.' },
        voulues: {
          text: 'Non : trois copies voulues, et l’ISR dit combien sont à jour',
          feedback: 'Avec un facteur de 3, l’ISR compte de une à trois copies.',
        },
      },
    },
  },
  freePlay: [
    'Mettez le temps à 1/1000 et renvoyez un événement : le leader l’apprend aux suiveurs parce qu’ils le demandent.',
    'Écrivez, puis ouvrez la fiche d’un suiveur : son high watermark est un pas derrière celui du leader.',
  ],
};
