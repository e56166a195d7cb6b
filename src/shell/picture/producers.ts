/** The console producers that run, and what waits in them. */
import type { Producer } from '../../cluster/client/producer/producerState.ts';
import type { ProducerPicture } from '../../cluster/picture.ts';
import { textOf } from '../../kafka/bytes.ts';
import { toArray } from '../../kafka/log/chunkedList.ts';
import type { Process } from '../../kernel/process.ts';
import { consoleProducerIn } from '../kafkaTools/consoleProducer.ts';

/** So many keys are shown; the rest only count. */
const mostKeys = 100;

export function producerPictures(processes: readonly Process[]): readonly ProducerPicture[] {
  return processes.flatMap((process) => {
    if (process.program !== 'kafka-console-producer' || process.status === 'exited') return [];
    const console = consoleProducerIn(process.snapshot);
    if (console === null) return [];
    const { producer, topic } = console;
    return [
      {
        process: process.id,
        clientId: producer.clientId,
        terminal: process.terminal,
        acks: producer.settings.acks === -1 ? 'all' : `${producer.settings.acks}`,
        isIdempotent: producer.settings.isIdempotent,
        producerId: producer.transactions?.producerId ?? -1,
        topics: [topic],
        waiting: waitingKeys(producer),
      },
    ];
  });
}

function waitingKeys({ accumulator }: Producer): readonly (string | null)[] {
  const batches = accumulator.topics.flatMap(({ queues }) => queues.flatMap(({ batches: queued }) => queued));
  return batches
    .flatMap(({ records }) => toArray(records).map(({ key }) => (key === null ? null : textOf(key))))
    .slice(0, mostKeys);
}
