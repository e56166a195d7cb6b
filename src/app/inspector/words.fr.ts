/** The words of the inspector in French. */
import type { InspectorWords } from './words.ts';

export const inspectorWordsFr: InspectorWords = {
  title: (mark, name) => {
    switch (mark.kind) {
      case 'broker':
        return `Broker ${mark.broker}`;
      case 'zookeeper':
        return `ZooKeeper ${mark.server}`;
      case 'replica':
        return `${mark.topic} P${mark.partition} sur le broker ${mark.broker}`;
      case 'record':
        return `${mark.topic} P${mark.partition}, offset ${mark.offset}, sur le broker ${mark.broker}`;
      case 'message':
        return 'Message en vol';
      case 'producer':
        return name === '' ? 'Producteur' : name;
      case 'tool':
        return name === '' ? 'Commande' : name;
      case 'link':
        return `Lien ${name}`;
      case 'member':
        return name === '' ? 'Lecteur' : name;
      case 'znode':
        return `Znode ${mark.path}`;
      default:
        return `Groupe ${mark.group}`;
    }
  },
  close: 'Fermer (Échap)',
  openView: 'Ouvrir la vue',
  values: 'Valeurs',
  configuration: 'Configuration',
  byDefault: (value) => `défaut ${value}`,
  noDefault: 'sans défaut',
  otherSettings: (count) => `${count} autres réglages, au défaut`,
  notSimulated: 'Accepté, sans effet dans ce simulateur.',
  unknownSetting: 'Inconnu de Kafka, ignoré.',
  recentFacts: 'Faits récents',
  noFacts: 'Rien n’est arrivé ces derniers temps.',
  why: 'Pourquoi\u00a0?',
  whyOf: (sentence) => `Pourquoi\u00a0: ${sentence}`,
  goTo: (clock, sentence) => `Aller à ${clock}\u00a0: ${sentence}`,
  chain: 'Pourquoi\u00a0?',
  back: 'Retour',
  because: 'parce que',
  also: 'et aussi parce que',
  times: (count) => `${count} messages`,
  further: 'Remonter plus loin',
  gone: 'Cet élément n’existe pas à cet instant.',
  health: { starting: 'démarre', running: 'actif', paused: 'en pause', stopping: 's’arrête', dead: 'arrêté' },
  roles: {
    leader: 'leader',
    follower: 'suiveur',
    offline: 'hors ligne',
    standalone: 'seul',
    looking: 'cherche un leader',
  },
  cellStates: {
    stored: 'lisible par les consommateurs',
    aboveHighWatermark: 'au-dessus du high watermark\u00a0: pas encore lisible',
    tombstone: 'tombstone',
    marker: 'marqueur de transaction',
    gap: 'compacté',
  },
  response: 'réponse',
  yes: 'oui',
  no: 'non',
  none: 'aucun',
  noneOfIt: 'aucune',
  asks: 'demande',
  labels: {
    group: 'Groupe',
    version: 'Version',
    owner: 'Éphémère, de la session',
    createdBy: 'Créé par le zxid',
    modifiedBy: 'Modifié par le zxid',
    children: 'Enfants',
    data: 'Contenu',
    health: 'État',
    controller: 'Contrôleur',
    session: 'Session ZooKeeper',
    port: 'Port',
    logDir: 'Répertoire des journaux',
    pid: 'PID',
    replicasHere: 'Réplicas',
    role: 'Rôle',
    zxid: 'Dernier zxid',
    leaderEpoch: 'Époque du leader',
    inSync: 'Dans l’ISR',
    highWatermark: 'High watermark (HW)',
    logEndOffset: 'Fin du journal (LEO)',
    logStartOffset: 'Début du journal',
    behindLeader: 'Retard sur le leader',
    leader: 'Leader de la partition',
    isr: 'ISR',
    assignment: 'Réplicas assignés',
    clientId: 'client.id',
    acks: 'acks',
    idempotent: 'Idempotent',
    producerId: 'Identifiant de producer',
    topics: 'Topics',
    waiting: 'Événements en attente',
    command: 'Commande',
    state: 'État',
    generation: 'Génération',
    protocol: 'Assignation',
    coordinator: 'Coordinateur',
    offset: 'Offset',
    key: 'Clé',
    value: 'Valeur',
    message: 'Message',
    from: 'De',
    to: 'Vers',
    flightTime: 'Durée du vol',
    inFlight: 'Messages en vol',
    heldBack: 'Retenus par la coupure',
    records: 'Événements à bord',
    members: 'Membres',
  },
  controllerEpoch: (epoch) => `oui, époque ${epoch}`,
  broker: (id) => `broker ${id}`,
  sessionTimeout: (duration, ephemerals) =>
    `expire après ${duration}, ${ephemerals} ${ephemerals < 2 ? 'znode éphémère' : 'znodes éphémères'}`,
  leads: (leads, follows) => `${leads} fois leader, ${follows} fois suiveur`,
  lag: (lag) => (lag === 0 ? 'à jour' : `retard ${lag}`),
  partition: (topic, partition) => `${topic} P${partition}`,
};
