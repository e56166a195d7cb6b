import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import { ms, timestampMsAt } from '../../kernel/time.ts';
import { ZERO_UUID } from '../protocol/kafka/fields.ts';
import { findPartition } from './broker.ts';
import { clusterLaboratory } from './testing/clusterLaboratory.ts';

const hour = 3_600_000;

/** Brokers 0 and 1, and a topic `t` of one partition that 0 leads and both have, dated by its leader. */
function cluster() {
  const lab = clusterLaboratory();
  const brokers = [0, 1].map((id) => {
    const broker = lab.startBroker(id, 'log.initial.task.delay.ms=1000', 'log.retention.check.interval.ms=10000');
    lab.pass(4000);
    return broker;
  });
  const assignments = [{ partitionIndex: 0, brokerIds: [0, 1] as readonly number[] as readonly BrokerId[] }];
  const configs = [
    { name: 'message.timestamp.type', value: 'LogAppendTime' },
    { name: 'segment.bytes', value: '100' },
  ];
  lab.ask(0, 'CreateTopics', {
    topics: [{ name: 't', numPartitions: -1, replicationFactor: -1, assignments, configs }],
    timeoutMs: 5000,
    validateOnly: false,
  });
  lab.pass(1000);
  const produce = () => {
    const records = createBatch([{ timestamp: 1 as TimestampMs, key: null, value: utf8('m'), headers: [] }]);
    const topicData = [{ name: 't', partitionData: [{ index: 0, records }] }];
    const body = { transactionalId: null, acks: -1, timeoutMs: 10_000, topicData } as const;
    return lab.ask(0, 'Produce', body).responses[0]!.partitionResponses[0]!;
  };
  const jump = (offsetMs: number) => lab.apply({ kind: 'setClock', process: brokers[0]!, offsetMs });
  const partition = () => findPartition(lab.broker(brokers[0]!), 't', 0)!;
  return { lab, broker: brokers[0]!, produce, jump, partition };
}

describe('the wall clock of a broker', () => {
  test('dates what it appends and what it logs', () => {
    const { lab, broker, produce, jump } = cluster();
    jump(24 * hour);
    const printedBefore = lab.printedBy(broker).length;
    const { logAppendTimeMs } = produce();
    lab.ask(0, 'DeleteTopics', { topics: [{ name: 't', topicId: ZERO_UUID }], timeoutMs: 5000 });
    lab.pass(2000);

    const aheadMs = logAppendTimeMs - timestampMsAt(lab.simulation.world.now);
    expect(Math.round(aheadMs / hour)).toBe(24);
    expect(lab.printedBy(broker).slice(printedBefore)).toMatch(/^\[2025-05-20 /);
  });

  test('ahead makes records old: retention takes them', () => {
    const { lab, produce, jump, partition } = cluster();
    for (let n = 0; n < 4; n++) produce();
    jump(8 * 24 * hour);
    lab.pass(11_000);

    expect(partition().log?.logStartOffset).toBeGreaterThan(0);
  });

  test('does not move timers: nobody loses a session or a place in the ISR, back or ahead', () => {
    const { lab, produce, jump, partition } = cluster();
    for (const offsetMs of [hour, -hour, 0]) {
      jump(offsetMs);
      produce();
      lab.pass(40_000);
    }

    expect(partition().isr).toEqual([0, 1]);
    expect(lab.facts.filter(({ what }) => what.kind === 'told' && what.name === 'sessionExpired')).toEqual([]);
    expect(lab.simulation.world.now).toBeGreaterThan(ms(120_000));
  });
});
