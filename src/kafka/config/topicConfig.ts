/**
 * The settings of a topic: name, type, default, valid values.
 *
 * Follows `org.apache.kafka.storage.internals.log.LogConfig` (3.9.0), in the order in which it defines and checks them.
 */
import { type ConfigTable, atLeast, between, betweenOr, listOf, oneOf, throttledReplicas } from './configTable.ts';

export const topicConfig = {
  'segment.bytes': { type: 'INT', defaultValue: '1073741824', valid: atLeast(14), brokerName: 'log.segment.bytes' },
  'segment.ms': { type: 'LONG', defaultValue: '604800000', valid: atLeast(1), brokerName: 'log.roll.ms' },
  'segment.jitter.ms': { type: 'LONG', defaultValue: '0', valid: atLeast(0), brokerName: 'log.roll.jitter.ms' },
  'segment.index.bytes': {
    type: 'INT',
    defaultValue: '10485760',
    valid: atLeast(4),
    brokerName: 'log.index.size.max.bytes',
  },
  'flush.messages': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(1),
    brokerName: 'log.flush.interval.messages',
  },
  'flush.ms': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(0),
    brokerName: 'log.flush.interval.ms',
  },
  'retention.bytes': { type: 'LONG', defaultValue: '-1', brokerName: 'log.retention.bytes' },
  'retention.ms': { type: 'LONG', defaultValue: '604800000', valid: atLeast(-1), brokerName: 'log.retention.ms' },
  'max.message.bytes': { type: 'INT', defaultValue: '1048588', valid: atLeast(0), brokerName: 'message.max.bytes' },
  'index.interval.bytes': {
    type: 'INT',
    defaultValue: '4096',
    valid: atLeast(0),
    brokerName: 'log.index.interval.bytes',
  },
  'delete.retention.ms': {
    type: 'LONG',
    defaultValue: '86400000',
    valid: atLeast(0),
    brokerName: 'log.cleaner.delete.retention.ms',
  },
  'min.compaction.lag.ms': {
    type: 'LONG',
    defaultValue: '0',
    valid: atLeast(0),
    brokerName: 'log.cleaner.min.compaction.lag.ms',
  },
  'max.compaction.lag.ms': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(1),
    brokerName: 'log.cleaner.max.compaction.lag.ms',
  },
  'file.delete.delay.ms': {
    type: 'LONG',
    defaultValue: '60000',
    valid: atLeast(0),
    brokerName: 'log.segment.delete.delay.ms',
  },
  'min.cleanable.dirty.ratio': {
    type: 'DOUBLE',
    defaultValue: '0.5',
    valid: between(0, 1),
    brokerName: 'log.cleaner.min.cleanable.ratio',
  },
  'cleanup.policy': {
    type: 'LIST',
    defaultValue: 'delete',
    valid: listOf('compact', 'delete'),
    brokerName: 'log.cleanup.policy',
  },
  'unclean.leader.election.enable': {
    type: 'BOOLEAN',
    defaultValue: 'false',
    brokerName: 'unclean.leader.election.enable',
  },
  'min.insync.replicas': { type: 'INT', defaultValue: '1', valid: atLeast(1), brokerName: 'min.insync.replicas' },
  'compression.type': {
    type: 'STRING',
    defaultValue: 'producer',
    valid: oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
    brokerName: 'compression.type',
  },
  'compression.gzip.level': {
    type: 'INT',
    defaultValue: '-1',
    valid: betweenOr(1, 9, -1),
    brokerName: 'compression.gzip.level',
  },
  'compression.lz4.level': {
    type: 'INT',
    defaultValue: '9',
    valid: between(1, 17),
    brokerName: 'compression.lz4.level',
  },
  'compression.zstd.level': {
    type: 'INT',
    defaultValue: '3',
    valid: between(-131072, 22),
    brokerName: 'compression.zstd.level',
  },
  preallocate: { type: 'BOOLEAN', defaultValue: 'false', brokerName: 'log.preallocate' },
  'message.format.version': { type: 'STRING', defaultValue: '3.0-IV1', brokerName: 'log.message.format.version' },
  'message.timestamp.type': {
    type: 'STRING',
    defaultValue: 'CreateTime',
    valid: oneOf('CreateTime', 'LogAppendTime'),
    brokerName: 'log.message.timestamp.type',
  },
  'message.timestamp.difference.max.ms': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(0),
    brokerName: 'log.message.timestamp.difference.max.ms',
  },
  'message.timestamp.before.max.ms': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(0),
    brokerName: 'log.message.timestamp.before.max.ms',
  },
  'message.timestamp.after.max.ms': {
    type: 'LONG',
    defaultValue: '9223372036854775807',
    valid: atLeast(0),
    brokerName: 'log.message.timestamp.after.max.ms',
  },
  'leader.replication.throttled.replicas': { type: 'LIST', defaultValue: '', valid: throttledReplicas },
  'follower.replication.throttled.replicas': { type: 'LIST', defaultValue: '', valid: throttledReplicas },
  'message.downconversion.enable': {
    type: 'BOOLEAN',
    defaultValue: 'true',
    brokerName: 'log.message.downconversion.enable',
  },
  'remote.storage.enable': { type: 'BOOLEAN', defaultValue: 'false' },
  'local.retention.ms': { type: 'LONG', defaultValue: '-2', valid: atLeast(-2), brokerName: 'log.local.retention.ms' },
  'local.retention.bytes': {
    type: 'LONG',
    defaultValue: '-2',
    valid: atLeast(-2),
    brokerName: 'log.local.retention.bytes',
  },
  'remote.log.copy.disable': { type: 'BOOLEAN', defaultValue: 'false' },
  'remote.log.delete.on.disable': { type: 'BOOLEAN', defaultValue: 'false' },
} as const satisfies ConfigTable;
