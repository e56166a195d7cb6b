/**
 * The program `kafka-server`: a broker of ZooKeeper mode. `argv[1]` is the path of its properties; `--override name=value` may follow.
 *
 * The chart shows the states of `org.apache.kafka.metadata.BrokerState`, as `kafka.server.KafkaServer` enters them; what a broker does in them is in
 * the files beside this one.
 */
import { setup } from 'xstate';
import { kernelActions } from '../../kernel/effects.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { streamOf } from '../../kernel/random.ts';
import { withShortcut } from '../../kernel/shortcut.ts';
import { seconds } from '../../kernel/time.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import { standbyController } from '../controller/controller.ts';
import { noAlterPartitions } from './alterPartitionManager.ts';
import type { Broker } from './broker.ts';
import { noSettings } from './brokerSettings.ts';
import { type BrokerEvent, takeTurn } from './brokerTurn.ts';
import { noDelayedOperations } from './delayedOperations.ts';
import { noLogs } from './logManager.ts';
import { emptyMetadataCache } from './metadataCache.ts';
import { noLinks } from './nodeLinks.ts';
import { noZkConnection } from './zkConnection.ts';
import { noVerifications } from './transactionVerification.ts';

const server = setup({
  types: { context: {} as Broker, events: {} as BrokerEvent, input: {} as ProcessInput },
  actions: kernelActions,
});

/** Every event is one turn; what it decides about the broker's state comes back to the chart. */
const work = server.enqueueActions(({ context, event, enqueue }) => {
  const { broker, effects, moves } = takeTurn(context, event);
  enqueue.assign(broker);
  for (const effect of effects) enqueue(effect);
  for (const type of moves) {
    const { now, files, cause, host } = event;
    enqueue.raise({ type, now, files, cause, ...(host === undefined ? {} : { host }) });
  }
});

const jvmStart = { id: 'jvm start', delayUs: seconds(2), event: { type: 'JVM_STARTED' } };

const chart = server.createMachine({
  id: 'kafka-server',
  context: ({ input }) => newBroker(input),
  entry: { type: 'setTimer', params: jvmStart },
  initial: 'NOT_RUNNING',
  on: { '*': { actions: work } },
  states: {
    NOT_RUNNING: { on: { STARTING: 'STARTING' } },
    STARTING: { on: { LOGS_TO_LOAD: 'RECOVERY', SHUTTING_DOWN: 'SHUTTING_DOWN' } },
    RECOVERY: { on: { STARTED_UP: 'RUNNING', SHUTTING_DOWN: 'SHUTTING_DOWN' } },
    RUNNING: { on: { SHUTDOWN_REQUESTED: 'PENDING_CONTROLLED_SHUTDOWN', SHUTTING_DOWN: 'SHUTTING_DOWN' } },
    PENDING_CONTROLLED_SHUTDOWN: { on: { SHUTTING_DOWN: 'SHUTTING_DOWN' } },
    SHUTTING_DOWN: { on: { STOPPED: 'NOT_RUNNING' } },
  },
});

/** In whatever state it is, what comes from outside is work; a turn that moves the broker to another state is one for the chart. */
export const kafkaServer = withShortcut(chart, ({ context }, event) => {
  const { broker, effects, moves } = takeTurn(context as Broker, event as BrokerEvent);
  return moves.length > 0 ? null : { context: broker, effects };
});

function newBroker({ process, argv, cwd, env, seed, now }: ProcessInput): Broker {
  return {
    process: { process, argv, cwd, env, seed, startedAt: now },
    settings: noSettings,
    brokerId: -1 as BrokerId,
    isIdentified: false,
    locksAwaited: 0,
    lastConfigChange: -1,
    clusterId: '',
    brokerEpoch: -1,
    random: streamOf(seed, 'broker'),
    isServing: false,
    isCheckpointing: false,
    hasHadSession: false,
    isSessionNew: false,
    stopping: { step: 'no' },
    zk: noZkConnection,
    connections: [],
    links: noLinks,
    logs: noLogs,
    partitions: [],
    partitionIndexes: new Map(),
    topicSettings: new Map(),
    metadata: emptyMetadataCache,
    controllerEpoch: 0,
    delayed: noDelayedOperations,
    diskWaits: [],
    sessions: [],
    followerFetchTimesMs: [],
    fetchers: [],
    alterPartition: noAlterPartitions,
    producerIds: { next: 0, last: -1, isBeingAllocated: false, spare: null },
    topicsBeingCreated: new Set(),
    controller: standbyController,
    groups: null,
    transactions: null,
    verifications: noVerifications,
  };
}
