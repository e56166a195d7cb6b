/** The words of the replication view in English. */
import type { ReplicationWords } from './replicationWords.ts';

const secondsText = (ms: number): string => `${(Math.floor(ms / 100) / 10).toFixed(1)}\u00a0s`;
const range = (from: number, to: number): string =>
  to - from === 1 ? `${from}` : to - from === 2 ? `${from} and ${to - 1}` : `${from} to ${to - 1}`;

export const replicationWordsEn: ReplicationWords = {
  figure: (topic, partition) => `Replication of ${topic}, partition ${partition}: its replicas on one axis of offsets`,
  figureKind: 'diagram',
  broker: (id) => `Broker ${id}`,
  epoch: (epoch) => `Epoch ${epoch}`,
  ledBy: (broker) => `leader: broker ${broker}`,
  leader: 'Leader · ISR',
  follower: 'Follower · ISR',
  outOfSync: 'Follower · not in ISR',
  offline: 'offline',
  end: (offset) => `LEO ${offset}`,
  knownEnd: (offset) => (offset === null ? 'not known to the leader yet' : `for the leader: ${offset}`),
  caughtUp: (agoMs, maxMs) =>
    agoMs === null
      ? `not caught up yet (max. ${maxMs / 1000}\u00a0s)`
      : `caught up ${secondsText(agoMs)} ago of ${maxMs / 1000}\u00a0s`,
  fetch: (offset, lastEpoch) =>
    lastEpoch < 0 ? `Fetch offset ${offset}` : `Fetch offset ${offset}, last epoch ${lastEpoch}`,
  waits: 'waits at the leader',
  records: (first, last) => (first === last ? `record ${first}` : `records ${first} to ${last}`),
  nothingNew: (highWatermark) => (highWatermark === null ? 'nothing new' : `nothing new, HW ${highWatermark}`),
  diverging: (epoch, endOffset) => `diverging: epoch ${epoch} ends at ${endOffset}`,
  truncated: (from, to) => `truncated: ${range(from, to)}`,
  toTruncate: (from, to) => `to be truncated: ${range(from, to)}`,
  awaitsReplicas: (requests, offset) =>
    `acks=all: ${requests} ${requests === 1 ? 'request waits' : 'requests wait'} for the HW to reach ${offset}`,
  noLeader: 'No leader: no replica of the ISR is alive',
  noRecord: 'Waiting for the first record',
  replica: ({ broker, role, isInSync, highWatermark, logEndOffset, knownEnd }) =>
    `Replica on broker ${broker}, ${role}, ${isInSync ? 'in the ISR' : 'out of the ISR'}, high watermark ${highWatermark}, end ${logEndOffset}${knownEnd === null ? '' : `, end known to the leader ${knownEnd}`}`,
  table: {
    caption: (topic, partition) => `Replicas of ${topic} P${partition}`,
    broker: 'Broker',
    role: 'Role',
    isr: 'ISR',
    highWatermark: 'HW',
    logEndOffset: 'LEO',
    knownEnd: 'LEO known to the leader',
    caughtUp: 'Last caught up',
    epochs: 'Epochs (start)',
    yes: 'yes',
    no: 'no',
    epochFrom: (epoch, offset) => `${epoch} from ${offset}`,
  },
};
