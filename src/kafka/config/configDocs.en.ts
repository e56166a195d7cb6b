/** English sentences on the settings. Their French is in `configDocs.fr.ts`. */
const client = {
  'bootstrap.servers':
    'The brokers asked first, host:port separated by commas; the rest of the cluster is learnt from them.',
  'client.id': 'The name that this client gives itself in its requests, and that logs and group member ids show.',
  'request.timeout.ms': 'How long the client waits for the answer to a request before it gives it up and tries again.',
  'metadata.max.age.ms': 'How old the client’s picture of topics and leaders may grow before it asks for a new one.',
  'retry.backoff.ms':
    'How long the client waits before it first retries a failed request; the wait doubles with each failure.',
  'retry.backoff.max.ms': 'The longest wait between two attempts of a request that keeps failing.',
  'reconnect.backoff.ms':
    'How long the client waits before it reconnects to a broker that it lost; the wait doubles with each failure.',
  'reconnect.backoff.max.ms': 'The longest wait between two attempts to reconnect to the same broker.',
} as const;
const { 'bootstrap.servers': bootstrapServers, 'client.id': clientId } = client;

export const docsInEnglish = {
  topic: {
    'cleanup.policy':
      'What happens to old records: delete removes whole segments, compact keeps the last value of each key; both may be given.',
    'retention.ms': 'How long records are kept at least, counted from the youngest of their segment; −1 is for ever.',
    'retention.bytes': 'How large a partition may grow before its oldest segments are removed; −1 is without limit.',
    'segment.bytes':
      'The size at which the log goes on in a new segment file; only closed segments are deleted or compacted.',
    'segment.ms':
      'The time after which a new segment is begun even if the last one is not full, counted between timestamps of records.',
    'segment.index.bytes': 'The largest size of a segment’s indexes; when one is full, a new segment is begun.',
    'index.interval.bytes': 'How many bytes of log go by between two entries of a segment’s index.',
    'max.message.bytes': 'The largest batch of records that a leader accepts for this topic.',
    'delete.retention.ms':
      'How long a compacted topic keeps a tombstone after the cleaning that first met it, so that readers can see the deletion.',
    'min.compaction.lag.ms': 'How long a record stays safe from compaction.',
    'max.compaction.lag.ms': 'After how long a record must be compacted, even when the log is not dirty enough.',
    'min.cleanable.dirty.ratio':
      'The share of the log that must be dirty, that is written since the last cleaning, for a compaction to start.',
    'file.delete.delay.ms': 'How long the files of a removed segment stay on disk, renamed with .deleted.',
    'unclean.leader.election.enable':
      'Whether a replica that is not in sync may lead when no other lives: the partition comes back, but records may be lost.',
    'min.insync.replicas': 'How many replicas must be in sync for the leader to accept a record sent with acks=all.',
    'message.timestamp.type':
      'Whether a record carries the time given by its producer (CreateTime) or that of its arrival in the log (LogAppendTime).',
    'message.timestamp.before.max.ms': 'How far a record’s timestamp may lie before the broker’s clock.',
    'message.timestamp.after.max.ms': 'How far a record’s timestamp may lie after the broker’s clock.',
  },
  broker: {
    'broker.id': 'The number of this broker, unique in the cluster.',
    listeners: 'The addresses at which the broker listens for connections.',
    'advertised.listeners':
      'The addresses that the broker gives to clients, when they differ from those it listens at.',
    'broker.rack': 'The rack or room of the broker: replicas of a partition are spread over racks.',
    'log.dir': 'The folder of the partition logs when log.dirs is not given.',
    'log.dirs': 'The folders of the partition logs; a new partition goes where there are fewest.',
    'num.partitions':
      'The number of partitions of a topic created without one, as when it is created by its first use.',
    'default.replication.factor': 'The number of replicas of a topic created without one.',
    'auto.create.topics.enable': 'Whether a topic that does not exist is created when a client first asks for it.',
    'delete.topic.enable': 'Whether topics may be deleted.',
    'min.insync.replicas':
      'The default of the topic setting: how many replicas must be in sync for a record sent with acks=all.',
    'unclean.leader.election.enable':
      'The default of the topic setting: whether a replica that is not in sync may lead when no other lives.',
    'auto.leader.rebalance.enable': 'Whether the controller regularly gives leadership back to the preferred replicas.',
    'leader.imbalance.check.interval.seconds':
      'How often the controller looks whether too many partitions are led by another than their preferred replica.',
    'leader.imbalance.per.broker.percentage':
      'The share of a broker’s preferred leaderships that others may hold before the controller gives them back.',
    'replica.lag.time.max.ms':
      'How long a follower may fail to catch up with its leader before it leaves the in-sync replicas.',
    'replica.fetch.wait.max.ms':
      'How long a leader lets a follower’s fetch wait for new records; also how late a high watermark may reach followers.',
    'replica.fetch.min.bytes': 'How many bytes a leader waits for before it answers a follower’s fetch.',
    'replica.fetch.max.bytes':
      'How many bytes of one partition a follower asks for at a time; a first larger batch comes all the same.',
    'replica.fetch.response.max.bytes': 'How many bytes a follower asks for at a time over all partitions.',
    'replica.fetch.backoff.ms': 'How long a follower waits after a failed fetch before it tries again.',
    'replica.socket.timeout.ms': 'How long a follower waits for its leader’s answer before it gives the connection up.',
    'replica.high.watermark.checkpoint.interval.ms':
      'How often high watermarks are saved to disk, from where a restarted broker takes them up.',
    'num.replica.fetchers': 'How many threads of a broker fetch from each other broker.',
    'zookeeper.connect':
      'The ZooKeeper servers, host:port separated by commas, and possibly a path under which the cluster keeps its nodes.',
    'zookeeper.session.timeout.ms':
      'After how long without a sign of life ZooKeeper takes the broker for dead and removes its node.',
    'zookeeper.connection.timeout.ms': 'How long a starting broker tries to reach ZooKeeper before it gives up.',
    'controlled.shutdown.enable': 'Whether a stopping broker first hands its leaderships over.',
    'controlled.shutdown.max.retries': 'How often a stopping broker tries to hand its leaderships over.',
    'controlled.shutdown.retry.backoff.ms': 'How long a stopping broker waits between two of these attempts.',
    'controller.socket.timeout.ms':
      'How long the controller waits for a broker’s answer before it sends its request again.',
    'request.timeout.ms': 'How long a broker waits for the answer to a request to another broker.',
    'message.max.bytes': 'The default of the topic setting max.message.bytes: the largest batch accepted.',
    'log.retention.ms': 'The default of the topic setting retention.ms; it wins over minutes and hours.',
    'log.retention.minutes': 'The same in minutes; it wins over hours.',
    'log.retention.hours': 'The same in hours: seven days unless changed.',
    'log.retention.bytes': 'The default of the topic setting retention.bytes.',
    'log.retention.check.interval.ms': 'How often the broker looks for segments to remove.',
    'log.roll.ms': 'The default of the topic setting segment.ms; it wins over hours.',
    'log.roll.hours': 'The same in hours: seven days unless changed.',
    'log.segment.bytes': 'The default of the topic setting segment.bytes.',
    'log.segment.delete.delay.ms': 'The default of the topic setting file.delete.delay.ms.',
    'log.index.interval.bytes': 'The default of the topic setting index.interval.bytes.',
    'log.index.size.max.bytes': 'The default of the topic setting segment.index.bytes.',
    'log.cleanup.policy': 'The default of the topic setting cleanup.policy.',
    'log.cleaner.enable': 'Whether the cleaner runs: without it nothing is compacted, the offsets topic included.',
    'log.cleaner.backoff.ms': 'How long the cleaner sleeps when it finds nothing dirty enough.',
    'log.cleaner.delete.retention.ms': 'The default of the topic setting delete.retention.ms.',
    'log.cleaner.min.cleanable.ratio': 'The default of the topic setting min.cleanable.dirty.ratio.',
    'log.cleaner.min.compaction.lag.ms': 'The default of the topic setting min.compaction.lag.ms.',
    'log.cleaner.max.compaction.lag.ms': 'The default of the topic setting max.compaction.lag.ms.',
    'log.cleaner.dedupe.buffer.size':
      'The memory for the table of keys: what does not fit is left to the next cleaning.',
    'log.cleaner.io.buffer.load.factor': 'The share of that memory that may be filled.',
    'log.message.timestamp.type': 'The default of the topic setting message.timestamp.type.',
    'log.message.timestamp.before.max.ms': 'The default of the topic setting message.timestamp.before.max.ms.',
    'log.message.timestamp.after.max.ms': 'The default of the topic setting message.timestamp.after.max.ms.',
    'offsets.topic.num.partitions': 'The number of partitions of __consumer_offsets, over which groups are spread.',
    'offsets.topic.replication.factor':
      'The number of replicas of __consumer_offsets; the topic is not created while there are fewer brokers.',
    'offsets.retention.minutes': 'How long the offsets of a group without members are kept.',
    'offsets.retention.check.interval.ms':
      'How often the coordinator looks for offsets that have outlived their retention.',
    'group.initial.rebalance.delay.ms':
      'How long the coordinator waits for more members before the first assignment of an empty group.',
    'group.min.session.timeout.ms': 'The shortest session that a member may ask for.',
    'group.max.session.timeout.ms': 'The longest session that a member may ask for.',
    'group.max.size': 'The largest number of members of a group.',
    'transaction.state.log.num.partitions':
      'The number of partitions of __transaction_state, over which transactional ids are spread.',
    'transaction.state.log.replication.factor':
      'The number of replicas of __transaction_state; the topic is not created while there are fewer brokers.',
    'transaction.state.log.min.isr':
      'How many replicas of __transaction_state must be in sync for a transaction to go on.',
    'transaction.max.timeout.ms': 'The longest timeout that a producer may ask for its transactions.',
    'transactional.id.expiration.ms': 'How long a transactional id without activity is remembered.',
    'transaction.abort.timed.out.transaction.cleanup.interval.ms':
      'How often the coordinator looks for transactions that have lasted too long, and aborts them.',
    'producer.id.expiration.ms': 'How long a partition remembers the sequence numbers of a silent producer.',
    'producer.id.expiration.check.interval.ms': 'How often a broker looks for producers to forget.',
    'fetch.max.bytes': 'The largest answer to a fetch, whatever the client asks for.',
  },
  producer: {
    ...client,
    acks: 'Whose answer makes a record sent: 0 nobody’s, 1 the leader’s, all that of every in-sync replica.',
    'batch.size': 'The bytes that a batch of records for one partition may hold; a full batch leaves at once.',
    'linger.ms': 'How long a batch that is not full waits for more records.',
    'buffer.memory': 'The memory for records not yet sent; when it is used up, send waits.',
    'max.block.ms': 'How long send waits for metadata or for memory before it fails.',
    'max.request.size': 'The largest request, and so the largest record.',
    'max.in.flight.requests.per.connection':
      'How many requests may be under way to a broker; above 1 without idempotence, a retry may change the order.',
    retries: 'How often a record is sent again after a passing error, within delivery.timeout.ms.',
    'delivery.timeout.ms': 'How long a record may take, retries included, until its success or failure is known.',
    'enable.idempotence':
      'Whether records carry sequence numbers, so that a retry is never written twice; needs acks=all.',
    'transactional.id':
      'The name under which this producer’s transactions go on after a restart; a second producer with it fences the first.',
    'transaction.timeout.ms': 'How long a transaction may stay open before the coordinator aborts it.',
    'partitioner.ignore.keys': 'Whether keys play no part in the choice of the partition.',
    'partitioner.adaptive.partitioning.enable':
      'Whether records without a key go less often to partitions with long queues.',
    'key.serializer': 'The class that turns keys into bytes.',
    'value.serializer': 'The class that turns values into bytes.',
  },
  consumer: {
    ...client,
    'group.id': 'The group whose members share the partitions and whose offsets are kept.',
    'group.instance.id':
      'A lasting name for this member: after a restart within its session it finds its partitions again without a rebalance.',
    'auto.offset.reset':
      'Where to begin without a committed offset, or with one that is out of range: earliest, latest, or none, which fails.',
    'enable.auto.commit': 'Whether offsets are committed by themselves while polling.',
    'auto.commit.interval.ms': 'How often offsets are committed by themselves.',
    'partition.assignment.strategy':
      'The ways to share partitions that this member accepts, the preferred one first; the group takes a common one.',
    'session.timeout.ms':
      'After how long without a heartbeat the coordinator takes the member for dead and shares its partitions out.',
    'heartbeat.interval.ms': 'How often the member tells the coordinator that it lives, and learns of a rebalance.',
    'max.poll.interval.ms': 'The longest time between two polls before the member leaves the group by itself.',
    'max.poll.records': 'How many records a poll returns at most.',
    'fetch.min.bytes': 'How many bytes a broker waits for before it answers a fetch.',
    'fetch.max.wait.ms': 'How long a broker lets a fetch wait when there is too little to send.',
    'fetch.max.bytes': 'How many bytes a fetch may bring over all partitions.',
    'max.partition.fetch.bytes':
      'How many bytes of one partition a fetch may bring; a first larger batch comes all the same.',
    'isolation.level':
      'read_uncommitted shows all records, read_committed only those of finished transactions, and none of aborted ones.',
    'allow.auto.create.topics':
      'Whether subscribing to a topic that does not exist may create it, if the broker agrees.',
    'exclude.internal.topics': 'Whether a subscription by pattern leaves internal topics out.',
    'default.api.timeout.ms': 'How long a call of the consumer, such as a commit, may take in all.',
    'key.deserializer': 'The class that turns bytes into keys.',
    'value.deserializer': 'The class that turns bytes into values.',
  },
  admin: {
    ...client,
    retries: 'How often a call is tried again after a passing error, within default.api.timeout.ms.',
    'default.api.timeout.ms': 'How long a call may take in all.',
  },
  connect: {
    'bootstrap.servers': bootstrapServers,
    'key.converter': 'How keys are written to Kafka and read from it.',
    'value.converter': 'How values are written to Kafka and read from it.',
    'offset.storage.file.filename': 'The file in which a standalone worker notes how far its sources have been read.',
    'offset.flush.interval.ms': 'How often source positions are saved.',
    'offset.flush.timeout.ms':
      'How long the worker waits for records on their way before it gives a saving of positions up.',
    'task.shutdown.graceful.timeout.ms': 'How long a stopping worker waits for its tasks.',
    listeners: 'The addresses of the worker’s REST interface.',
    'plugin.path': 'The folders and archives in which the worker looks for connectors.',
  },
  streams: {
    'bootstrap.servers': bootstrapServers,
    'client.id': clientId,
    'application.id': 'The name of the application: it is its group id and begins the names of its internal topics.',
    'commit.interval.ms': 'How often the application commits: positions are saved and cached results leave.',
    'statestore.cache.max.bytes':
      'The memory that holds results back so that only the last one of each key leaves; 0 lets every update through.',
    'cache.max.bytes.buffering': 'The old name of statestore.cache.max.bytes.',
    'default.key.serde': 'How keys are read and written where nothing else is said.',
    'default.value.serde': 'How values are read and written where nothing else is said.',
    'num.stream.threads': 'How many threads of this instance share the tasks.',
    'replication.factor': 'The number of replicas of the internal topics; −1 takes the brokers’ default.',
    'state.dir': 'The folder of the local state.',
  },
} as const;
