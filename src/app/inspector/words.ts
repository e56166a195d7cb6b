/** The words of the inspector. */
import type { Health, ReplicaPicture, ZooKeeperPicture } from '../../cluster/picture.ts';
import type { CellState } from '../../views/clusterMatrix/stripCells.ts';
import type { Mark } from './mark.ts';

export interface InspectorWords {
  readonly title: (mark: Mark, name: string) => string;
  readonly close: string;
  readonly openView: string;
  readonly values: string;
  readonly configuration: string;
  readonly byDefault: (value: string) => string;
  readonly noDefault: string;
  readonly otherSettings: (count: number) => string;
  readonly notSimulated: string;
  readonly unknownSetting: string;
  readonly recentFacts: string;
  readonly noFacts: string;
  readonly why: string;
  readonly whyOf: (sentence: string) => string;
  readonly goTo: (clock: string, sentence: string) => string;
  readonly chain: string;
  readonly back: string;
  readonly because: string;
  readonly also: string;
  readonly times: (count: number) => string;
  readonly further: string;
  readonly gone: string;
  readonly health: Readonly<Record<Health, string>>;
  readonly roles: Readonly<Record<ReplicaPicture['role'] | ZooKeeperPicture['role'], string>>;
  readonly cellStates: Readonly<Record<CellState, string>>;
  readonly response: string;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  /** Of a key, of a value. */
  readonly noneOfIt: string;
  /** Before what a message asks for: « demande la suite du journal ». */
  readonly asks: string;
  readonly labels: Readonly<Record<ValueLabel, string>>;
  readonly controllerEpoch: (epoch: number) => string;
  readonly broker: (id: number) => string;
  readonly sessionTimeout: (duration: string, ephemerals: number) => string;
  readonly leads: (leads: number, follows: number) => string;
  readonly lag: (lag: number) => string;
  readonly partition: (topic: string, partition: number) => string;
}

type ValueLabel =
  | 'group'
  | 'version'
  | 'owner'
  | 'createdBy'
  | 'modifiedBy'
  | 'children'
  | 'data'
  | 'health'
  | 'controller'
  | 'session'
  | 'port'
  | 'logDir'
  | 'pid'
  | 'replicasHere'
  | 'role'
  | 'zxid'
  | 'leaderEpoch'
  | 'inSync'
  | 'highWatermark'
  | 'logEndOffset'
  | 'logStartOffset'
  | 'behindLeader'
  | 'leader'
  | 'isr'
  | 'assignment'
  | 'clientId'
  | 'acks'
  | 'idempotent'
  | 'producerId'
  | 'topics'
  | 'waiting'
  | 'command'
  | 'state'
  | 'generation'
  | 'protocol'
  | 'coordinator'
  | 'members'
  | 'offset'
  | 'key'
  | 'value'
  | 'message'
  | 'from'
  | 'to'
  | 'flightTime'
  | 'inFlight'
  | 'heldBack'
  | 'records';
