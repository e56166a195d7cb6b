/**
 * Who leads a partition, for each reason to elect.
 *
 * Follows `kafka.controller.PartitionLeaderElectionAlgorithms` (3.9.0): the order is always that of the assignment, never that of the ISR.
 */
import type { BrokerId } from '../ids.ts';

export interface ElectionInput {
  /** Preferred leader first; the target assignment for a reassignment. */
  readonly assignment: readonly BrokerId[];
  readonly inSyncReplicas: readonly BrokerId[];
  readonly liveReplicas: readonly BrokerId[];
}

/** All elections answer null when nobody may lead. */
export function electOfflinePartition(
  input: ElectionInput,
  { unclean }: { readonly unclean: boolean },
): BrokerId | null {
  const clean = firstInSync(input);
  if (clean !== null || !unclean) return clean;
  return input.assignment.find((id) => input.liveReplicas.includes(id)) ?? null;
}

export function electReassigned(input: ElectionInput): BrokerId | null {
  return firstInSync(input);
}

/** The preferred replica or nobody. */
export function electPreferred({ assignment, ...rest }: ElectionInput): BrokerId | null {
  return firstInSync({ assignment: assignment.slice(0, 1), ...rest });
}

export function electForControlledShutdown(
  { assignment, ...rest }: ElectionInput,
  { shuttingDown }: { readonly shuttingDown: readonly BrokerId[] },
): BrokerId | null {
  return firstInSync({ assignment: assignment.filter((id) => !shuttingDown.includes(id)), ...rest });
}

function firstInSync({ assignment, inSyncReplicas, liveReplicas }: ElectionInput): BrokerId | null {
  return assignment.find((id) => liveReplicas.includes(id) && inSyncReplicas.includes(id)) ?? null;
}
