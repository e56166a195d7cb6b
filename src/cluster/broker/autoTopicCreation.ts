/**
 * Topics created because somebody asked for their metadata, or for a coordinator. In ZooKeeper mode the broker that was asked writes them.
 *
 * Follows `kafka.server.DefaultAutoTopicCreationManager` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import type { CreatableTopic } from '../protocol/kafka/topics.ts';
import { brokerNumber } from './brokerSettings.ts';
import { invalidTopicName } from './topicName.ts';
import { type Turn, update } from './turn.ts';
import { createTopics } from './zkAdmin/topicOperations.ts';

export interface AutoCreated {
  readonly topic: string;
  readonly error: ErrorName;
}

/** LEADER_NOT_AVAILABLE for what has just been created. */
export function createTopicsAutomatically(
  turn: Turn,
  topics: readonly string[],
  then: (turn: Turn, results: readonly AutoCreated[]) => void,
): void {
  const results: AutoCreated[] = [];
  const creatable: string[] = [];
  for (const topic of topics) {
    if (invalidTopicName(topic) !== null) results.push({ topic, error: 'INVALID_TOPIC_EXCEPTION' });
    else if (turn.broker.topicsBeingCreated.has(topic)) results.push({ topic, error: 'UNKNOWN_TOPIC_OR_PARTITION' });
    else creatable.push(topic);
  }
  if (creatable.length === 0) return then(turn, results);
  update(turn, { topicsBeingCreated: new Set([...turn.broker.topicsBeingCreated, ...creatable]) });
  const wanted = creatable.map((topic) => creatableTopic(turn, topic));
  createTopics(turn, wanted, { timeoutMs: 0, validateOnly: false }, (later, created) => {
    const left = [...later.broker.topicsBeingCreated].filter((topic) => !creatable.includes(topic));
    update(later, { topicsBeingCreated: new Set(left) });
    const outcomes = created.map(({ topic, refusal }): AutoCreated => {
      const error = refusal?.error ?? 'REQUEST_TIMED_OUT';
      const isComing = error === 'TOPIC_ALREADY_EXISTS' || error === 'REQUEST_TIMED_OUT';
      return { topic, error: isComing ? 'LEADER_NOT_AVAILABLE' : error };
    });
    then(later, [...results, ...outcomes]);
  });
}

function creatableTopic({ broker: { settings } }: Turn, name: string): CreatableTopic {
  const number = (setting: Parameters<typeof brokerNumber>[1]) => brokerNumber(settings, setting);
  if (name === GROUP_METADATA_TOPIC_NAME) {
    return {
      name,
      numPartitions: number('offsets.topic.num.partitions'),
      replicationFactor: number('offsets.topic.replication.factor'),
      assignments: [],
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'segment.bytes', value: String(number('offsets.topic.segment.bytes')) },
        { name: 'compression.type', value: 'producer' },
      ],
    };
  }
  if (name === TRANSACTION_STATE_TOPIC_NAME) {
    return {
      name,
      numPartitions: number('transaction.state.log.num.partitions'),
      replicationFactor: number('transaction.state.log.replication.factor'),
      assignments: [],
      configs: [
        { name: 'unclean.leader.election.enable', value: 'false' },
        { name: 'compression.type', value: 'uncompressed' },
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'min.insync.replicas', value: String(number('transaction.state.log.min.isr')) },
        { name: 'segment.bytes', value: String(number('transaction.state.log.segment.bytes')) },
      ],
    };
  }
  return {
    name,
    numPartitions: number('num.partitions'),
    replicationFactor: number('default.replication.factor'),
    assignments: [],
    configs: [],
  };
}
