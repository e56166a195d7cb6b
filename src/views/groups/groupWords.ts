/** The words of the group view. */
export interface GroupWords {
  readonly figure: (group: string) => string;
  readonly figureKind: string;
  /** A client is called after its terminal, else by its client id. */
  readonly client: (client: { readonly terminal: string | null; readonly clientId: string }) => string;
  readonly generation: (generation: number) => string;
  readonly nextGeneration: (generation: number) => string;
  readonly memberCount: (members: number) => string;
  readonly noMember: (retentionDays: number) => string;
  readonly absent: string;
  readonly groupLeader: string;
  readonly awaitsJoin: string;
  readonly awaitsSync: string;
  readonly session: (leftMs: number, ofMs: number) => string;
  readonly coordinator: string;
  readonly coordinatorIs: (broker: number, offsetsPartition: number) => string;
  readonly assignor: (name: string | null) => string;
  readonly rebalance: string;
  readonly changeHands: string;
  readonly nothingMoved: string;
  readonly whoReads: string;
  readonly nobody: string;
  readonly now: string;
  readonly position: string;
  readonly lag: (count: number | null) => string;
  readonly clock: (seconds: number) => string;
  readonly member: (of: {
    readonly number: number;
    readonly name: string;
    readonly isLeader: boolean;
    readonly partitions: readonly string[];
  }) => string;
  readonly partition: (of: {
    readonly name: string;
    readonly reader: string | null;
    readonly committed: number | null;
    readonly position: number | null;
    readonly end: number | null;
    readonly lag: number | null;
  }) => string;
  readonly group: (group: string, state: string, generation: number) => string;
  readonly table: {
    readonly caption: (group: string) => string;
    readonly partition: string;
    readonly member: string;
    readonly committed: string;
    readonly position: string;
    readonly end: string;
    readonly lag: string;
    readonly none: string;
  };
}
