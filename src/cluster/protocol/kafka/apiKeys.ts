/**
 * The numbers of Kafka's APIs, and the versions that a broker of 3.9.0 in ZooKeeper mode speaks: what ApiVersions answers. Bodies here are
 * those of the newest version; the older ones carry the same in other bytes.
 *
 * Follows `org.apache.kafka.common.protocol.ApiKeys` and the schemas of `clients/src/main/resources/common/message` (3.9.0).
 */
export interface ApiKey {
  readonly name: string;
  readonly apiKey: number;
  /** Null: only brokers of KRaft mode have it. */
  readonly versions: { readonly min: number; readonly max: number } | null;
}

const api = (name: string, apiKey: number, min: number, max: number): ApiKey => ({
  name,
  apiKey,
  versions: { min, max },
});
const kraftOnly = (name: string, apiKey: number): ApiKey => ({ name, apiKey, versions: null });

/** Ordered by number. */
export const apiKeys: readonly ApiKey[] = [
  api('Produce', 0, 0, 11),
  api('Fetch', 1, 0, 17),
  api('ListOffsets', 2, 0, 9),
  api('Metadata', 3, 0, 12),
  api('LeaderAndIsr', 4, 0, 7),
  api('StopReplica', 5, 0, 4),
  api('UpdateMetadata', 6, 0, 8),
  api('ControlledShutdown', 7, 0, 3),
  api('OffsetCommit', 8, 0, 9),
  api('OffsetFetch', 9, 0, 9),
  api('FindCoordinator', 10, 0, 6),
  api('JoinGroup', 11, 0, 9),
  api('Heartbeat', 12, 0, 4),
  api('LeaveGroup', 13, 0, 5),
  api('SyncGroup', 14, 0, 5),
  api('DescribeGroups', 15, 0, 5),
  api('ListGroups', 16, 0, 5),
  api('SaslHandshake', 17, 0, 1),
  api('ApiVersions', 18, 0, 4),
  api('CreateTopics', 19, 0, 7),
  api('DeleteTopics', 20, 0, 6),
  api('DeleteRecords', 21, 0, 2),
  api('InitProducerId', 22, 0, 5),
  api('OffsetForLeaderEpoch', 23, 0, 4),
  api('AddPartitionsToTxn', 24, 0, 5),
  api('AddOffsetsToTxn', 25, 0, 4),
  api('EndTxn', 26, 0, 4),
  api('WriteTxnMarkers', 27, 0, 1),
  api('TxnOffsetCommit', 28, 0, 4),
  api('DescribeAcls', 29, 0, 3),
  api('CreateAcls', 30, 0, 3),
  api('DeleteAcls', 31, 0, 3),
  api('DescribeConfigs', 32, 0, 4),
  api('AlterConfigs', 33, 0, 2),
  api('AlterReplicaLogDirs', 34, 0, 2),
  api('DescribeLogDirs', 35, 0, 4),
  api('SaslAuthenticate', 36, 0, 2),
  api('CreatePartitions', 37, 0, 3),
  api('CreateDelegationToken', 38, 0, 3),
  api('RenewDelegationToken', 39, 0, 2),
  api('ExpireDelegationToken', 40, 0, 2),
  api('DescribeDelegationToken', 41, 0, 3),
  api('DeleteGroups', 42, 0, 2),
  api('ElectLeaders', 43, 0, 2),
  api('IncrementalAlterConfigs', 44, 0, 1),
  api('AlterPartitionReassignments', 45, 0, 0),
  api('ListPartitionReassignments', 46, 0, 0),
  api('OffsetDelete', 47, 0, 0),
  api('DescribeClientQuotas', 48, 0, 1),
  api('AlterClientQuotas', 49, 0, 1),
  api('DescribeUserScramCredentials', 50, 0, 0),
  api('AlterUserScramCredentials', 51, 0, 0),
  kraftOnly('DescribeQuorum', 55),
  api('AlterPartition', 56, 0, 3),
  api('UpdateFeatures', 57, 0, 1),
  api('Envelope', 58, 0, 0),
  api('DescribeCluster', 60, 0, 1),
  api('DescribeProducers', 61, 0, 0),
  kraftOnly('UnregisterBroker', 64),
  api('DescribeTransactions', 65, 0, 0),
  api('ListTransactions', 66, 0, 1),
  api('AllocateProducerIds', 67, 0, 0),
  api('ConsumerGroupHeartbeat', 68, 0, 0),
  api('ConsumerGroupDescribe', 69, 0, 0),
  kraftOnly('GetTelemetrySubscriptions', 71),
  kraftOnly('PushTelemetry', 72),
  kraftOnly('ListClientMetricsResources', 74),
  kraftOnly('DescribeTopicPartitions', 75),
  kraftOnly('ShareGroupHeartbeat', 76),
  kraftOnly('ShareGroupDescribe', 77),
  kraftOnly('ShareFetch', 78),
  kraftOnly('ShareAcknowledge', 79),
  kraftOnly('AddRaftVoter', 80),
  kraftOnly('RemoveRaftVoter', 81),
  kraftOnly('InitializeShareGroupState', 83),
  kraftOnly('ReadShareGroupState', 84),
  kraftOnly('WriteShareGroupState', 85),
  kraftOnly('DeleteShareGroupState', 86),
  kraftOnly('ReadShareGroupStateSummary', 87),
];

const names = new Set(apiKeys.map(({ name }) => name));

/** Whether a message of the network bears the name of one of Kafka's APIs. */
export function isApiName(name: string): boolean {
  return names.has(name);
}
