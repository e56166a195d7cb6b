/**
 * A producer's settings, read once, and the lines that its configuration logs.
 *
 * Follows `org.apache.kafka.clients.producer.ProducerConfig` (3.9.0).
 */
import { producerConfig } from '../../../kafka/config/producerConfig.ts';
import { readProducerSettings } from '../../../kafka/config/producerSettings.ts';
import { type Settings, settingBoolean } from '../../../kafka/config/settings.ts';
import { commonConfigOf, type CommonClientConfig, numberSetting } from '../clientConfig.ts';
import type { ClientLog } from '../clientStep.ts';
import { configException, type JavaException, kafkaException } from '../javaException.ts';

export interface ProducerSettings {
  readonly common: CommonClientConfig;
  readonly clientId: string;
  readonly logPrefix: string;
  readonly acks: 0 | 1 | -1;
  readonly retries: number;
  readonly maxInFlight: number;
  readonly batchSize: number;
  readonly lingerMs: number;
  readonly bufferMemory: number;
  readonly maxRequestSize: number;
  readonly deliveryTimeoutMs: number;
  readonly maxBlockMs: number;
  readonly metadataMaxIdleMs: number;
  readonly isIdempotent: boolean;
  readonly ignoresKeys: boolean;
  /** Partitions take turns, whatever the key (`RoundRobinPartitioner`). */
  readonly isRoundRobin: boolean;
  readonly adaptivePartitioning: boolean;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}

export type ReadProducerSettings =
  | { readonly outcome: 'valid'; readonly settings: ProducerSettings; readonly logs: readonly ClientLog[] }
  | { readonly outcome: 'invalid'; readonly exception: JavaException; readonly logs: readonly ClientLog[] };

/** `clientNumber`: for `producer-1`, the first producer of its process without a client id. */
export function readProducerOptions(given: Settings, clientNumber: number): ReadProducerSettings {
  // The tools give serializers as classes; a value that is bytes needs none here.
  const read = readProducerSettings({ 'key.serializer': BYTES, 'value.serializer': BYTES, ...given });
  if (read.outcome === 'invalid') {
    const exception = configException(read.problem.message);
    // What only the constructor's body finds comes wrapped.
    const isLate = read.problem.message.startsWith('delivery.timeout.ms should');
    return {
      outcome: 'invalid',
      exception: isLate ? kafkaException('Failed to construct kafka producer', exception) : exception,
      logs: read.problem.message.startsWith('Cannot set a transactional.id') ? reasonsAgainst(given) : [],
    };
  }
  const { acks, isIdempotent, deliveryTimeoutMs } = read.settings;
  const number = (name: keyof typeof producerConfig) => numberSetting(producerConfig, given, name);
  const transactionalId = given['transactional.id'] ?? null;
  const clientId = given['client.id'] ?? `producer-${transactionalId ?? clientNumber}`;
  const transactional = transactionalId === null ? '' : `, transactionalId=${transactionalId}`;
  const settings: ProducerSettings = {
    common: commonConfigOf(producerConfig, given),
    clientId,
    logPrefix: `[Producer clientId=${clientId}${transactional}] `,
    acks: acks === 0 || acks === 1 ? acks : -1,
    retries: number('retries'),
    maxInFlight: number(IN_FLIGHT),
    batchSize: number('batch.size'),
    lingerMs: Math.min(number('linger.ms'), 2147483647),
    bufferMemory: number('buffer.memory'),
    maxRequestSize: number('max.request.size'),
    deliveryTimeoutMs,
    maxBlockMs: number('max.block.ms'),
    metadataMaxIdleMs: number('metadata.max.idle.ms'),
    isIdempotent,
    ignoresKeys: settingBoolean(producerConfig, given, 'partitioner.ignore.keys'),
    isRoundRobin: given['partitioner.class']?.trim() === ROUND_ROBIN,
    adaptivePartitioning: settingBoolean(producerConfig, given, 'partitioner.adaptive.partitioning.enable'),
    transactionalId,
    transactionTimeoutMs: number('transaction.timeout.ms'),
  };
  return { outcome: 'valid', settings, logs: isIdempotent ? [] : reasonsAgainst(given) };
}

/** Why idempotence, on by default, is off; nothing where it was not wanted. */
function reasonsAgainst(given: Settings): readonly ClientLog[] {
  if (!settingBoolean(producerConfig, given, 'enable.idempotence')) return [];
  const retries = numberSetting(producerConfig, given, 'retries');
  const maxInFlight = numberSetting(producerConfig, given, IN_FLIGHT);
  const asked = given['acks'] ?? 'all';
  const acks = asked.toLowerCase() === 'all' ? '-1' : asked;
  const logs: ClientLog[] = [];
  const note = (level: 'INFO' | 'WARN', why: string) =>
    logs.push({ level, text: `Idempotence will be disabled because ${why}`, class: PRODUCER_CONFIG });
  if (retries === 0) note('INFO', 'retries is set to 0.');
  if (acks !== '-1') note('INFO', `acks is set to ${acks}, not set to 'all'.`);
  if (maxInFlight > 5) {
    note(
      'WARN',
      `${IN_FLIGHT} is set to ${maxInFlight}, which is greater than 5. Please note that in v4.0.0 and onward, this will become an error.`,
    );
  }
  return logs;
}

const ROUND_ROBIN = 'org.apache.kafka.clients.producer.RoundRobinPartitioner';
const BYTES = 'org.apache.kafka.common.serialization.ByteArraySerializer';
const IN_FLIGHT = 'max.in.flight.requests.per.connection';
const PRODUCER_CONFIG = 'org.apache.kafka.clients.producer.ProducerConfig';
