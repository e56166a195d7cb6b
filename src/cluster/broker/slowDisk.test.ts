import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { DiskCondition } from '../../kernel/host.ts';
import { soundDisk } from '../../kernel/host.ts';
import { ms } from '../../kernel/time.ts';
import { findPartition } from './broker.ts';
import { clusterLaboratory } from './testing/clusterLaboratory.ts';

/** Brokers 0 and 1, and a topic `t` of one partition that 0 leads and both have. */
function cluster() {
  const lab = clusterLaboratory();
  const brokers = [0, 1].map((id) => {
    const broker = lab.startBroker(id);
    lab.pass(4000);
    return broker;
  });
  const assignments = [{ partitionIndex: 0, brokerIds: [0, 1] as readonly number[] as readonly BrokerId[] }];
  lab.ask(0, 'CreateTopics', {
    topics: [{ name: 't', numPartitions: -1, replicationFactor: -1, assignments, configs: [] }],
    timeoutMs: 5000,
    validateOnly: false,
  });
  lab.pass(1000);
  const body = (acks: 1 | -1) => ({
    transactionalId: null,
    acks,
    timeoutMs: 10_000,
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
  /** How long the answer took, in milliseconds. */
  const took = (acks: 1 | -1): number => {
    const before = lab.simulation.world.now;
    lab.ask(0, 'Produce', body(acks));
    return Math.floor((lab.simulation.world.now - before) / 1000);
  };
  const setDisk = (id: number, condition: DiskCondition) =>
    lab.apply({ kind: 'setDisk', directory: `/tmp/kafka-logs-${id}`, condition });
  const end = (id: number) => findPartition(lab.broker(brokers[id]!), 't', 0)?.log?.logEndOffset;
  return { lab, body, took, setDisk, end };
}
const slow: DiskCondition = { state: 'sound', extraLatencyUs: ms(400) };

describe('a slow disk', () => {
  test('of the leader makes who writes wait for it, and nobody sees the record before', () => {
    const { lab, body, took, setDisk, end } = cluster();
    setDisk(0, slow);
    const ask = lab.send(0, 'Produce', body(1));
    lab.pass(300);
    const early = [lab.answerTo(ask, 'Produce'), end(0)];
    lab.pass(200);

    expect([early, end(0)]).toEqual([[undefined, 0], 1]);
    expect(lab.answerTo(ask, 'Produce')?.responses[0]?.partitionResponses[0]?.errorCode).toBe('NONE');
    expect(took(1)).toBeGreaterThanOrEqual(400);
  });

  test('of a follower makes those wait who want all replicas to have the record', () => {
    const { took, setDisk } = cluster();
    setDisk(1, slow);

    expect(took(1)).toBeLessThan(100);
    expect(took(-1)).toBeGreaterThanOrEqual(400);
  });

  test('takes one write after the other, in their order, also when it is fast again meanwhile', () => {
    const { lab, body, setDisk, end } = cluster();
    setDisk(0, slow);
    lab.send(0, 'Produce', body(1), 'one');
    lab.send(0, 'Produce', body(1), 'two');
    lab.pass(50);
    setDisk(0, soundDisk);
    const last = lab.send(0, 'Produce', body(1), 'three');
    lab.pass(700);
    const before = end(0);
    lab.pass(200);

    expect([before, end(0)]).toEqual([1, 3]);
    expect(lab.answerTo(last, 'Produce')?.responses[0]?.partitionResponses[0]?.baseOffset).toBe(2);
  });

  test('costs other requests nothing', () => {
    const { lab, body, setDisk } = cluster();
    setDisk(0, slow);
    lab.send(0, 'Produce', body(1), 'one');
    const before = lab.simulation.world.now;
    lab.ask(0, 'Metadata', { topics: null, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false });

    expect(lab.simulation.world.now - before).toBeLessThan(ms(50));
  });
});
