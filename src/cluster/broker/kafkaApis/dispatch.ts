/** Every request that reaches the port, to its handler (`KafkaApis#handle`, 3.9.0). */
import type { Socket } from '../../../kernel/events.ts';
import type { KafkaRequest } from '../../protocol/kafka/kafkaMessage.ts';
import { handleGroups } from '../groupCoordination.ts';
import { handleTransactions } from '../transactionCoordination.ts';
import type { Turn } from '../turn.ts';
import { handleIncrementalAlterConfigs } from './alterConfigs.ts';
import { handleDescribeConfigs } from './configs.ts';
import {
  handleAllocateProducerIds,
  handleAlterPartitionRequest,
  handleControlledShutdownRequest,
  handleLeaderAndIsr,
  handleStopReplica,
  handleUpdateMetadata,
} from './controlPlane.ts';
import { handleFindCoordinator } from './coordinators.ts';
import { handleFetch } from './fetch.ts';
import { handleApiVersions, handleDescribeCluster, handleMetadata } from './metadata.ts';
import { handleDeleteRecords, handleListOffsets, handleOffsetForLeaderEpoch } from './offsets.ts';
import { handleProduce } from './produce.ts';
import { handleDescribeProducers, handleInitProducerId } from './producers.ts';
import { handleAlterPartitionReassignments, handleListPartitionReassignments } from './reassignments.ts';
import { handleTxnOffsetCommit, handleWriteTxnMarkers } from './transactions.ts';
import {
  handleCreatePartitions,
  handleCreateTopics,
  handleDeleteTopics,
  handleDescribeLogDirs,
  handleElectLeaders,
} from './topics.ts';

export function handleRequest(turn: Turn, socket: Socket, request: KafkaRequest): void {
  switch (request.api) {
    case 'Produce':
      return handleProduce(turn, { socket, ...request });
    case 'Fetch':
      return handleFetch(turn, { socket, ...request });
    case 'Metadata':
      return handleMetadata(turn, { socket, ...request });
    case 'ListOffsets':
      return handleListOffsets(turn, { socket, ...request });
    case 'LeaderAndIsr':
      return handleLeaderAndIsr(turn, { socket, ...request });
    case 'UpdateMetadata':
      return handleUpdateMetadata(turn, { socket, ...request });
    case 'StopReplica':
      return handleStopReplica(turn, { socket, ...request });
    case 'AlterPartition':
      return handleAlterPartitionRequest(turn, { socket, ...request });
    case 'ControlledShutdown':
      return handleControlledShutdownRequest(turn, { socket, ...request });
    case 'AllocateProducerIds':
      return handleAllocateProducerIds(turn, { socket, ...request });
    case 'ApiVersions':
      return handleApiVersions(turn, { socket, ...request });
    case 'FindCoordinator':
      return handleFindCoordinator(turn, { socket, ...request });
    case 'CreateTopics':
      return handleCreateTopics(turn, { socket, ...request });
    case 'DeleteTopics':
      return handleDeleteTopics(turn, { socket, ...request });
    case 'CreatePartitions':
      return handleCreatePartitions(turn, { socket, ...request });
    case 'ElectLeaders':
      return handleElectLeaders(turn, { socket, ...request });
    case 'DescribeLogDirs':
      return handleDescribeLogDirs(turn, { socket, ...request });
    case 'DescribeConfigs':
      return handleDescribeConfigs(turn, { socket, ...request });
    case 'IncrementalAlterConfigs':
      return handleIncrementalAlterConfigs(turn, { socket, ...request });
    case 'OffsetForLeaderEpoch':
      return handleOffsetForLeaderEpoch(turn, { socket, ...request });
    case 'DeleteRecords':
      return handleDeleteRecords(turn, { socket, ...request });
    case 'InitProducerId':
      return handleInitProducerId(turn, { socket, ...request });
    case 'DescribeProducers':
      return handleDescribeProducers(turn, { socket, ...request });
    case 'DescribeCluster':
      return handleDescribeCluster(turn, { socket, ...request });
    case 'JoinGroup':
    case 'SyncGroup':
    case 'Heartbeat':
    case 'LeaveGroup':
    case 'OffsetCommit':
    case 'OffsetFetch':
    case 'OffsetDelete':
    case 'DescribeGroups':
    case 'ListGroups':
    case 'DeleteGroups': {
      const to = { socket, correlationId: request.correlationId };
      return handleGroups(turn, { ...request, to, clientHost: '/127.0.0.1' });
    }
    case 'TxnOffsetCommit': {
      const to = { socket, correlationId: request.correlationId };
      return handleTxnOffsetCommit(turn, { ...request, to, clientHost: '/127.0.0.1' });
    }
    case 'AlterPartitionReassignments':
      return handleAlterPartitionReassignments(turn, { socket, ...request });
    case 'ListPartitionReassignments':
      return handleListPartitionReassignments(turn, { socket, ...request });
    case 'AddPartitionsToTxn':
    case 'AddOffsetsToTxn':
    case 'EndTxn':
    case 'DescribeTransactions':
    case 'ListTransactions': {
      const { correlationId } = request;
      return handleTransactions(turn, { ...request, to: { socket, correlationId } });
    }
    case 'WriteTxnMarkers':
      return handleWriteTxnMarkers(turn, { socket, ...request });
  }
}
