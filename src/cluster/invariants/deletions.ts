/**
 * A topic that is gone has left nothing behind: its znodes go when every broker of its replicas has deleted them. One that is dead is waited
 * for, or it would come back with the records of a topic that another may have replaced.
 *
 * Follows `TopicDeletionManager#resumeDeletions` (3.9.0).
 */
import type { World } from '../../kernel/world.ts';
import { findPartition } from '../broker/broker.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import { decodeTopic } from '../broker/znodes.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import { changedZnodes } from './znodeChanges.ts';

const topicPath = /^\/brokers\/topics\/([^/]+)$/;

export class Deletions implements Invariant {
  readonly #deleted = new Set<string>();

  afterEvent({ zooKeepers, world }: Observation): void {
    for (const { before, after, isServing } of zooKeepers) {
      if (!isServing || before === null || before.tree === after.tree) continue;
      for (const { path, before: node, after: next } of changedZnodes(before.tree, after.tree)) {
        const topic = path.startsWith('/brokers/topics/') ? topicPath.exec(path)?.[1] : undefined;
        // Another topic under its name, at a server that was brought up to date at once: it has long been looked at.
        if (topic === undefined || node === null || next !== null) continue;
        const assignment = decodeTopic(node.data);
        if (assignment === null || this.#deleted.has(assignment.topicId)) continue;
        this.#deleted.add(assignment.topicId);
        assignment.partitions.forEach(({ replicas }, partition) => {
          for (const id of replicas) isGone(topic, partition, { id, topicId: assignment.topicId }, world);
        });
      }
    }
  }
}

/** As the broker had it when it was last seen: one whose directory has failed since then knows nothing of it, and says that it is gone. */
function isGone(
  topic: string,
  partition: number,
  { id, topicId }: { readonly id: number; readonly topicId: string },
  { processes }: World,
): void {
  const last = processes.map(brokerIn).findLast((broker) => broker?.brokerId === id);
  const hosted = last == null ? undefined : findPartition(last, topic, partition);
  if (hosted !== undefined && hosted.topicId === topicId && hosted.log !== null)
    broken(`Topic ${topic} was deleted, and broker ${id} has ${topic}-${partition} still.`);
}
