/** The tools of Kafka's `bin/` by the names of their scripts, without `.sh`. */
import type { Programs } from '../../kernel/process.ts';
import { acls } from './acls.ts';
import { brokerApiVersions } from './brokerApiVersions.ts';
import { clusterTool } from './clusterTool.ts';
import { configs } from './configs.ts';
import { consoleConsumer } from './consoleConsumer.ts';
import { consoleProducer } from './consoleProducer.ts';
import { consumerGroups } from './consumerGroups.ts';
import { consumerPerfTest } from './consumerPerfTest.ts';
import { delegationTokens } from './delegationTokens.ts';
import { deleteRecords } from './deleteRecords.ts';
import { dumpLog } from './dumpLog.ts';
import { getOffsets } from './getOffsets.ts';
import { features, metadataQuorum } from './kraftTools.ts';
import { leaderElection } from './leaderElection.ts';
import { logDirs } from './logDirs.ts';
import { producerPerfTest } from './producerPerfTest.ts';
import { reassignPartitions } from './reassignPartitions.ts';
import { transactionalMessageCopierProgram } from './servers/launcher.ts';
import { kafkaRunClass, kafkaServerStart, zooKeeperServerStart } from './servers/startServers.ts';
import { kafkaServerStop, zooKeeperServerStop } from './servers/stopServers.ts';
import { topics } from './topics.ts';
import { transactionalMessageCopier } from './transactionalMessageCopier.ts';
import { transactions } from './transactions.ts';
import { verifiableConsumer } from './verifiableConsumer.ts';
import { verifiableProducer } from './verifiableProducer.ts';
import { zooKeeperShell } from './zooKeeperShell.ts';

export const kafkaTools: Programs = {
  'kafka-acls': acls,
  'kafka-broker-api-versions': brokerApiVersions,
  'kafka-cluster': clusterTool,
  'kafka-configs': configs,
  'kafka-console-consumer': consoleConsumer,
  'kafka-console-producer': consoleProducer,
  'kafka-consumer-groups': consumerGroups,
  'kafka-consumer-perf-test': consumerPerfTest,
  'kafka-delegation-tokens': delegationTokens,
  'kafka-delete-records': deleteRecords,
  'kafka-dump-log': dumpLog,
  'kafka-features': features,
  'kafka-get-offsets': getOffsets,
  'kafka-leader-election': leaderElection,
  'kafka-log-dirs': logDirs,
  'kafka-metadata-quorum': metadataQuorum,
  'kafka-producer-perf-test': producerPerfTest,
  'kafka-reassign-partitions': reassignPartitions,
  'kafka-run-class': kafkaRunClass,
  'kafka-server-start': kafkaServerStart,
  'kafka-server-stop': kafkaServerStop,
  'kafka-topics': topics,
  'kafka-transactions': transactions,
  'kafka-verifiable-consumer': verifiableConsumer,
  'kafka-verifiable-producer': verifiableProducer,
  [transactionalMessageCopierProgram]: transactionalMessageCopier,
  'zookeeper-server-start': zooKeeperServerStart,
  'zookeeper-server-stop': zooKeeperServerStop,
  'zookeeper-shell': zooKeeperShell,
};
