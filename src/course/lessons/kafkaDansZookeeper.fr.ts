/** Words of the lesson `kafkaDansZookeeper`, in French. */
import type { LessonText } from '../lesson.ts';

export const kafkaDansZookeeperFr: LessonText = {
  title: 'Ce que Kafka confie à ZooKeeper',
  objective: 'Retrouver dans l’arbre les brokers vivants, le contrôleur, le leader et l’ISR d’une partition.',
  reads: {
    'qui-vit':
      'Chaque broker vivant tient un znode éphémère sous `/brokers/ids`. Le premier qui réussit à créer `/controller` devient contrôleur\u00a0: c’est lui qui nomme les leaders des partitions, et qui l’écrit ici.',
    'ce-qui-n-y-est-pas':
      'Les messages ne passent jamais par ZooKeeper. Kafka 3.9 est la dernière version qui sait s’en servir\u00a0; ce mode est déprécié depuis la 3.5.',
  },
  tasks: {
    controleur: {
      text: 'Qui est contrôleur\u00a0? Demandez-le à ZooKeeper.',
      hints: [
        'Un znode à la racine porte son nom.',
        '`zookeeper-shell.sh` accepte une commande après l’adresse\u00a0: `get` lit un znode.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /controller\``,
      ],
      wrongTurns: {
        liste: '`ls` montre les enfants, et `/controller` n’en a pas. Pour sa valeur, demandez `get`.',
        epoque: 'C’est l’époque du contrôleur, pas son nom. Le nom est dans `/controller`.',
      },
    },
    etat: {
      text: 'Lisez l’état de la partition 0 de `paiements`\u00a0: son leader, son ISR, leurs époques.',
      hints: [
        'Sous `/brokers/topics`, un znode par topic, puis un par partition.',
        'L’état est tout au bout\u00a0: `…/partitions/0/state`.',
        `\`bin/zookeeper-shell.sh localhost:2181 get /brokers/topics/paiements/partitions/0/state\``,
      ],
      wrongTurns: {
        affectation:
          'C’est l’affectation\u00a0: qui doit porter une copie. Qui mène et qui est dans l’ISR, c’est dans `partitions/0/state`.',
        'pas-jusqu-au-bout': 'Ce znode est vide\u00a0: il ne fait que ranger. Ajoutez `/state`.',
      },
    },
    'le-faire': {
      text: 'Supprimez `/controller`, puis lisez l’époque du contrôleur.',
      hints: [
        'Le shell de ZooKeeper sait supprimer un znode. L’époque est un znode voisin.',
        '`delete`, puis `get /controller_epoch`.',
        `\`bin/zookeeper-shell.sh localhost:2181 delete /controller\`, puis \`… get /controller_epoch\``,
      ],
      wrongTurns: {
        'sans-comparer':
          'Le znode est supprimé, et déjà recréé. Comparez maintenant l’époque\u00a0: `get /controller_epoch`.',
        'autre-znode':
          'Vous avez visé `/controller_epoch`, qui ne désigne personne. Annulez avec `Ctrl` `Z`, et supprimez `/controller`.',
      },
    },
  },
  questions: {
    offsets: {
      text: 'Et les positions validées des groupes, où Kafka 3.9 les range-t-il\u00a0?',
      choices: {
        la: {
          text: 'Dans ZooKeeper, sous /consumers',
          feedback: '`/consumers` est resté, vide. Les groupes ont quitté ZooKeeper avec Kafka 0.9.',
        },
        topic: {
          text: 'Dans un topic, __consumer_offsets',
          feedback: 'C’est un topic comme un autre, compacté et répliqué. ZooKeeper n’en garde que la description.',
        },
      },
    },
    supprimer: {
      text: 'Vous supprimez à la main le znode `/controller`. Que fait le cluster\u00a0?',
      choices: {
        arret: { text: 'Il s’arrête', feedback: 'Les leaders en place continuent de servir les messages.' },
        rien: { text: 'Rien', feedback: 'Les brokers surveillent ce znode\u00a0: sa disparition les prévient tous.' },
        course: {
          text: 'Un broker le recrée et devient contrôleur',
          feedback: 'Tous courent, un seul réussit la création\u00a0; l’époque du contrôleur augmente de un.',
        },
      },
    },
  },
  freePlay: [
    'Comparez `stat /controller` (le champ `ephemeralOwner`) avec `stat /brokers/ids/0`\u00a0: même session, même broker.',
    'Ouvrez la vue ZooKeeper, tuez un broker, et regardez son znode disparaître à l’expiration de la session.',
    'Ne supprimez jamais `/controller` sur un vrai cluster\u00a0; ici, c’est le sujet de la leçon.',
  ],
};
