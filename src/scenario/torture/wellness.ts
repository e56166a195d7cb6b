/** What a cluster without faults comes back to by itself. */
import { zooKeeperDatabaseIn } from '../../cluster/invariants/zooKeeperDatabaseIn.ts';
import { findZnode } from '../../cluster/zookeeper/znodeTree.ts';
import { paths } from '../../cluster/broker/znodes.ts';
import { brokerIn } from '../../cluster/broker/pictureOfBroker.ts';
import type { Broker } from '../../cluster/broker/broker.ts';
import { findPartition } from '../../cluster/broker/broker.ts';
import { GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { lastItem } from '../../kafka/log/chunkedList.ts';
import type { ControlledPartition } from '../../cluster/controller/controller.ts';
import type { World } from '../../kernel/world.ts';
import { deleteController } from './commands.ts';
import type { TorturePlan } from './plan.ts';

/** What is not well yet, in words; null: every partition is led, its ISR full, its replicas equal. */
export function unwell({ processes }: World, { cluster, topics, clients }: TorturePlan): string | null {
  const brokers = new Map<number, Broker>();
  for (const process of processes) {
    const broker = process.status === 'exited' ? null : brokerIn(process);
    if (broker !== null) brokers.set(broker.brokerId, broker);
  }
  for (const id of cluster.brokers) if (brokers.get(id)?.isServing !== true) return `broker ${id} does not serve.`;
  for (const [id, { stopping }] of brokers) if (stopping.step !== 'no') return `broker ${id} is being shut down.`;
  const active = [...brokers.values()].filter(({ controller }) => controller.isActive);
  // A broker that was elected sets its watch on /controller after it has created it. Deleted by hand in between, nobody is told, and nobody
  // stands for election: `KafkaController#maybeResign` resigns when it finds none.
  const isDeletedByHand = clients.some((one) => one.kind === 'administration' && one.command === deleteController);
  if (active.length === 0 && isDeletedByHand) return null;
  if (active.length !== 1) return `${active.length} brokers are active controllers.`;
  const places = topics.flatMap(({ name, partitions }) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
  );
  for (const topic of [GROUP_METADATA_TOPIC_NAME, TRANSACTION_STATE_TOPIC_NAME])
    for (const partition of (active[0]!.metadata.topics.get(topic)?.partitions ?? []).keys())
      places.push({ topic, partition });
  for (const { topic, partition } of places) {
    const known = active[0]!.controller.topics.get(topic)?.partitions[partition];
    if (known === undefined) return `${topic}-${partition} is not known to the controller.`;
    if (isOutOfDate(known, processes, topic, partition)) continue;
    const problem = partitionProblem(brokers, known, topic, partition);
    if (problem !== null) return `${topic}-${partition} ${problem}`;
  }
  return null;
}

/**
 * The controller lost the answer to a write of the partition's state, and knows an older version: it refuses every ISR with
 * INVALID_UPDATE_VERSION until the next election. That is Kafka's own (`KafkaController#tryProcessAlterPartition` reads back only what it wrote).
 */
function isOutOfDate(
  { leadership }: ControlledPartition,
  processes: World['processes'],
  topic: string,
  partition: number,
): boolean {
  const databases = processes.flatMap((process) => {
    const found = process.status === 'exited' ? null : zooKeeperDatabaseIn(process);
    return found === null ? [] : [found.database];
  });
  const [first, ...others] = databases;
  if (first === undefined) return false;
  const newest = others.reduce((best, other) => (other.lastZxid > best.lastZxid ? other : best), first);
  const version = findZnode(newest.tree, paths.partitionState(topic, partition))?.version;
  return leadership !== null && version !== undefined && leadership.partitionEpoch < version;
}

function partitionProblem(
  brokers: ReadonlyMap<number, Broker>,
  { assignment, leadership }: ControlledPartition,
  topic: string,
  partition: number,
): string | null {
  // Assigned ones only. A broker whose session was lost while its replica was moved away is never told to stop it (the controller drops what it
  // had for it, and tells a broker that registers of its own replicas only): it keeps the files, and leads on if it led.
  const hosted = assignment.replicas.flatMap((id) => {
    const found = brokers.has(id) ? findPartition(brokers.get(id)!, topic, partition) : undefined;
    return found === undefined ? [] : [{ id, found }];
  });
  const leaders = hosted.filter(({ found }) => found.role === 'leader');
  if (leaders.length !== 1) return `is led by ${leaders.length} brokers.`;
  const { found: leader } = leaders[0]!;
  const { log, isr, replicas, leaderEpoch } = leader;
  if (log === null) return 'has no log at its leader.';
  // The leader lost the answer to a change of the ISR, and knows an older version than the controller. It hears the newer one with the next
  // leader epoch only (`ReplicaManager#becomeLeaderOrFollower` skips an equal one); until then whatever it asks has an invalid version.
  if (leadership?.leaderEpoch === leaderEpoch && leader.partitionEpoch < leadership.partitionEpoch) return null;
  if (isr.length < replicas.length) return `has the ISR ${isr.join(',')} of replicas ${replicas.join(',')}.`;
  if (log.highWatermark < log.logEndOffset)
    return `has its high watermark at ${log.highWatermark}, its end at ${log.logEndOffset}.`;
  for (const { id, found } of hosted) {
    if (found.log === null || found.leaderEpoch !== leaderEpoch)
      return `is not followed by broker ${id} in leader epoch ${leaderEpoch}.`;
    if (found.log.logEndOffset !== log.logEndOffset)
      return `ends at ${found.log.logEndOffset} on broker ${id}, at ${log.logEndOffset} on its leader.`;
    const [own, last] = [lastItem(found.log.activeSegment.batches), lastItem(log.activeSegment.batches)];
    if (own !== undefined && last !== undefined && own.batch.partitionLeaderEpoch !== last.batch.partitionLeaderEpoch)
      return `ends with another leader epoch on broker ${id} than on its leader.`;
  }
  return null;
}
