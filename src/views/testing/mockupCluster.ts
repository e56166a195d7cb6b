/** A cluster that breathes, for looking at pictures and measuring them: three brokers, one topic, two producers, two groups; messages loop. */
import type { ClusterPicture, FlightPicture, PartitionPicture } from '../../cluster/picture.ts';
import { utf8 } from '../../kafka/bytes.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../../kafka/ids.ts';
import { appendAsLeader } from '../../kafka/log/append.ts';
import { createLog, type PartitionLog, withHighWatermark } from '../../kafka/log/partitionLog.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import { NO_HEADERS } from '../../kafka/record/record.ts';
import type { FactId, ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';

const nowMs = 1_747_645_200_000 as TimestampMs;
const topic = 'paiements';
const process = (id: number): ProcessId => id as ProcessId;
export const mockupProcesses = {
  zookeepers: [process(10), process(11), process(12)],
  brokers: [process(20), process(21), process(22)],
  producers: [process(30), process(31)],
  members: [process(40), process(41), process(42)],
} as const;

function logOf(partition: number, keys: readonly string[], highWatermark: number): PartitionLog {
  let log = createLog({ topic, partition }, { nowMs });
  for (const key of keys) {
    const batch = createBatch([{ timestamp: nowMs, key: utf8(key), value: utf8(`${key} paie`), headers: NO_HEADERS }]);
    log = appendAsLeader(log, batch, { leaderEpoch: 2 as LeaderEpoch, nowMs }).log;
  }
  return withHighWatermark(log, highWatermark as Offset);
}

interface Row {
  readonly leader: number;
  readonly epoch: number;
  readonly keys: readonly string[];
  readonly highWatermark: number;
  /** How many records each broker has. */
  readonly ends: readonly number[];
}
const rows: readonly Row[] = [
  {
    leader: 1,
    epoch: 4,
    keys: ['Alice', 'Chloé', 'Alice', 'David', 'Emma', 'Alice', 'Chloé'],
    highWatermark: 6,
    ends: [6, 7, 7],
  },
  { leader: 2, epoch: 2, keys: ['Gaëlle', 'Hugo', 'Gaëlle', 'Jean', 'Hugo'], highWatermark: 5, ends: [5, 5, 5] },
  { leader: 0, epoch: 2, keys: ['Bob', 'Inès', 'Bob', 'Bob', 'Inès', 'Bob'], highWatermark: 6, ends: [6, 6, 6] },
];

const partitions: readonly PartitionPicture[] = rows.map(({ leader, epoch, keys, highWatermark, ends }, partition) => ({
  topic,
  partition,
  leader,
  leaderEpoch: epoch,
  isr: [0, 1, 2],
  replicas: ends.map((end, broker) => ({
    broker,
    role: broker === leader ? 'leader' : 'follower',
    isInSync: true,
    leaderEpoch: epoch,
    highWatermark,
    logStartOffset: 0,
    logEndOffset: end,
    divergesAt: null,
    log: logOf(partition, keys.slice(0, end), highWatermark),
  })),
}));

/** The colours of keys follow this order of appearance. */
export const mockupKeys: readonly string[] = [
  'Alice',
  'Bob',
  'Gaëlle',
  'Chloé',
  'Inès',
  'David',
  'Emma',
  'Hugo',
  'Jean',
];

const base: ClusterPicture = {
  now: 0 as VirtualTimeUs,
  zookeepers: mockupProcesses.zookeepers.map((id, index) => ({
    process: id,
    server: index + 1,
    port: 2181 + index,
    health: 'running',
    role: index === 1 ? 'leader' : 'follower',
    isServing: true,
    zxid: '0x1000000a4',
    sessions: [],
  })),
  brokers: mockupProcesses.brokers.map((id, broker) => ({
    process: id,
    broker,
    port: 9092 + broker,
    health: 'running',
    isController: broker === 0,
    controllerEpoch: 1,
    hasSession: true,
    session: {
      id: `0x${broker + 1}`,
      server: broker + 1,
      state: 'alive',
      timeoutMs: 18_000,
      expiresAt: 18_000_000 as VirtualTimeUs,
    },
    logDir: `/tmp/kafka-logs-${broker}`,
  })),
  topics: [{ topic, isInternal: false, configs: {}, partitions }],
  producers: mockupProcesses.producers.map((id, index) => ({
    process: id,
    clientId: index === 0 ? 'console-producer' : 'boutique',
    terminal: index === 0 ? 'Console' : 'Boutique',
    acks: 'all',
    isIdempotent: true,
    producerId: index,
    topics: [topic],
    waiting: (index === 0 ? ['Alice', 'Bob'] : ['Hugo', 'Emma', 'Inès']).map((key) => ({ key, timestampMs: nowMs })),
  })),
  groups: [
    {
      group: 'comptabilite',
      coordinator: 0,
      state: 'Stable',
      generationId: 3,
      protocol: 'range',
      members: [
        member(40, 'consumer-1', [
          [0, 5, 1],
          [1, 5, 0],
        ]),
        member(41, 'consumer-2', [[2, 4, 2]]),
      ],
      committed: [committed(0, 5), committed(1, 5), committed(2, 4)],
    },
    {
      group: 'antifraude',
      coordinator: 1,
      state: 'Stable',
      generationId: 1,
      protocol: 'range',
      members: [
        member(42, 'consumer-1', [
          [0, 3, 3],
          [1, 5, 0],
          [2, 6, 0],
        ]),
      ],
      committed: [committed(0, 3), committed(1, 5), committed(2, 6)],
    },
  ],
  tools: [],
  flights: [],
  impairedLinks: [],
};

function member(
  id: number,
  clientId: string,
  reads: readonly (readonly [partition: number, position: number, lag: number])[],
): ClusterPicture['groups'][number]['members'][number] {
  return {
    process: process(id),
    clientId,
    memberId: `${clientId}-1`,
    terminal: null,
    memberState: 'STABLE',
    partitions: reads.map(([partition, position, lag]) => ({ topic, partition, position, committed: position, lag })),
  };
}

function committed(partition: number, offset: number): { topic: string; partition: number; offset: number } {
  return { topic, partition, offset };
}

/** A message takes so long. */
const flightUs = 2000;

/** The cluster at an instant with `flightCount` messages under way; the same structure for all instants, the same flights for two milliseconds. */
export function mockupPicture(now: VirtualTimeUs, flightCount = 6): ClusterPicture {
  const round = Math.floor(now / flightUs);
  return { ...base, now, flights: Array.from({ length: flightCount }, (_, index) => flightAt(index, round)) };
}

/** Half are writes, a quarter replication, a quarter reads. */
function flightAt(index: number, round: number): FlightPicture {
  const partition = index % rows.length;
  const row = rows[partition]!;
  const key = row.keys[(index + round) % row.keys.length]!;
  const leader = mockupProcesses.brokers[row.leader]!;
  const follower = mockupProcesses.brokers[(row.leader + 1 + (index % 2)) % 3]!;
  const reader = base.groups[index % 2]!.members.find(({ partitions: read }) =>
    read.some((one) => one.partition === partition),
  )!;
  const [from, to] =
    index % 4 < 2
      ? [mockupProcesses.producers[index % 2]!, leader]
      : index % 4 === 2
        ? [leader, follower]
        : [leader, reader.process];
  const lead = (index * 37) % flightUs;
  const sentAt = (round * flightUs - lead) as VirtualTimeUs;
  return {
    fact: (round * 10_000 + index) as FactId,
    from,
    to,
    api: index % 4 < 2 ? 'Produce' : 'Fetch',
    isResponse: index % 4 >= 2,
    sentAt,
    dueAt: (sentAt + 2 * flightUs) as VirtualTimeUs,
    isFaint: false,
    records: [{ topic, partition, key, value: `${key} paie`, offset: null, timestampMs: nowMs }],
  };
}
