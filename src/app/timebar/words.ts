/** The words of the time bar. */
import type { ClusterFactName, ClusterFacts } from '../../cluster/facts.ts';

export type MarkedName = Extract<
  ClusterFactName,
  | 'zookeeperServing'
  | 'brokerStarted'
  | 'topicCreated'
  | 'topicDeleted'
  | 'controllerElected'
  | 'leaderElected'
  | 'isrShrunk'
  | 'isrExpanded'
  | 'sessionExpired'
  | 'logDirFailed'
  | 'logTruncated'
  | 'zookeeperElected'
  | 'quorumLost'
  | 'groupStateChanged'
  | 'recordsRefused'
>;

export interface TimeBarWords {
  readonly region: string;
  readonly play: string;
  readonly pause: string;
  readonly stepForward: string;
  readonly stepBack: string;
  readonly nextMarked: string;
  readonly previousMarked: string;
  /** What the two clocks tell. */
  readonly clocks: string;
  /** By the simulated machine's clock, that of its logs. */
  readonly machineTime: (time: string) => string;
  readonly scrubber: string;
  /** What the slider of time says. */
  readonly instant: (at: string, end: string, lastMarked: string | null) => string;
  readonly showAll: string;
  readonly marksHere: (count: number) => string;
  readonly bookmark: string;
  readonly bookmarkAt: (clock: string) => string;
  readonly speed: string;
  readonly automatic: string;
  readonly automaticTitle: string;
  readonly spokenSpeed: (speed: string, isAutomatic: boolean) => string;
  readonly timesFaster: (times: string) => string;
  readonly timesSlower: (times: string) => string;
  readonly realSpeed: string;
  readonly branches: string;
  readonly branch: (id: number) => string;
  readonly branchUntil: (id: number, endClock: string) => string;
  /** A few words beside a mark. */
  readonly labels: { readonly [Name in MarkedName]: (detail: ClusterFacts[Name]) => string };
}
