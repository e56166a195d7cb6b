/**
 * A reassignment is complete when the whole target is in sync: until then the replicas that it takes away stay.
 *
 * Follows `KafkaController#onPartitionReassignment` and `#isReassignmentComplete` (3.9.0, KIP-455).
 */
import { decodePartitionState, decodeTopic, paths, type ReplicaAssignment } from '../broker/znodes.ts';
import { findZnode, type ZnodeTree } from '../zookeeper/znodeTree.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import { changedZnodes } from './znodeChanges.ts';

const topicPath = /^\/brokers\/topics\/([^/]+)$/;

export class Reassignments implements Invariant {
  readonly #lastZxid = new Map<string, number>();

  afterEvent({ zooKeepers }: Observation): void {
    for (const { before, after, isServing } of zooKeepers) {
      if (!isServing || before === null || before.tree === after.tree) continue;
      for (const { path, before: old, after: node } of changedZnodes(before.tree, after.tree)) {
        const topic = path.startsWith('/brokers/topics/') ? topicPath.exec(path)?.[1] : undefined;
        if (topic === undefined || old === null || node === null || old.czxid !== node.czxid) continue;
        if (node.mzxid <= (this.#lastZxid.get(path) ?? 0)) continue;
        this.#lastZxid.set(path, node.mzxid);
        // Of a server that was brought up to date at once, what was in between is not seen.
        if (node.version !== old.version + 1) continue;
        const now = decodeTopic(node.data)?.partitions ?? [];
        decodeTopic(old.data)?.partitions.forEach((was, partition) => {
          const assignment = now[partition];
          if (assignment !== undefined && isCompletion(was, assignment))
            isInSync(topic, partition, assignment, after.tree);
        });
      }
    }
  }
}

/** The target is all that is left. When it is given up, the replicas are those from before it. */
function isCompletion({ replicas, adding, removing }: ReplicaAssignment, now: ReplicaAssignment): boolean {
  if (adding.length + removing.length === 0 || now.adding.length + now.removing.length > 0) return false;
  const target = replicas.filter((id) => !removing.includes(id));
  return target.length === now.replicas.length && target.every((id, at) => id === now.replicas[at]);
}

function isInSync(topic: string, partition: number, { replicas }: ReplicaAssignment, tree: ZnodeTree): void {
  const state = decodePartitionState(findZnode(tree, paths.partitionState(topic, partition))?.data ?? null);
  if (state !== null && !replicas.every((id) => state.isr.includes(id)))
    broken(
      `The reassignment of ${topic}-${partition} to ${replicas.join(',')} was completed with the ISR ${state.isr.join(',')}.`,
    );
}
