/** Words of the lesson `travaillerEnGroupe`, in French. */
import type { LessonText } from '../lesson.ts';

export const travaillerEnGroupeFr: LessonText = {
  title: 'Travailler en groupe',
  objective: 'Prédire le partage de quatre partitions entre un et cinq lecteurs, et dire qui tient le registre.',
  reads: {
    partage:
      'Des lecteurs qui donnent le même `--group` forment un groupe de consommateurs (consumer group). Kafka leur partage les partitions : chacune a un seul lecteur dans le groupe, mais un lecteur peut en avoir plusieurs.\n\nIci, `paiements` a quatre partitions.',
    coordinateur:
      'Un membre ne connaît que ses partitions. Le registre du groupe est tenu par un broker, le coordinateur : il sait qui est membre, et où en sont les positions validées.\n\nQuand un membre arrive ou part, le groupe se rééquilibre : les partitions sont réparties de nouveau, et une nouvelle génération commence.',
  },
  tasks: {
    trois: {
      text: 'Lancez trois lecteurs du groupe `guichets`, l’un après l’autre, et regardez leurs partitions.',
      hints: [
        'Trois terminaux, la même commande.',
        'Le lecteur de console, avec `--group guichets`.',
        '`bin/kafka-console-consumer.sh --topic paiements --group guichets --bootstrap-server localhost:9092`, dans les trois terminaux',
      ],
      wrongTurns: {
        'sans-groupe':
          'Ce lecteur n’est pas dans le groupe `guichets` : il lit tout, de son côté. Ajoutez `--group guichets`.',
        trop: 'Le groupe a plus de trois membres. Arrêtez-en par Ctrl-C.',
      },
    },
    cinq: {
      text: 'Montez à cinq membres, puis demandez à Kafka qui n’a rien à lire.',
      hints: [
        'Il faut deux terminaux de plus : le bouton + les ouvre.',
        'L’outil des groupes a une vue des membres : `--describe --members`.',
        '`bin/kafka-consumer-groups.sh --describe --group guichets --members --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-groupe': 'Ce lecteur n’est pas dans le groupe `guichets` : ajoutez `--group guichets`.',
        quatre: 'Quatre membres, quatre partitions : chacun a la sienne. Lancez-en un cinquième.',
        'sans-members':
          'Cette vue montre les positions. Ajoutez `--members` : la colonne `#PARTITIONS` dit qui a quoi.',
      },
    },
    ecrire: {
      text: 'Envoyez huit paiements, avec huit clés différentes, et regardez qui affiche quoi.',
      hints: [
        'Un producer qui lit une clé : `parse.key` et `key.separator`.',
        '`printf` peut écrire les huit lignes d’un coup, dans un tube.',
        "`printf '%s:20\\n' Alice Bob Carole Denis Emma Farid Gina Hugo | bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server localhost:9092`",
      ],
      wrongTurns: {
        'sans-cle':
          'Sans clé, un lot entier va dans une seule partition : un seul membre l’a reçu. Ajoutez `--property parse.key=true --property key.separator=:`.',
      },
    },
    relais: {
      text: 'Arrêtez par Ctrl-C un membre qui a affiché des paiements, et regardez le chômeur prendre sa partition.',
      hints: [
        'Dans le terminal d’un lecteur qui a affiché quelque chose.',
        'Ctrl-C : le membre annonce son départ, et le groupe se rééquilibre aussitôt.',
        'Ctrl-C dans le terminal d’un lecteur qui a affiché un paiement',
      ],
      wrongTurns: {
        chomeur:
          'Ce membre n’avait aucune partition : rien n’a changé pour les autres. Annulez avec `Ctrl` `Z` et arrêtez-en un qui travaille.',
        tue: 'Ce membre a été tué, il n’a rien annoncé : le coordinateur attend 45 secondes de silence. Annulez avec `Ctrl` `Z`, puis Ctrl-C.',
        'trop-peu': 'Il ne reste pas quatre membres. Relancez-en, ou annulez avec `Ctrl` `Z`.',
      },
    },
  },
  questions: {
    'un-troisieme': {
      text: 'Deux membres lisent quatre partitions, deux chacun. Un troisième arrive. Que se passe-t-il ?',
      choices: {
        attend: {
          text: 'Il attend qu’une partition se libère',
          feedback: 'Son arrivée suffit : le coordinateur demande un nouveau partage.',
        },
        'deux-un-un': {
          text: 'Les partitions sont réparties de nouveau : deux, une et une',
          feedback: 'C’est un rééquilibrage. La génération passe de 2 à 3.',
        },
        tour: {
          text: 'Chaque message va à l’un des trois, à tour de rôle',
          feedback: 'Ce qui se partage, c’est la partition. Tous ses messages vont au même membre.',
        },
      },
    },
    'deux-groupes': {
      text: 'Un lecteur d’un autre groupe, `audit`, lit `paiements` depuis le début. Que reçoit-il ?',
      choices: {
        'un-seul': {
          text: 'Rien : le groupe `guichets` a déjà tout lu',
          feedback: 'Les groupes s’ignorent. Chacun a ses propres positions.',
        },
        'une-par-groupe': {
          text: 'Tous les paiements',
          feedback: 'Chaque groupe reçoit tout. À l’intérieur d’un groupe, on partage.',
        },
        moitie: {
          text: 'La moitié des paiements',
          feedback: 'Le partage ne se fait qu’à l’intérieur d’un groupe.',
        },
      },
    },
  },
  freePlay: [
    'Tuez un membre au lieu de l’arrêter : sa partition reste sans lecteur pendant 45 secondes.',
    'Relancez le cinquième lecteur, puis passez le topic à cinq partitions (`--alter --partitions 5`) : il en reçoit une quand les membres relisent leurs métadonnées, cinq minutes plus tard au plus.',
    'Ouvrez la vue Groupes : elle montre qui tenait quelle partition avant et après chaque rééquilibrage.',
  ],
};
