/** Words of the lesson `lesTroisOffsets`, in French. */
import type { LessonText } from '../lesson.ts';

export const lesTroisOffsetsFr: LessonText = {
  title: 'Les trois sens du mot offset',
  objective: 'Distinguer l’offset d’un événement, la position d’un lecteur et la position validée d’un groupe.',
  reads: {
    'trois-sens':
      'Un même mot, trois choses.\n\nL’offset d’un événement est son numéro dans la partition. Il ne change jamais.\n\nLa position est le prochain numéro qu’un lecteur va demander. Elle vit dans sa mémoire.\n\nLa position validée (committed offset) est celle que le groupe a mise à l’abri dans le topic `__consumer_offsets`.',
    valider:
      'Lire avance la position, pas la position validée. Le consumer valide de lui-même toutes les cinq secondes, au moment où il redemande des messages, et encore une fois quand il part. Avoir validé ne prouve donc pas que le travail est fait.',
  },
  tasks: {
    'lire-en-groupe': {
      text: 'Lisez tout avec le groupe `compta`, puis arrêtez le lecteur.',
      hints: [
        'Le lecteur de console accepte un groupe.',
        '`--group compta`, et `--from-beginning` la première fois. Puis Ctrl-C.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --from-beginning --bootstrap-server localhost:9092`, puis Ctrl-C',
      ],
      wrongTurns: {
        'encore-en-marche': 'Les huit messages sont lus. Arrêtez le lecteur par Ctrl-C : il valide en partant.',
        'sans-groupe':
          'Ce lecteur n’est pas dans le groupe `compta` : sans `--group`, la console en prend un au nom aléatoire, et ne valide rien.',
        'sans-debut':
          'Ce lecteur a commencé à la fin, et il a validé 8 sans rien lire. `--from-beginning` n’y changera plus rien : revenez en arrière avec `Ctrl` `Z`, puis relancez avec l’option.',
      },
    },
    verifier: {
      text: 'Demandez à Kafka où en est le groupe `compta`.',
      hints: [
        'Il y a un outil pour les groupes.',
        '`kafka-consumer-groups.sh`, avec `--describe` et `--group`.',
        '`bin/kafka-consumer-groups.sh --describe --group compta --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: 'La liste donne les noms des groupes. Décrivez celui-ci : `--describe --group compta`.',
        echec: 'La commande a échoué : lisez sa première ligne. Il lui faut une action et l’adresse d’un broker.',
      },
    },
    reprendre: {
      text: 'Écrivez deux messages de plus, puis relancez le groupe : il doit lire ces deux-là, et finir sans retard.',
      hints: [
        'Le terminal Admin peut écrire ; le lecteur est dans l’autre.',
        'Un producer pour deux lignes, puis la même commande de lecture qu’au début.',
        '`bin/kafka-console-consumer.sh --topic vive-le-ca --group compta --from-beginning --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'lecteur-d-abord': 'Le lecteur attend au numéro 8. Écrivez maintenant deux lignes depuis l’autre terminal.',
        'pas-encore-valide':
          'Les deux messages sont lus : la position est à 10. La position validée est encore à 8, le temps que le lecteur valide : cinq secondes au plus.',
        'sans-groupe': 'Ce lecteur n’est pas dans le groupe `compta` : ajoutez `--group compta`.',
      },
    },
  },
  questions: {
    'valeur-validee': {
      text: 'Huit messages, d’offsets 0 à 7. Le groupe `compta` les lit tous et valide. Quelle valeur est gardée ?',
      choices: {
        zero: { text: '0', feedback: 'Ce serait « tout est encore à lire ».' },
        sept: { text: '7, le dernier lu', feedback: 'Kafka garde le prochain à lire, pas le dernier lu.' },
        huit: {
          text: '8, le prochain à lire',
          feedback: 'La reprise commence là : à l’offset 8, qui n’existe pas encore.',
        },
      },
    },
    retard: {
      text: 'Dans la réponse, que vaut la colonne `LAG`, le retard du groupe ?',
      choices: {
        un: { text: '1', feedback: 'Le retard se compte de la position validée à la fin du journal : 8 − 8.' },
        zero: { text: '0', feedback: '`LOG-END-OFFSET` vaut 8, `CURRENT-OFFSET` aussi : 8 − 8 = 0.' },
        huit: { text: '8', feedback: '8 est la position validée. Le retard est ce qui reste à lire.' },
      },
    },
    relancer: {
      text: 'Vous relancez la même commande, `--from-beginning` compris, avec le groupe `compta`. Que s’affiche-t-il ?',
      choices: {
        tout: {
          text: 'Les huit messages',
          feedback: '`--from-beginning` ne sert que si le groupe n’a encore rien validé.',
        },
        erreur: { text: 'Une erreur', feedback: 'La commande est valable : l’option est seulement sans effet.' },
        rien: { text: 'Rien', feedback: 'Le groupe reprend à sa position validée, 8, et attend la suite.' },
      },
    },
  },
  freePlay: [
    'Lancez un lecteur sans `--group`, puis listez les groupes : `bin/kafka-consumer-groups.sh --list --bootstrap-server localhost:9092`.',
    'Lisez avec un groupe neuf, et décrivez-le moins de cinq secondes après le départ du lecteur : la position validée n’est pas encore là.',
  ],
};
