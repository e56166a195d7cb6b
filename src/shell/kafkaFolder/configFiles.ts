/**
 * The files of Kafka 3.9.0's `config/`: every setting with the value that Kafka ships, commented out where Kafka comments it out, in
 * Kafka's order. The comments are this simulator's own.
 */
import { log4jFiles } from './log4jFiles.ts';

const heading = (file: string, about: string): string =>
  `# ${file}: ${about}\n# Settings and values as in Apache Kafka 3.9.0.\n\n`;

const jsonConverters = `# How records become bytes; the schema travels with each of them.
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
key.converter.schemas.enable=true
value.converter.schemas.enable=true
`;

const logSettings = `# Partitions of a topic created without a number of them.
num.partitions=1

# Threads per directory that recover logs at start and flush them at stop.
num.recovery.threads.per.data.dir=1

# --- Internal topics ---

# One copy is enough on a machine for learning; production wants 3.
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1

# --- Flushing to disk: left to the operating system unless set ---

#log.flush.interval.messages=10000
#log.flush.interval.ms=1000

# --- Retention: whole segments go, the oldest first, at the first of these limits ---

log.retention.hours=168
#log.retention.bytes=1073741824
`;

const socketSettings = `# Threads for the network, and for requests (disk included).
num.network.threads=3
num.io.threads=8

# Socket buffers, and the largest request accepted, in bytes.
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600
`;

const plainProtocols = 'PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL';

const serverProperties = `${heading('server.properties', 'a broker that works with ZooKeeper')}# --- Identity ---

# A number of its own for each broker of the cluster.
broker.id=0

# --- Network ---

# Where the broker listens: name://host:port, for example PLAINTEXT://my.host:9092. Unless set: PLAINTEXT, port 9092.
#listeners=PLAINTEXT://:9092

# What it tells clients to connect to; the same unless set.
#advertised.listeners=PLAINTEXT://your.host.name:9092

# Which protocol each listener name speaks.
#listener.security.protocol.map=${plainProtocols}

${socketSettings}
# --- Logs ---

# Directories of the logs, separated by commas.
log.dirs=/tmp/kafka-logs

${logSettings}
# Size at which a segment is closed and the next begun.
#log.segment.bytes=1073741824

# How often segments are checked against these limits.
log.retention.check.interval.ms=300000

# --- ZooKeeper ---

# host:port of its servers, separated by commas; a path at the end makes it the root of all of Kafka's znodes.
zookeeper.connect=localhost:2181
zookeeper.connection.timeout.ms=18000

# --- Group coordinator ---

# How long the first rebalance of a new group waits for more members. Kafka's default is 3000; 0 starts at once, for learning.
group.initial.rebalance.delay.ms=0
`;

const zookeeperProperties = `${heading('zookeeper.properties', 'one ZooKeeper server')}# Directory of its snapshots and transaction logs.
dataDir=/tmp/zookeeper
# Port of its clients.
clientPort=2181
# 0: any number of connections from one address.
maxClientCnxns=0
# No administration server over HTTP: its port might be taken.
admin.enableServer=false
# admin.serverPort=8080
`;

const producerProperties = `${heading('producer.properties', 'settings of a producer')}# First brokers to ask about the cluster: host1:port1,host2:port2…
bootstrap.servers=localhost:9092

# none, gzip, snappy, lz4 or zstd.
compression.type=none

# Class that chooses partitions; unless set, sticky partitioning.
#partitioner.class=

# Longest wait for the answer to a request.
#request.timeout.ms=

# Longest time that a send may block.
#max.block.ms=

# How long a batch waits for more records.
#linger.ms=

# Largest request, in bytes.
#max.request.size=

# Size of a batch, in bytes.
#batch.size=

# Memory for records that wait to be sent, in bytes.
#buffer.memory=
`;

const consumerProperties = `${heading('consumer.properties', 'settings of a consumer')}# First brokers to ask about the cluster: host1:port1,host2:port2…
bootstrap.servers=localhost:9092

# Its consumer group.
group.id=test-consumer-group

# Where to start without a committed offset: latest, earliest or none.
#auto.offset.reset=
`;

const connectStandalone = `${heading('connect-standalone.properties', 'a Connect worker on its own')}bootstrap.servers=localhost:9092

${jsonConverters}
# File in which the worker keeps the offsets of its sources.
offset.storage.file.filename=/tmp/connect.offsets
# How often it does, in milliseconds; more often than the default, for trying things out.
offset.flush.interval.ms=10000

# Directories of plugins (connectors, converters, transformations), separated by commas.
#plugin.path=
`;

const connectDistributed = `${heading('connect-distributed.properties', 'a Connect worker of a group')}bootstrap.servers=localhost:9092

# Workers with the same group.id share their connectors. No consumer group may have that name.
group.id=connect-cluster

${jsonConverters}
# Topics in which the group keeps offsets of sources, connectors, and their states.
offset.storage.topic=connect-offsets
offset.storage.replication.factor=1
#offset.storage.partitions=25
config.storage.topic=connect-configs
config.storage.replication.factor=1
status.storage.topic=connect-status
status.storage.replication.factor=1
#status.storage.partitions=5

# How often offsets are written, in milliseconds.
offset.flush.interval.ms=10000

# Where its REST interface listens, and what it tells the other workers.
#listeners=HTTP://:8083
#rest.advertised.host.name=
#rest.advertised.port=
#rest.advertised.listener=

# Directories of plugins (connectors, converters, transformations), separated by commas.
#plugin.path=
`;

const connector = (name: string, className: string, rest: string): string =>
  `${heading(`connect-${name}.properties`, 'a connector')}name=local-${name}\nconnector.class=${className}\ntasks.max=1\n${rest}`;
const streamOf = (direction: 'Source' | 'Sink'): string =>
  `org.apache.kafka.connect.file.FileStream${direction}Connector`;

const connectMirrorMaker = `${heading('connect-mirror-maker.properties', 'MirrorMaker 2')}clusters = A, B

A.bootstrap.servers = A_host1:9092, A_host2:9092, A_host3:9092
B.bootstrap.servers = B_host1:9092, B_host2:9092, B_host3:9092

A->B.enabled = true
A->B.topics = .*
B->A.enabled = true
B->A.topics = .*

replication.factor=1

# --- Internal topics ---

checkpoints.topic.replication.factor=1
heartbeats.topic.replication.factor=1
offset-syncs.topic.replication.factor=1
offset.storage.replication.factor=1
status.storage.replication.factor=1
config.storage.replication.factor=1
`;

/** Settings of a KRaft server, which this simulator does not run. */
const kraft = (file: string, identity: string, network: string, logs: string): string =>
  `${heading(`kraft/${file}`, 'a server without ZooKeeper')}${identity}
# --- Network ---

${network}
${socketSettings}
# --- Logs ---

log.dirs=/tmp/${logs}

${logSettings}log.segment.bytes=1073741824
log.retention.check.interval.ms=300000
`;
const combined = (quorum: string): readonly [string, string, string] => [
  `process.roles=broker,controller\nnode.id=1\n${quorum}\n`,
  `listeners=PLAINTEXT://:9092,CONTROLLER://:9093
inter.broker.listener.name=PLAINTEXT
advertised.listeners=PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,${plainProtocols}
`,
  'kraft-combined-logs',
];

const trogdor = `{
    "platform": "org.apache.kafka.trogdor.basic.BasicPlatform", "nodes": {
        "node0": {
            "hostname": "localhost",
            "trogdor.agent.port": 8888,
            "trogdor.coordinator.port": 8889
        }
    }
}
`;

/** Text by path relative to `config/`. */
export const configFiles: Readonly<Record<string, string>> = {
  'connect-console-sink.properties': connector('console-sink', streamOf('Sink'), 'topics=connect-test\n'),
  'connect-console-source.properties': connector('console-source', streamOf('Source'), 'topic=connect-test\n'),
  'connect-distributed.properties': connectDistributed,
  'connect-file-sink.properties': connector('file-sink', 'FileStreamSink', 'file=test.sink.txt\ntopics=connect-test\n'),
  'connect-file-source.properties': connector('file-source', 'FileStreamSource', 'file=test.txt\ntopic=connect-test\n'),
  'connect-mirror-maker.properties': connectMirrorMaker,
  'connect-standalone.properties': connectStandalone,
  'consumer.properties': consumerProperties,
  'kraft/broker.properties': kraft(
    'broker.properties',
    'process.roles=broker\nnode.id=2\ncontroller.quorum.bootstrap.servers=localhost:9093\n',
    `listeners=PLAINTEXT://localhost:9092
inter.broker.listener.name=PLAINTEXT
advertised.listeners=PLAINTEXT://localhost:9092
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,${plainProtocols}
`,
    'kraft-broker-logs',
  ),
  'kraft/controller.properties': kraft(
    'controller.properties',
    `process.roles=controller
node.id=1
#controller.quorum.voters=1@localhost:9093
controller.quorum.bootstrap.servers=localhost:9093
`,
    `listeners=CONTROLLER://:9093
advertised.listeners=CONTROLLER://localhost:9093
controller.listener.names=CONTROLLER
#listener.security.protocol.map=${plainProtocols}
`,
    'kraft-controller-logs',
  ),
  'kraft/reconfig-server.properties': kraft(
    'reconfig-server.properties',
    ...combined('controller.quorum.bootstrap.servers=localhost:9093'),
  ),
  'kraft/server.properties': kraft('server.properties', ...combined('controller.quorum.voters=1@localhost:9093')),
  ...log4jFiles,
  'producer.properties': producerProperties,
  'server.properties': serverProperties,
  'trogdor.conf': trogdor,
  'zookeeper.properties': zookeeperProperties,
};
