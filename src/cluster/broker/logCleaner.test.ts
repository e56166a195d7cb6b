import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { findPartition } from './broker.ts';
import { checkpointKey } from './logDir.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

const settings = ['zookeeper.session.timeout.ms=6000', 'replica.lag.time.max.ms=2000', 'log.cleaner.backoff.ms=500'];

function createCompacted(lab: ClusterLaboratory, broker: number, replicas: readonly number[]): void {
  lab.ask(broker, 'CreateTopics', {
    topics: [
      {
        name: 'c',
        numPartitions: -1,
        replicationFactor: -1,
        assignments: [{ partitionIndex: 0, brokerIds: replicas as readonly BrokerId[] }],
        configs: [
          { name: 'cleanup.policy', value: 'compact' },
          { name: 'segment.bytes', value: '200' },
          { name: 'min.cleanable.dirty.ratio', value: '0.01' },
          { name: 'unclean.leader.election.enable', value: 'true' },
        ],
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  });
  lab.pass(1000);
}

function produce(lab: ClusterLaboratory, leader: number, count: number): void {
  const record = { timestamp: 1 as TimestampMs, key: utf8('k'), value: utf8('v'), headers: [] };
  for (let written = 0; written < count; written++)
    lab.ask(leader, 'Produce', {
      transactionalId: null,
      acks: 1,
      timeoutMs: 3000,
      topicData: [{ name: 'c', partitionData: [{ index: 0, records: createBatch([record]) }] }],
    });
}

const checkpointAt = (lab: ClusterLaboratory, broker: ProcessId): number | null =>
  lab.broker(broker).logs.dirs[0]?.checkpoints.cleanerOffset?.get(checkpointKey('c', 0)) ?? null;
const replicaAt = (lab: ClusterLaboratory, broker: ProcessId) => findPartition(lab.broker(broker), 'c', 0);

describe('how far a log has been cleaned', () => {
  test('is forgotten with a log that is deleted: another of its name is dirty from its start', () => {
    const lab = clusterLaboratory();
    const broker = lab.startBroker(0, ...settings);
    lab.pass(3000);
    createCompacted(lab, 0, [0]);
    produce(lab, 0, 12);
    lab.pass(2000);
    expect(checkpointAt(lab, broker)).toBeGreaterThan(0);

    lab.ask(0, 'DeleteTopics', { topics: [{ name: 'c', topicId: '' }], timeoutMs: 5000 });
    lab.pass(1000);

    expect(checkpointAt(lab, broker)).toBeNull();
  });

  test('goes back with a log that is cut below its active segment: what comes in its place is dirty', () => {
    const lab = clusterLaboratory();
    const first = lab.startBroker(0, ...settings);
    lab.pass(3000);
    const second = lab.startBroker(1, ...settings);
    lab.pass(3000);
    createCompacted(lab, 0, [0, 1]);
    produce(lab, 0, 2);
    lab.pass(1000);
    // What broker 1 does not see, broker 0 cleans.
    lab.apply({ kind: 'signal', process: second, signal: 'SIGKILL' });
    lab.pass(9000);
    produce(lab, 0, 20);
    lab.pass(2000);
    const cleanedTo = checkpointAt(lab, first);
    expect(cleanedTo).toBeGreaterThan(2);
    lab.apply({ kind: 'signal', process: first, signal: 'SIGKILL' });
    lab.pass(9000);
    lab.startBroker(1, ...settings);
    lab.pass(9000);
    produce(lab, 1, 1);

    const again = lab.startBroker(0, ...settings);
    lab.pass(9000);

    const log = replicaAt(lab, again)?.log;
    expect(log?.logEndOffset).toBe(3);
    expect(checkpointAt(lab, again)).toBe(log?.activeSegment.baseOffset);
  });
});
