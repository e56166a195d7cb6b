/**
 * Kafka's requests and responses as messages of the virtual network, under the names of `org.apache.kafka.common.protocol.ApiKeys` (3.9.0).
 * Bodies have the fields of Kafka's JSON schemas, of the newest version that a ZooKeeper-mode broker speaks.
 */
import type { Message, Socket } from '../../../kernel/events.ts';
import type { KernelEffect } from '../../../kernel/effects.ts';
import { isApiName } from './apiKeys.ts';
import type * as configs from './configs.ts';
import type * as connection from './connection.ts';
import type * as controlPlane from './controlPlane.ts';
import type * as groups from './groups.ts';
import type * as metadata from './metadata.ts';
import type * as records from './records.ts';
import type * as topics from './topics.ts';
import type * as transactions from './transactions.ts';

/** Every API with its bodies. */
interface KafkaApis {
  readonly ApiVersions: {
    readonly request: connection.ApiVersionsRequest;
    readonly response: connection.ApiVersionsResponse;
  };
  readonly Metadata: { readonly request: metadata.MetadataRequest; readonly response: metadata.MetadataResponse };
  readonly DescribeCluster: {
    readonly request: metadata.DescribeClusterRequest;
    readonly response: metadata.DescribeClusterResponse;
  };
  readonly Produce: { readonly request: records.ProduceRequest; readonly response: records.ProduceResponse };
  readonly Fetch: { readonly request: records.FetchRequest; readonly response: records.FetchResponse };
  readonly ListOffsets: {
    readonly request: records.ListOffsetsRequest;
    readonly response: records.ListOffsetsResponse;
  };
  readonly OffsetForLeaderEpoch: {
    readonly request: records.OffsetForLeaderEpochRequest;
    readonly response: records.OffsetForLeaderEpochResponse;
  };
  readonly DeleteRecords: {
    readonly request: records.DeleteRecordsRequest;
    readonly response: records.DeleteRecordsResponse;
  };
  readonly FindCoordinator: {
    readonly request: groups.FindCoordinatorRequest;
    readonly response: groups.FindCoordinatorResponse;
  };
  readonly JoinGroup: { readonly request: groups.JoinGroupRequest; readonly response: groups.JoinGroupResponse };
  readonly SyncGroup: { readonly request: groups.SyncGroupRequest; readonly response: groups.SyncGroupResponse };
  readonly Heartbeat: { readonly request: groups.HeartbeatRequest; readonly response: groups.HeartbeatResponse };
  readonly LeaveGroup: { readonly request: groups.LeaveGroupRequest; readonly response: groups.LeaveGroupResponse };
  readonly OffsetCommit: {
    readonly request: groups.OffsetCommitRequest;
    readonly response: groups.OffsetCommitResponse;
  };
  readonly OffsetFetch: { readonly request: groups.OffsetFetchRequest; readonly response: groups.OffsetFetchResponse };
  readonly OffsetDelete: {
    readonly request: groups.OffsetDeleteRequest;
    readonly response: groups.OffsetDeleteResponse;
  };
  readonly TxnOffsetCommit: {
    readonly request: groups.TxnOffsetCommitRequest;
    readonly response: groups.TxnOffsetCommitResponse;
  };
  readonly DescribeGroups: {
    readonly request: groups.DescribeGroupsRequest;
    readonly response: groups.DescribeGroupsResponse;
  };
  readonly ListGroups: { readonly request: groups.ListGroupsRequest; readonly response: groups.ListGroupsResponse };
  readonly DeleteGroups: {
    readonly request: groups.DeleteGroupsRequest;
    readonly response: groups.DeleteGroupsResponse;
  };
  readonly CreateTopics: {
    readonly request: topics.CreateTopicsRequest;
    readonly response: topics.CreateTopicsResponse;
  };
  readonly DeleteTopics: {
    readonly request: topics.DeleteTopicsRequest;
    readonly response: topics.DeleteTopicsResponse;
  };
  readonly CreatePartitions: {
    readonly request: topics.CreatePartitionsRequest;
    readonly response: topics.CreatePartitionsResponse;
  };
  readonly ElectLeaders: {
    readonly request: topics.ElectLeadersRequest;
    readonly response: topics.ElectLeadersResponse;
  };
  readonly AlterPartitionReassignments: {
    readonly request: topics.AlterPartitionReassignmentsRequest;
    readonly response: topics.AlterPartitionReassignmentsResponse;
  };
  readonly ListPartitionReassignments: {
    readonly request: topics.ListPartitionReassignmentsRequest;
    readonly response: topics.ListPartitionReassignmentsResponse;
  };
  readonly DescribeLogDirs: {
    readonly request: topics.DescribeLogDirsRequest;
    readonly response: topics.DescribeLogDirsResponse;
  };
  readonly DescribeProducers: {
    readonly request: topics.DescribeProducersRequest;
    readonly response: topics.DescribeProducersResponse;
  };
  readonly DescribeConfigs: {
    readonly request: configs.DescribeConfigsRequest;
    readonly response: configs.DescribeConfigsResponse;
  };
  readonly IncrementalAlterConfigs: {
    readonly request: configs.IncrementalAlterConfigsRequest;
    readonly response: configs.IncrementalAlterConfigsResponse;
  };
  readonly InitProducerId: {
    readonly request: transactions.InitProducerIdRequest;
    readonly response: transactions.InitProducerIdResponse;
  };
  readonly AddPartitionsToTxn: {
    readonly request: transactions.AddPartitionsToTxnRequest;
    readonly response: transactions.AddPartitionsToTxnResponse;
  };
  readonly AddOffsetsToTxn: {
    readonly request: transactions.AddOffsetsToTxnRequest;
    readonly response: transactions.AddOffsetsToTxnResponse;
  };
  readonly EndTxn: { readonly request: transactions.EndTxnRequest; readonly response: transactions.EndTxnResponse };
  readonly WriteTxnMarkers: {
    readonly request: transactions.WriteTxnMarkersRequest;
    readonly response: transactions.WriteTxnMarkersResponse;
  };
  readonly DescribeTransactions: {
    readonly request: transactions.DescribeTransactionsRequest;
    readonly response: transactions.DescribeTransactionsResponse;
  };
  readonly ListTransactions: {
    readonly request: transactions.ListTransactionsRequest;
    readonly response: transactions.ListTransactionsResponse;
  };
  readonly AllocateProducerIds: {
    readonly request: transactions.AllocateProducerIdsRequest;
    readonly response: transactions.AllocateProducerIdsResponse;
  };
  readonly LeaderAndIsr: {
    readonly request: controlPlane.LeaderAndIsrRequest;
    readonly response: controlPlane.LeaderAndIsrResponse;
  };
  readonly UpdateMetadata: {
    readonly request: controlPlane.UpdateMetadataRequest;
    readonly response: controlPlane.UpdateMetadataResponse;
  };
  readonly StopReplica: {
    readonly request: controlPlane.StopReplicaRequest;
    readonly response: controlPlane.StopReplicaResponse;
  };
  readonly AlterPartition: {
    readonly request: controlPlane.AlterPartitionRequest;
    readonly response: controlPlane.AlterPartitionResponse;
  };
  readonly ControlledShutdown: {
    readonly request: controlPlane.ControlledShutdownRequest;
    readonly response: controlPlane.ControlledShutdownResponse;
  };
}
export type Api = keyof KafkaApis;
export type RequestBody<A extends Api> = KafkaApis[A]['request'];
export type ResponseBody<A extends Api> = KafkaApis[A]['response'];

/** A request of one API. `correlationId` counts up per connection from 0; the answer repeats it. */
interface RequestOf<A extends Api> extends Message {
  readonly name: A;
  readonly kind: 'request';
  readonly api: A;
  readonly correlationId: number;
  readonly clientId: string;
  readonly body: RequestBody<A>;
}
interface ResponseOf<A extends Api> extends Message {
  readonly name: A;
  readonly kind: 'response';
  readonly api: A;
  readonly correlationId: number;
  readonly body: ResponseBody<A>;
}
/** Any request; `api` tells which body it has. */
export type KafkaRequest = { readonly [A in Api]: RequestOf<A> }[Api];
export type KafkaResponse = { readonly [A in Api]: ResponseOf<A> }[Api];
export type KafkaMessage = KafkaRequest | KafkaResponse;

/** True for what a Kafka client or broker sends: connections of other protocols carry messages without `api`. */
export function isKafkaMessage(message: Message): message is KafkaMessage {
  return 'api' in message && isApiName(message.name);
}

/** The effect that sends a request over a connection. */
export function sendRequest<A extends Api>(
  socket: Socket,
  api: A,
  header: { readonly correlationId: number; readonly clientId: string },
  body: RequestBody<A>,
): KernelEffect {
  const message: RequestOf<A> = { name: api, kind: 'request', api, ...header, body };
  return { type: 'send', params: { socket, message } };
}

/** The effect that answers a request on the connection it came from. */
export function sendResponse<A extends Api>(
  socket: Socket,
  api: A,
  correlationId: number,
  body: ResponseBody<A>,
): KernelEffect {
  const message: ResponseOf<A> = { name: api, kind: 'response', api, correlationId, body };
  return { type: 'send', params: { socket, message } };
}
