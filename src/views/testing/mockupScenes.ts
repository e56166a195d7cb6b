/** The breathing cluster in other circumstances: smaller, larger, broken, not there yet. */
import type { BrokerPicture, ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';
import { utf8 } from '../../kafka/bytes.ts';
import type { CoordinatorEpoch, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../../kafka/ids.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import { createLog, type PartitionLog, withHighWatermark } from '../../kafka/log/partitionLog.ts';
import { createMarkerBatch } from '../../kafka/record/controlRecord.ts';
import { NO_HEADERS } from '../../kafka/record/record.ts';
import { createBatch, type RecordBatch } from '../../kafka/record/recordBatch.ts';

type Scene = (picture: ClusterPicture) => ClusterPicture;

/** Nothing runs. */
export const nothing: Scene = (picture) => ({
  ...picture,
  zookeepers: [],
  brokers: [],
  topics: [],
  producers: [],
  groups: [],
  tools: [],
  flights: [],
});

/** ZooKeeper alone, then one broker without a topic. */
export const noBroker: Scene = (picture) => ({
  ...nothing(picture),
  zookeepers: [{ ...picture.zookeepers[0]!, role: 'standalone' }],
});
export const noTopic: Scene = (picture) => ({ ...noBroker(picture), brokers: picture.brokers.slice(0, 1) });

/** The course's cluster: one ZooKeeper, one broker, a console producer, a console consumer in a group. */
export const oneBroker: Scene = (picture) => ({
  ...noTopic(picture),
  topics: picture.topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.slice(2).map((partition) => ({
      ...partition,
      partition: 0,
      isr: [0],
      replicas: partition.replicas.slice(0, 1),
    })),
  })),
  producers: picture.producers.slice(0, 1),
  groups: picture.groups.slice(1).map((group) => ({
    ...group,
    committed: group.committed.filter(({ partition }) => partition === 0),
    members: group.members.map((member) => ({ ...member, partitions: member.partitions.slice(0, 1) })),
  })),
  flights: picture.flights.filter(({ records }) => records[0]?.partition === 0),
});

/** Broker 1 is dead: its replicas are offline, P0 has no leader, the group antifraude lost its member. */
export const brokerDown: Scene = (picture) => ({
  ...picture,
  brokers: picture.brokers.map((broker) =>
    broker.broker === 1
      ? { ...broker, health: 'dead', hasSession: false, session: expired(broker.session), isController: false }
      : broker,
  ),
  topics: picture.topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(withoutBroker1) })),
  groups: picture.groups.map((group, index) => (index === 1 ? { ...group, state: 'Empty', members: [] } : group)),
  flights: [],
});

const expired = (session: BrokerPicture['session']): BrokerPicture['session'] =>
  session === null ? null : { ...session, server: null, state: 'expired', expiresAt: null };

function withoutBroker1(partition: PartitionPicture): PartitionPicture {
  const leader = partition.leader === 1 ? -1 : partition.leader;
  return {
    ...partition,
    leader,
    isr: partition.partition === 2 ? [0] : partition.isr.filter((broker) => broker !== 1),
    replicas: partition.replicas.map((replica) => ({
      ...replica,
      role: replica.broker === 1 ? 'offline' : replica.broker === leader ? 'leader' : 'follower',
      isInSync: replica.broker !== 1 && !(partition.partition === 2 && replica.broker === 2),
    })),
  };
}

/** Two topics, nine rows: compact. */
export const manyRows: Scene = (picture) => ({
  ...picture,
  topics: [
    ...picture.topics,
    ...picture.topics.map((topic) => ({
      ...topic,
      topic: 'remboursements',
      partitions: [...topic.partitions, ...topic.partitions].map((partition, index) => ({
        ...partition,
        topic: 'remboursements',
        partition: index,
        replicas: partition.replicas.map((replica) => ({ ...replica, logEndOffset: 0, highWatermark: 0, log: null })),
      })),
    })),
  ],
  tools: [
    { process: picture.tools[0]?.process ?? picture.producers[0]!.process, program: 'kafka-topics', terminal: 'Admin' },
  ],
  flights: [],
});

/** Every mark of a log: transactions, one of them aborted, tombstones, a hole of compaction, records to be truncated, an ISR that shrank. */
export const allMarks: Scene = (picture) => ({
  ...picture,
  flights: [],
  topics: picture.topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(withAllMarks) })),
});

function withAllMarks(partition: PartitionPicture): PartitionPicture {
  const log = transactionalLog(partition.partition);
  const { highWatermark, logStartOffset, logEndOffset } = log;
  return {
    ...partition,
    isr: partition.isr.slice(0, 2),
    replicas: partition.replicas.map((replica, index) => ({
      ...replica,
      log,
      highWatermark,
      logStartOffset,
      logEndOffset,
      isInSync: index < 2,
      divergesAt: replica.role === 'follower' && index === 2 ? logEndOffset - 2 : null,
    })),
  };
}

const nowMs = 1_747_645_200_000 as TimestampMs;
function transactionalLog(partition: number): PartitionLog {
  let log = createLog({ topic: 'paiements', partition }, { nowMs });
  const append = (batch: RecordBatch): void => {
    log = appendAsLeader(log, batch, {
      leaderEpoch: 2 as LeaderEpoch,
      nowMs,
      origin: batch.isControl ? 'coordinator' : 'client',
    }).log;
  };
  const producer = { producerId: 7 as ProducerId, producerEpoch: 0 as ProducerEpoch };
  let baseSequence = 0;
  const record = (key: string, value: string | null, isTransactional: boolean): void => {
    const records = [
      { timestamp: nowMs, key: utf8(key), value: value === null ? null : utf8(value), headers: NO_HEADERS },
    ];
    append(createBatch(records, isTransactional ? { ...producer, isTransactional, baseSequence: baseSequence++ } : {}));
  };
  record('Alice', 'un', false);
  record('Bob', null, false);
  record('Emma', 'deux', true);
  append(
    createMarkerBatch({ type: 'ABORT', coordinatorEpoch: 0 as CoordinatorEpoch }, { ...producer, timestamp: nowMs }),
  );
  record('Hugo', 'trois', true);
  append(
    createMarkerBatch({ type: 'COMMIT', coordinatorEpoch: 0 as CoordinatorEpoch }, { ...producer, timestamp: nowMs }),
  );
  record('Jean', 'quatre', false);
  return withHighWatermark(log, 6 as Offset);
}

export const mockupScenes = { nothing, noBroker, noTopic, oneBroker, brokerDown, manyRows, allMarks } as const;
