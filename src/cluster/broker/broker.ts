/**
 * All that a broker knows, as one immutable value: the context of its statechart. What comes in many (partitions) stands in arrays indexed
 * by integers, so that a change copies no wide object.
 */
import type { BrokerId } from '../../kafka/ids.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { RandomState } from '../../kernel/random.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { GroupCoordinator } from '../coordinator/coordinatorTurn.ts';
import type { Controller } from '../controller/controller.ts';
import type { TransactionCoordinator } from '../transaction/coordinatorTurn.ts';
import type { AlterPartitionManager } from './alterPartitionManager.ts';
import type { BrokerSettings } from './brokerSettings.ts';
import type { DelayedOperations } from './delayedOperations.ts';
import type { FetchSession } from './fetchSession.ts';
import type { Fetcher } from './fetcher.ts';
import type { HostedPartition } from './hostedPartition.ts';
import type { LogManager } from './logManager.ts';
import type { MetadataCache } from './metadataCache.ts';
import type { NodeLinks } from './nodeLinks.ts';
import type { ClientConnection } from './requestChannel.ts';
import type { DiskWait } from './slowDisk.ts';
import type { TopicSettings } from './topicSettings.ts';
import type { TransactionVerifications } from './transactionVerification.ts';
import type { ZkConnection } from './zkConnection.ts';

/** What it was started with. */
interface BrokerProcess {
  readonly process: ProcessId;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly startedAt: VirtualTimeUs;
}

/** Ids still to be given out, of the block that this broker took from ZooKeeper. */
interface ProducerIdBlock {
  readonly next: number;
  /** Inclusive; below `next` when the block is used up. */
  readonly last: number;
  readonly isBeingAllocated: boolean;
  /** The block after it, asked for in time; null while there is none. */
  readonly spare: { readonly next: number; readonly last: number } | null;
}

/** How the stop of a broker comes along. */
type Stopping =
  | { readonly step: 'no' }
  | { readonly step: 'controlledShutdown'; readonly retriesLeft: number; readonly exitCode: number }
  | { readonly step: 'closing'; readonly exitCode: number }
  /** The start failed. */
  | { readonly step: 'failed'; readonly exception: readonly string[] };

export interface Broker {
  readonly process: BrokerProcess;
  readonly settings: BrokerSettings;
  readonly brokerId: BrokerId;
  /** The id has been compared with what stands on disk. */
  readonly isIdentified: boolean;
  /** Directories whose lock has been asked for. */
  readonly locksAwaited: number;
  /** The last change of `/config/changes` that was read. */
  readonly lastConfigChange: number;
  readonly clusterId: string;
  /** The czxid of its registration; −1 before it. */
  readonly brokerEpoch: number;
  readonly random: RandomState;
  /** True once the port is open and requests are served. */
  readonly isServing: boolean;
  /** High watermarks are written to disk every few seconds, from the first LeaderAndIsr on. */
  readonly isCheckpointing: boolean;
  readonly hasHadSession: boolean;
  /** The session expired, and the next one is to be begun with a registration. */
  readonly isSessionNew: boolean;
  readonly stopping: Stopping;
  readonly zk: ZkConnection;
  readonly connections: readonly ClientConnection[];
  readonly links: NodeLinks;
  readonly logs: LogManager;
  readonly partitions: readonly (HostedPartition | null)[];
  /** Topic → partition → place in `partitions`. */
  readonly partitionIndexes: ReadonlyMap<string, readonly (number | undefined)[]>;
  readonly topicSettings: TopicSettings;
  readonly metadata: MetadataCache;
  /** Epoch of the last controller that was obeyed. */
  readonly controllerEpoch: number;
  readonly delayed: DelayedOperations;
  /** Empty unless a disk is slow. */
  readonly diskWaits: readonly DiskWait[];
  readonly sessions: readonly FetchSession[];
  /** By broker id: when it last fetched from here, in milliseconds since 1970. */
  readonly followerFetchTimesMs: readonly number[];
  /** One for each leader that this broker follows. */
  readonly fetchers: readonly Fetcher[];
  readonly alterPartition: AlterPartitionManager;
  readonly producerIds: ProducerIdBlock;
  readonly topicsBeingCreated: ReadonlySet<string>;
  readonly controller: Controller;
  /** Null until it serves. */
  readonly groups: GroupCoordinator | null;
  /** Null until it serves. */
  readonly transactions: TransactionCoordinator | null;
  /** What this broker, as leader of partitions, asks coordinators of transactions. */
  readonly verifications: TransactionVerifications;
}

export function findPartition(broker: Broker, topic: string, partition: number): HostedPartition | undefined {
  const index = broker.partitionIndexes.get(topic)?.[partition];
  return index === undefined ? undefined : (broker.partitions[index] ?? undefined);
}
