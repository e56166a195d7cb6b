/** The words of the pictures in both languages. */
import type { Language } from '../../course/courseLesson.ts';
import type { ViewWords } from '../../views/words.ts';
import { terminalName } from '../terminals/terminalName.ts';
import { textsEn } from '../terminals/texts.en.ts';
import { textsFr } from '../terminals/texts.fr.ts';

const fr: ViewWords = {
  broker: (id) => `Broker ${id}`,
  client: ({ terminal, clientId }) => (terminal === null ? clientId : terminalName(terminal, textsFr)),
  controller: 'Contrôleur',
  leader: 'Leader',
  epoch: (epoch) => `ép. ${epoch}`,
  follower: 'Suiveur',
  inSync: 'dans l’ISR',
  outOfSync: 'hors ISR',
  offline: 'hors ligne',
  stopped: 'arrêté',
  starting: 'démarre',
  paused: 'en pause',
  noLeader: 'Pas de leader',
  standalone: 'seul',
  ensemble: 'Ensemble ZooKeeper',
  waiting: (count) => (count === 0 ? 'rien en attente' : `${count} en attente`),
  idle: 'prêt',
  upToDate: 'à jour',
  lag: (count) => `retard ${count}`,
  generation: (generation) => `génération ${generation}`,
  noMember: 'aucun membre · positions gardées 7 jours',
  inFlight: (count) => `${count} en vol`,
  others: 'autres',
  replica: ({ topic, partition, broker, role, leaderEpoch, isInSync, highWatermark, logEndOffset }) =>
    `${topic}, P${partition} sur broker ${broker}, ${role === 'leader' ? 'leader' : role === 'follower' ? 'suiveur' : 'hors ligne'}, époque ${leaderEpoch}, ${
      isInSync ? 'dans l’ISR' : 'hors de l’ISR'
    }, high watermark ${highWatermark}, fin ${logEndOffset}`,
  figureKind: 'schéma',
  figure: 'Cluster simulé : ZooKeeper, brokers, partitions, producteurs et groupes',
};

const en: ViewWords = {
  broker: (id) => `Broker ${id}`,
  client: ({ terminal, clientId }) => (terminal === null ? clientId : terminalName(terminal, textsEn)),
  controller: 'Controller',
  leader: 'Leader',
  epoch: (epoch) => `ep. ${epoch}`,
  follower: 'Follower',
  inSync: 'in the ISR',
  outOfSync: 'out of ISR',
  offline: 'offline',
  stopped: 'stopped',
  starting: 'starting',
  paused: 'paused',
  noLeader: 'No leader',
  standalone: 'alone',
  ensemble: 'ZooKeeper ensemble',
  waiting: (count) => (count === 0 ? 'nothing waiting' : `${count} waiting`),
  idle: 'ready',
  upToDate: 'up to date',
  lag: (count) => `lag ${count}`,
  generation: (generation) => `generation ${generation}`,
  noMember: 'no member · positions kept 7 days',
  inFlight: (count) => `${count} in flight`,
  others: 'others',
  replica: ({ topic, partition, broker, role, leaderEpoch, isInSync, highWatermark, logEndOffset }) =>
    `${topic}, P${partition} on broker ${broker}, ${role}, epoch ${leaderEpoch}, ${isInSync ? 'in the ISR' : 'out of the ISR'}, high watermark ${highWatermark}, end ${logEndOffset}`,
  figureKind: 'diagram',
  figure: 'Simulated cluster: ZooKeeper, brokers, partitions, producers and groups',
};

export const viewWords: Readonly<Record<Language, ViewWords>> = { fr, en };
