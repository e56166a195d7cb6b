/**
 * The work of Kafka's algorithms that the simulator's speed rests on. Each benchmark does its work once and says how much it did; whoever
 * calls it holds the watch.
 */
import type { AssignorInput } from './assignor/assignor.ts';
import { type AssignorName, assignors } from './assignor/assignors.ts';
import { type Bytes, utf8, zeroBytes } from './bytes.ts';
import { cleanableRange } from './cleaner/cleanableRange.ts';
import { cleanLog } from './cleaner/cleanLog.ts';
import type { LeaderEpoch, Offset, TimestampMs } from './ids.ts';
import { appendAsLeader } from './log/append.ts';
import { defaultLogConfig, type LogConfig } from './log/logConfig.ts';
import { createLog, type PartitionLog, rollLog, withHighWatermark } from './log/partitionLog.ts';
import { readLog } from './log/readLog.ts';
import { NO_HEADERS } from './record/record.ts';
import { createBatch } from './record/recordBatch.ts';

export interface Benchmark {
  readonly what: string;
  /** Of what is counted. */
  readonly unit: 'records' | 'assignments';
  /** Prepares the work, and returns it: called once, it says how much it did. */
  readonly prepare: () => () => number;
}

const nowMs = 1_700_000_000_000 as TimestampMs;
const leaderEpoch = 0 as LeaderEpoch;
const RECORDS = 1_000_000;
const KEYS = 10_000;

function filledLog({
  records,
  recordsPerBatch,
  config,
}: {
  records: number;
  recordsPerBatch: number;
  config: LogConfig;
}): PartitionLog {
  const keys: readonly Bytes[] = Array.from({ length: KEYS }, (_, i) => utf8(`key-${i}`));
  const value = zeroBytes(100);
  let log = createLog({ topic: 't', partition: 0 }, { config, nowMs });
  for (let i = 0; i < records; i += recordsPerBatch) {
    const batch = createBatch(
      Array.from({ length: recordsPerBatch }, (_, j) => ({
        timestamp: nowMs,
        // A stride that is prime to the number of keys visits them all.
        key: keys[((i + j) * 7919) % KEYS]!,
        value,
        headers: NO_HEADERS,
      })),
    );
    log = appendAsLeader(log, batch, { leaderEpoch, nowMs }).log;
  }
  return log;
}

const compacted: LogConfig = {
  ...defaultLogConfig,
  isCompacted: true,
  isDeleted: false,
  segmentBytes: 16 * 1024 * 1024,
};

function groupOf({
  topics,
  partitionsPerTopic,
  members,
}: {
  topics: number;
  partitionsPerTopic: number;
  members: number;
}): AssignorInput {
  const names = Array.from({ length: topics }, (_, i) => `topic-${i}`);
  return {
    partitionCounts: new Map(names.map((name) => [name, partitionsPerTopic])),
    members: Array.from({ length: members }, (_, i) => ({
      memberId: `consumer-${i}-${((i + 1) * 0x9e3779b1) >>> 0}`,
      groupInstanceId: null,
      topics: names,
      ownedPartitions: [],
      generation: -1,
    })),
  };
}

/** The group after one assignment, one member gone. */
function afterLeave(input: AssignorInput, name: AssignorName): AssignorInput {
  const assignment = assignors[name](input);
  const members = input.members
    .slice(1)
    .map((member) => ({ ...member, ownedPartitions: assignment.get(member.memberId)!, generation: 1 }));
  return { ...input, members };
}

const assignorBenchmarks = (Object.keys(assignors) as AssignorName[]).map(
  (name): Benchmark => ({
    what: `${name}: 1 000 partitions to 100 members`,
    unit: 'assignments',
    prepare: () => {
      const start = groupOf({ topics: 10, partitionsPerTopic: 100, members: 101 });
      const input = name.includes('sticky') ? afterLeave(start, name) : { ...start, members: start.members.slice(1) };
      return () => {
        for (let i = 0; i < 20; i++) assignors[name](input);
        return 20;
      };
    },
  }),
);

export const kafkaBenchmarks: readonly Benchmark[] = [
  {
    what: 'append as leader, one record a batch',
    unit: 'records',
    prepare: () => () => {
      filledLog({ records: RECORDS / 5, recordsPerBatch: 1, config: defaultLogConfig });
      return RECORDS / 5;
    },
  },
  {
    what: 'append as leader, 100 records a batch',
    unit: 'records',
    prepare: () => () => {
      filledLog({ records: RECORDS, recordsPerBatch: 100, config: defaultLogConfig });
      return RECORDS;
    },
  },
  {
    what: 'read a log of one record a batch, 1 MiB a read',
    unit: 'records',
    prepare: () => {
      const log = filledLog({ records: RECORDS / 5, recordsPerBatch: 1, config: defaultLogConfig });
      return () => {
        let next = log.logStartOffset;
        while (next < log.logEndOffset) {
          const read = readLog(log, { fromOffset: next, maxBytes: 1 << 20, upTo: 'logEnd' });
          if (read.outcome === 'outOfRange') break;
          next = (read.batches[read.batches.length - 1]!.lastOffset + 1) as Offset;
        }
        return next;
      };
    },
  },
  {
    what: 'compaction of 1 000 000 records with 10 000 keys',
    unit: 'records',
    prepare: () => {
      const filled = rollLog(filledLog({ records: RECORDS, recordsPerBatch: 100, config: compacted }), { nowMs });
      const log = withHighWatermark(filled, filled.logEndOffset);
      return () => cleanLog(log, cleanableRange(log, { checkpoint: null, nowMs }), { nowMs }).stats.messagesRead;
    },
  },
  ...assignorBenchmarks,
];
