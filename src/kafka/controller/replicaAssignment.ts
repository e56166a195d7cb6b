/**
 * Which brokers hold the replicas of a new topic, or of partitions added to one.
 *
 * Follows `org.apache.kafka.admin.AdminUtils#assignReplicasToBrokers` (3.9.0). For a new topic the brokers come in the order of the
 * metadata cache (`scalaLongMap.ts`), start index and shift are two draws; for added partitions brokers come by id, and both are
 * given by the first replica of partition 0.
 */
import type { ErrorName } from '../errors.ts';
import type { BrokerId } from '../ids.ts';

export interface PlacementBroker {
  readonly id: BrokerId;
  readonly rack: string | null;
}

export interface PlacementRequest {
  readonly brokers: readonly PlacementBroker[];
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** Of the first replica of partition 0 in the list of brokers. */
  readonly startIndex: number;
  readonly shift: number;
  /** The first partition to place: 0 for a new topic. */
  readonly startPartition?: number;
}

export type Placement =
  | {
      readonly outcome: 'placed';
      /** By partition, from `startPartition` on; preferred leader first. */
      readonly assignment: readonly (readonly BrokerId[])[];
    }
  | {
      readonly outcome: 'refused';
      /** Null for racks known only of some brokers: a client-side exception without a code. */
      readonly error: ErrorName | null;
      readonly exception: string;
      readonly message: string;
    };

export function placeReplicas(request: PlacementRequest): Placement {
  const { brokers, partitionCount, replicationFactor } = request;
  if (partitionCount <= 0)
    return refuse('INVALID_PARTITIONS', 'InvalidPartitionsException', 'Number of partitions must be larger than 0.');
  if (replicationFactor <= 0) {
    return refuse(
      'INVALID_REPLICATION_FACTOR',
      'InvalidReplicationFactorException',
      'Replication factor must be larger than 0.',
    );
  }
  if (replicationFactor > brokers.length) {
    const message = `Replication factor: ${replicationFactor} larger than available brokers: ${brokers.length}.`;
    return refuse('INVALID_REPLICATION_FACTOR', 'InvalidReplicationFactorException', message);
  }
  const racks = new Set(brokers.map(({ rack }) => rack));
  if (racks.size === 1 && racks.has(null)) return { outcome: 'placed', assignment: place(request, brokers, 1) };
  if (racks.has(null)) {
    const message = 'Not all brokers have rack information for replica rack aware assignment.';
    return refuse(null, 'AdminOperationException', message);
  }
  return { outcome: 'placed', assignment: place(request, alternateRacks(brokers), racks.size) };
}

function refuse(error: ErrorName | null, exception: string, message: string): Placement {
  return { outcome: 'refused', error, exception, message };
}

/** One broker of each rack in turn, racks by name, brokers by id. */
export function alternateRacks(brokers: readonly PlacementBroker[]): PlacementBroker[] {
  const byRack = new Map<string, PlacementBroker[]>();
  for (const broker of [...brokers].sort((a, b) => a.id - b.id)) {
    const rack = broker.rack ?? '';
    byRack.set(rack, [...(byRack.get(rack) ?? []), broker]);
  }
  const racks = [...byRack.keys()].sort();
  const alternated: PlacementBroker[] = [];
  for (let round = 0; alternated.length < brokers.length; round++) {
    for (const rack of racks) alternated.push(...(byRack.get(rack)?.slice(round, round + 1) ?? []));
  }
  return alternated;
}

function place(
  { partitionCount, replicationFactor, startIndex, shift: firstShift, startPartition = 0 }: PlacementRequest,
  brokers: readonly PlacementBroker[],
  rackCount: number,
): BrokerId[][] {
  const assignment: BrokerId[][] = [];
  let shift = firstShift;
  for (let partition = startPartition; partition < startPartition + partitionCount; partition++) {
    // The shift grows at each full turn, partition 0 excepted, so that followers of one leader are spread.
    if (partition > 0 && partition % brokers.length === 0) shift += 1;
    const first = (partition + startIndex) % brokers.length;
    const replicas = [brokers[first]!];
    for (let attempt = 0; replicas.length < replicationFactor; attempt++) {
      const candidate = brokers[replicaIndex(first, shift * rackCount, attempt, brokers.length)]!;
      if (mayJoin(candidate, replicas, rackCount)) replicas.push(candidate);
    }
    assignment.push(replicas.map(({ id }) => id));
  }
  return assignment;
}

/** Not twice the same broker, and no second one of a rack while another rack has none. */
function mayJoin(candidate: PlacementBroker, replicas: readonly PlacementBroker[], rackCount: number): boolean {
  if (rackCount === 1) return !replicas.includes(candidate);
  const racks = new Set(replicas.map(({ rack }) => rack));
  return (!racks.has(candidate.rack) || racks.size === rackCount) && !replicas.includes(candidate);
}

function replicaIndex(first: number, shift: number, attempt: number, brokerCount: number): number {
  return (first + 1 + ((shift + attempt) % (brokerCount - 1))) % brokerCount;
}
