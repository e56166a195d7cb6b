/** A producer as views know it. */
import { textOf } from '../../../kafka/bytes.ts';
import { NO_PRODUCER_ID } from '../../../kafka/ids.ts';
import { itemsFrom } from '../../../kafka/log/chunkedList.ts';
import { queuedBatches } from '../../../kafka/producer/recordAccumulator.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import type { ProducerPicture } from '../../picture.ts';
import type { Producer } from './producerState.ts';

export function pictureOfProducer(
  { clientId, settings, transactions, accumulator }: Producer,
  { process, terminal }: { readonly process: ProcessId; readonly terminal: string | null },
): ProducerPicture {
  const waiting: (string | null)[] = [];
  for (const { records } of queuedBatches(accumulator)) {
    for (const { key } of itemsFrom(records)) waiting.push(key === null ? null : textOf(key));
  }
  return {
    process,
    clientId,
    terminal,
    acks: settings.acks === -1 ? 'all' : String(settings.acks),
    isIdempotent: settings.isIdempotent,
    producerId: transactions?.producerId ?? NO_PRODUCER_ID,
    topics: accumulator.topics.map(({ topic }) => topic),
    waiting,
  };
}
