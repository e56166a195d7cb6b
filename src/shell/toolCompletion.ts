/** What Tab knows of Kafka's tools: the options of each, and what may follow some of them. */
import { configsOptions } from './kafkaTools/configs/options.ts';
import { consoleConsumerOptions } from './kafkaTools/consoleConsumer/options.ts';
import { consoleProducerOptions } from './kafkaTools/consoleProducer/options.ts';
import { consumerGroupsOptions } from './kafkaTools/consumerGroups/options.ts';
import { deleteRecordsOptions } from './kafkaTools/deleteRecords.ts';
import { getOffsetsOptions } from './kafkaTools/getOffsets/options.ts';
import { leaderElectionOptions } from './kafkaTools/leaderElection.ts';
import type { OptionSpec } from './kafkaTools/optionSpec.ts';
import { topicConfigNames, topicsOptions } from './kafkaTools/topics/options.ts';

const specsOf: Readonly<Record<string, readonly OptionSpec[]>> = {
  'kafka-configs': configsOptions,
  'kafka-console-consumer': consoleConsumerOptions,
  'kafka-console-producer': consoleProducerOptions,
  'kafka-consumer-groups': consumerGroupsOptions,
  'kafka-delete-records': deleteRecordsOptions,
  'kafka-get-offsets': getOffsetsOptions,
  'kafka-leader-election': leaderElectionOptions,
  'kafka-topics': topicsOptions,
};
const optionsOfScripts: Readonly<Record<string, readonly string[]>> = {
  'kafka-server-start': ['-daemon', '--override', '--version'],
  'zookeeper-server-start': ['-daemon'],
};

/** As they are typed; none for a tool that is not known. `tool`: its script without `.sh`. */
export const optionsOfTool = (tool: string): readonly string[] =>
  optionsOfScripts[tool] ?? (specsOf[tool] ?? []).map(({ name }) => `--${name}`);

/** Of `--property`, for the console producer and the console consumer. */
const consoleProperties = [
  'key.separator=',
  'parse.key=',
  'print.key=',
  'print.offset=',
  'print.partition=',
  'print.timestamp=',
];

/** What may follow an option; undefined where anything may. A value that goes on ends with `=`. */
export function valuesOfOption(
  option: string,
  cluster: {
    readonly topics: readonly string[];
    readonly groups: readonly string[];
    readonly brokers: readonly string[];
  },
): readonly string[] | undefined {
  switch (option) {
    case '--topic':
    case '--topics':
    case '--include':
      return cluster.topics;
    case '--group':
      return cluster.groups;
    case '--bootstrap-server':
    case '--broker-list':
      return cluster.brokers;
    case '--property':
      return consoleProperties;
    case '--config':
    case '--add-config':
      return topicConfigNames.map((name) => `${name}=`);
    case '--delete-config':
      return topicConfigNames;
    case '--entity-type':
      return ['topics', 'brokers', 'clients', 'users', 'ips', 'client-metrics'];
    default:
      return undefined;
  }
}
