import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { Signal } from '../../kernel/events.ts';
import { findPartition } from './broker.ts';
import { clusterLaboratory } from './testing/clusterLaboratory.ts';

describe('a leader whose proposal was written, and refused all the same', () => {
  // The controller loses its connection while ZooKeeper stands still: it writes again, and finds a newer version than it knows.
  test('proposes nothing more in its leader epoch: what it asked for stays', () => {
    const lab = clusterLaboratory();
    const brokers = [0, 1, 2].map((id) => {
      const broker = lab.startBroker(id, 'zookeeper.session.timeout.ms=6000', 'replica.lag.time.max.ms=2000');
      lab.pass(3000);
      return broker;
    });
    const assignments = [{ partitionIndex: 0, brokerIds: [1, 2, 0] as readonly number[] as readonly BrokerId[] }];
    const topic = { name: 't', numPartitions: -1, replicationFactor: -1, assignments, configs: [] };
    lab.ask(0, 'CreateTopics', { topics: [topic], timeoutMs: 5000, validateOnly: false });
    lab.pass(2000);
    const signal = (process: typeof lab.zookeeper, name: Signal): void =>
      lab.apply({ kind: 'signal', process, signal: name });
    const records = createBatch([{ timestamp: 1 as TimestampMs, key: null, value: utf8('m'), headers: [] }]);
    const topicData = [{ name: 't', partitionData: [{ index: 0, records }] }];
    const led = () => findPartition(lab.broker(brokers[1]!), 't', 0);

    signal(lab.zookeeper, 'SIGSTOP');
    signal(brokers[2]!, 'SIGKILL');
    lab.send(1, 'Produce', { transactionalId: null, acks: 1, timeoutMs: 3000, topicData });
    lab.pass(5500);
    signal(lab.zookeeper, 'SIGCONT');
    lab.pass(4000);

    expect(led()).toMatchObject({ role: 'leader', isr: [1, 2, 0], pendingIsr: { isr: [1, 0] } });
    expect(lab.printedBy(brokers[1]!).match(/Shrinking ISR/g)).toHaveLength(1);
  });
});
