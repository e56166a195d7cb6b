import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { findPartition } from './broker.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

interface Cluster {
  readonly lab: ClusterLaboratory;
  readonly brokers: ProcessId[];
}

/** Three brokers, 0 the controller, and a topic `t` of one partition on them in that order. */
function threeBrokers(
  seed: number,
  replicas: readonly number[],
  configs: Readonly<Record<string, string>> = {},
): Cluster {
  const lab = clusterLaboratory({ seed });
  const brokers = [0, 1, 2].map((id) => {
    const broker = lab.startBroker(id, 'zookeeper.session.timeout.ms=6000');
    lab.pass(3000);
    return broker;
  });
  lab.ask(0, 'CreateTopics', {
    topics: [
      {
        name: 't',
        numPartitions: -1,
        replicationFactor: -1,
        assignments: [{ partitionIndex: 0, brokerIds: replicas as readonly BrokerId[] }],
        configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  });
  return { lab, brokers };
}

const produce = ({ lab }: Cluster, leader: number, acks: 1 | -1 = -1, timeoutMs = 3000) =>
  lab.ask(leader, 'Produce', {
    transactionalId: null,
    acks,
    timeoutMs,
    topicData: [
      {
        name: 't',
        partitionData: [
          {
            index: 0,
            records: createBatch([{ timestamp: 1 as TimestampMs, key: null, value: utf8('m'), headers: [] }]),
          },
        ],
      },
    ],
  }).responses[0]!.partitionResponses[0]!.errorCode;

const replica = ({ lab, brokers }: Cluster, id: number) => findPartition(lab.broker(brokers[id]!), 't', 0);
const kill = ({ lab, brokers }: Cluster, id: number) => {
  lab.apply({ kind: 'signal', process: brokers[id]!, signal: 'SIGKILL' });
};
const restart = ({ lab, brokers }: Cluster, id: number) => {
  brokers[id] = lab.startBroker(id, 'zookeeper.session.timeout.ms=6000');
};

describe.each([1, 2, 3])('a partition on three brokers (seed %i)', (seed) => {
  test('acknowledges acks=all once both followers have the record; they learn the watermark with their next fetch', () => {
    const cluster = threeBrokers(seed, [1, 2, 0]);

    expect(produce(cluster, 1)).toBe('NONE');
    expect([0, 1, 2].map((id) => replica(cluster, id)?.log?.logEndOffset)).toEqual([1, 1, 1]);
    expect(replica(cluster, 1)?.log?.highWatermark).toBe(1);
    cluster.lab.pass(600);
    expect([0, 2].map((id) => replica(cluster, id)?.log?.highWatermark)).toEqual([1, 1]);
  });

  test('goes to the next in-sync replica when its leader is killed; the leader returns as follower, last of the ISR', () => {
    const cluster = threeBrokers(seed, [1, 2, 0]);
    produce(cluster, 1);

    kill(cluster, 1);
    cluster.lab.pass(11_000);
    expect(replica(cluster, 2)).toMatchObject({ role: 'leader', leaderEpoch: 1, isr: [2, 0] });
    expect(produce(cluster, 2)).toBe('NONE');
    restart(cluster, 1);
    cluster.lab.pass(6000);

    expect(replica(cluster, 2)).toMatchObject({ role: 'leader', isr: [2, 0, 1] });
    expect(replica(cluster, 1)).toMatchObject({ role: 'follower', log: { logEndOffset: 2 } });
  });

  test('acknowledges what waited for a follower once that one is dead: its leader leads on, in the next epoch', () => {
    const cluster = threeBrokers(seed, [1, 2, 0]);
    kill(cluster, 2);

    expect(produce(cluster, 1, -1, 30_000)).toBe('NONE');
    expect(replica(cluster, 1)).toMatchObject({ role: 'leader', leaderEpoch: 1, isr: [1, 0] });
  });

  test('refuses acks=all under min.insync.replicas, and hides what acks=1 wrote until the ISR is whole again', () => {
    const cluster = threeBrokers(seed, [1, 2], { 'min.insync.replicas': '2' });
    produce(cluster, 1);
    kill(cluster, 2);
    cluster.lab.pass(11_000);

    expect([produce(cluster, 1), produce(cluster, 1, 1)]).toEqual(['NOT_ENOUGH_REPLICAS', 'NONE']);
    expect(replica(cluster, 1)?.log).toMatchObject({ logEndOffset: 2, highWatermark: 1 });
    restart(cluster, 2);
    cluster.lab.pass(6000);
    expect(replica(cluster, 1)?.log).toMatchObject({ logEndOffset: 2, highWatermark: 2 });
  });

  test('keeps its last in-sync replica, and has no leader while that one is dead', () => {
    const cluster = threeBrokers(seed, [1, 2]);
    kill(cluster, 2);
    cluster.lab.pass(11_000);
    kill(cluster, 1);
    cluster.lab.pass(11_000);
    restart(cluster, 2);
    cluster.lab.pass(5000);

    const known = cluster.lab.broker(cluster.brokers[0]!).metadata.topics.get('t')?.partitions[0];
    expect(known).toMatchObject({ leader: -1, isr: [1] });
    restart(cluster, 1);
    cluster.lab.pass(6000);
    expect(replica(cluster, 1)).toMatchObject({ role: 'leader', isr: [1, 2] });
  });

  test('moves without a gap when its leader is asked to stop', () => {
    const cluster = threeBrokers(seed, [1, 2, 0]);

    cluster.lab.apply({ kind: 'signal', process: cluster.brokers[1]!, signal: 'SIGTERM' });
    cluster.lab.pass(1000);

    expect(replica(cluster, 2)).toMatchObject({ role: 'leader', leaderEpoch: 1, isr: [2, 0] });
    expect(cluster.lab.simulation.world.processes[cluster.brokers[1]!]).toMatchObject({ exitCode: 143 });
  });

  test('is led on by another controller when the first one dies with its leader: two epochs later', () => {
    const cluster = threeBrokers(seed, [0, 2, 1]);

    kill(cluster, 0);
    cluster.lab.pass(11_000);

    const controllers = [1, 2].filter((id) => cluster.lab.broker(cluster.brokers[id]!).controller.isActive);
    expect(controllers).toHaveLength(1);
    expect(cluster.lab.broker(cluster.brokers[controllers[0]!]!).controller.epoch).toBe(2);
    expect(replica(cluster, 2)).toMatchObject({ role: 'leader', leaderEpoch: 2 });
  });

  test('can be moved to other brokers', () => {
    const cluster = threeBrokers(seed, [0, 1]);
    produce(cluster, 0);

    const answer = cluster.lab.ask(0, 'AlterPartitionReassignments', {
      timeoutMs: 1000,
      topics: [
        {
          name: 't',
          partitions: [{ partitionIndex: 0, replicas: [2, 1] as readonly number[] as readonly BrokerId[] }],
        },
      ],
    });
    cluster.lab.pass(3000);

    expect(answer.responses[0]?.partitions[0]?.errorCode).toBe('NONE');
    expect(replica(cluster, 0)).toBeUndefined();
    expect([...replica(cluster, 1)!.replicas]).toEqual([2, 1]);
    expect(replica(cluster, 2)?.log?.logEndOffset).toBe(1);
  });
});
