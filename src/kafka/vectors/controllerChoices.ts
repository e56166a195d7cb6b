/**
 * Replays of `03-leader-election`, `03-replica-assignment`, `03-replica-assignment-racks` and `04-coordinator-partition`.
 */
import {
  type ElectionInput,
  electForControlledShutdown,
  electOfflinePartition,
  electPreferred,
  electReassigned,
} from '../controller/leaderElection.ts';
import { alternateRacks, placeReplicas } from '../controller/replicaAssignment.ts';
import { coordinatorPartition } from '../coordinatorPartition.ts';
import type { BrokerId } from '../ids.ts';
import { javaStringHash } from '../javaHash.ts';
import type { Json } from './json.ts';

interface ElectionCase {
  readonly assignment: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  readonly liveReplicas: readonly BrokerId[];
  readonly shuttingDown: readonly BrokerId[];
}

export function replayLeaderElection({ assignment, isr, liveReplicas, shuttingDown }: ElectionCase): Json {
  const input: ElectionInput = { assignment, inSyncReplicas: isr, liveReplicas };
  return {
    offline: electOfflinePartition(input, { unclean: false }),
    offlineUnclean: electOfflinePartition(input, { unclean: true }),
    preferred: electPreferred(input),
    reassign: electReassigned(input),
    controlledShutdown: electForControlledShutdown(input, { shuttingDown }),
  };
}

interface PlacementCase {
  readonly brokers: readonly BrokerId[];
  readonly partitions: number;
  readonly replicationFactor: number;
  /** −1: from 0. */
  readonly startPartitionId: number;
  readonly startIndex: number;
  readonly shift: number;
  readonly racks?: Readonly<Record<string, string | null>>;
}

export function replayReplicaAssignment(input: PlacementCase): Json {
  const brokers = input.brokers.map((id) => ({ id, rack: input.racks?.[String(id)] ?? null }));
  const startPartition = Math.max(0, input.startPartitionId);
  const { partitions: partitionCount, replicationFactor, startIndex, shift } = input;
  const placement = placeReplicas({ brokers, partitionCount, replicationFactor, startIndex, shift, startPartition });
  if (placement.outcome === 'refused') return { error: placement.exception, message: placement.message };
  const assignment = Object.fromEntries(
    placement.assignment.map((replicas, i) => [String(startPartition + i), replicas]),
  );
  return input.racks === undefined
    ? { assignment }
    : { assignment, rackAlternated: alternateRacks(brokers).map(({ id }) => id) };
}

interface PartitionCounts {
  readonly groupPartition: Readonly<Record<string, number>>;
  readonly transactionPartition: Readonly<Record<string, number>>;
}

export function replayCoordinatorPartition(
  id: string,
  { groupPartition, transactionPartition }: PartitionCounts,
): Json {
  const forCounts = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.keys(counts).map((count) => [count, coordinatorPartition(id, { partitionCount: Number(count) })]),
    );
  return {
    javaHash: javaStringHash(id),
    groupPartition: forCounts(groupPartition),
    transactionPartition: forCounts(transactionPartition),
  };
}
