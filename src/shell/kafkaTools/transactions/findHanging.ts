/**
 * `kafka-transactions find-hanging`: transactions open for so long that their coordinator must have ended them, of which it knows nothing.
 *
 * Follows `TransactionsCommand.FindHangingTransactionsCommand` (3.9.0, KIP-664).
 */
import type { ResultOf } from '../../../cluster/client/admin/adminMethods.ts';
import { simpleName } from '../../../cluster/client/javaException.ts';
import type { BrokerId, ProducerId } from '../../../kafka/ids.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { ParsedArgs } from '../argParser.ts';
import { hashed, partitionName } from '../consumerGroups/partitions.ts';
import type { Script } from '../script.ts';
import { admin, currentTimeMs } from '../script.ts';
import { Ending, table, valueOr } from './results.ts';

type ProducerState = Extract<
  ResultOf<'describeProducers'>[number]['outcome'],
  { readonly outcome: 'succeeded' }
>['value'][number];
interface OpenTransaction {
  readonly place: TopicPartition;
  readonly producer: ProducerState;
}

const MINUTE_MS = 60_000;

export function* findHanging(args: ParsedArgs): Script<void> {
  const broker = args.valueOf('--broker-id');
  const topic = args.valueOf('--topic');
  const partition = args.valueOf('--partition');
  if (topic === undefined && broker === undefined) {
    throw new Ending(
      'The `find-hanging` command requires either --topic or --broker-id to limit the scope of the search',
    );
  }
  if (partition !== undefined && topic === undefined) {
    throw new Ending('The --partition argument requires --topic to be provided');
  }
  const brokerId = broker === undefined ? null : (Number(broker) as BrokerId);
  const places =
    topic !== undefined && partition !== undefined
      ? [{ topic, partition: Number(partition) }]
      : yield* partitionsOf(topic === undefined ? yield* allTopics() : [topic], brokerId);
  const longerThanMs = Number(args.valueOf('--max-transaction-timeout')) * MINUTE_MS;
  const candidates = yield* openTransactions(places, brokerId, longerThanMs);
  yield* print(candidates.length === 0 ? [] : yield* unknownToCoordinators(candidates));
}

function* allTopics(): Script<readonly string[]> {
  const answer = yield* admin('listTopics', { listInternal: true });
  return valueOr(answer, 'Failed to list topics').map(({ name }) => name);
}

function* partitionsOf(topics: readonly string[], brokerId: BrokerId | null): Script<readonly TopicPartition[]> {
  if (topics.length === 0) return [];
  const described = yield* admin('describeTopics', { topics });
  return described.flatMap(({ topic, outcome }) =>
    valueOr(outcome, `Failed to describe ${topics.length} topics`)
      .partitions.filter(({ replicas }) => brokerId === null || replicas.some(({ id }) => id === brokerId))
      .map(({ partition }) => ({ topic, partition })),
  );
}

function* openTransactions(
  partitions: readonly TopicPartition[],
  brokerId: BrokerId | null,
  longerThanMs: number,
): Script<readonly OpenTransaction[]> {
  if (partitions.length === 0) return [];
  const answers = yield* admin('describeProducers', { partitions, ...(brokerId === null ? {} : { brokerId }) });
  const nowMs = yield* currentTimeMs();
  const where = brokerId === null ? 'Optional.empty' : `Optional[${brokerId}]`;
  const failure = `Failed to describe producers for ${partitions.length} partitions on broker ${where}`;
  return hashed(answers).flatMap(({ topic, partition, outcome }) =>
    valueOr(outcome, failure)
      .filter(
        ({ currentTransactionStartOffset, lastTimestamp }) =>
          currentTransactionStartOffset !== null && nowMs - lastTimestamp > longerThanMs,
      )
      .map((producer) => ({ place: { topic, partition }, producer })),
  );
}

/** Their coordinators know no such id, or no such partition in its transaction: nobody will write a marker. */
function* unknownToCoordinators(open: readonly OpenTransaction[]): Script<readonly OpenTransaction[]> {
  const producerIds = [...new Set(open.map(({ producer }) => producer.producerId))].sort((a, b) => a - b);
  const listed = yield* admin('listTransactions', { producerIds });
  const transactionalIds = new Map<ProducerId, string>();
  for (const { transactions } of valueOr(listed, `Failed to list transactions for ${producerIds.length} producers`))
    for (const { producerId, transactionalId } of transactions) transactionalIds.set(producerId, transactionalId);
  const expected = yield* partitionsInTransactions([...transactionalIds.values()]);
  return producerIds.flatMap((producerId) => {
    const known = expected.get(transactionalIds.get(producerId) ?? '') ?? new Set();
    return open.filter((one) => one.producer.producerId === producerId && !known.has(partitionName(one.place)));
  });
}

function* partitionsInTransactions(
  transactionalIds: readonly string[],
): Script<ReadonlyMap<string, ReadonlySet<string>>> {
  const partitions = new Map<string, ReadonlySet<string>>();
  if (transactionalIds.length === 0) return partitions;
  const described = yield* admin('describeTransactions', { transactionalIds });
  for (const { transactionalId, outcome } of described) {
    if (outcome.outcome === 'failed' && simpleName(outcome.exception) === 'TransactionalIdNotFoundException') continue;
    const { topicPartitions } = valueOr(outcome, `Failed to describe ${transactionalIds.length} transactions`);
    partitions.set(transactionalId, new Set(topicPartitions.map(partitionName)));
  }
  return partitions;
}

const headers = [
  'Topic',
  'Partition',
  'ProducerId',
  'ProducerEpoch',
  'CoordinatorEpoch',
  'StartOffset',
  'LastTimestamp',
  'Duration(min)',
];

function* print(hanging: readonly OpenTransaction[]): Script<void> {
  const nowMs = yield* currentTimeMs();
  const rows = hanging.map(({ place, producer }) => [
    place.topic,
    place.partition,
    producer.producerId,
    producer.producerEpoch,
    producer.coordinatorEpoch ?? -1,
    producer.currentTransactionStartOffset ?? -1,
    producer.lastTimestamp,
    Math.floor((nowMs - producer.lastTimestamp) / MINUTE_MS),
  ]);
  yield* table(headers, rows);
}
