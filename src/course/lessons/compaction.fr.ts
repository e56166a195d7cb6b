/** Words of the lesson `compaction`, in French. */
import type { LessonText } from '../lesson.ts';

export const compactionFr: LessonText = {
  title: 'La compaction, à l’œil',
  objective: 'Prédire ce qui survit à un passage du nettoyeur.',
  reads: {
    'la-promesse':
      'Un topic compacté garde, pour chaque clé, au moins sa dernière valeur, sans limite de durée. Le nettoyeur dresse la carte «\u00a0clé, dernier offset\u00a0», puis recopie les segments fermés en sautant les valeurs dépassées.',
    'trois-nuances':
      'Trois nuances. La comparaison traverse tous les segments fermés, pas un seul. Le segment actif, où l’on écrit, n’est jamais touché. Les offsets ne changent pas\u00a0: il reste des trous.',
  },
  tasks: {
    ecrire: {
      text: 'Le fichier `soldes.txt` contient douze soldes, une clé par client. Envoyez-les dans `soldes`, chacun dans son lot.',
      hints: [
        'La console sait lire une clé, et son entrée peut venir d’un fichier.',
        '`parse.key=true`, `key.separator=:`, `--sync --timeout 0` pour un lot par message, et `< soldes.txt`.',
        `\`bin/kafka-console-producer.sh --topic soldes --property parse.key=true --property key.separator=: --sync --timeout 0 --bootstrap-server localhost:9092 < soldes.txt\``,
      ],
      wrongTurns: {
        'sans-cle': 'Sans `parse.key=true`, ces messages n’ont pas de clé, et ce topic les refuse.',
        'un-seul-lot':
          'Les douze messages sont partis dans un seul lot, donc un seul segment. Annulez avec `Ctrl` `Z`, et ajoutez `--sync --timeout 0`.',
      },
    },
    nettoyer: {
      text: 'Laissez passer le nettoyeur, puis relisez le topic en affichant les offsets.',
      hints: [
        'Il se réveille toutes les 15 secondes, et n’agit que si la part sale dépasse le seuil.',
        'Laissez courir trente secondes. Pour lire\u00a0: `print.offset=true`.',
        `\`bin/kafka-console-consumer.sh --topic soldes --from-beginning --property print.offset=true --property print.key=true --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'pas-encore':
          'Le nettoyeur n’est pas encore passé\u00a0: tous les offsets sont là. Laissez passer trente secondes.',
        'sans-offset': 'Ajoutez `--property print.offset=true`\u00a0: ce sont les trous que l’on cherche.',
        'sans-debut': 'Ce lecteur attend la suite. Pour relire, ajoutez `--from-beginning`.',
      },
    },
    'message-sans-cle': {
      text: 'Envoyez à `soldes` un message sans clé, et lisez la réponse.',
      hints: [
        'La console, sans `parse.key`.',
        'L’erreur s’affiche dans le terminal du producteur.',
        `\`bin/kafka-console-producer.sh --topic soldes --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'avec-cle': 'Celui-ci avait une clé, il est écrit. Enlevez `parse.key=true`.',
        'autre-topic': 'Un topic ordinaire accepte les messages sans clé. Visez `soldes`.',
      },
    },
  },
  questions: {
    survivants: {
      text: 'Les segments commencent aux offsets 0, 4, 7 et 11. Quels offsets restent après le nettoyage\u00a0?',
      choices: {
        'par-segment': {
          text: '2, 3, 4, 5, 6, 9, 10 et 11\u00a0: la dernière valeur de chaque segment',
          feedback: 'La comparaison traverse tous les segments fermés.',
        },
        renumerotes: {
          text: '0 à 4, renumérotés',
          feedback: 'Les offsets sont gravés\u00a0: un lecteur en cours ne se perd pas.',
        },
        'deux-alice': {
          text: '3, 4, 9, 10 et 11',
          feedback:
            'Bob 70, Alice 30, Carole 30, Denis 7 dans la partie nettoyée, et Alice 31 dans le segment actif, qui n’a pas été comparé.',
        },
        'une-alice': {
          text: '3, 9, 10 et 11\u00a0: une seule Alice',
          feedback: 'Le segment actif n’entre pas dans la carte\u00a0: Alice garde 30 et 31.',
        },
      },
    },
    'deux-fois-alice': {
      text: 'Alice est là deux fois. Est-ce un défaut\u00a0?',
      choices: {
        panne: {
          text: 'Oui, le nettoyeur s’est trompé',
          feedback: 'La promesse est «\u00a0au moins la dernière valeur\u00a0», pas «\u00a0une seule\u00a0».',
        },
        actif: {
          text: 'Non, le segment actif attend son tour',
          feedback: 'Quand il sera fermé, le passage suivant ne gardera que la plus récente.',
        },
      },
    },
  },
  freePlay: [
    'Écrivez encore quelques soldes d’Alice\u00a0: le segment actif se ferme, et 30 disparaît au passage suivant.',
    'Envoyez `Alice:` avec `--property null.marker=` (rien)\u00a0: une pierre tombale efface la clé, puis elle-même après un jour.',
    'Réglez `min.compaction.lag.ms` sur le topic\u00a0: le nettoyeur laisse les messages récents tranquilles.',
  ],
};
