import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, LeaderEpoch, Offset, ProducerEpoch, ProducerId, TimestampMs } from '../../kafka/ids.ts';
import { type BatchHeader, createBatch } from '../../kafka/record/recordBatch.ts';
import { asDirectory, findNode, readText } from '../../kernel/fileSystem.ts';
import type { FetchRequest } from '../protocol/kafka/records.ts';
import { findPartition } from './broker.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

const batchOf = (values: readonly string[], header: BatchHeader = {}) =>
  createBatch(
    values.map((value) => ({
      timestamp: 1_747_645_200_000 as TimestampMs,
      key: null,
      value: utf8(value),
      headers: [],
    })),
    header,
  );

function oneBroker(...settings: readonly string[]) {
  const lab = clusterLaboratory();
  const broker = lab.startBroker(0, ...settings);
  lab.pass(3000);
  return { lab, broker };
}

const createTopic = (lab: ClusterLaboratory, name: string, configs: Readonly<Record<string, string>> = {}) =>
  lab.ask(0, 'CreateTopics', {
    topics: [
      {
        name,
        numPartitions: 1,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  }).topics[0]!;

const produceTo = (topic: string, records: ReturnType<typeof batchOf>, acks: 0 | 1 | -1 = -1) => ({
  transactionalId: null,
  acks,
  timeoutMs: 30_000,
  topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
});

const fetchFrom = (topic: string, fetchOffset: number, options: Partial<FetchRequest> = {}): FetchRequest => ({
  replicaState: { replicaId: -1 as BrokerId, replicaEpoch: -1 },
  maxWaitMs: 500,
  minBytes: 1,
  maxBytes: 52_428_800,
  isolationLevel: 0,
  sessionId: 0,
  sessionEpoch: -1,
  topics: [
    {
      topic,
      topicId: '',
      partitions: [
        {
          partition: 0,
          currentLeaderEpoch: -1 as LeaderEpoch,
          fetchOffset: fetchOffset as Offset,
          lastFetchedEpoch: -1 as LeaderEpoch,
          logStartOffset: -1 as Offset,
          partitionMaxBytes: 1_048_576,
        },
      ],
    },
  ],
  forgottenTopicsData: [],
  rackId: '',
  ...options,
});

const offsetsIn = (lab: ClusterLaboratory, request: FetchRequest) =>
  lab
    .ask(0, 'Fetch', request)
    .responses.flatMap(({ partitions }) =>
      partitions.flatMap(({ records }) =>
        records.flatMap((batch) => batch.records.map(({ offset }): number => offset)),
      ),
    );

describe('a broker that starts', () => {
  test('registers, becomes the controller, opens its port, and says so', () => {
    const { lab, broker } = oneBroker();

    const lines = lab.printedBy(broker).split('\n');
    const steps = [
      ' starting ',
      'Cluster ID',
      'Loaded 0 logs',
      'Registered broker 0',
      'Awaiting socket',
      '[KafkaServer id=0] started',
    ];
    expect(steps.map((step) => lines.findIndex((line) => line.includes(step)))).toEqual(
      steps.map((step) => lines.findIndex((line) => line.includes(step))).toSorted((a, b) => a - b),
    );
    expect(lab.broker(broker).controller).toMatchObject({ isActive: true, epoch: 1 });
    expect(readText(lab.simulation.world.files, '/kafka/logs/server.log')).toBe(lab.printedBy(broker));
  });

  test('gives up when ZooKeeper does not answer within zookeeper.connection.timeout.ms', () => {
    const lab = clusterLaboratory();
    lab.apply({ kind: 'signal', process: lab.zookeeper, signal: 'SIGKILL' });
    const broker = lab.startBroker(0);

    lab.pass(25_000);

    expect(lab.simulation.world.processes[broker]).toMatchObject({ status: 'exited', exitCode: 1 });
    expect(lab.printedBy(broker)).toContain(
      'kafka.zookeeper.ZooKeeperClientTimeoutException: Timed out waiting for connection while in state: CONNECTING',
    );
  });

  test.each([
    [
      'the directory of another',
      ['broker.id=7', 'listeners=PLAINTEXT://localhost:9099', 'log.dirs=/tmp/kafka-logs-0'],
      "Stored node id 0 doesn't match previous node id 7",
    ],
    [
      'a directory in use',
      ['broker.id=0', 'listeners=PLAINTEXT://localhost:9099', 'log.dirs=/tmp/kafka-logs-0'],
      'Failed to acquire lock on file .lock in /tmp/kafka-logs-0',
    ],
    ['an id in use', ['broker.id=0', 'listeners=PLAINTEXT://localhost:9099'], 'KeeperErrorCode = NodeExists'],
    [
      'a port in use',
      ['listeners=PLAINTEXT://:9092'],
      'Socket server failed to bind to 0.0.0.0:9092: Address already in use.',
    ],
    [
      'a setting that is no number',
      ['num.partitions=many'],
      'Invalid value many for configuration num.partitions: Not a number of type INT',
    ],
    [
      'a replica lag time below the wait of a fetch',
      ['replica.lag.time.max.ms=100'],
      'java.lang.IllegalArgumentException: requirement failed: replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR',
    ],
  ])('refuses %s, with exit code 1', (_what, settings, reason) => {
    const { lab } = oneBroker();

    const second = lab.startBroker(5, ...settings);
    lab.pass(4000);

    expect(lab.simulation.world.processes[second]).toMatchObject({ status: 'exited', exitCode: 1 });
    expect(lab.printedBy(second)).toContain(reason);
  });

  test('ends with 130 after Ctrl-C, its registration gone', () => {
    const { lab, broker } = oneBroker();

    lab.apply({ kind: 'signal', process: broker, signal: 'SIGINT' });
    lab.pass(1000);

    expect(lab.simulation.world.processes[broker]).toMatchObject({ status: 'exited', exitCode: 130 });
    expect(lab.printedBy(broker)).toMatch(
      /Starting controlled shutdown[^]*shut down completed \(kafka\.server\.KafkaServer\)\n$/,
    );
  });
});

describe('a topic', () => {
  test('exists with its leader when CreateTopics is answered', () => {
    const { lab, broker } = oneBroker();

    expect(createTopic(lab, 'vive-le-ca')).toMatchObject({ errorCode: 'NONE', numPartitions: 1, replicationFactor: 1 });
    expect(findPartition(lab.broker(broker), 'vive-le-ca', 0)).toMatchObject({
      role: 'leader',
      leaderEpoch: 0,
      isr: [0],
    });
    expect(createTopic(lab, 'vive-le-ca')).toMatchObject({
      errorCode: 'TOPIC_ALREADY_EXISTS',
      errorMessage: "Topic 'vive-le-ca' already exists.",
    });
  });

  test('is created by a Metadata request, and not available yet in its answer', () => {
    const { lab } = oneBroker();
    const request = {
      topics: [{ name: 'nouveau', topicId: 'AAAAAAAAAAAAAAAAAAAAAA' }],
      allowAutoTopicCreation: true,
      includeTopicAuthorizedOperations: false,
    };

    const first = lab.ask(0, 'Metadata', request).topics[0];
    lab.pass(100);
    const second = lab.ask(0, 'Metadata', request).topics[0];

    expect([first?.errorCode, second?.errorCode, second?.partitions.length]).toEqual([
      'LEADER_NOT_AVAILABLE',
      'NONE',
      1,
    ]);
  });

  test('leaves its files in the directory that it was in, and in no other', () => {
    const { lab } = oneBroker('log.dirs=/tmp/d1,/tmp/d2');
    createTopic(lab, 'ephemere');
    lab.ask(0, 'DeleteTopics', { topics: [{ name: 'ephemere', topicId: '' }], timeoutMs: 5000 });
    lab.pass(1000);

    const holding = ['/tmp/d1', '/tmp/d2'].filter((path) =>
      [...asDirectory(findNode(lab.simulation.world.files, path))!.entries.keys()].some((name) =>
        name.startsWith('ephemere'),
      ),
    );
    expect(holding).toHaveLength(1);
  });

  test('is gone for everybody when DeleteTopics is answered, its files a minute later', () => {
    const { lab, broker } = oneBroker();
    createTopic(lab, 'ephemere');

    const answer = lab.ask(0, 'DeleteTopics', { topics: [{ name: 'ephemere', topicId: '' }], timeoutMs: 5000 });
    lab.pass(1000);
    const folders = () =>
      [...asDirectory(findNode(lab.simulation.world.files, '/tmp/kafka-logs-0'))!.entries.keys()].filter((name) =>
        name.startsWith('ephemere'),
      );
    const soon = folders();
    lab.pass(61_000);

    expect(answer.responses[0]?.errorCode).toBe('NONE');
    expect(findPartition(lab.broker(broker), 'ephemere', 0)).toBeUndefined();
    expect(soon).toEqual([expect.stringMatching(/^ephemere-0\.[0-9a-f]{32}-delete$/)]);
    expect(folders()).toEqual([]);
  });

  test('of coordinators has its logs created in the order of Kafka’s hash map', () => {
    const { lab, broker } = oneBroker();

    lab.ask(0, 'FindCoordinator', { keyType: 'GROUP', coordinatorKeys: ['g'] });
    lab.pass(500);

    const created = [...lab.printedBy(broker).matchAll(/Created log for partition __consumer_offsets-(\d+)/g)];
    expect(created.slice(0, 8).map(([, partition]) => Number(partition))).toEqual([3, 18, 41, 10, 33, 48, 19, 34]);
    expect(lab.ask(0, 'FindCoordinator', { keyType: 'GROUP', coordinatorKeys: ['g'] }).coordinators).toMatchObject([
      { key: 'g', errorCode: 'NONE', nodeId: 0, port: 9092 },
    ]);
  });
});

describe('records', () => {
  test('get the next offsets, whatever acks says, and are read back', () => {
    const { lab } = oneBroker();
    createTopic(lab, 't');

    lab.send(0, 'Produce', produceTo('t', batchOf(['zero']), 0));
    const one = lab.ask(0, 'Produce', produceTo('t', batchOf(['un', 'deux']), 1));
    const all = lab.ask(0, 'Produce', produceTo('t', batchOf(['trois']), -1));

    expect([one, all].map(({ responses }) => responses[0]?.partitionResponses[0]?.baseOffset)).toEqual([1, 3]);
    expect(offsetsIn(lab, fetchFrom('t', 0))).toEqual([0, 1, 2, 3]);
  });

  test('sent twice by an idempotent producer are written once; a gap in the sequence is refused', () => {
    const { lab, broker } = oneBroker();
    createTopic(lab, 't');
    const from = (baseSequence: number) =>
      produceTo(
        't',
        batchOf(['m'], { producerId: 1000 as ProducerId, producerEpoch: 0 as ProducerEpoch, baseSequence }),
      );
    const answer = (sequence: number) => {
      const { baseOffset, errorCode } = lab.ask(0, 'Produce', from(sequence)).responses[0]!.partitionResponses[0]!;
      return [baseOffset, errorCode];
    };

    expect([answer(0), answer(1), answer(0), answer(5)]).toEqual([
      [0, 'NONE'],
      [1, 'NONE'],
      [0, 'NONE'],
      [-1, 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    ]);
    expect(findPartition(lab.broker(broker), 't', 0)?.log?.logEndOffset).toBe(2);
  });

  test('wake a fetch that waits for them; without any it is answered after fetch.max.wait.ms', () => {
    const { lab } = oneBroker();
    createTopic(lab, 't');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['m0'])));
    const askedAt = lab.simulation.world.now;

    expect(offsetsIn(lab, fetchFrom('t', 1))).toEqual([]);
    const waitedMs = (lab.simulation.world.now - askedAt) / 1000;
    const waiting = lab.send(0, 'Fetch', fetchFrom('t', 1, { maxWaitMs: 20_000 }), 'reader');
    lab.pass(1000);
    const before = lab.answerTo(waiting, 'Fetch');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['m1'])));
    lab.pass(5);

    expect(waitedMs).toBeGreaterThanOrEqual(500);
    expect(waitedMs).toBeLessThan(510);
    expect(before).toBeUndefined();
    expect(lab.answerTo(waiting, 'Fetch')?.responses[0]?.partitions[0]).toMatchObject({ highWatermark: 2 });
  });

  test('survive kill -9, with the high watermark of the last checkpoint until the leader knows better', () => {
    const { lab, broker } = oneBroker();
    createTopic(lab, 't');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['m0', 'm1'])));

    lab.apply({ kind: 'signal', process: broker, signal: 'SIGKILL' });
    lab.pass(21_000);
    const again = lab.startBroker(0);
    lab.pass(3000);

    expect(lab.printedBy(again)).toContain(
      'Recovering 1 logs from /tmp/kafka-logs-0 since no clean shutdown file was found',
    );
    expect(findPartition(lab.broker(again), 't', 0)?.log).toMatchObject({ logEndOffset: 2, highWatermark: 2 });
  });

  test('are read again after kill -9 from the recovery point of the last checkpoint, not from that of memory', () => {
    const { lab, broker } = oneBroker();
    createTopic(lab, 't', { 'segment.bytes': '200' });
    const log = () => findPartition(lab.broker(broker), 't', 0)!.log!;
    for (let i = 0; i < 4; i++) lab.ask(0, 'Produce', produceTo('t', batchOf(['m0', 'm1'])));
    lab.pass(60_000);
    const checkpointed = log().recoveryPoint;
    for (let i = 0; i < 4; i++) lab.ask(0, 'Produce', produceTo('t', batchOf(['m0', 'm1'])));
    const inMemory = log().recoveryPoint;

    lab.apply({ kind: 'signal', process: broker, signal: 'SIGKILL' });
    lab.pass(21_000);
    const again = lab.startBroker(0);
    lab.pass(3000);

    expect(checkpointed).toBeGreaterThan(0);
    expect(inMemory).toBeGreaterThan(checkpointed);
    expect(findPartition(lab.broker(again), 't', 0)?.log).toMatchObject({
      logEndOffset: 16,
      recoveryPoint: checkpointed,
    });
  });

  test('that retention takes leave their snapshots of producers for a while, as large as they were', () => {
    const { lab } = oneBroker('log.retention.check.interval.ms=1000');
    createTopic(lab, 't', { 'segment.bytes': '80', 'retention.bytes': '0' });
    const from = (producerId: number, baseSequence: number) =>
      batchOf(['m'], { producerId: producerId as ProducerId, producerEpoch: 0 as ProducerEpoch, baseSequence });
    for (const batch of [from(7, 0), from(7, 1), from(8, 0), from(8, 1)]) lab.ask(0, 'Produce', produceTo('t', batch));
    lab.pass(32_000);

    const folder = asDirectory(findNode(lab.simulation.world.files, '/tmp/kafka-logs-0/t-0'))!.entries;
    const sizes = [1, 2, 3].map((offset) => {
      const file = folder.get(`${String(offset).padStart(20, '0')}.snapshot.deleted`);
      return file?.kind === 'file' ? file.sizeInBytes : null;
    });
    expect(sizes).toEqual([10 + 46, 10 + 46, 10 + 46 * 2]);
  });

  test('of a topic that was deleted leave no offset to the next topic of that name', () => {
    const { lab, broker } = oneBroker();
    const textOf = (which: string) => readText(lab.simulation.world.files, `/tmp/kafka-logs-0/${which}`);
    createTopic(lab, 't');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['a', 'b', 'c'])));
    lab.ask(0, 'DeleteRecords', {
      topics: [{ name: 't', partitions: [{ partitionIndex: 0, offset: 2 as Offset }] }],
      timeoutMs: 1000,
    });
    lab.pass(60_000);
    const before = textOf('log-start-offset-checkpoint');
    lab.ask(0, 'DeleteTopics', { topics: [{ name: 't', topicId: '' }], timeoutMs: 5000 });
    lab.pass(1000);
    createTopic(lab, 't');
    lab.apply({ kind: 'signal', process: broker, signal: 'SIGKILL' });
    lab.pass(21_000);
    const again = lab.startBroker(0);
    lab.pass(3000);

    expect(before).toBe('0\n1\nt 0 2\n');
    expect(findPartition(lab.broker(again), 't', 0)?.log).toMatchObject({ logStartOffset: 0, logEndOffset: 0 });
  });

  test('lie in the files that Kafka writes', () => {
    const { lab } = oneBroker();
    createTopic(lab, 't');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['m0'])));
    lab.pass(6000);

    const { files } = lab.simulation.world;
    const folder = asDirectory(findNode(files, '/tmp/kafka-logs-0/t-0'))!.entries;
    expect([...folder.keys()].toSorted()).toEqual([
      '00000000000000000000.index',
      '00000000000000000000.log',
      '00000000000000000000.timeindex',
      'leader-epoch-checkpoint',
      'partition.metadata',
    ]);
    expect(folder.get('00000000000000000000.log')).toMatchObject({ sizeInBytes: 70 });
    expect(readText(files, '/tmp/kafka-logs-0/t-0/leader-epoch-checkpoint')).toBe('0\n1\n0 0\n');
    expect(readText(files, '/tmp/kafka-logs-0/replication-offset-checkpoint')).toBe('0\n1\nt 0 1\n');
    expect(readText(files, '/tmp/kafka-logs-0/meta.properties')).toMatch(
      /^#\n#.*\nbroker\.id=0\nversion=0\ncluster\.id=.{22}\n$/,
    );
  });

  test('below the offset of DeleteRecords are served no more', () => {
    const { lab } = oneBroker();
    createTopic(lab, 't');
    lab.ask(0, 'Produce', produceTo('t', batchOf(['a', 'b', 'c'])));

    const answer = lab.ask(0, 'DeleteRecords', {
      topics: [{ name: 't', partitions: [{ partitionIndex: 0, offset: 2 as Offset }] }],
      timeoutMs: 1000,
    });

    expect(answer.topics[0]?.partitions[0]).toEqual({ partitionIndex: 0, errorCode: 'NONE', lowWatermark: 2 });
    expect(lab.ask(0, 'Fetch', fetchFrom('t', 0)).responses[0]?.partitions[0]?.errorCode).toBe('OFFSET_OUT_OF_RANGE');
  });
});

describe('producer ids', () => {
  test('come one by one from a block that the controller has noted in ZooKeeper', () => {
    const { lab } = oneBroker();
    const init = () =>
      lab.ask(0, 'InitProducerId', {
        transactionalId: null,
        transactionTimeoutMs: 60_000,
        producerId: -1 as ProducerId,
        producerEpoch: -1 as ProducerEpoch,
      });

    const first = init();
    lab.pass(50);

    expect(first.errorCode).toBe('COORDINATOR_LOAD_IN_PROGRESS');
    expect([init(), init()].map(({ producerId }) => producerId)).toEqual([0, 1]);
  });
});

describe('settings', () => {
  test('of a topic reach its log by a change noted in ZooKeeper', () => {
    const { lab, broker } = oneBroker();
    createTopic(lab, 't');

    const answer = lab.ask(0, 'IncrementalAlterConfigs', {
      resources: [
        {
          resourceType: 'TOPIC',
          resourceName: 't',
          configs: [{ name: 'retention.ms', configOperation: 'SET', value: '1000' }],
        },
      ],
      validateOnly: false,
    });
    lab.pass(100);

    expect(answer.responses[0]?.errorCode).toBe('NONE');
    expect(findPartition(lab.broker(broker), 't', 0)?.log?.config.retentionMs).toBe(1000);
  });
});
