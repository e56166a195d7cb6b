/** AlterPartitionReassignments and ListPartitionReassignments (`KafkaApis`, 3.9.0, KIP-455). */
import { listReassignments, reassignPartitions } from '../../controller/reassignment.ts';
import { type Call, respond } from '../requestChannel.ts';
import type { Turn } from '../turn.ts';

export function handleAlterPartitionReassignments(turn: Turn, call: Call<'AlterPartitionReassignments'>): void {
  const asked = call.body.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, replicas }) => ({ topic: name, partition: partitionIndex, replicas })),
  );
  reassignPartitions(turn, asked, (later, results) => {
    if (results === 'NOT_CONTROLLER')
      return respond(later, call, { errorCode: 'NOT_CONTROLLER', errorMessage: null, responses: [] });
    respond(later, call, {
      errorCode: 'NONE',
      errorMessage: null,
      responses: call.body.topics.map(({ name }) => ({
        name,
        partitions: results
          .filter(({ key }) => key.topic === name)
          .map(({ key, errorCode, errorMessage }) => ({ partitionIndex: key.partition, errorCode, errorMessage })),
      })),
    });
  });
}

export function handleListPartitionReassignments(turn: Turn, call: Call<'ListPartitionReassignments'>): void {
  const keys =
    call.body.topics?.flatMap(({ name, partitionIndexes }) =>
      partitionIndexes.map((partition) => ({ topic: name, partition })),
    ) ?? null;
  listReassignments(turn, keys, (later, open) => {
    if (open === null) return respond(later, call, { errorCode: 'NOT_CONTROLLER', errorMessage: null, topics: [] });
    const names = [...new Set(open.map(({ key }) => key.topic))];
    respond(later, call, {
      errorCode: 'NONE',
      errorMessage: null,
      topics: names.map((name) => ({
        name,
        partitions: open
          .filter(({ key }) => key.topic === name)
          .map(({ key, assignment }) => ({
            partitionIndex: key.partition,
            replicas: assignment.replicas,
            addingReplicas: assignment.adding,
            removingReplicas: assignment.removing,
          })),
      })),
    });
  });
}
