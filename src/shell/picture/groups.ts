/** Consumer groups as their coordinators keep them, with the consumers that are their members. */
import type { Consumer } from '../../cluster/client/consumer/consumerState.ts';
import type { Group } from '../../cluster/coordinator/group.ts';
import type { ConsumedPartition, ConsumerPicture, GroupPicture, TopicPicture } from '../../cluster/picture.ts';
import type { Process } from '../../kernel/process.ts';
import { consoleConsumerIn } from '../kafkaTools/consoleConsumer.ts';
import { consumerIn } from '../kafkaTools/consuming.ts';
import type { SeenBroker } from './pictureOf.ts';

interface SeenConsumer {
  readonly process: Process;
  readonly consumer: Consumer;
}

export function groupPictures(
  processes: readonly Process[],
  brokers: readonly SeenBroker[],
  topics: readonly TopicPicture[],
): readonly GroupPicture[] {
  const consumers = processes.flatMap((process): readonly SeenConsumer[] => {
    if (process.status === 'exited') return [];
    const consumer = consumerOf(process);
    return consumer === null ? [] : [{ process, consumer }];
  });
  const coordinated = brokers.flatMap(({ broker, picture }) =>
    [...(broker.groups?.groups.values() ?? [])].map((group) => ({ group, coordinator: picture.broker })),
  );
  const groups = coordinated
    .filter(({ group }) => group.members.byId.entries.length > 0 || group.offsets.committed.size > 0)
    .map(({ group, coordinator }) => pictureOfGroup(group, coordinator, consumers, topics));
  const known = new Set(groups.map(({ group }) => group));
  // A consumer that its coordinator does not know yet, or that has no group at all, is a card of its own.
  const lone = consumers.filter(({ consumer }) => !known.has(consumer.coordinator?.groupId ?? ''));
  return [...groups, ...lone.map((seen) => pictureOfLoneConsumer(seen, topics))];
}

/** It is drawn as one, and not as a tool. */
export const isConsuming = (process: Process): boolean => consumerOf(process) !== null;

const consumerOf = (process: Process): Consumer | null =>
  process.program === 'kafka-console-consumer'
    ? (consoleConsumerIn(process.snapshot)?.consumer ?? null)
    : consumerIn(process);

function pictureOfGroup(
  group: Group,
  coordinator: number,
  consumers: readonly SeenConsumer[],
  topics: readonly TopicPicture[],
): GroupPicture {
  const committed = [...group.offsets.committed.values()].map(({ committed: { topicPartition, offset } }) => ({
    ...topicPartition,
    offset,
  }));
  return {
    group: group.groupId,
    coordinator,
    state: group.state,
    generationId: group.generationId,
    protocol: group.protocolName,
    members: consumers
      .filter(({ consumer }) => consumer.coordinator?.groupId === group.groupId)
      .map((seen) => pictureOfConsumer(seen, topics)),
    committed,
  };
}

function pictureOfLoneConsumer(seen: SeenConsumer, topics: readonly TopicPicture[]): GroupPicture {
  return {
    group: seen.consumer.coordinator?.groupId ?? seen.consumer.clientId,
    coordinator: null,
    state: '',
    generationId: -1,
    protocol: null,
    members: [pictureOfConsumer(seen, topics)],
    committed: [],
  };
}

function pictureOfConsumer({ process, consumer }: SeenConsumer, topics: readonly TopicPicture[]): ConsumerPicture {
  const memberState: unknown = consumer.coordinator?.member.value;
  return {
    process: process.id,
    clientId: consumer.clientId,
    memberId: consumer.coordinator?.generation.memberId ?? null,
    terminal: process.terminal,
    memberState: typeof memberState === 'string' ? memberState : null,
    partitions: byName(consumer.subscription.partitions).map(
      ({ topic, partition, position, committed }): ConsumedPartition => {
        const end = highWatermarkOf(topics, topic, partition);
        const offset = position?.offset ?? null;
        return {
          topic,
          partition,
          position: offset,
          committed,
          lag: offset === null || end === null ? null : Math.max(0, end - offset),
        };
      },
    ),
  };
}

function highWatermarkOf(topics: readonly TopicPicture[], topic: string, partition: number): number | null {
  const found = topics
    .find((other) => other.topic === topic)
    ?.partitions.find((other) => other.partition === partition);
  return found?.replicas.find(({ broker }) => broker === found.leader)?.highWatermark ?? null;
}

const byName = <P extends { readonly topic: string; readonly partition: number }>(
  partitions: readonly P[],
): readonly P[] =>
  [...partitions].sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
