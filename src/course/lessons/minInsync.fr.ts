/** Words of the lesson `minInsync`, in French. */
import type { LessonText } from '../lesson.ts';

export const minInsyncFr: LessonText = {
  title: 'Panne — refuser plutôt que risquer',
  objective: 'Prédire quelles écritures passent, selon l’ISR et `acks`.',
  reads: {
    'tout-l-isr':
      '`acks=all` attend l’accord de tout l’ISR. Mais l’ISR rétrécit avec les pannes\u00a0: il peut n’y rester que le leader, et «\u00a0tous\u00a0» veut alors dire «\u00a0un\u00a0».',
    'le-plancher':
      '`min.insync.replicas` fixe un plancher. Le topic `virements` a une partition, trois copies, et le plancher 2\u00a0: avec moins de deux copies synchrones, le leader refuse.',
  },
  tasks: {
    refus: {
      text: 'Tuez les deux suiveurs, laissez passer le temps, puis écrivez un virement. La console est en `acks=all`.',
      hints: [
        'Le broker 0 mène. Il faut que l’ISR ne compte plus que lui.',
        'Tuez les brokers 1 et 2, laissez expirer leurs sessions, puis ouvrez un producer.',
        `\`bin/kafka-console-producer.sh --topic virements --bootstrap-server localhost:9092\`, puis \`Alice 100\``,
      ],
      wrongTurns: {
        'leader-tue': 'Le broker 0 est le leader. Annulez avec `Ctrl` `Z`, et tuez les deux autres.',
        'un-seul-tue':
          'Il reste deux copies synchrones\u00a0: c’est juste le plancher, et l’écriture passe. Tuez l’autre suiveur.',
        'pas-encore':
          'Les brokers sont morts, et encore dans l’ISR\u00a0: leurs sessions ZooKeeper n’ont pas expiré. Laissez passer le temps.',
        'autre-acks': 'Vous avez réglé `acks` vous-même. Laissez la console à `acks=all`, son réglage par défaut.',
      },
    },
    accepter: {
      text: 'Écrivez avec `acks=1`, puis essayez de lire la partition.',
      hints: [
        'Une option de la console règle `acks`. Le lecteur n’a pas besoin de groupe.',
        '`--request-required-acks 1`\u00a0; pour lire, `--partition 0 --offset earliest`.',
        `\`bin/kafka-console-producer.sh --topic virements --request-required-acks 1 --bootstrap-server localhost:9092\`, puis \`bin/kafka-console-consumer.sh --topic virements --partition 0 --offset earliest --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'sans-acks-un': 'La console est encore en `acks=all`\u00a0: ajoutez `--request-required-acks 1`.',
        'sans-lire': 'Le virement est écrit. Essayez maintenant de le lire.',
      },
    },
    remonter: {
      text: 'Redémarrez un suiveur, puis écrivez de nouveau\u00a0: le lecteur doit afficher les deux virements.',
      hints: [
        'Avec deux copies synchrones, le plancher est atteint.',
        'Clic droit sur le broker 1, Redémarrer\u00a0; puis écrivez depuis la console.',
        `Redémarrez le broker 1, puis \`bin/kafka-console-producer.sh --topic virements --bootstrap-server localhost:9092\``,
      ],
      wrongTurns: {
        'pas-revenu': 'L’ISR ne compte que le leader\u00a0: redémarrez un suiveur, et laissez-le rattraper.',
        'sans-ecrire': 'Deux copies sont synchrones. Écrivez encore un virement, lecteur ouvert.',
      },
    },
  },
  questions: {
    'acks-un': {
      text: 'Même situation, mais le producer demande `acks=1`. Que répond le leader\u00a0?',
      choices: {
        refuse: { text: 'Il refuse aussi', feedback: 'Le plancher ne vaut que pour qui demande `acks=all`.' },
        accepte: {
          text: 'Il accepte',
          feedback:
            'Il écrit dans son journal et répond. Une seule copie existe\u00a0: si ce broker meurt, elle attend son retour.',
        },
      },
    },
    'rien-a-lire': {
      text: 'Le virement est accepté, et le lecteur n’affiche rien. Pourquoi\u00a0?',
      choices: {
        perdu: {
          text: 'Il est perdu',
          feedback: 'La figure le montre\u00a0: il est dans le journal du leader, au-dessus du high watermark.',
        },
        retenu: {
          text: 'Le high watermark n’avance pas sous le plancher',
          feedback:
            'Tant que l’ISR compte moins de `min.insync.replicas` copies, le leader garde le high watermark où il est. Les lecteurs ne voient que ce qui est à l’abri.',
        },
      },
    },
    'plancher-trois': {
      text: 'Trois copies et un plancher de 3\u00a0: bonne idée\u00a0?',
      choices: {
        'plus-sur': {
          text: 'Oui, c’est plus sûr',
          feedback: 'Le moindre redémarrage d’un broker bloque alors les écritures.',
        },
        bloquant: {
          text: 'Non, aucune panne n’est tolérée en écriture',
          feedback:
            'D’où le réglage habituel, trois copies et plancher 2\u00a0: une panne sans rien perdre ni bloquer.',
        },
      },
    },
  },
  freePlay: [
    'Baissez le plancher à chaud\u00a0: `kafka-configs.sh --alter --entity-type topics --entity-name virements --add-config min.insync.replicas=1`.',
    'Pendant le refus, ouvrez la vue de réplication\u00a0: qui attend, et quoi\u00a0?',
    'Le plancher se règle sur le topic ou le broker, `acks` chez le producer. Changez l’un sans l’autre, et comparez.',
  ],
};
