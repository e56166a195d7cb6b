/** The words of the view of ZooKeeper. */
export interface ZooKeeperWords {
  readonly figure: string;
  readonly figureKind: string;
  readonly tree: string;
  readonly treeLegend: string;
  readonly vote: string;
  readonly voteLegend: string;
  readonly pastVote: (clock: string) => string;
  readonly alone: string;
  readonly server: (server: number) => string;
  readonly standalone: string;
  readonly down: string;
  readonly quorum: (seated: number, size: number, isEnough: boolean) => string;
  readonly sessions: string;
  readonly noSession: string;
  readonly sessionLeft: (leftMs: number, ofMs: number) => string;
  readonly sessionUnknown: string;
  readonly sessionAt: (server: number | null, ephemerals: number) => string;
  readonly version: (version: number) => string;
  readonly ephemeral: (owner: string | null) => string;
  readonly watchedBy: (names: readonly string[]) => string;
  readonly deletedAt: (clock: string) => string;
  readonly clock: (us: number) => string;
  readonly znode: (of: {
    readonly path: string;
    readonly version: number;
    readonly data: string | null;
    readonly owner: string | null;
    readonly isEphemeral: boolean;
    readonly watchers: readonly string[];
    readonly childCount: number;
  }) => string;
  readonly lane: (server: number, state: string, vote: string | null) => string;
  readonly session: (id: string, name: string | null, ephemerals: number) => string;
  readonly table: {
    readonly znodes: string;
    readonly path: string;
    readonly version: string;
    readonly data: string;
    readonly owner: string;
    readonly watchers: string;
    readonly servers: string;
    readonly server: string;
    readonly state: string;
    readonly zxid: string;
    readonly voteFor: string;
  };
}
