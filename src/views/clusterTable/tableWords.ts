/** The words of the table of the cluster. */
import type { ReplicaPositions, ServerRow } from './rows.ts';

export interface TableWords {
  readonly partitions: string;
  readonly groups: string;
  readonly topic: string;
  readonly partition: string;
  readonly leader: string;
  readonly leaderEpoch: string;
  readonly replicas: string;
  readonly isr: string;
  readonly highWatermark: (broker: number) => string;
  readonly logEndOffset: (broker: number) => string;
  readonly group: string;
  readonly state: string;
  readonly member: string;
  readonly committed: string;
  readonly end: string;
  readonly lag: string;
  readonly none: string;
  readonly noTopic: string;
  readonly noGroup: string;
  readonly internalPartitions: (count: number) => string;
  readonly replicaState: (broker: number) => string;
  readonly replicaStates: Readonly<Record<ReplicaPositions['state'], string>>;
  readonly servers: string;
  readonly server: string;
  readonly health: string;
  readonly healths: Readonly<Record<ServerRow['health'], string>>;
  readonly role: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly session: string;
  readonly sessions: Readonly<Record<NonNullable<ServerRow['session']>, string>>;
}
