/** Reassignments of partitions (KIP-455). */
import type { Turn } from '../broker/turn.ts';
import type { PartitionKey } from './controller.ts';

type Done = (turn: Turn) => void;

export function resumeReassignments(turn: Turn, done: Done): void {
  done(turn);
}

/** A reassignment may be complete now that these partitions have another ISR. */
export function afterIsrChange(turn: Turn, _keys: readonly PartitionKey[], done: Done): void {
  done(turn);
}
