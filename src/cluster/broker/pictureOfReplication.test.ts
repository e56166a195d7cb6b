import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { PartitionPicture } from '../picture.ts';
import { findPartition } from './broker.ts';
import { pictureOfReplication } from './pictureOfReplication.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

/** A topic `t` of one partition on brokers 1 and 2, 1 its leader; broker 0 is the controller. */
function twoReplicas(): { readonly lab: ClusterLaboratory; readonly brokers: ProcessId[] } {
  const lab = clusterLaboratory({ seed: 5 });
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
        assignments: [{ partitionIndex: 0, brokerIds: [1, 2] as BrokerId[] }],
        configs: [],
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  });
  lab.pass(1000);
  return { lab, brokers };
}

const write = (lab: ClusterLaboratory, leader: number, acks: 1 | -1): number =>
  lab.send(leader, 'Produce', {
    transactionalId: null,
    acks,
    timeoutMs: 3000,
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
  });

function pictureOf({ lab, brokers }: ReturnType<typeof twoReplicas>, leader: number) {
  const { world } = lab.simulation;
  const seen: PartitionPicture = {
    topic: 't',
    partition: 0,
    leader,
    leaderEpoch: 0,
    isr: [1, 2],
    replicas: [1, 2].map((broker) => {
      const log = findPartition(lab.broker(brokers[broker]!), 't', 0)?.log ?? null;
      return {
        broker,
        role: broker === leader ? 'leader' : 'follower',
        isInSync: true,
        leaderEpoch: 0,
        highWatermark: log?.highWatermark ?? 0,
        logStartOffset: 0,
        logEndOffset: log?.logEndOffset ?? 0,
        divergesAt: null,
        log,
      };
    }),
  };
  return pictureOfReplication(
    world,
    seen,
    (id) => (world.processes[brokers[id]!]?.status === 'exited' ? 'dead' : 'running'),
    (id) => brokers[id] ?? null,
  );
}

describe('the picture of a partition’s replication', () => {
  test('tells who waits with acks=all, for which offset, until the follower’s next fetch', () => {
    const cluster = twoReplicas();
    cluster.lab.apply({ kind: 'signal', process: cluster.brokers[2]!, signal: 'SIGSTOP' });
    write(cluster.lab, 1, -1);
    cluster.lab.pass(20);

    const waiting = pictureOf(cluster, 1);
    expect(waiting.waiting).toMatchObject([{ offset: 1 }]);
    expect(waiting.replicas.map(({ replica, known }) => [replica.logEndOffset, known?.logEndOffset ?? null])).toEqual([
      [1, null],
      [0, 0],
    ]);
    cluster.lab.apply({ kind: 'signal', process: cluster.brokers[2]!, signal: 'SIGCONT' });
    cluster.lab.pass(600);

    expect(pictureOf(cluster, 1)).toMatchObject({
      waiting: [],
      minInSyncReplicas: 1,
      replicas: [{}, { known: { logEndOffset: 1 } }],
    });
  });

  test('finds a follower’s fetch where it is: under way, kept by the leader, answered', () => {
    const cluster = twoReplicas();
    const seen = new Set<string | undefined>();
    write(cluster.lab, 1, 1);
    for (let step = 0; step < 100; step++) {
      seen.add(pictureOf(cluster, 1).replicas[1]?.exchange?.stage);
      cluster.lab.simulation.step();
    }

    expect(seen).toEqual(new Set(['answering', 'asking', 'waiting']));
  });
});
