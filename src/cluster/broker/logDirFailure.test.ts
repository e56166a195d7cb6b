import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, LeaderEpoch, Offset, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { DiskCondition } from '../../kernel/host.ts';
import { soundDisk } from '../../kernel/host.ts';
import { findPartition } from './broker.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

const full: DiskCondition = { state: 'full', extraLatencyUs: 0 };
const failed: DiskCondition = { state: 'failed', extraLatencyUs: 0 };

interface Cluster {
  readonly lab: ClusterLaboratory;
  readonly brokers: readonly ProcessId[];
}

/** Broker 0 with the directories `/tmp/d1` and `/tmp/d2`, broker 1 with one, and a topic `t` with a partition in each directory of broker 0. */
function twoBrokers(
  leaders: readonly (readonly number[])[] = [
    [0, 1],
    [0, 1],
  ],
): Cluster {
  const lab = clusterLaboratory();
  const brokers = [0, 1].map((id) => {
    const broker = lab.startBroker(id, ...(id === 0 ? ['log.dirs=/tmp/d1,/tmp/d2'] : []));
    lab.pass(4000);
    return broker;
  });
  lab.ask(0, 'CreateTopics', {
    topics: [
      {
        name: 't',
        numPartitions: -1,
        replicationFactor: -1,
        assignments: leaders.map((brokerIds, partitionIndex) => ({
          partitionIndex,
          brokerIds: brokerIds as readonly BrokerId[],
        })),
        configs: [],
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  });
  lab.pass(500);
  return { lab, brokers };
}

const setDisk = ({ lab }: Cluster, directory: string, condition: DiskCondition) =>
  lab.apply({ kind: 'setDisk', directory, condition });

const produce = ({ lab }: Cluster, broker: number, partition: number) =>
  lab.ask(broker, 'Produce', {
    transactionalId: null,
    acks: 1,
    timeoutMs: 3000,
    topicData: [
      {
        name: 't',
        partitionData: [
          {
            index: partition,
            records: createBatch([{ timestamp: 1 as TimestampMs, key: null, value: utf8('m'), headers: [] }]),
          },
        ],
      },
    ],
  }).responses[0]!.partitionResponses[0]!.errorCode;

const hosted = ({ lab, brokers }: Cluster, broker: number, partition: number) =>
  findPartition(lab.broker(brokers[broker]!), 't', partition);
/** Partition of `t` in that directory of broker 0. */
const partitionIn = (cluster: Cluster, directory: string): number =>
  [0, 1].find((partition) => hosted(cluster, 0, partition)?.logDir === directory)!;
const linesOf = ({ lab, brokers }: Cluster, broker: number) => lab.printedBy(brokers[broker]!).split('\n');
const severe = (cluster: Cluster, broker: number) =>
  linesOf(cluster, broker)
    .filter((line) => /^\[[^\]]*\] (ERROR|WARN)|^(java|org)\./.test(line))
    .map((line) => line.replace(/^\[[^\]]*\] /, ''));

describe('a full disk', () => {
  test('is found out by the next append: the directory and its partitions go offline, as Kafka tells it', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    setDisk(cluster, '/tmp/d2', full);

    expect(produce(cluster, 0, lost)).toBe('KAFKA_STORAGE_ERROR');
    cluster.lab.pass(100);
    expect(severe(cluster, 0)).toEqual([
      `ERROR Error while appending records to t-${lost} in dir /tmp/d2 (org.apache.kafka.storage.internals.log.LogDirFailureChannel)`,
      'java.io.IOException: No space left on device',
      'WARN [ReplicaManager broker=0] Stopping serving replicas in dir /tmp/d2 with uuid None because the log directory has failed. (kafka.server.ReplicaManager)',
      `WARN [ReplicaManager broker=0] Broker 0 stopped fetcher for partitions t-${lost} and stopped moving logs for partitions  because they are in the failed log directory /tmp/d2. (kafka.server.ReplicaManager)`,
      'WARN Stopping serving logs in dir /tmp/d2 (kafka.log.LogManager)',
      `WARN Logs for partitions t-${lost} are offline and logs for future partitions  are offline due to failure on log directory /tmp/d2 (kafka.log.LogManager)`,
      'WARN [ReplicaManager broker=0] Stopped serving replicas in dir /tmp/d2 (kafka.server.ReplicaManager)',
    ]);
  });

  test('costs the broker the leadership of the partitions in it, and their place in the ISR; those of the other directory stay', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    setDisk(cluster, '/tmp/d2', full);
    produce(cluster, 0, lost);
    cluster.lab.pass(3000);

    expect(hosted(cluster, 0, lost)).toMatchObject({ role: 'offline', log: null });
    expect(hosted(cluster, 1, lost)).toMatchObject({ role: 'leader', leaderEpoch: 1, isr: [1] });
    expect(hosted(cluster, 0, 1 - lost)).toMatchObject({ role: 'leader', leaderEpoch: 0, isr: [0, 1] });
    expect([produce(cluster, 1, lost), produce(cluster, 0, 1 - lost)]).toEqual(['NONE', 'NONE']);
    expect(cluster.lab.broker(cluster.brokers[1]!).metadata.topics.get('t')?.partitions[lost]).toMatchObject({
      leader: 1,
      offlineReplicas: [0],
    });
  });

  test('is found out by the checkpoint of the high watermarks, if nobody writes before', () => {
    const cluster = twoBrokers();
    setDisk(cluster, '/tmp/d2', full);
    cluster.lab.pass(6000);

    expect(severe(cluster, 0).slice(0, 2)).toEqual([
      'ERROR Error while writing to checkpoint file /tmp/d2/replication-offset-checkpoint (org.apache.kafka.storage.internals.log.LogDirFailureChannel)',
      'java.io.IOException: No space left on device',
    ]);
    expect(hosted(cluster, 0, partitionIn(cluster, '/tmp/d1'))?.role).toBe('leader');
  });

  test('of a follower takes it out of the ISR', () => {
    const cluster = twoBrokers([
      [1, 0],
      [1, 0],
    ]);
    const lost = partitionIn(cluster, '/tmp/d2');
    setDisk(cluster, '/tmp/d2', full);
    expect(produce(cluster, 1, lost)).toBe('NONE');
    cluster.lab.pass(3000);

    expect(hosted(cluster, 0, lost)?.role).toBe('offline');
    expect(hosted(cluster, 1, lost)).toMatchObject({ role: 'leader', isr: [1] });
  });

  test('leaves a partition without another replica without a leader', () => {
    const cluster = twoBrokers([[0], [0]]);
    const lost = partitionIn(cluster, '/tmp/d2');
    setDisk(cluster, '/tmp/d2', full);
    produce(cluster, 0, lost);
    cluster.lab.pass(3000);

    expect(cluster.lab.broker(cluster.brokers[1]!).metadata.topics.get('t')?.partitions[lost]).toMatchObject({
      leader: -1,
      leaderEpoch: 1,
      isr: [0],
    });
  });

  test('is told by kafka-log-dirs: the directory has an error and no partitions', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    setDisk(cluster, '/tmp/d2', full);
    produce(cluster, 0, lost);
    const { results } = cluster.lab.ask(0, 'DescribeLogDirs', { topics: null });

    expect(results.map(({ logDir, errorCode, topics }) => [logDir, errorCode, topics.length])).toEqual([
      ['/tmp/d1', 'NONE', 1],
      ['/tmp/d2', 'KAFKA_STORAGE_ERROR', 0],
    ]);
  });

  test('stays lost when there is room again, until the broker is started anew; then its logs are as they were', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    expect(produce(cluster, 0, lost)).toBe('NONE');
    setDisk(cluster, '/tmp/d2', full);
    produce(cluster, 0, lost);
    cluster.lab.pass(2000);
    expect(produce(cluster, 1, lost)).toBe('NONE');
    setDisk(cluster, '/tmp/d2', soundDisk);
    cluster.lab.pass(8000);
    expect(hosted(cluster, 0, lost)?.role).toBe('offline');

    cluster.lab.apply({ kind: 'signal', process: cluster.brokers[0]!, signal: 'SIGTERM' });
    cluster.lab.pass(10_000);
    const again = cluster.lab.startBroker(0, 'log.dirs=/tmp/d1,/tmp/d2');
    cluster.lab.pass(15_000);
    expect(findPartition(cluster.lab.broker(again), 't', lost)).toMatchObject({
      logDir: '/tmp/d2',
      log: { logEndOffset: 2 },
    });
    expect(hosted(cluster, 1, lost)?.isr).toEqual([1, 0]);
  });
});

describe('the last log directory', () => {
  test('takes the broker with it: exit code 1, without a word to anybody', () => {
    const cluster = twoBrokers([
      [1, 0],
      [1, 0],
    ]);
    setDisk(cluster, '/tmp/kafka-logs-1', full);
    cluster.lab.pass(8000);

    expect(severe(cluster, 1).slice(-2)).toEqual([
      'WARN Stopping serving logs in dir /tmp/kafka-logs-1 (kafka.log.LogManager)',
      'ERROR Shutdown broker because all log dirs in /tmp/kafka-logs-1 have failed (kafka.log.LogManager)',
    ]);
    expect(cluster.lab.simulation.world.processes[cluster.brokers[1]!]).toMatchObject({
      status: 'exited',
      exitCode: 1,
    });
  });

  test('is why a broker does not start when none can be read', () => {
    const cluster = twoBrokers();
    setDisk(cluster, '/tmp/d3', failed);
    const broker = cluster.lab.startBroker(3, 'log.dirs=/tmp/d3');
    cluster.lab.pass(10_000);

    expect(cluster.lab.printedBy(broker)).toContain(
      'ERROR Shutdown broker because none of the specified log dirs from /tmp/d3 can be created or validated (kafka.log.LogManager)\n',
    );
    expect(cluster.lab.simulation.world.processes[broker]).toMatchObject({ status: 'exited', exitCode: 1 });
  });
});

describe('a failed disk', () => {
  test('is found out by whoever reads, too', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    produce(cluster, 0, lost);
    setDisk(cluster, '/tmp/d2', failed);
    cluster.lab.ask(0, 'Fetch', {
      replicaState: { replicaId: -1 as BrokerId, replicaEpoch: -1 },
      maxWaitMs: 100,
      minBytes: 1,
      maxBytes: 1000,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [
        {
          topic: 't',
          topicId: hosted(cluster, 0, lost)!.topicId,
          partitions: [
            {
              partition: lost,
              currentLeaderEpoch: -1 as LeaderEpoch,
              fetchOffset: 0 as Offset,
              lastFetchedEpoch: -1 as LeaderEpoch,
              logStartOffset: -1 as Offset,
              partitionMaxBytes: 1000,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    });

    expect(severe(cluster, 0).slice(0, 2)).toEqual([
      `ERROR Exception while reading from t-${lost} in dir /tmp/d2 (org.apache.kafka.storage.internals.log.LogDirFailureChannel)`,
      'java.io.IOException: Input/output error',
    ]);
  });

  test('does not keep a broker from starting with its other directories; the partitions that were there are offline', () => {
    const cluster = twoBrokers();
    const lost = partitionIn(cluster, '/tmp/d2');
    cluster.lab.apply({ kind: 'signal', process: cluster.brokers[0]!, signal: 'SIGKILL' });
    setDisk(cluster, '/tmp/d2', failed);
    cluster.lab.pass(20_000);
    const again = cluster.lab.startBroker(0, 'log.dirs=/tmp/d1,/tmp/d2');
    cluster.lab.pass(10_000);

    const roles = [lost, 1 - lost].map((partition) => findPartition(cluster.lab.broker(again), 't', partition)?.role);
    const partitions = cluster.lab.broker(cluster.brokers[1]!).metadata.topics.get('t')?.partitions;
    expect(roles).toEqual(['offline', 'leader']);
    expect([lost, 1 - lost].map((partition) => partitions?.[partition]?.isr)).toEqual([[1], [1, 0]]);
  });
});
