/** `kafka-topics --describe`: which lines it prints of which topics (`TopicCommand.TopicService.describeTopic`, 3.9.0). */
import type {
  PartitionReassignment,
  TopicDescription,
  TopicPartitionInfo,
} from '../../../cluster/client/admin/adminMethods.ts';
import type { Node } from '../../../cluster/client/node.ts';
import type { DescribedConfig } from '../../../cluster/protocol/kafka/configs.ts';
import { javaStringHash } from '../../../kafka/javaHash.ts';
import { javaHashOrder } from '../../../kafka/javaHashMap.ts';
import type { ParsedOptions } from '../optionParser.ts';

export interface DescribedTopic {
  readonly description: TopicDescription;
  readonly configs: readonly DescribedConfig[];
  /** By partition, where one is under way. */
  readonly reassignments: ReadonlyMap<number, PartitionReassignment>;
}

const zeroTopicId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The lines, each with its end. */
export function descriptionOf(topic: DescribedTopic, options: ParsedOptions, liveBrokers: readonly number[]): string {
  const isReport = [
    'unavailable-partitions',
    'under-replicated-partitions',
    'under-min-isr-partitions',
    'at-min-isr-partitions',
  ].some((name) => options.has(name));
  const own = topic.configs.filter(({ configSource }) => configSource !== 'DEFAULT_CONFIG');
  const isShown = !isReport && (!options.has('topics-with-overrides') || own.length > 0);
  const head = isShown ? topicLine(topic) : '';
  if (options.has('topics-with-overrides')) return head;
  const partitions = topic.description.partitions.filter(
    (partition) => !isReport || isReported(topic, partition, options, liveBrokers),
  );
  return head + partitions.map((partition) => partitionLine(topic, partition)).join('');
}

function topicLine(topic: DescribedTopic): string {
  const { name, topicId, partitions } = topic.description;
  const byName = new Map(topic.configs.map((config) => [config.name, config]));
  const configs = javaHashOrder(byName.keys(), javaStringHash)
    .map((config) => byName.get(config)!)
    .filter(({ configSource }) => configSource !== 'DEFAULT_CONFIG')
    .map(({ name: config, value }) => `${config}=${value ?? 'null'}`);
  const id = topicId === zeroTopicId ? '' : `\tTopicId: ${topicId}`;
  const factor = replicationFactor(partitions[0]!, topic.reassignments.get(0));
  return `Topic: ${name}${id}\tPartitionCount: ${partitions.length}\tReplicationFactor: ${factor}\tConfigs: ${configs.join(',')}\n`;
}

function partitionLine({ description, reassignments }: DescribedTopic, partition: TopicPartitionInfo): string {
  const ids = (nodes: readonly Node[]): string => nodes.map(({ id }) => id).join(',');
  const reassignment = reassignments.get(partition.partition);
  const moving =
    reassignment === undefined
      ? ''
      : `\tAdding Replicas: ${reassignment.addingReplicas.join(',')}\tRemoving Replicas: ${reassignment.removingReplicas.join(',')}`;
  // Eligible leader replicas exist only with KRaft.
  return `\tTopic: ${description.name}\tPartition: ${partition.partition}\tLeader: ${partition.leader?.id ?? 'none'}\tReplicas: ${ids(partition.replicas)}\tIsr: ${ids(partition.isr)}${moving}\tElr: N/A\tLastKnownElr: N/A\n`;
}

/** Replicas on their way in do not count yet. */
function replicationFactor({ replicas }: TopicPartitionInfo, reassignment: PartitionReassignment | undefined): number {
  if (reassignment === undefined) return replicas.length;
  const changing = [...reassignment.addingReplicas, ...reassignment.removingReplicas];
  return replicas.some(({ id }) => changing.includes(id))
    ? reassignment.replicas.length - reassignment.addingReplicas.length
    : replicas.length;
}

function isReported(
  { configs, reassignments }: DescribedTopic,
  partition: TopicPartitionInfo,
  options: ParsedOptions,
  liveBrokers: readonly number[],
): boolean {
  const { leader, isr } = partition;
  const minIsr = Number(configs.find(({ name }) => name === 'min.insync.replicas')?.value ?? 1);
  const isUnderReplicated = replicationFactor(partition, reassignments.get(partition.partition)) > isr.length;
  return (
    (options.has('under-replicated-partitions') && isUnderReplicated) ||
    (options.has('unavailable-partitions') && (leader === null || !liveBrokers.includes(leader.id))) ||
    (options.has('under-min-isr-partitions') && (leader === null || isr.length < minIsr)) ||
    (options.has('at-min-isr-partitions') && isr.length === minIsr)
  );
}
