/** Words of the narration's summaries. */
export interface SummaryWords {
  readonly written: (count: string, isOne: boolean) => string;
  readonly nothingLost: string;
  readonly refused: (count: string, isOne: boolean) => string;
  readonly truncated: (count: string, isOne: boolean) => string;
  readonly consumed: (count: string, isOne: boolean) => string;
  readonly elections: (count: string, isOne: boolean) => string;
  readonly isrChanges: (count: string, isOne: boolean) => string;
  readonly rebalances: (count: string, isOne: boolean) => string;
  readonly topics: (count: string, isOne: boolean) => string;
  readonly others: (count: string, isOne: boolean) => string;
  readonly state: (state: ClusterState) => string;
}
/** Numbers of a cluster at an instant; internal topics left out. */
interface ClusterState {
  readonly clock: string;
  readonly liveBrokers: number;
  readonly brokers: number;
  readonly controller: number | null;
  readonly topics: number;
  readonly leaderless: number;
  readonly outOfSync: number;
}
