/** Messages under way as a picture shows them, read from what waits in the kernel's queue. */
import { isInternalTopic } from '../kafka/internalTopics.ts';
import { textOf } from '../kafka/bytes.ts';
import type { RecordBatch } from '../kafka/record/recordBatch.ts';
import type { Message } from '../kernel/events.ts';
import { ownerOfEnd } from '../kernel/network.ts';
import type { Pending, World } from '../kernel/world.ts';
import type { FlightPicture } from './picture.ts';
import type { KafkaMessage } from './protocol/kafka/kafkaMessage.ts';
import { isKafkaMessage } from './protocol/kafka/kafkaMessage.ts';

type Records = FlightPicture['records'];
type SegmentPending = Extract<Pending, { kind: 'segment' }>;
type MessageSegment = Extract<SegmentPending['segment'], { kind: 'message' }>;

/** What goes on whether or not anybody asks anything of the cluster. */
const routine: ReadonlySet<string> = new Set(['Heartbeat', 'Fetch', 'ping', 'Ping', 'ApiVersions']);
/** A message carries at most so many records into the picture; the rest only count. */
const mostRecords = 50;

const pictures = new WeakMap<Message, Pick<FlightPicture, 'api' | 'isResponse' | 'isFaint' | 'records'>>();

export function flightsOf({ queue }: World): readonly FlightPicture[] {
  const flights: FlightPicture[] = [];
  for (const entry of queue.entries())
    if (entry.kind === 'segment' && entry.segment.kind === 'message') flights.push(flightOf(entry, entry.segment));
  return flights.sort((a, b) => a.fact - b.fact);
}

function flightOf({ from, toProcess, leftAt, at }: SegmentPending, { message, fact }: MessageSegment): FlightPicture {
  return { fact, from: ownerOfEnd(from), to: toProcess, sentAt: leftAt, dueAt: at, ...describeMessage(message) };
}

/** What a message is to a picture; the same message gives the same object. */
export function describeMessage(message: Message): Pick<FlightPicture, 'api' | 'isResponse' | 'isFaint' | 'records'> {
  let picture = pictures.get(message);
  if (picture === undefined) {
    const kafka = isKafkaMessage(message) ? message : null;
    const records = kafka === null ? [] : recordsOf(kafka);
    picture = {
      api: message.name,
      isResponse: kafka?.kind === 'response',
      isFaint: records.length === 0 && routine.has(message.name),
      records,
    };
    pictures.set(message, picture);
  }
  return picture;
}

function recordsOf(message: KafkaMessage): Records {
  const records: Records[number][] = [];
  const add = (topic: string, partition: number, batch: RecordBatch, hasOffsets: boolean): void => {
    if (batch.isControl || isInternalTopic(topic)) return;
    for (const { key, value, offset, timestamp } of batch.records.slice(0, mostRecords - records.length)) {
      records.push({
        topic,
        partition,
        key: key === null ? null : textOf(key),
        value: value === null ? null : textOf(value),
        offset: hasOffsets ? offset : null,
        timestampMs: timestamp,
      });
    }
  };
  if (message.api === 'Produce' && message.kind === 'request') {
    for (const { name, partitionData } of message.body.topicData)
      for (const { index, records: batch } of partitionData) add(name, index, batch, false);
  } else if (message.api === 'Fetch' && message.kind === 'response') {
    for (const { topic, partitions } of message.body.responses) {
      for (const { partitionIndex, records: batches } of partitions)
        for (const batch of batches) add(topic, partitionIndex, batch, true);
    }
  }
  return records;
}
