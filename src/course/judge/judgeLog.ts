/** Predicates over topics, their logs, and who has read them. */
import type { PartitionPicture } from '../../cluster/picture.ts';
import { batchesOf } from '../../kafka/log/partitionLog.ts';
import type { Evidence } from '../evidence.ts';
import { leaderLog, leaderRecords } from '../leaderRecords.ts';
import type { LogPredicate } from '../predicate.ts';
import type { Finding } from './finding.ts';
import { counted, finding, isCount } from './finding.ts';
import { findPartition, partitionsOf } from './seenPartitions.ts';

export function judgeLog(predicate: LogPredicate, evidence: Evidence): Finding {
  const { picture } = evidence;
  switch (predicate.is) {
    case 'topicExists': {
      const partitions = partitionsOf(picture, predicate.topic);
      const replicas = partitions[0]?.replicas.length ?? 0;
      const { partitions: partitionCount = { min: 1 }, replicationFactor = { min: 1 } } = predicate;
      const matches = isCount(partitionCount, partitions.length) && isCount(replicationFactor, replicas);
      if (matches || partitions.length === 0 || !isCount(partitionCount, partitions.length))
        return finding(matches, partitions.length);
      return finding(false, `×${replicas}`);
    }
    case 'topicAbsent':
      return finding(partitionsOf(picture, predicate.topic).length === 0);
    case 'records': {
      const { topic, count, key, value } = predicate;
      const seen = partitionsOf(picture, topic)
        .flatMap((partition) => leaderRecords(partition))
        .filter(
          (record) => (key === undefined || record.key === key) && (value === undefined || record.value === value),
        );
      return counted(count, seen.length);
    }
    case 'keyedProducers': {
      const keyed = partitionsOf(picture, predicate.topic)
        .flatMap((partition) => leaderRecords(partition))
        .filter(({ key }) => key !== null);
      return counted(predicate.count, new Set(keyed.map(({ producerId }) => producerId)).size);
    }
    case 'keyPartitions': {
      const holding = partitionsOf(picture, predicate.topic).filter((partition) => hasKey(partition, predicate.key));
      return counted(predicate.count, holding.length);
    }
    case 'sharePartition': {
      const [first, second] = predicate.keys;
      return finding(
        partitionsOf(picture, predicate.topic).some(
          (partition) => hasKey(partition, first) && hasKey(partition, second),
        ),
      );
    }
    case 'logStart':
    case 'logEnd': {
      const partition = findPartition(picture, predicate);
      const leader = partition?.replicas.find(({ broker }) => broker === partition.leader);
      if (leader === undefined) return finding(false);
      const { logStartOffset, logEndOffset } = leader;
      const seen = { logStart: logStartOffset, logEnd: logEndOffset }[predicate.is];
      return counted(predicate.offset, seen);
    }
    case 'unreadable': {
      const partition = findPartition(picture, predicate);
      const leader = partition?.replicas.find(({ broker }) => broker === partition.leader);
      return counted(predicate.count, leader === undefined ? 0 : leader.logEndOffset - leader.highWatermark);
    }
    case 'holes': {
      const log = leaderLog(findPartition(picture, predicate));
      if (log === null) return finding(false);
      const kept = [...batchesOf(log)].reduce((sum, batch) => sum + batch.records.length, 0);
      return counted(predicate.count, log.logEndOffset - log.logStartOffset - kept);
    }
    case 'segments': {
      const log = leaderLog(findPartition(picture, predicate));
      return log === null ? finding(false) : counted(predicate.count, log.sealedSegments.length + 1);
    }
    case 'consumed': {
      const { topic, records, readers = 1, words = [], without = [], isNew, live } = predicate;
      const counts = evidence.readers
        .filter(
          (reader) =>
            reader.topic === topic &&
            (isNew === undefined || reader.isNew) &&
            words.every((word) => reader.argv.some((argument) => argument.includes(word))) &&
            !without.some((word) => reader.argv.includes(word)),
        )
        .map((reader) => (live === undefined ? reader.consumed : reader.live));
      const enough = counts.filter((consumed) => isCount(records, consumed)).length;
      return finding(enough >= readers, counts.length === 0 ? null : Math.max(...counts));
    }
  }
}

const hasKey = (partition: PartitionPicture, key: string): boolean =>
  leaderRecords(partition).some((record) => record.key === key);
