/** The words of the replication view in French. */
import type { ReplicationWords } from './replicationWords.ts';

const secondsText = (ms: number): string => `${(Math.floor(ms / 100) / 10).toFixed(1).replace('.', ',')}\u00a0s`;
const range = (from: number, to: number): string =>
  to - from === 1 ? `${from}` : to - from === 2 ? `${from} et ${to - 1}` : `${from} à ${to - 1}`;

export const replicationWordsFr: ReplicationWords = {
  figure: (topic, partition) =>
    `Réplication de ${topic}, partition ${partition}\u00a0: ses réplicas sur un même axe d’offsets`,
  figureKind: 'schéma',
  broker: (id) => `Broker ${id}`,
  epoch: (epoch) => `Époque ${epoch}`,
  ledBy: (broker) => `leader\u00a0: broker ${broker}`,
  leader: 'Leader · ISR',
  follower: 'Suiveur · ISR',
  outOfSync: 'Suiveur · hors ISR',
  offline: 'hors ligne',
  end: (offset) => `LEO ${offset}`,
  knownEnd: (offset) => (offset === null ? 'le leader ne le connaît pas encore' : `pour le leader\u00a0: ${offset}`),
  caughtUp: (agoMs, maxMs) =>
    agoMs === null
      ? `pas encore rattrapé (max. ${maxMs / 1000}\u00a0s)`
      : `rattrapé il y a ${secondsText(agoMs)} sur ${maxMs / 1000}\u00a0s`,
  fetch: (offset, lastEpoch) =>
    lastEpoch < 0 ? `Fetch offset ${offset}` : `Fetch offset ${offset}, dernière époque ${lastEpoch}`,
  waits: 'attend chez le leader',
  records: (first, last) => (first === last ? `l’événement ${first}` : `les événements ${first} à ${last}`),
  nothingNew: (highWatermark) => (highWatermark === null ? 'rien de nouveau' : `rien de nouveau, HW ${highWatermark}`),
  diverging: (epoch, endOffset) => `divergence\u00a0: l’époque ${epoch} finit à ${endOffset}`,
  truncated: (from, to) => `tronqué\u00a0: ${range(from, to)}`,
  toTruncate: (from, to) => `à tronquer\u00a0: ${range(from, to)}`,
  awaitsReplicas: (requests, offset) =>
    `acks=all\u00a0: ${requests} ${requests === 1 ? 'requête attend' : 'requêtes attendent'} que le HW atteigne ${offset}`,
  noLeader: 'Pas de leader\u00a0: aucun réplica de l’ISR n’est vivant',
  noRecord: 'En attente du premier événement',
  replica: ({ broker, role, isInSync, highWatermark, logEndOffset, knownEnd }) =>
    `Réplica du broker ${broker}, ${role === 'leader' ? 'leader' : role === 'follower' ? 'suiveur' : 'hors ligne'}, ${isInSync ? 'dans l’ISR' : 'hors de l’ISR'}, high watermark ${highWatermark}, fin ${logEndOffset}${knownEnd === null ? '' : `, fin connue du leader ${knownEnd}`}`,
  table: {
    caption: (topic, partition) => `Réplicas de ${topic} P${partition}`,
    broker: 'Broker',
    role: 'Rôle',
    isr: 'ISR',
    highWatermark: 'HW',
    logEndOffset: 'LEO',
    knownEnd: 'LEO connu du leader',
    caughtUp: 'Dernier rattrapage',
    epochs: 'Époques (début)',
    yes: 'oui',
    no: 'non',
    epochFrom: (epoch, offset) => `${epoch} depuis ${offset}`,
  },
};
