/**
 * The scripts of Kafka 3.9.0's `bin/`, each with the Java class that it runs. The class is what `jps` and `ps` show, and what
 * `kafka-run-class.sh` accepts.
 */

/** Script (without `.sh`) → Java class; scripts that run no class of their own are not here. */
export const mainClassOf: Readonly<Record<string, string>> = {
  'connect-distributed': 'org.apache.kafka.connect.cli.ConnectDistributed',
  'connect-mirror-maker': 'org.apache.kafka.connect.mirror.MirrorMaker',
  'connect-plugin-path': 'org.apache.kafka.tools.ConnectPluginPath',
  'connect-standalone': 'org.apache.kafka.connect.cli.ConnectStandalone',
  'kafka-acls': 'kafka.admin.AclCommand',
  'kafka-broker-api-versions': 'kafka.admin.BrokerApiVersionsCommand',
  'kafka-client-metrics': 'org.apache.kafka.tools.ClientMetricsCommand',
  'kafka-cluster': 'org.apache.kafka.tools.ClusterTool',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer': 'kafka.tools.ConsoleProducer',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-delegation-tokens': 'org.apache.kafka.tools.DelegationTokenCommand',
  'kafka-delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'kafka-dump-log': 'kafka.tools.DumpLogSegments',
  'kafka-e2e-latency': 'org.apache.kafka.tools.EndToEndLatency',
  'kafka-features': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-jmx': 'org.apache.kafka.tools.JmxTool',
  'kafka-leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-log-dirs': 'org.apache.kafka.tools.LogDirsCommand',
  'kafka-metadata-quorum': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'kafka-metadata-shell': 'org.apache.kafka.shell.MetadataShell',
  'kafka-mirror-maker': 'kafka.tools.MirrorMaker',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-replica-verification': 'org.apache.kafka.tools.ReplicaVerificationTool',
  'kafka-server-start': 'kafka.Kafka',
  'kafka-storage': 'kafka.tools.StorageTool',
  'kafka-streams-application-reset': 'org.apache.kafka.tools.StreamsResetter',
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-transactions': 'org.apache.kafka.tools.TransactionsCommand',
  'kafka-verifiable-consumer': 'org.apache.kafka.tools.VerifiableConsumer',
  'kafka-verifiable-producer': 'org.apache.kafka.tools.VerifiableProducer',
  'zookeeper-security-migration': 'kafka.admin.ZkSecurityMigrator',
  'zookeeper-server-start': 'org.apache.zookeeper.server.quorum.QuorumPeerMain',
  'zookeeper-shell': 'org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka',
};

/** Names in `bin/`, as in the archive. */
export const scriptNames: readonly string[] = [
  ...Object.keys(mainClassOf),
  'kafka-run-class',
  'kafka-server-stop',
  'trogdor',
  'zookeeper-server-stop',
]
  .sort()
  .map((name) => `${name}.sh`);

const notForWindows = new Set([
  'connect-mirror-maker',
  'kafka-metadata-shell',
  'kafka-verifiable-consumer',
  'kafka-verifiable-producer',
  'trogdor',
  'zookeeper-security-migration',
]);

/** Names in `bin/windows/`. */
export const windowsScriptNames: readonly string[] = scriptNames
  .map((name) => name.slice(0, -'.sh'.length))
  .filter((name) => !notForWindows.has(name))
  .map((name) => `${name}.bat`);

/** The program of the simulator that a Kafka class is, if a script runs it. */
export function scriptOfClass(mainClass: string): string | undefined {
  return Object.keys(mainClassOf).find((script) => mainClassOf[script] === mainClass);
}

/** Whether a program of the simulator stands for a Java one: it then ends by itself when a signal asks it to. */
export const isJavaProgram = (program: string): boolean => mainClassOf[program] !== undefined;

const serverScripts = new Set([
  'connect-distributed',
  'connect-standalone',
  'kafka-run-class',
  'kafka-server-start',
  'zookeeper-server-start',
]);
/** Whether a script starts another program that takes its place. */
export const startsServers = (script: string): boolean => serverScripts.has(script);
