import { describe, expect, test } from 'vitest';
import { textOf, utf8 } from '../../kafka/bytes.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../../kafka/ids.ts';
import { batchesOf, lastStableOffset, type PartitionLog } from '../../kafka/log/partitionLog.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { epochOfSimulationMs } from '../../kernel/time.ts';
import { findPartition } from './broker.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

interface ProducerOf {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}

/** Brokers from 0 on, and what producers and readers do with them. */
class Cluster {
  readonly lab: ClusterLaboratory;
  readonly brokers: ProcessId[];
  readonly #sequences = new Map<string, number>();
  readonly #settings: readonly string[];

  constructor(brokerCount: number, seed = 1, settings: readonly string[] = []) {
    this.lab = clusterLaboratory({ seed });
    const replicas = Math.min(brokerCount, 3);
    this.#settings = [
      'zookeeper.session.timeout.ms=6000',
      'transaction.state.log.num.partitions=1',
      `transaction.state.log.replication.factor=${replicas}`,
      `transaction.state.log.min.isr=${Math.min(replicas, 2)}`,
      'offsets.topic.num.partitions=1',
      ...settings,
    ];
    this.brokers = Array.from({ length: brokerCount }, (_, id) => {
      const broker = this.lab.startBroker(id, ...this.#settings);
      this.lab.pass(3000);
      return broker;
    });
  }

  createTopic(name: string, replicas: readonly number[] = [0]): void {
    const assignments = [{ partitionIndex: 0, brokerIds: replicas as readonly BrokerId[] }];
    const topic = { name, numPartitions: -1, replicationFactor: -1, assignments, configs: [] };
    this.lab.ask(0, 'CreateTopics', { topics: [topic], timeoutMs: 5000, validateOnly: false });
    this.lab.pass(100);
  }

  log(topic: string, broker = 0): PartitionLog {
    return findPartition(this.lab.broker(this.brokers[broker]!), topic, 0)!.log!;
  }
  kill(broker: number): void {
    this.lab.apply({ kind: 'signal', process: this.brokers[broker]!, signal: 'SIGKILL' });
  }
  restart(broker: number): void {
    this.brokers[broker] = this.lab.startBroker(broker, ...this.#settings);
  }

  /** Asks `via` again and again until there is one. */
  coordinatorOf(key: string, keyType: 'TRANSACTION' | 'GROUP' = 'TRANSACTION', via = 0): number {
    for (let tries = 0; tries < 100; tries++) {
      const [found] = this.lab.ask(via, 'FindCoordinator', { keyType, coordinatorKeys: [key] }).coordinators;
      if (found?.errorCode === 'NONE') return found.nodeId;
      this.lab.pass(200);
    }
    throw new Error(`Nobody coordinates ${key}.`);
  }

  /** A producer that comes under the id: it asks until it is let in. */
  producer(transactionalId: string, via = 0): ProducerOf {
    const coordinator = this.coordinatorOf(transactionalId, 'TRANSACTION', via);
    for (let tries = 0; tries < 100; tries++) {
      const request = {
        transactionalId,
        transactionTimeoutMs: 60_000,
        producerId: -1 as ProducerId,
        producerEpoch: -1 as ProducerEpoch,
      };
      const { errorCode, producerId, producerEpoch } = this.lab.ask(coordinator, 'InitProducerId', request);
      if (errorCode === 'NONE') return { transactionalId, producerId, producerEpoch };
      this.lab.pass(100);
    }
    throw new Error(`${transactionalId} is not let in.`);
  }

  add(producer: ProducerOf, topic: string, via = 0): ErrorName {
    const coordinator = this.coordinatorOf(producer.transactionalId, 'TRANSACTION', via);
    const topics = [{ name: topic, partitions: [0] }];
    const { resultsByTransaction } = this.lab.ask(coordinator, 'AddPartitionsToTxn', {
      transactions: [{ ...producer, verifyOnly: false, topics }],
    });
    return resultsByTransaction[0]!.topicResults[0]!.partitions[0]!.errorCode;
  }

  /** One record to the leader. */
  send(producer: ProducerOf, topic: string, text: string, leader = 0): ErrorName {
    const { transactionalId, producerId, producerEpoch } = producer;
    const key = `${producerId} ${producerEpoch} ${topic}`;
    const baseSequence = this.#sequences.get(key) ?? 0;
    // Of the time of the markers: the log rolls by timestamps.
    const record = { timestamp: epochOfSimulationMs as TimestampMs, key: null, value: utf8(text), headers: [] };
    const records = createBatch([record], { producerId, producerEpoch, baseSequence, isTransactional: true });
    const { responses } = this.lab.ask(leader, 'Produce', {
      transactionalId,
      acks: -1,
      timeoutMs: 3000,
      topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
    });
    const { errorCode } = responses[0]!.partitionResponses[0]!;
    if (errorCode === 'NONE') this.#sequences.set(key, baseSequence + 1);
    return errorCode;
  }

  end(producer: ProducerOf, { committed }: { readonly committed: boolean }, via = 0): ErrorName {
    const coordinator = this.coordinatorOf(producer.transactionalId, 'TRANSACTION', via);
    const { errorCode } = this.lab.ask(coordinator, 'EndTxn', { ...producer, committed });
    return errorCode;
  }

  /** What a reader of that isolation level is given, aborted batches left out as a consumer leaves them out. */
  read(topic: string, isolation: 'read_committed' | 'read_uncommitted', leader = 0): readonly string[] {
    const topicId = this.lab.broker(this.brokers[leader]!).metadata.topics.get(topic)!.topicId;
    const partition = {
      partition: 0,
      currentLeaderEpoch: -1 as LeaderEpoch,
      fetchOffset: 0 as Offset,
      lastFetchedEpoch: -1 as LeaderEpoch,
      logStartOffset: -1 as Offset,
      partitionMaxBytes: 1_048_576,
    };
    const { responses } = this.lab.ask(leader, 'Fetch', {
      replicaState: { replicaId: -1 as BrokerId, replicaEpoch: -1 },
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1_048_576,
      isolationLevel: isolation === 'read_committed' ? 1 : 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic, topicId, partitions: [partition] }],
      forgottenTopicsData: [],
      rackId: '',
    });
    const { records, abortedTransactions } = responses[0]!.partitions[0]!;
    const open = new Set<ProducerId>();
    const aborted = [...(abortedTransactions ?? [])];
    return records.flatMap((batch) => {
      for (const { producerId, firstOffset } of aborted)
        if (producerId === batch.producerId && firstOffset === batch.baseOffset) open.add(producerId);
      const marker = markerOf(batch);
      if (marker?.type === 'ABORT') open.delete(batch.producerId);
      if (batch.isControl || (batch.isTransactional && open.has(batch.producerId))) return [];
      return batch.records.map(({ value }) => textOf(value!));
    });
  }
}

const oneBroker = (): Cluster => {
  const cluster = new Cluster(1);
  cluster.createTopic('t');
  return cluster;
};

describe('a transaction in a partition', () => {
  test('holds back everything behind it from read_committed, other producers’ commits included', () => {
    const cluster = oneBroker();
    const [slow, quick] = [cluster.producer('slow'), cluster.producer('quick')];
    cluster.add(slow, 't');
    cluster.send(slow, 't', 'a');
    cluster.add(quick, 't');
    cluster.send(quick, 't', 'b');
    cluster.end(quick, { committed: true });
    cluster.lab.pass(100);

    expect(lastStableOffset(cluster.log('t'))).toBe(0);
    expect(cluster.read('t', 'read_committed')).toEqual([]);
    expect(cluster.read('t', 'read_uncommitted')).toEqual(['a', 'b']);
    cluster.end(slow, { committed: true });
    cluster.lab.pass(100);
    expect(lastStableOffset(cluster.log('t'))).toBe(4);
    expect(cluster.read('t', 'read_committed')).toEqual(['a', 'b']);
  });

  test('that is aborted is never seen by read_committed', () => {
    const cluster = oneBroker();
    const producer = cluster.producer('tx');
    for (const [text, committed] of [
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
    ] as const) {
      cluster.add(producer, 't');
      cluster.send(producer, 't', text);
      cluster.end(producer, { committed });
      cluster.lab.pass(100);
    }

    expect(cluster.read('t', 'read_committed')).toEqual(['a', 'c']);
    expect(cluster.read('t', 'read_uncommitted')).toEqual(['a', 'b', 'c', 'd']);
    expect(cluster.log('t').logEndOffset).toBe(8);
  });

  test('is aborted when a successor comes: the zombie’s batches are refused', () => {
    const cluster = oneBroker();
    const zombie = cluster.producer('tx');
    cluster.add(zombie, 't');
    cluster.send(zombie, 't', 'a');

    const successor = cluster.producer('tx');
    cluster.add(successor, 't');
    cluster.send(successor, 't', 'b');

    expect([zombie.producerEpoch, successor.producerEpoch]).toEqual([0, 2]);
    expect(cluster.send(zombie, 't', 'late')).toBe('INVALID_PRODUCER_EPOCH');
    expect(cluster.end(zombie, { committed: true })).toBe('PRODUCER_FENCED');
    cluster.end(successor, { committed: true });
    cluster.lab.pass(100);
    expect(cluster.read('t', 'read_committed')).toEqual(['b']);
  });

  test('must have been added: a batch that its coordinator does not know is refused, before and after the end', () => {
    const cluster = oneBroker();
    const producer = cluster.producer('tx');

    expect(cluster.send(producer, 't', 'early')).toBe('TRANSACTION_ABORTABLE');
    cluster.add(producer, 't');
    expect(cluster.send(producer, 't', 'a')).toBe('NONE');
    cluster.end(producer, { committed: false });
    cluster.lab.pass(100);
    expect(cluster.send(producer, 't', 'late')).toBe('TRANSACTION_ABORTABLE');

    expect(lastStableOffset(cluster.log('t'))).toBe(cluster.log('t').logEndOffset);
    expect(cluster.log('t').producers.ongoing).toEqual([]);
  });

  test('is aborted when its time is over, 60 to 70 s after it began', () => {
    const cluster = oneBroker();
    const producer = cluster.producer('tx');
    cluster.add(producer, 't');
    cluster.send(producer, 't', 'a');

    cluster.lab.pass(59_000);
    expect(cluster.log('t').logEndOffset).toBe(1);
    cluster.lab.pass(12_000);

    expect(cluster.log('t').logEndOffset).toBe(2);
    expect(cluster.read('t', 'read_committed')).toEqual([]);
    expect(cluster.end(producer, { committed: true })).toBe('PRODUCER_FENCED');
  });
});

describe('a producer in a partition', () => {
  test('is forgotten after producer.id.expiration.ms of silence, unless its transaction is open', () => {
    const settings = ['producer.id.expiration.ms=20000', 'producer.id.expiration.check.interval.ms=5000'];
    const cluster = new Cluster(1, 1, settings);
    cluster.createTopic('t');
    const [done, open] = [cluster.producer('done'), cluster.producer('open')];
    for (const producer of [done, open]) {
      cluster.add(producer, 't');
      cluster.send(producer, 't', 'a');
    }
    cluster.end(done, { committed: true });
    const isKnown = ({ producerId }: ProducerOf) =>
      cluster.log('t').producers.producers.some((entry) => entry.producerId === producerId);

    cluster.lab.pass(19_000);
    expect([isKnown(done), isKnown(open)]).toEqual([true, true]);
    cluster.lab.pass(11_000);

    expect([isKnown(done), isKnown(open)]).toEqual([false, true]);
  });
});

describe('offsets in a transaction', () => {
  const commitOffsets = (cluster: Cluster, producer: ProducerOf): ErrorName => {
    const coordinator = cluster.coordinatorOf(producer.transactionalId);
    cluster.coordinatorOf('g', 'GROUP');
    cluster.lab.ask(coordinator, 'AddOffsetsToTxn', { ...producer, groupId: 'g' });
    const partition = {
      partitionIndex: 0,
      committedOffset: 7 as Offset,
      committedLeaderEpoch: -1 as LeaderEpoch,
      committedMetadata: '',
    };
    const { topics } = cluster.lab.ask(0, 'TxnOffsetCommit', {
      ...producer,
      groupId: 'g',
      generationId: -1,
      memberId: '',
      groupInstanceId: null,
      topics: [{ name: 't', partitions: [partition] }],
    });
    return topics[0]!.partitions[0]!.errorCode;
  };
  const fetchOffset = (cluster: Cluster) => {
    const groups = [{ groupId: 'g', topics: [{ name: 't', partitionIndexes: [0] }] }];
    const [partition] = cluster.lab.ask(0, 'OffsetFetch', { groups, requireStable: true }).groups[0]!.topics[0]!
      .partitions;
    return [partition!.errorCode, partition!.committedOffset];
  };

  test.each([
    [true, 7],
    [false, -1],
  ])('count once it is committed, and are dropped when it is aborted (committed: %s)', (committed, offset) => {
    const cluster = oneBroker();
    const producer = cluster.producer('tx');

    expect(commitOffsets(cluster, producer)).toBe('NONE');
    expect(fetchOffset(cluster)).toEqual(['UNSTABLE_OFFSET_COMMIT', -1]);
    cluster.end(producer, { committed });
    cluster.lab.pass(200);

    expect(fetchOffset(cluster)).toEqual(['NONE', offset]);
  });
});

describe.each([1, 2, 3])('a transaction on three brokers (seed %i)', (seed) => {
  /** The data on a broker that does not coordinate; the third broker is there to be asked. */
  const threeBrokers = (): { cluster: Cluster; coordinator: number; leader: number; other: number } => {
    const cluster = new Cluster(3, seed);
    const coordinator = cluster.coordinatorOf('tx');
    const [leader, other] = [0, 1, 2].filter((id) => id !== coordinator);
    cluster.createTopic('t', [leader!]);
    return { cluster, coordinator, leader: leader!, other: other! };
  };

  test('outlives its coordinator: another broker has read it, and commits it', () => {
    const { cluster, coordinator, leader, other } = threeBrokers();
    const producer = cluster.producer('tx', other);
    cluster.add(producer, 't', other);
    cluster.send(producer, 't', 'a', leader);

    cluster.kill(coordinator);
    expect(cluster.send(producer, 't', 'b', leader)).toBe('NONE');
    cluster.lab.pass(12_000);

    expect(cluster.coordinatorOf('tx', 'TRANSACTION', other)).not.toBe(coordinator);
    expect(cluster.end(producer, { committed: true }, other)).toBe('NONE');
    cluster.lab.pass(500);
    expect(cluster.read('t', 'read_committed', leader)).toEqual(['a', 'b']);
  });

  test('that is decided is completed by the next coordinator, once the leader of its data is back', () => {
    const { cluster, coordinator, leader, other } = threeBrokers();
    const producer = cluster.producer('tx', other);
    cluster.add(producer, 't', other);
    cluster.send(producer, 't', 'a', leader);

    cluster.kill(leader);
    cluster.lab.pass(12_000);
    expect(cluster.end(producer, { committed: true }, other)).toBe('NONE');
    cluster.kill(coordinator);
    cluster.lab.pass(12_000);
    cluster.restart(leader);
    cluster.lab.pass(20_000);
    cluster.restart(coordinator);
    cluster.lab.pass(12_000);

    const log = cluster.log('t', leader);
    expect([log.logEndOffset, lastStableOffset(log), markerOf([...batchesOf(log)][1]!)?.type]).toEqual([
      2,
      2,
      'COMMIT',
    ]);
    const { transactionStates } = cluster.lab.ask(other, 'DescribeTransactions', { transactionalIds: ['tx'] });
    expect(transactionStates).toMatchObject([{ transactionState: 'CompleteCommit' }]);
  });
});
