import { describe, expect, test } from 'vitest';
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';
import { utf8 } from '../../kafka/bytes.ts';
import type { LeaderEpoch, TimestampMs } from '../../kafka/ids.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import { createLog, type PartitionLog } from '../../kafka/log/partitionLog.ts';
import { NO_HEADERS } from '../../kafka/record/record.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import { KeyOrder } from './keyOrder.ts';

type Written = readonly (readonly [key: string, atMs: number])[];
const append = (log: PartitionLog, written: Written): PartitionLog =>
  written.reduce((longer, [key, atMs]) => {
    const timestamp = atMs as TimestampMs;
    const batch = createBatch([{ timestamp, key: utf8(key), value: utf8('v'), headers: NO_HEADERS }]);
    return appendAsLeader(longer, batch, { leaderEpoch: 0 as LeaderEpoch, nowMs: timestamp }).log;
  }, log);
const emptyLog = (partition: number): PartitionLog => createLog({ topic: 't', partition }, { nowMs: 0 as TimestampMs });

const pictureOf = (...logs: readonly PartitionLog[]): Pick<ClusterPicture, 'topics' | 'flights' | 'producers'> => ({
  flights: [],
  producers: [],
  topics: [
    {
      topic: 't',
      isInternal: false,
      configs: {},
      partitions: logs.map((log, partition): PartitionPicture => {
        const { highWatermark, logStartOffset, logEndOffset } = log;
        const positions = { highWatermark, logStartOffset, logEndOffset, leaderEpoch: 0, divergesAt: null, log };
        const replica = { broker: 0, role: 'leader', isInSync: true, ...positions } as const;
        return { topic: 't', partition, leader: 0, leaderEpoch: 0, isr: [0], replicas: [replica] };
      }),
    },
  ],
});
const keysOf = (order: KeyOrder): readonly string[] => order.entries().map(([key]) => key);

describe('the order of keys', () => {
  const first = append(emptyLog(0), [
    ['Bob', 20],
    ['Chloé', 40],
  ]);
  const second = append(emptyLog(1), [
    ['Alice', 10],
    ['David', 30],
  ]);

  test('is that of their first records in time, over all partitions', () => {
    const order = new KeyOrder();

    order.observe(pictureOf(first, second));

    expect(keysOf(order)).toEqual(['Alice', 'Bob', 'David', 'Chloé']);
  });

  test('is the same whether it was seen to grow or is read at once, as after a reload', () => {
    const grown = new KeyOrder();
    grown.observe(pictureOf(emptyLog(0), append(emptyLog(1), [['Alice', 10]])));
    grown.observe(pictureOf(append(emptyLog(0), [['Bob', 20]]), append(emptyLog(1), [['Alice', 10]])));
    grown.observe(pictureOf(first, second));
    const reloaded = new KeyOrder();
    reloaded.observe(pictureOf(first, second));

    expect(keysOf(grown)).toEqual(keysOf(reloaded));
  });

  test('is what it was in an earlier sitting, though the first records have gone since', () => {
    const order = new KeyOrder(['Zoé', 'Alice', 'Bob']);

    order.observe(pictureOf(first));

    expect(keysOf(order)).toEqual(['Zoé', 'Alice', 'Bob', 'Chloé']);
  });

  test('goes on with the keys of another history of the same length', () => {
    const order = new KeyOrder();
    order.observe(pictureOf(first));
    order.observe(
      pictureOf(
        append(emptyLog(0), [
          ['Bob', 20],
          ['Emma', 41],
        ]),
      ),
    );

    expect(keysOf(order)).toEqual(['Bob', 'Chloé', 'Emma']);
  });

  test('counts what waits to be sent, and what is on its way', () => {
    const order = new KeyOrder();
    order.observe({
      ...pictureOf(first),
      producers: [
        {
          process: 1 as ClusterPicture['producers'][number]['process'],
          clientId: 'p',
          terminal: null,
          acks: 'all',
          isIdempotent: true,
          producerId: 1,
          topics: ['t'],
          waiting: [
            { key: 'Zoé', timestampMs: 60 },
            { key: null, timestampMs: 61 },
          ],
        },
      ],
    });

    expect(keysOf(order)).toEqual(['Bob', 'Chloé', 'Zoé']);
  });
});
