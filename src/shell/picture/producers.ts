/** The producers that run, and what waits in them: kafka-console-producer and the tools that make up records. */
import type { Producer } from '../../cluster/client/producer/producerState.ts';
import type { ProducerPicture } from '../../cluster/picture.ts';
import { textOf } from '../../kafka/bytes.ts';
import { toArray } from '../../kafka/log/chunkedList.ts';
import type { Process } from '../../kernel/process.ts';
import { consoleProducerIn } from '../kafkaTools/consoleProducer.ts';
import { producerIn } from '../kafkaTools/producing.ts';

/** So many records are shown; the rest only count. */
const mostRecords = 100;

export function producerPictures(processes: readonly Process[]): readonly ProducerPicture[] {
  return processes.flatMap((process) => {
    if (process.status === 'exited') return [];
    const seen = producerOf(process);
    if (seen === null) return [];
    const { producer, topics } = seen;
    return [
      {
        process: process.id,
        clientId: producer.clientId,
        terminal: process.terminal,
        acks: producer.settings.acks === -1 ? 'all' : `${producer.settings.acks}`,
        isIdempotent: producer.settings.isIdempotent,
        producerId: producer.transactions?.producerId ?? -1,
        topics,
        waiting: waitingRecords(producer),
      },
    ];
  });
}

/** It is drawn as one, and not as a tool. */
export const isProducing = (process: Process): boolean => producerOf(process) !== null;

function producerOf(process: Process): { readonly producer: Producer; readonly topics: readonly string[] } | null {
  if (process.program === 'kafka-console-producer') {
    const console = consoleProducerIn(process.snapshot);
    return console === null ? null : { producer: console.producer, topics: [console.topic] };
  }
  const producer = producerIn(process);
  return producer === null ? null : { producer, topics: producer.accumulator.topics.map(({ topic }) => topic) };
}

function waitingRecords({ accumulator }: Producer): ProducerPicture['waiting'] {
  const batches = accumulator.topics.flatMap(({ queues }) => queues.flatMap(({ batches: queued }) => queued));
  return batches
    .flatMap(({ records }) =>
      toArray(records).map(({ key, timestamp }) => ({
        key: key === null ? null : textOf(key),
        timestampMs: timestamp,
      })),
    )
    .slice(0, mostRecords);
}
