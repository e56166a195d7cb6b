import { describe, expect, test } from 'vitest';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import { utf8 } from '../../kafka/bytes.ts';
import type { TimestampMs, BrokerId, Offset } from '../../kafka/ids.ts';
import { clusterLaboratory } from './testing/clusterLaboratory.ts';

describe('three', () => {
  test('starts', () => {
    const lab = clusterLaboratory();
    const bs = [0, 1, 2].map((id) => {
      const b = lab.startBroker(id);
      lab.pass(3000);
      return b;
    });
    lab.pass(4000);
    const c = lab.ask(0, 'CreateTopics', {
      topics: [
        {
          name: 't',
          numPartitions: 3,
          replicationFactor: 3,
          assignments: [],
          configs: [{ name: 'min.insync.replicas', value: '2' }],
        },
      ],
      timeoutMs: 5000,
      validateOnly: false,
    });
    console.log(JSON.stringify(c).slice(0, 200), lab.simulation.world.now);
    const md = lab.ask(0, 'Metadata', {
      topics: null,
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: false,
    });
    console.log(JSON.stringify(md));
    const leader = md.topics[0]!.partitions.find((p) => p.partitionIndex === 0)!.leaderId;
    const records = createBatch([{ timestamp: 5 as TimestampMs, key: null, value: utf8('hello'), headers: [] }]);
    const t0 = lab.simulation.world.now;
    for (const acks of [-1, 1, -1] as const) {
      const p = lab.ask(leader, 'Produce', {
        transactionalId: null,
        acks,
        timeoutMs: 30000,
        topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
      });
      console.log(JSON.stringify(p), lab.simulation.world.now - t0);
    }
    lab.pass(1000);
    console.log(
      JSON.stringify(
        lab.ask(leader, 'ListOffsets', {
          replicaId: -1 as BrokerId,
          isolationLevel: 0,
          topics: [{ name: 't', partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1 as never, timestamp: -1 }] }],
        }),
      ),
    );
    const f = lab.ask(leader, 'Fetch', {
      replicaState: { replicaId: -1 as BrokerId, replicaEpoch: -1 },
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: 1e6,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: 0,
      topics: [
        {
          topic: 't',
          topicId: '',
          partitions: [
            {
              partition: 0,
              currentLeaderEpoch: -1 as never,
              fetchOffset: 0 as Offset,
              lastFetchedEpoch: -1 as never,
              logStartOffset: -1 as Offset,
              partitionMaxBytes: 1e6,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    });
    console.log(JSON.stringify(f));
    for (const b of bs)
      console.log(
        lab
          .broker(b)
          .partitions.map(
            (p) =>
              p && [p.topic, p.partition, p.role, p.isr, p.log?.logEndOffset, p.log?.highWatermark, p.effectiveMinIsr],
          ),
      );
    const t = lab.simulation.world.now;
    lab.simulation.apply({ kind: 'signal', process: bs[1]!, signal: 'SIGTERM' });
    lab.pass(3000);
    console.log(lab.printedBy(bs[1]!).slice(-1800));
    for (const b of bs)
      console.log(
        lab
          .broker(b)
          .partitions.map(
            (p) =>
              p && [
                p.topic,
                p.partition,
                p.role,
                p.isr,
                p.leaderEpoch,
                p.log?.logEndOffset,
                p.log?.highWatermark,
                p.effectiveMinIsr,
              ],
          ),
      );
    const nb = lab.startBroker(1);
    lab.pass(5000);
    console.log(lab.printedBy(nb).slice(-1800));
    for (const b of [bs[0]!, nb, bs[2]!])
      console.log(
        lab
          .broker(b)
          .partitions.map(
            (p) =>
              p && [
                p.topic,
                p.partition,
                p.role,
                p.isr,
                p.leaderEpoch,
                p.log?.logEndOffset,
                p.log?.highWatermark,
                p.effectiveMinIsr,
              ],
          ),
      );
    lab.simulation.apply({ kind: 'signal', process: bs[0]!, signal: 'SIGKILL' });
    lab.pass(25000);
    for (const b of [nb, bs[2]!])
      console.log(
        lab.broker(b).controller.isActive,
        lab.broker(b).controller.epoch,
        lab
          .broker(b)
          .partitions.map(
            (p) =>
              p && [
                p.topic,
                p.partition,
                p.role,
                p.isr,
                p.leaderEpoch,
                p.log?.logEndOffset,
                p.log?.highWatermark,
                p.effectiveMinIsr,
              ],
          ),
      );
    expect(1).toBe(1);
  });
});
