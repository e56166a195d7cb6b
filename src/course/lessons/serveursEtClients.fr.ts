/** Words of the lesson `serveursEtClients`, in French. */
import type { LessonText } from '../lesson.ts';

export const serveursEtClientsFr: LessonText = {
  title: 'Qui est serveur, qui est client',
  objective: 'Distinguer les brokers de tout ce qui les entoure, et prédire l’effet de l’arrêt de chacun.',
  reads: {
    'deux-roles':
      'Un cluster Kafka est fait de brokers. Ils gardent les données sur leur disque et répondent sur le réseau.\n\nTout le reste est client : celui qui écrit (producer), celui qui lit (consumer), Connect, Kafka Streams, les outils que vous tapez.',
    'par-partition':
      'Les brokers se partagent le travail par partition. Ici, `paiements` a trois partitions, et chaque partition est copiée sur les trois brokers. Une seule copie, le leader, reçoit les écritures.\n\nAjouter un broker n’allège rien tout seul : les partitions en place ne déménagent que si on le demande.',
  },
  tasks: {
    'sans-lecteur-pour-de-bon': {
      text: 'Arrêtez le lecteur, écrivez un paiement, puis relisez tout : dix paiements.',
      hints: [
        'Ctrl-C dans le terminal du lecteur ; le terminal Admin peut écrire.',
        'Un producer pour écrire une ligne `Alice:5`, puis un consumer avec `--from-beginning`.',
        '`bin/kafka-console-consumer.sh --topic paiements --from-beginning --max-messages 10 --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-debut': 'Ce lecteur attend la suite. Pour relire ce qui est déjà écrit, ajoutez `--from-beginning`.',
      },
    },
    repliques: {
      text: 'Décrivez `paiements` : chaque broker mène-t-il une partition ?',
      hints: [
        'L’outil des topics sait décrire un topic.',
        'Deux options : `--describe` et `--topic paiements`, et l’adresse d’un broker.',
        '`bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        liste: 'La liste donne les noms, pas les copies. Demandez `--describe`.',
        echec: 'La commande a échoué : lisez sa première ligne. L’adresse d’un broker est `localhost:9092`.',
      },
    },
    'tuer-un-broker': {
      text: 'Tuez le broker 2, puis attendez que chaque partition ait un leader vivant.',
      hints: [
        'Dans la figure, clic droit sur le broker 2, ou la tête de mort à glisser.',
        'Le cluster ne s’en aperçoit pas tout de suite : la session ZooKeeper du broker doit expirer.',
        'Choisissez Tuer, puis laissez passer une vingtaine de secondes. `Maj` + `→` saute au prochain fait marqué.',
      ],
      wrongTurns: {
        'autre-broker': 'Un autre broker est arrêté. Annulez avec `Ctrl` `Z`, puis tuez le broker 2.',
        'arret-propre':
          'Le broker 2 s’est arrêté proprement : il a rendu ses partitions avant de partir. Annulez avec `Ctrl` `Z`, puis tuez-le.',
        'trop-tot':
          'Le broker 2 est mort, mais ZooKeeper ne le sait pas encore. Laissez passer le temps : sa session expire après 18 secondes sans battement.',
      },
    },
  },
  questions: {
    'sans-lecteur': {
      text: 'Le lecteur est tué. Un producer écrit ensuite un dixième paiement. Que devient ce paiement ?',
      choices: {
        perdus: {
          text: 'Il est perdu, personne ne l’écoute',
          feedback: 'Un broker ne pousse rien : il garde, et le lecteur vient chercher.',
        },
        refuses: {
          text: 'Le producer est refusé',
          feedback: 'Le producer ne sait pas si quelqu’un lit, et n’a pas à le savoir.',
        },
        gardes: {
          text: 'Il est gardé : le prochain lecteur le trouve',
          feedback: 'Le journal est sur les brokers. Un client en moins n’y change rien.',
        },
      },
    },
    'sans-broker': {
      text: 'On tue un broker sur trois et l’on attend vingt secondes. Que deviennent les paiements, copiés trois fois ?',
      choices: {
        'tiers-perdu': {
          text: 'Un tiers est perdu',
          feedback: 'Une partition n’est pas une copie : chacune des trois partitions a trois copies.',
        },
        figees: {
          text: 'On peut les lire, plus en écrire',
          feedback: 'Les écritures reprennent aussi : un autre broker est devenu leader.',
        },
        releve: {
          text: 'On peut tout lire, et encore écrire',
          feedback: 'Un broker qui tenait une copie à jour devient leader de ce que menait le mort.',
        },
      },
    },
    connect: {
      text: 'Un processus Connect écoute un port et s’appelle « worker ». Pour Kafka, qu’est-il ?',
      choices: {
        serveur: {
          text: 'Un serveur : il garde des partitions',
          feedback: 'Ses connecteurs et ses positions sont rangés dans des topics, donc sur les brokers.',
        },
        client: {
          text: 'Un client : il lit et il écrit des topics',
          feedback: 'S’il s’arrête, rien n’est perdu : il reprend à la position gardée par le cluster.',
        },
        'les-deux': {
          text: 'Les deux, selon le connecteur',
          feedback: 'Source ou puits, un connecteur ne garde aucune partition.',
        },
      },
    },
  },
  freePlay: [
    'Redémarrez le broker 2 : il revient suiveur et rattrape son retard.',
    'Arrêtez proprement le broker 1 : cette fois, la relève ne se fait pas attendre.',
  ],
};
