/**
 * `kafka-transactions abort`: writes an abort marker at the leader of one partition. The coordinator is not told.
 *
 * Follows `TransactionsCommand.AbortTransactionCommand` (3.9.0, KIP-664).
 */
import type { ArgsOf } from '../../../cluster/client/admin/adminMethods.ts';
import type { ProducerEpoch, ProducerId } from '../../../kafka/ids.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { ParsedArgs } from '../argParser.ts';
import { partitionName } from '../consumerGroups/partitions.ts';
import type { Script } from '../script.ts';
import { admin } from '../script.ts';
import { Ending, valueOr } from './results.ts';

type AbortSpec = ArgsOf<'abortTransaction'>;

export function* abortTransaction(args: ParsedArgs): Script<void> {
  const place = { topic: args.valueOf('--topic') ?? '', partition: Number(args.valueOf('--partition')) };
  const startOffset = args.valueOf('--start-offset');
  const spec = startOffset === undefined ? specOfOlderBrokers(args, place) : yield* specAt(place, Number(startOffset));
  const answer = yield* admin('abortTransaction', spec);
  valueOr(answer, `Failed to abort transaction ${printSpec(spec)}`);
}

function specOfOlderBrokers(args: ParsedArgs, place: TopicPartition): AbortSpec {
  const producerId = args.valueOf('--producer-id');
  if (producerId === undefined) {
    throw new Ending(
      'The transaction to abort must be identified either with --start-offset (for brokers on 3.0 or above) or with ' +
        '--producer-id, --producer-epoch, and --coordinator-epoch (for older brokers)',
    );
  }
  const [producerEpoch, coordinatorEpoch] = ['--producer-epoch', '--coordinator-epoch'].map((flag) => {
    const value = args.valueOf(flag);
    if (value === undefined) throw new Ending(`Missing required argument ${flag}`);
    return Number(value);
  });
  return {
    ...place,
    producerId: Number(producerId) as ProducerId,
    producerEpoch: producerEpoch as ProducerEpoch,
    // −1 before the first marker: 0 is not above any leader epoch.
    coordinatorEpoch: Math.max(0, coordinatorEpoch!),
  };
}

function* specAt(place: TopicPartition, startOffset: number): Script<AbortSpec> {
  const [answer] = yield* admin('describeProducers', { partitions: [place] });
  const producers = valueOr(answer!.outcome, `Failed to validate producer state for partition ${partitionName(place)}`);
  const found = producers.find(({ currentTransactionStartOffset }) => currentTransactionStartOffset === startOffset);
  if (found === undefined) {
    throw new Ending(
      `Could not find any open transactions starting at offset ${startOffset} on partition ${partitionName(place)}`,
    );
  }
  const { producerId, producerEpoch, coordinatorEpoch } = found;
  return { ...place, producerId, producerEpoch, coordinatorEpoch: coordinatorEpoch ?? 0 };
}

const printSpec = ({ producerId, producerEpoch, coordinatorEpoch, ...place }: AbortSpec): string =>
  `AbortTransactionSpec(topicPartition=${partitionName(place)}, producerId=${producerId}, producerEpoch=${producerEpoch}, ` +
  `coordinatorEpoch=${coordinatorEpoch})`;
