/** The words of the replication view. */
export interface ReplicationWords {
  readonly figure: (topic: string, partition: number) => string;
  readonly figureKind: string;
  readonly broker: (id: number) => string;
  readonly epoch: (epoch: number) => string;
  readonly ledBy: (broker: number) => string;
  readonly leader: string;
  readonly follower: string;
  readonly outOfSync: string;
  readonly offline: string;
  readonly end: (offset: number) => string;
  /** The log end that the leader knows of a follower. */
  readonly knownEnd: (offset: number | null) => string;
  readonly caughtUp: (agoMs: number | null, maxMs: number) => string;
  readonly fetch: (offset: number, lastEpoch: number) => string;
  readonly waits: string;
  readonly records: (first: number, last: number) => string;
  readonly nothingNew: (highWatermark: number | null) => string;
  readonly diverging: (epoch: number, endOffset: number) => string;
  readonly truncated: (from: number, to: number) => string;
  readonly toTruncate: (from: number, to: number) => string;
  readonly awaitsReplicas: (requests: number, offset: number) => string;
  readonly noLeader: string;
  readonly noRecord: string;
  /** Accessible name of a row. */
  readonly replica: (of: {
    readonly broker: number;
    readonly role: 'leader' | 'follower' | 'offline';
    readonly isInSync: boolean;
    readonly highWatermark: number;
    readonly logEndOffset: number;
    readonly knownEnd: number | null;
  }) => string;
  readonly table: {
    readonly caption: (topic: string, partition: number) => string;
    readonly broker: string;
    readonly role: string;
    readonly isr: string;
    readonly highWatermark: string;
    readonly logEndOffset: string;
    readonly knownEnd: string;
    readonly caughtUp: string;
    readonly epochs: string;
    readonly yes: string;
    readonly no: string;
    readonly epochFrom: (epoch: number, offset: number) => string;
  };
}
