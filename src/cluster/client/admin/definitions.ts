/** Every method of the admin client, by name. */
import type { Definitions } from './adminDefinition.ts';
import * as cluster from './clusterMethods.ts';
import * as groups from './groupMethods.ts';
import * as records from './recordMethods.ts';
import * as topics from './topicMethods.ts';
import * as transactions from './transactionMethods.ts';

export const definitions: Definitions = {
  listTopics: topics.listTopics,
  describeTopics: topics.describeTopics,
  createTopics: topics.createTopics,
  deleteTopics: topics.deleteTopics,
  createPartitions: topics.createPartitions,
  describeCluster: cluster.describeCluster,
  apiVersions: cluster.apiVersions,
  describeConfigs: cluster.describeConfigs,
  incrementalAlterConfigs: cluster.incrementalAlterConfigs,
  describeLogDirs: cluster.describeLogDirs,
  electLeaders: cluster.electLeaders,
  alterPartitionReassignments: cluster.alterPartitionReassignments,
  listPartitionReassignments: cluster.listPartitionReassignments,
  listOffsets: records.listOffsets,
  deleteRecords: records.deleteRecords,
  describeProducers: records.describeProducers,
  abortTransaction: records.abortTransaction,
  listConsumerGroups: groups.listConsumerGroups,
  describeConsumerGroups: groups.describeConsumerGroups,
  listConsumerGroupOffsets: groups.listConsumerGroupOffsets,
  alterConsumerGroupOffsets: groups.alterConsumerGroupOffsets,
  deleteConsumerGroupOffsets: groups.deleteConsumerGroupOffsets,
  deleteConsumerGroups: groups.deleteConsumerGroups,
  removeMembersFromConsumerGroup: groups.removeMembersFromConsumerGroup,
  describeTransactions: transactions.describeTransactions,
  listTransactions: transactions.listTransactions,
  fenceProducers: transactions.fenceProducers,
};
