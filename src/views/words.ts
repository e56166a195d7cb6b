/** The words that pictures need, by language; the page passes those of its language. */
export interface ViewWords {
  readonly broker: (id: number) => string;
  /** A client is called after its terminal, else by its client id. */
  readonly client: (client: { readonly terminal: string | null; readonly clientId: string }) => string;
  readonly controller: string;
  readonly leader: string;
  readonly epoch: (epoch: number) => string;
  readonly follower: string;
  readonly inSync: string;
  readonly outOfSync: string;
  readonly offline: string;
  readonly stopped: string;
  readonly stopping: string;
  readonly starting: string;
  readonly paused: string;
  readonly noLeader: string;
  /** « Pas de leader : aucun réplica de l’ISR n’est vivant » */
  readonly noLeaderWhy: string;
  readonly standalone: string;
  readonly ensemble: string;
  /** Of a ZooKeeper server that looks for a leader, from the longest to the shortest. */
  readonly electing: readonly [string, ...string[]];
  /** From the longest to the shortest. `count`: in a quorum, those that form it; without one, those that are alive. */
  readonly ensembleState: (of: {
    readonly state: 'quorum' | 'noLeader' | 'lost';
    readonly count: number;
    readonly all: number;
    readonly needed: number;
  }) => readonly string[];
  /** Of a session that is not heard of. */
  readonly expiresIn: (seconds: number) => string;
  /** A tool at work, by its program. */
  readonly tool: (program: string) => string;
  readonly partitions: (count: number) => string;
  readonly topicContent: (partitions: number, records: number) => string;
  readonly topicLine: (topic: string, partitions: number, records: number) => string;
  readonly number: (value: number) => string;
  readonly bytes: (value: number) => string;
  readonly percent: (value: number) => string;
  readonly milliseconds: (value: number) => string;
  readonly heatMeasure: string;
  readonly heatLag: string;
  readonly heatLagHelp: string;
  readonly heatSize: string;
  readonly heatSizeHelp: string;
  /** « P12, retard : Broker 0 3, Broker 1 0 » */
  readonly heatRow: (partition: number, measure: 'lag' | 'size', values: readonly string[]) => string;
  readonly internalTopics: string;
  readonly internalTopicsHelp: string;
  readonly zoom: (percent: number) => string;
  readonly fitHelp: string;
  readonly waiting: (count: number) => string;
  readonly idle: string;
  readonly upToDate: string;
  readonly lag: (count: number) => string;
  readonly generation: (generation: number) => string;
  readonly noPartition: string;
  readonly noMember: string;
  readonly inFlight: (count: number) => string;
  readonly others: string;
  /** « P0 sur broker 1, leader, époque 4, dans l’ISR, high watermark 6, fin 7 » */
  readonly replica: (replica: {
    readonly topic: string;
    readonly partition: number;
    readonly broker: number;
    readonly role: 'leader' | 'follower' | 'offline';
    readonly leaderEpoch: number;
    readonly isInSync: boolean;
    readonly highWatermark: number;
    readonly logEndOffset: number;
  }) => string;
  readonly figure: string;
  /** What kind of thing the figure is, to a screen reader. */
  readonly figureKind: string;
}
