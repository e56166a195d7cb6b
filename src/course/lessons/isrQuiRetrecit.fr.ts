/** Words of the lesson `isrQuiRetrecit`, in French. */
import type { LessonText } from '../lesson.ts';

export const isrQuiRetrecitFr: LessonText = {
  title: 'Panne — un suiveur traîne',
  objective: 'Prédire quand l’ISR rétrécit puis s’agrandit, et ce que fait le high watermark pendant ce temps.',
  reads: {
    'un-fil':
      'Le topic `paiements` n’a qu’une partition. Le broker 1 la mène, les brokers 2 et 0 la copient. La caisse écrit un paiement par seconde, le lecteur les affiche.\n\nNous allons couper un seul fil : celui par lequel le broker 2 vient chercher la suite.',
    'tout-l-isr': 'Un événement devient lisible quand tout l’ISR l’a copié : le high watermark (HW) avance jusque-là.',
    retard:
      'Le leader n’attend pas pour toujours. Un suiveur qui n’a pas rattrapé la fin du journal depuis 30 secondes (`replica.lag.time.max.ms`) est sorti de l’ISR. Le leader le vérifie toutes les 15 secondes. Puis le HW avance sans lui.',
  },
  tasks: {
    couper: {
      text: 'Coupez le fil entre le leader et le broker 2, puis attendez que le broker 2 sorte de l’ISR.',
      hints: [
        'Les ciseaux se glissent sur le fil entre le broker 1 et le broker 2 ; un clic droit sur un broker donne aussi ses liens.',
        'Il faut de 30 à 45 secondes. `Maj` + `→` saute au prochain fait marqué, `]` accélère.',
        'Clic droit sur le broker 2, Liens, broker 1, Couper. Puis laissez passer 45 secondes.',
      ],
      wrongTurns: {
        'broker-arrete':
          'Un broker est arrêté ou suspendu. Ici, tous tournent, et seul un fil est coupé. Annulez avec `Ctrl` `Z`.',
        'entre-suiveurs': 'Ce fil relie deux suiveurs : ils ne se copient pas l’un l’autre. Coupez celui entre 1 et 2.',
        controleur:
          'Le broker 0 est aussi le contrôleur : sans ce fil, le leader ne peut plus lui faire changer l’ISR. Rétablissez-le et coupez celui entre 1 et 2.',
        'pas-encore':
          'Le fil est coupé, et le broker 2 est encore dans l’ISR : le HW ne bouge plus. Laissez passer le temps.',
      },
    },
    reparer: {
      text: 'Rétablissez le fil et attendez le retour du broker 2 dans l’ISR.',
      hints: [
        'Comme pour couper.',
        'Le broker 2 rattrape d’abord la fin du journal, puis le leader le fait rentrer.',
        'Clic droit sur le broker 2, Liens, broker 1, Rétablir',
      ],
      wrongTurns: { 'encore-coupe': 'Le fil est encore coupé : rétablissez-le.' },
    },
  },
  questions: {
    'trente-secondes': {
      text: 'On coupe le fil entre le leader et le broker 2. Que voient les lecteurs pendant les vingt secondes qui suivent ?',
      choices: {
        tout: {
          text: 'Tout, comme d’habitude',
          feedback: 'Le leader a écrit, mais le broker 2 est encore dans l’ISR et n’a pas copié : le HW est bloqué.',
        },
        rien: {
          text: 'Plus rien de nouveau',
          feedback: 'Ni lecture, ni accord `acks=all` : tout attend le broker 2 tant qu’il est dans l’ISR.',
        },
        doubles: { text: 'Des doublons', feedback: 'Aucun message n’est écrit deux fois : ils attendent.' },
      },
    },
    'broker-fige': {
      text: 'Et si l’on suspend le broker 2 tout entier, au lieu de couper un fil ? Quand sort-il de l’ISR ?',
      choices: {
        'meme-delai': {
          text: 'Après le même délai, 30 à 45 secondes',
          feedback: 'Sa session ZooKeeper expire avant, et le contrôleur n’attend pas le leader.',
        },
        'plus-tot': {
          text: 'Plus tôt, une vingtaine de secondes au plus',
          feedback:
            'Deux délais courent : la session ZooKeeper (18 s sans battement) et le retard (30 s). Le plus court gagne.',
        },
        jamais: { text: 'Jamais : il n’est pas mort', feedback: 'Un broker qui ne bat plus est tenu pour parti.' },
      },
    },
  },
  freePlay: [
    'Ralentissez le fil au lieu de le couper : à quelle latence le broker 2 reste-t-il dans l’ISR ?',
    'Coupez encore, et ouvrez la vue Réplication : le HW s’arrête sous la fin du journal (LEO).',
  ],
};
