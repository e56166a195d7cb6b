/** What there is to say of a partition's replication at an instant: the one thing that matters most. */
import type { ReplicationPicture, ReplicationReplica } from '../../../cluster/broker/pictureOfReplication.ts';
import type { ReplicationHistory } from '../../../views/replication/layout.ts';

export type Situation =
  | { readonly kind: 'noLeader'; readonly isr: readonly number[] }
  /** A replica has records that its leader has not: `isCut` once they are gone. */
  | {
      readonly kind: 'diverging';
      readonly broker: number;
      readonly leader: number;
      readonly from: number;
      readonly to: number;
      readonly isCut: boolean;
      readonly highWatermark: number;
    }
  | { readonly kind: 'underMinIsr'; readonly isrCount: number; readonly minInSyncReplicas: number }
  | { readonly kind: 'dead'; readonly brokers: readonly number[]; readonly isInSync: boolean; readonly maxMs: number }
  /** Alive, and out of the ISR or not caught up for long. */
  | { readonly kind: 'outOfSync'; readonly brokers: readonly number[]; readonly highWatermark: number }
  | {
      readonly kind: 'copying';
      readonly brokers: readonly number[];
      readonly highWatermark: number;
      readonly end: number;
    }
  | { readonly kind: 'alone' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'inSync'; readonly end: number };

export function situationOf(picture: ReplicationPicture, history: ReplicationHistory): Situation {
  const { leader, isr, replicas, minInSyncReplicas, replicaLagTimeMaxMs: maxMs } = picture;
  const leading = replicas.find(({ replica }) => replica.broker === leader);
  if (leading === undefined || leading.health === 'dead') return { kind: 'noLeader', isr };
  const { highWatermark, logEndOffset: end } = leading.replica;
  for (const { replica } of replicas) {
    const { broker, divergesAt } = replica;
    const cut = history.truncations.get(broker);
    const about = { kind: 'diverging', broker, leader, highWatermark: replica.highWatermark } as const;
    if (divergesAt !== null) return { ...about, from: divergesAt, to: replica.logEndOffset, isCut: false };
    if (cut !== undefined && cut.from > replica.logEndOffset && cut.to >= replica.logEndOffset)
      return { ...about, from: cut.to, to: cut.from, isCut: true };
  }
  if (minInSyncReplicas !== null && isr.length < minInSyncReplicas)
    return { kind: 'underMinIsr', isrCount: isr.length, minInSyncReplicas };
  const ids = (some: readonly ReplicationReplica[]): readonly number[] => some.map(({ replica }) => replica.broker);
  const dead = replicas.filter(({ health }) => health === 'dead');
  if (dead.length > 0)
    return { kind: 'dead', brokers: ids(dead), isInSync: dead.some(({ replica }) => replica.isInSync), maxMs };
  const out = replicas.filter(({ replica }) => !replica.isInSync);
  if (out.length > 0) return { kind: 'outOfSync', brokers: ids(out), highWatermark };
  if (replicas.length === 1) return { kind: 'alone' };
  const behind = replicas.filter(({ known }) => known !== null && (known.logEndOffset ?? -1) < end);
  if (behind.length > 0) return { kind: 'copying', brokers: ids(behind), highWatermark, end };
  return end === 0 ? { kind: 'empty' } : { kind: 'inSync', end };
}
