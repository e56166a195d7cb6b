/** The commands of a plan's clients, and the files that they name. */
import type { ClientPlan, CopierPlan, TorturePlan } from './plan.ts';

const bootstrap = ({ cluster }: TorturePlan): string => cluster.brokers.map((id) => `localhost:${9092 + id}`).join(',');
const propertiesFile = ({ name }: ClientPlan): string => `config/${name}.properties`;

/** By path, relative to the Kafka folder. */
export function clientFiles({ clients }: TorturePlan): Readonly<Record<string, string>> {
  const text = ({ properties }: ClientPlan): string =>
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join('');
  return Object.fromEntries(clients.map((client) => [propertiesFile(client), text(client)]));
}

export function createTopics(plan: TorturePlan): string {
  return plan.topics
    .map(({ name, partitions, replicationFactor, configs }) => {
      const settings = Object.entries(configs).map(([key, value]) => ` --config ${key}=${value}`);
      return `bin/kafka-topics.sh --create --topic ${name} --partitions ${partitions} --replication-factor ${replicationFactor}${settings.join('')} --bootstrap-server ${bootstrap(plan)}`;
    })
    .join(' && ');
}

export function clientCommand(client: ClientPlan, plan: TorturePlan): string {
  if (client.kind === 'administration') return client.command.replaceAll('<brokers>', bootstrap(plan));
  const { topic } = client;
  if (client.kind === 'consumer')
    return `bin/kafka-console-consumer.sh --topic ${topic} --group ${client.group} --from-beginning --consumer.config ${propertiesFile(client)} --bootstrap-server ${bootstrap(plan)}`;
  if (client.kind === 'tombstones')
    return `printf '${client.keys.map((key) => `${key}:NULL\\n`).join('')}' | bin/kafka-console-producer.sh --topic ${topic} --property parse.key=true --property key.separator=: --property null.marker=NULL --producer.config ${propertiesFile(client)} --bootstrap-server ${bootstrap(plan)}`;
  if (client.kind === 'copier') return `while true; do ${copyOnce(client, plan)}; sleep 1; done`;
  const keys = client.keys === null ? '' : ` --repeating-keys ${client.keys}`;
  // The prefix tells producers apart: it is a number.
  const prefix = plan.clients.indexOf(client) + 1;
  return `bin/kafka-verifiable-producer.sh --topic ${topic} --throughput ${client.throughput} --acks ${client.acks} --value-prefix ${prefix}${keys} --producer.config ${propertiesFile(client)} --bootstrap-server ${bootstrap(plan)}`;
}

/** By hand: whoever is the controller is no longer, and another is elected. */
export const deleteController = 'bin/zookeeper-shell.sh localhost:2181 delete /controller';

export const copyTransactionalId = ({ output, partition }: Pick<CopierPlan, 'output' | 'partition'>): string =>
  `${output}-${partition}`;

/** Copies what the partition holds now, and ends. */
export const copyOnce = (copier: CopierPlan, plan: TorturePlan): string =>
  `bin/kafka-run-class.sh org.apache.kafka.tools.TransactionalMessageCopier --input-topic ${copier.topic} --input-partition ${copier.partition} --output-topic ${copier.output} --consumer-group ${copier.output}-group --transactional-id ${copyTransactionalId(copier)} --transaction-size ${copier.transactionSize} --transaction-timeout ${copier.transactionTimeoutMs}${copier.abortsAtRandom ? ' --enable-random-aborts' : ''} --broker-list ${bootstrap(plan)}`;

/** Reads one partition from its beginning, without a group. */
export const readPartition = (topic: string, partition: number, plan: TorturePlan): string =>
  `bin/kafka-console-consumer.sh --topic ${topic} --partition ${partition} --offset earliest --timeout-ms 4000 --isolation-level ${isOutput(topic, plan) ? 'read_committed' : 'read_uncommitted'} --property print.offset=true --property print.partition=true --bootstrap-server ${bootstrap(plan)}`;

/** Whether what is in the topic was copied to it in transactions. */
export const isOutput = (topic: string, { clients }: TorturePlan): boolean =>
  clients.some((client) => client.kind === 'copier' && client.output === topic);
