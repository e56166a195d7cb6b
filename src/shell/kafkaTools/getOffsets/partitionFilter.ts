/** Which partitions kafka-get-offsets is asked about (`TopicPartitionFilter`, `GetOffsetShell.parseRuleSpec`, 3.9.0). */
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { parseJavaInteger } from '../optionParser.ts';
import { thrown } from '../stackTrace.ts';
import { includeList } from '../topicFilter.ts';
import { TerseException } from './terseException.ts';

export interface PartitionFilter {
  allowsTopic(topic: string): boolean;
  allows(partition: TopicPartition): boolean;
}

/** `--topic` and `--partitions`, either or both left out. */
export function topicAndPartitions(topic: string | undefined, partitions: string | undefined): PartitionFilter {
  const allowsTopic = includeList(topic ?? '.*');
  const ids = (partitions ?? '') === '' ? [] : partitions!.split(',').map((id) => parseJavaInteger(id, 32));
  if (ids.includes(undefined)) {
    throw new TerseException(
      `--partitions expects a comma separated list of numeric partition ids, but received: ${partitions}`,
    );
  }
  return {
    allowsTopic,
    allows: ({ topic: name, partition }) => allowsTopic(name) && (ids.length === 0 || ids.includes(partition)),
  };
}

const rule = /^([^:,]*)(?::(?:([0-9]*)|(?:([0-9]*)-([0-9]*))))?$/;

/** `--topic-partitions`: `topic`, `topic:1`, `topic:0-3`, `topic:4-`, `topic:-3`, `:1`, comma separated; ranges leave their end out. */
export function patternList(list: string): PartitionFilter {
  const rules = list.split(',').map(ruleOf);
  return {
    allowsTopic: (topic) => rules.some((one) => one.allowsTopic(topic)),
    allows: (partition) => rules.some((one) => one.allows(partition)),
  };
}

function ruleOf(text: string): PartitionFilter {
  const match = rule.exec(text);
  if (match === null) {
    const terse = 'org.apache.kafka.tools.TerseException';
    const message = `Invalid rule specification: ${text}`;
    throw thrown('java.lang.RuntimeException', `${terse}: ${message}`, { class: terse, message });
  }
  const [, topic = '', single = '', from = '', to = ''] = match;
  const allowsTopic = includeList(topic === '' ? '.*' : topic);
  const low = from === '' ? 0 : Number(from);
  const high = to === '' ? 2_147_483_647 : Number(to);
  const allowsPartition =
    single === '' ? (id: number) => id >= low && id < high : (id: number) => id === Number(single);
  return { allowsTopic, allows: ({ topic: name, partition }) => allowsTopic(name) && allowsPartition(partition) };
}
