/** The words of the table of the cluster. */
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
  readonly internal: string;
}
