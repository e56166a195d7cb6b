/** The words of the time bar in French. */
import type { TimeBarWords } from './words.ts';

export const timeBarWordsFr: TimeBarWords = {
  region: 'Temps simulé',
  play: 'Lecture (Espace)',
  pause: 'Pause (Espace)',
  stepForward: 'Un pas en avant (→)',
  stepBack: 'Un pas en arrière (←)',
  nextMarked: 'Au prochain fait marqué, ou une minute plus loin (Maj →)',
  previousMarked: 'Au fait marqué précédent (Maj ←)',
  clocks:
    'Temps simulé depuis le début de la session\u00a0; dessous, l’heure de la machine simulée, celle de ses journaux',
  machineTime: (time) => `machine ${time}`,
  scrubber: 'Instant montré',
  instant: (at, end, lastMarked) =>
    `${at}, connu jusqu’à ${end}${lastMarked === null ? '' : `. Dernier fait marqué\u00a0: ${lastMarked}`}`,
  showAll: 'Tout le temps',
  marksHere: (count) => `${count} faits marqués ici`,
  bookmark: 'Poser un signet (M)',
  bookmarkAt: (clock) => `Signet à ${clock}`,
  speed: 'Vitesse',
  automatic: 'auto',
  automaticTitle: 'Vitesse automatique\u00a0: lente quand vos messages volent, réelle sinon',
  spokenSpeed: (speed, isAutomatic) => (isAutomatic ? `automatique, en ce moment ${speed}` : speed),
  timesFaster: (times) => `${times} fois plus vite`,
  timesSlower: (times) => `${times} fois plus lent`,
  realSpeed: 'vitesse réelle',
  branches: 'Branches',
  branch: (id) => `Branche ${id}`,
  branchUntil: (id, endClock) => `Branche ${id}, connue jusqu’à ${endClock}`,
  labels: {
    zookeeperServing: () => 'ZooKeeper prêt',
    brokerStarted: ({ broker }) => `broker ${broker} prêt`,
    topicCreated: ({ topic }) => `${topic} créé`,
    topicDeleted: ({ topic }) => `${topic} supprimé`,
    controllerElected: ({ broker }) => `contrôleur\u00a0: ${broker}`,
    leaderElected: ({ partition, leader }) =>
      leader < 0 ? `P${partition}\u00a0: sans leader` : `P${partition}\u00a0: broker ${leader}`,
    isrShrunk: ({ partition, isr }) => `ISR P${partition}\u00a0: ${isr.join(', ')}`,
    isrExpanded: ({ partition, isr }) => `ISR P${partition}\u00a0: ${isr.join(', ')}`,
    zookeeperElected: ({ server }) => `zk ${server} élu`,
    quorumLost: () => 'quorum perdu',
    groupStateChanged: ({ group, to, generationId }) =>
      to === 'Stable' ? `${group}\u00a0: gén. ${generationId}` : `${group}\u00a0: rééquilibrage`,
    recordsRefused: ({ topic }) => `${topic}\u00a0: refusé`,
    sessionExpired: () => 'session expirée',
    logDirFailed: ({ broker }) => `broker ${broker}\u00a0: répertoire perdu`,
    logTruncated: ({ partition, to }) => `P${partition} tronquée à ${to}`,
  },
};
