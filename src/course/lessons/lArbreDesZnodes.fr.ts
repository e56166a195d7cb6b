/** Words of the lesson `lArbreDesZnodes`, in French. */
import type { LessonText } from '../lesson.ts';

export const lArbreDesZnodesFr: LessonText = {
  title: 'L’arbre des znodes',
  objective: 'Parcourir l’arbre, distinguer znode durable, éphémère et séquentiel, poser une surveillance.',
  reads: {
    'un-petit-arbre':
      'ZooKeeper tient un petit arbre, partagé par tous ses clients. Chaque nœud, un znode, porte des données (moins d’un mégaoctet) et peut avoir des enfants. Un chemin le désigne, comme un fichier.',
    'quatre-ingredients':
      'ZooKeeper n’offre ni verrou ni file d’attente tout faits. Il offre quatre ingrédients\u00a0: le znode durable, l’éphémère, le séquentiel, et la surveillance (watch). Les verrous, les files et les élections se cuisinent avec.',
  },
  tasks: {
    lister: {
      text: 'Ouvrez une session à ZooKeeper dans le terminal Session 1, et listez la racine.',
      hints: [
        'Un outil du dossier `bin` ouvre une session interactive\u00a0; il veut une adresse.',
        '`zookeeper-shell.sh localhost:2181`, puis `ls /`. L’outil n’affiche pas d’invite.',
        `\`bin/zookeeper-shell.sh localhost:2181\`, puis \`ls /\``,
      ],
      wrongTurns: {
        'sans-chemin': 'La session est ouverte, sans invite\u00a0: tapez `ls /` et validez.',
        'sans-adresse': 'L’outil veut l’adresse d’un serveur\u00a0: `localhost:2181`.',
      },
    },
    creer: {
      text: 'Créez `/atelier`, durable, puis `/atelier/moi`, éphémère.',
      hints: [
        'La commande est `create`, suivie du chemin et des données.',
        'L’option `-e` rend le znode éphémère.',
        '`create /atelier bonjour`, puis `create -e /atelier/moi ici`',
      ],
      wrongTurns: {
        'atelier-ephemere':
          '`/atelier` est éphémère\u00a0: il n’aura pas d’enfant. Supprimez-le (`delete /atelier`) et créez-le sans `-e`.',
        durable: '`/atelier/moi` est durable. Supprimez-le, puis créez-le avec `-e`.',
        'sans-parent': 'Un znode a besoin de son parent\u00a0: créez d’abord `/atelier`.',
      },
    },
    fermer: {
      text: 'Fermez cette session avec `quit`, puis listez `/atelier` depuis l’autre terminal.',
      hints: [
        '`quit` ferme proprement\u00a0: la session se termine aussitôt.',
        'Dans Session 2, ouvrez une session et demandez `ls /atelier`.',
        '`quit`, puis dans l’autre terminal `bin/zookeeper-shell.sh localhost:2181` et `ls /atelier`',
      ],
      wrongTurns: {
        'a-la-main': 'Vous l’avez supprimé vous-même. Annulez avec `Ctrl` `Z`, et fermez plutôt la session.',
        'encore-la': 'La session 1 est encore ouverte, et son znode avec elle. Tapez `quit` dans Session 1.',
        'sans-verifier': 'L’éphémère a disparu. Vérifiez-le depuis Session 2, avec `ls /atelier`.',
      },
    },
    surveiller: {
      text: 'Depuis Session 2, lisez `/atelier` en posant une surveillance. Changez ensuite sa valeur depuis Session 1.',
      hints: [
        '`get` accepte une option de surveillance\u00a0; `set` change la valeur.',
        '`get -w /atelier`, puis ailleurs `set /atelier salut`.',
        'Dans Session 2 `get -w /atelier`, dans Session 1 `bin/zookeeper-shell.sh localhost:2181 set /atelier salut`',
      ],
      wrongTurns: {
        'pas-de-changement':
          'La surveillance est posée pour cette session, et rien n’a changé depuis. Gardez la session ouverte, et changez la valeur d’ailleurs.',
        'sans-surveillance': 'La valeur a changé, et personne ne la surveillait. Posez `get -w /atelier` d’abord.',
      },
    },
  },
  questions: {
    'que-reste-t-il': {
      text: 'Vous fermez la session 1. Que reste-t-il\u00a0?',
      choices: {
        rien: { text: 'Rien', feedback: '`/atelier` est durable\u00a0: il ne dépend d’aucune session.' },
        tout: { text: 'Tout', feedback: 'Un éphémère vit et meurt avec la session qui l’a créé.' },
        atelier: {
          text: '/atelier seulement',
          feedback: 'C’est ainsi que Kafka apprend qu’un broker a disparu\u00a0: son znode s’efface.',
        },
      },
    },
    'deuxieme-fois': {
      text: 'Changez la valeur une deuxième fois. Session 2 est-elle prévenue\u00a0?',
      choices: {
        encore: {
          text: 'Oui, à chaque changement',
          feedback: 'Une surveillance posée par `get -w` ne sert qu’une fois.',
        },
        'une-fois': {
          text: 'Non, une seule fois',
          feedback:
            'Elle prévient, puis disparaît. Qui veut la suite relit, et la pose de nouveau\u00a0: c’est ce que fait Kafka.',
        },
      },
    },
  },
  freePlay: [
    'Tentez `create -e /atelier/moi/enfant`\u00a0: un éphémère n’a pas d’enfant.',
    'Créez trois fois `create -s -e /atelier/ticket- moi`\u00a0: les numéros se suivent, et le plus petit tient le verrou.',
    'Tuez une session au lieu de la fermer\u00a0: son éphémère reste jusqu’à l’expiration, trente secondes plus tard.',
  ],
};
