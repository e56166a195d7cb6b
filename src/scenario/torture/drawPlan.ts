/** The plan of a seed: everything is drawn from it. */
import { deleteController } from './commands.ts';
import { Dice } from './dice.ts';
import type { ClientPlan, ConsumerPlan, Fault, ProducerPlan, TopicPlan, TorturePlan } from './plan.ts';

export function drawPlan(seed: number): TorturePlan {
  const dice = new Dice(seed, 'torture');
  const brokerCount = dice.pick([1, 2, 3, 3, 3, 3, 4, 5]);
  const zookeepers = dice.pick([1, 1, 1, 1, 1, 1, 1, 3, 3, 5]);
  const brokers = Array.from({ length: brokerCount }, (_, id) => id);
  const drawn = drawTopics(dice, brokerCount);
  const copy = dice.chance(35) ? drawCopy(dice, drawn, brokerCount) : null;
  const topics = copy === null ? drawn : [...drawn, copy.topic];
  const clients = [...drawClients(dice, drawn), ...(copy?.clients ?? []), ...drawAdministration(dice, drawn, brokers)];
  const durationMs = 60_000;
  const servers = [
    ...brokers.map((id) => `broker-${id}`),
    ...Array.from({ length: zookeepers }, (_, index) => `zookeeper-${index + 1}`),
  ];
  return {
    seed,
    cluster: {
      zookeepers,
      brokers,
      brokerConfig: {
        'zookeeper.session.timeout.ms': dice.pick(['6000', '6000', '8000', '12000']),
        'replica.lag.time.max.ms': dice.pick(['3000', '5000', '10000']),
        'auto.leader.rebalance.enable': dice.chance(50) ? 'true' : 'false',
        'leader.imbalance.check.interval.seconds': dice.pick(['10', '20']),
        'offsets.topic.num.partitions': dice.pick(['1', '2', '3']),
        'offsets.topic.replication.factor': String(Math.min(3, brokerCount)),
        'group.initial.rebalance.delay.ms': dice.pick(['0', '500', '3000']),
        'transaction.state.log.num.partitions': dice.pick(['1', '2']),
        'transaction.state.log.replication.factor': String(Math.min(3, brokerCount)),
        'transaction.state.log.min.isr': String(Math.min(2, brokerCount)),
        'log.cleaner.backoff.ms': '3000',
        'controlled.shutdown.retry.backoff.ms': dice.pick(['500', '2000']),
      },
      zookeeperConfig: zookeepers > 1 ? { tickTime: '1000' } : { tickTime: dice.pick(['2000', '3000']) },
    },
    topics,
    // Each from a stream of its own: what else the seed draws is as it was without them.
    clients: [
      ...clients,
      ...drawTwins(new Dice(seed, 'torture twins'), clients),
      ...drawDepositions(new Dice(seed, 'torture depositions')),
    ],
    faults: drawFaults(dice, servers, clients, durationMs),
    durationMs,
  };
}

function drawTopics(dice: Dice, brokerCount: number): readonly TopicPlan[] {
  return ['alpha', 'beta'].slice(0, dice.between(1, 2)).map((name): TopicPlan => {
    const replicationFactor = Math.min(brokerCount, dice.pick([1, 2, 3, 3]));
    const configs: Record<string, string> = {};
    if (replicationFactor > 1 && dice.chance(60)) configs['min.insync.replicas'] = '2';
    if (dice.chance(30)) configs['unclean.leader.election.enable'] = 'true';
    if (name === 'beta' && dice.chance(60)) {
      configs['cleanup.policy'] = 'compact';
      configs['segment.bytes'] = '400';
      configs['min.cleanable.dirty.ratio'] = '0.01';
      configs['delete.retention.ms'] = dice.pick(['0', '5000', '86400000']);
    } else if (dice.chance(30)) configs['segment.bytes'] = dice.pick(['500', '2000']);
    return { name, partitions: dice.between(1, 4), replicationFactor, configs };
  });
}

/** A topic of the first one's partitions, and who copies them: some by two clients of one transactional id. */
function drawCopy(
  dice: Dice,
  [first]: readonly TopicPlan[],
  brokerCount: number,
): { readonly topic: TopicPlan; readonly clients: readonly ClientPlan[] } | null {
  if (first === undefined || first.configs['unclean.leader.election.enable'] === 'true') return null;
  const replicationFactor = Math.min(brokerCount, dice.pick([2, 3]));
  const topic = { name: 'copy', partitions: first.partitions, replicationFactor, configs: {} };
  const clients: ClientPlan[] = [];
  const transactionSize = dice.pick([3, 10, 50]);
  const transactionTimeoutMs = dice.pick([5000, 15_000, 60_000]);
  for (let partition = 0; partition < first.partitions; partition++) {
    const twins = dice.chance(40) ? 2 : 1;
    for (let twin = 1; twin <= twins; twin++)
      clients.push({
        kind: 'copier',
        name: `copier-${partition}-${twin}`,
        topic: first.name,
        partition,
        output: topic.name,
        transactionSize,
        transactionTimeoutMs,
        abortsAtRandom: dice.chance(60),
        properties: {},
        startsAtMs: dice.between(2000, 20_000),
      });
  }
  clients.push({
    kind: 'consumer',
    name: 'copy-consumer',
    topic: topic.name,
    group: 'copy-readers',
    properties: { 'isolation.level': dice.chance(75) ? 'read_committed' : 'read_uncommitted' },
    startsAtMs: dice.between(0, 15_000),
  });
  return { topic, clients };
}

/** Reassignments, elections, topics that come and go. */
function drawAdministration(
  dice: Dice,
  topics: readonly TopicPlan[],
  brokers: readonly number[],
): readonly ClientPlan[] {
  const clients: ClientPlan[] = [];
  const administer = (name: string, command: string, startsAtMs: number): void => {
    clients.push({ kind: 'administration', name, command, properties: {}, startsAtMs });
  };
  const json = (file: string, text: unknown): string => `echo '${JSON.stringify(text)}' > ${file}`;
  if (brokers.length > 1 && dice.chance(35)) {
    const topic = dice.pick(topics);
    for (let n = 1; n <= dice.between(1, 3); n++) {
      const partitions = Array.from({ length: topic.partitions }, (_, partition) => ({
        topic: topic.name,
        partition,
        replicas: dice.some(brokers, topic.replicationFactor),
      }));
      const file = `reassignment-${n}.json`;
      const tool = `bin/kafka-reassign-partitions.sh --bootstrap-server <brokers> --reassignment-json-file ${file}`;
      administer(
        `reassignment-${n}`,
        `${json(file, { version: 1, partitions })}; ${tool} --execute`,
        dice.between(5000, 50_000),
      );
    }
  }
  if (dice.chance(25))
    for (let n = 1; n <= 3; n++)
      administer(
        `election-${n}`,
        'bin/kafka-leader-election.sh --bootstrap-server <brokers> --election-type preferred --all-topic-partitions',
        dice.between(5000, 50_000),
      );
  if (dice.chance(30)) {
    const factor = Math.min(brokers.length, dice.between(1, 3));
    const create = `bin/kafka-topics.sh --bootstrap-server <brokers> --create --topic passing --partitions ${dice.between(1, 3)} --replication-factor ${factor}`;
    const fill = `seq 1 ${dice.between(5, 40)} | bin/kafka-console-producer.sh --topic passing --bootstrap-server <brokers>`;
    const remove = 'bin/kafka-topics.sh --bootstrap-server <brokers> --delete --topic passing';
    const pause = dice.pick([0, 1, 4]);
    administer(
      'passing',
      `for n in 1 2 3; do ${create}; ${fill}; sleep ${pause}; ${remove}; sleep ${pause}; done`,
      dice.between(2000, 30_000),
    );
  }
  if (dice.chance(20)) {
    const topic = dice.pick(topics);
    const name = `retention-${topic.name}`;
    const tool = `bin/kafka-configs.sh --bootstrap-server <brokers> --alter --entity-type topics --entity-name ${topic.name}`;
    administer(name, `${tool} --add-config min.insync.replicas=${dice.between(1, 2)}`, dice.between(5000, 50_000));
  }
  return clients;
}

function drawClients(dice: Dice, topics: readonly TopicPlan[]): readonly ClientPlan[] {
  const clients: ClientPlan[] = [];
  for (const topic of topics) {
    const isCompacted = topic.configs['cleanup.policy'] === 'compact';
    for (let n = 1; n <= dice.between(1, 2); n++)
      clients.push(drawProducer(dice, `${topic.name}-producer-${n}`, topic.name, isCompacted));
    const tombstones = isCompacted ? 3 : 0;
    for (let n = 1; n <= tombstones; n++)
      clients.push({
        kind: 'tombstones',
        name: `${topic.name}-tombstones-${n}`,
        topic: topic.name,
        keys: [String(dice.between(0, 5)), String(dice.between(0, 5)), `gone-${n}`],
        properties: { acks: dice.pick(['1', 'all']) },
        startsAtMs: dice.between(3000, 35_000),
      });
    const consumers = dice.between(1, 3);
    const assignor = dice.pick(['Range', 'RoundRobin', 'CooperativeSticky']);
    const isCommitted = dice.chance(30);
    const areStatic = dice.chance(30);
    for (let n = 1; n <= consumers; n++) {
      const consumer: ConsumerPlan = {
        kind: 'consumer',
        name: `${topic.name}-consumer-${n}`,
        topic: topic.name,
        group: `${topic.name}-group`,
        properties: {
          'session.timeout.ms': dice.pick(['6000', '8000', '10000']),
          'heartbeat.interval.ms': dice.pick(['1000', '2000']),
          'auto.commit.interval.ms': dice.pick(['500', '1000', '5000']),
          'partition.assignment.strategy': `org.apache.kafka.clients.consumer.${assignor}Assignor`,
          'isolation.level': isCommitted ? 'read_committed' : 'read_uncommitted',
          ...(areStatic || dice.chance(10) ? { 'group.instance.id': `${topic.name}-${n}` } : {}),
        },
        startsAtMs: dice.between(0, 15_000),
      };
      clients.push(consumer);
    }
  }
  return clients;
}

/** Second consumers with the group.instance.id of a first: the group knows the later one, and fences the other, which ends. */
function drawTwins(dice: Dice, clients: readonly ClientPlan[]): readonly ClientPlan[] {
  return clients.flatMap((client) =>
    client.kind === 'consumer' && 'group.instance.id' in client.properties && dice.chance(30)
      ? [{ ...client, name: `${client.name}-twin`, startsAtMs: dice.between(15_000, 45_000) }]
      : [],
  );
}

/** The controller's znode is deleted by hand: another is elected, and the old one acts until it hears of it. */
function drawDepositions(dice: Dice): readonly ClientPlan[] {
  if (!dice.chance(20)) return [];
  return [1, 2, 3].map((n) => ({
    kind: 'administration',
    name: `deposition-${n}`,
    command: deleteController,
    properties: {},
    startsAtMs: dice.between(5000, 55_000),
  }));
}

function drawProducer(dice: Dice, name: string, topic: string, isCompacted: boolean): ProducerPlan {
  const acks = dice.pick(['0', '1', '1', '-1', '-1', '-1', '-1'] as const);
  const isIdempotent = acks === '-1' && dice.chance(70);
  return {
    kind: 'producer',
    name,
    topic,
    acks,
    properties: {
      retries: isIdempotent || dice.chance(60) ? '2147483647' : '0',
      'enable.idempotence': String(isIdempotent),
      'request.timeout.ms': dice.pick(['2000', '5000']),
      'delivery.timeout.ms': dice.pick(['10000', '30000', '60000']),
      'linger.ms': dice.pick(['0', '0', '5', '300']),
      'max.block.ms': '10000',
    },
    throughput: dice.between(2, 4),
    keys: isCompacted ? dice.between(2, 6) : dice.chance(30) ? dice.between(2, 20) : null,
    startsAtMs: dice.between(0, 2000),
  };
}

function drawFaults(
  dice: Dice,
  servers: readonly string[],
  clients: readonly ClientPlan[],
  durationMs: number,
): readonly Fault[] {
  const faults = Array.from({ length: dice.between(3, 6) }, () => drawFault(dice, servers, clients, durationMs));
  if (dice.chance(60)) faults.push(...drawStory(dice, servers, dice.between(2000, 20_000)));
  return faults.sort((a, b) => a.atMs - b.atMs);
}

/** Faults that only together do harm, and that would seldom come together by chance. */
function drawStory(dice: Dice, servers: readonly string[], atMs: number): readonly Fault[] {
  const brokers = servers.filter((name) => name.startsWith('broker'));
  const [one, two, three] = dice.some(brokers, 3);
  const zookeepers = servers.filter((name) => name.startsWith('zookeeper'));
  if (one === undefined || two === undefined) return [{ atMs, kind: 'kill', target: servers[0]!, forMs: 5000 }];
  const cut = (from: string, to: string, at: number, forMs: number): Fault => ({
    atMs: at,
    kind: 'link',
    from,
    to,
    isBothWays: false,
    isCut: true,
    extraLatencyUs: 0,
    lossPerMille: 0,
    forMs,
  });
  switch (dice.between(0, 4)) {
    case 0:
      // The first to die comes back first: what it lacks is lost if it may lead.
      return [
        { atMs, kind: 'kill', target: one, forMs: 24_000 },
        { atMs: atMs + 11_000, kind: 'kill', target: two, forMs: 28_000 },
      ];
    case 1:
      // What the controller sent is delivered when another one has long been elected.
      return [
        cut(one, two, atMs, 30_000),
        ...(three === undefined ? [] : [{ atMs: atMs + 500, kind: 'kill', target: three, forMs: 20_000 } as const]),
        { atMs: atMs + 12_000, kind: 'kill', target: one, forMs: 14_000 },
      ];
    case 2:
      // A broker that ZooKeeper gives up, and that still speaks with the others.
      return zookeepers.flatMap((zookeeper) => [cut(one, zookeeper, atMs, 24_000), cut(zookeeper, one, atMs, 24_000)]);
    case 3:
      // A leader that its followers do not reach, while clients do.
      return brokers.flatMap((other) => (other === one ? [] : [cut(other, one, atMs, 20_000)]));
    default:
      // A follower falls behind, its leader dies, both come back.
      return [
        { atMs, kind: 'pause', target: one, forMs: 16_000 },
        { atMs: atMs + 12_000, kind: 'kill', target: two, forMs: 6000 },
        { atMs: atMs + 22_000, kind: 'kill', target: one, forMs: 4000 },
      ];
  }
}

/** What happens to one message, timer, disk or clock. */
function drawOddFault(
  dice: Dice,
  servers: readonly string[],
  names: readonly string[],
  atMs: number,
  forMs: number,
): Fault {
  const target = dice.chance(70) ? dice.pick(servers) : dice.pick(names);
  const broker = dice.pick(servers.filter((name) => name.startsWith('broker')));
  const kind = dice.between(0, 99);
  const place = dice.between(0, 5);
  if (kind < 40) return { atMs, kind: 'lose', target, place, outcome: dice.pick(['resent', 'disconnected']), forMs: 0 };
  if (kind < 60) return { atMs, kind: 'hurry', target, place, forMs: 0 };
  if (kind < 80) {
    const state = dice.pick(['sound', 'full', 'failed'] as const);
    const extraLatencyUs = state === 'sound' ? dice.pick([20_000, 300_000]) : 0;
    return { atMs, kind: 'disk', target: broker, state, extraLatencyUs, forMs };
  }
  return { atMs, kind: 'clock', target, offsetMs: dice.pick([-30_000, -1500, 2000, 60_000, 3_600_000]), forMs };
}

function drawFault(dice: Dice, servers: readonly string[], clients: readonly ClientPlan[], durationMs: number): Fault {
  const atMs = dice.between(2000, durationMs - 8000);
  const forMs = dice.pick([dice.between(200, 3000), dice.between(3000, 12_000), dice.between(8000, 25_000)]);
  const brokers = servers.filter((name) => name.startsWith('broker'));
  const names = [...servers, ...clients.flatMap(({ kind, name }) => (kind === 'administration' ? [] : [name]))];
  const kind = dice.between(0, 99);
  if (dice.chance(20)) return drawOddFault(dice, servers, names, atMs, forMs);
  if (kind < 22) return { atMs, kind: 'kill', target: dice.pick(servers), forMs };
  if (kind < 34) return { atMs, kind: 'stop', target: dice.pick(brokers), forMs };
  if (kind < 54) return { atMs, kind: 'pause', target: dice.chance(80) ? dice.pick(servers) : dice.pick(names), forMs };
  if (kind < 60) return { atMs, kind: 'killAll', targets: dice.some(brokers, dice.between(2, 5)), forMs };
  if (kind < 70) {
    const consumers = clients.filter(({ kind }) => kind === 'consumer' || kind === 'copier');
    const target = dice.pick(consumers);
    if (target.kind === 'copier') return { atMs, kind: 'kill', target: target.name, forMs: 0 };
    return { atMs, kind: dice.chance(50) ? 'interrupt' : 'kill', target: target.name, forMs };
  }
  const from = dice.chance(70) ? dice.pick(servers) : dice.pick(names);
  const to = dice.pick(servers.filter((name) => name !== from).concat(servers.length < 2 ? servers : []));
  const isCut = kind < 85;
  const isSlow = dice.chance(50);
  return {
    atMs,
    kind: 'link',
    from,
    to,
    isBothWays: dice.chance(50),
    isCut,
    extraLatencyUs: !isCut && isSlow ? dice.pick([50_000, 500_000, 3_000_000]) : 0,
    lossPerMille: !isCut && !isSlow ? dice.pick([50, 200, 500]) : 0,
    forMs,
  };
}
