/**
 * A producer's settings, checked together: idempotence has its conditions, and time-outs must fit.
 *
 * Follows `ProducerConfig#postProcessAndValidateIdempotenceConfigs` and `KafkaProducer#configureDeliveryTimeout` (3.9.0).
 */
import { producerConfig } from '../../../kafka/config/producerConfig.ts';
import { type Settings, settingBoolean } from '../../../kafka/config/settings.ts';
import { commonConfigOf, type CommonClientConfig, numberSetting, wrongSetting } from '../clientConfig.ts';
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
  readonly adaptivePartitioning: boolean;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}

export type ReadProducerSettings =
  | { readonly outcome: 'valid'; readonly settings: ProducerSettings; readonly logs: readonly ClientLog[] }
  | { readonly outcome: 'invalid'; readonly exception: JavaException; readonly logs: readonly ClientLog[] };

/** `clientNumber`: for `producer-1`, the first producer of its process without a client id. */
export function readProducerSettings(given: Settings, clientNumber: number): ReadProducerSettings {
  const logs: ClientLog[] = [];
  const invalid = (exception: JavaException): ReadProducerSettings => ({ outcome: 'invalid', exception, logs });
  // The tools give serializers as classes; a value that is bytes needs none here.
  const complete = { 'key.serializer': BYTES, 'value.serializer': BYTES, ...given };
  const wrong = wrongSetting(producerConfig, complete);
  if (wrong !== null) return invalid(wrong);
  const number = (name: keyof typeof producerConfig & string) => numberSetting(producerConfig, given, name);
  const acks = acksOf(given['acks'] ?? 'all');
  const idempotence = idempotenceOf(given, acks, number('retries'), number(IN_FLIGHT));
  if (idempotence.exception !== null) return invalid(idempotence.exception);
  for (const { level, text } of idempotence.notes) logs.push({ level, text, class: PRODUCER_CONFIG });
  const transactionalId = given['transactional.id'] ?? null;
  if (!idempotence.isOn && transactionalId !== null) {
    return invalid(configException('Cannot set a transactional.id without also enabling idempotence.'));
  }
  const deliveryTimeoutMs = deliveryTimeoutOf(given, number('linger.ms'), number('request.timeout.ms'));
  if (deliveryTimeoutMs === null) {
    const message = 'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms';
    return invalid(kafkaException('Failed to construct kafka producer', configException(message)));
  }
  const clientId = given['client.id'] ?? `producer-${transactionalId ?? clientNumber}`;
  const transactional = transactionalId === null ? '' : `, transactionalId=${transactionalId}`;
  const settings: ProducerSettings = {
    common: commonConfigOf(producerConfig, given),
    clientId,
    logPrefix: `[Producer clientId=${clientId}${transactional}] `,
    acks,
    retries: number('retries'),
    maxInFlight: number(IN_FLIGHT),
    batchSize: number('batch.size'),
    lingerMs: Math.min(number('linger.ms'), 2147483647),
    bufferMemory: number('buffer.memory'),
    maxRequestSize: number('max.request.size'),
    deliveryTimeoutMs,
    maxBlockMs: number('max.block.ms'),
    metadataMaxIdleMs: number('metadata.max.idle.ms'),
    isIdempotent: idempotence.isOn,
    ignoresKeys: settingBoolean(producerConfig, given, 'partitioner.ignore.keys'),
    adaptivePartitioning: settingBoolean(producerConfig, given, 'partitioner.adaptive.partitioning.enable'),
    transactionalId,
    transactionTimeoutMs: number('transaction.timeout.ms'),
  };
  return { outcome: 'valid', settings, logs };
}

const BYTES = 'org.apache.kafka.common.serialization.ByteArraySerializer';
const IN_FLIGHT = 'max.in.flight.requests.per.connection';
const PRODUCER_CONFIG = 'org.apache.kafka.clients.producer.ProducerConfig';

function acksOf(text: string): 0 | 1 | -1 {
  return text === '0' ? 0 : text === '1' ? 1 : -1;
}

interface Idempotence {
  readonly isOn: boolean;
  readonly exception: JavaException | null;
  readonly notes: readonly { readonly level: 'INFO' | 'WARN'; readonly text: string }[];
}

/** On by default where it can be; asked for where it cannot be, it is an error. */
function idempotenceOf(given: Settings, acks: number, retries: number, inFlight: number): Idempotence {
  const isAskedFor = given['enable.idempotence'] !== undefined;
  if (!settingBoolean(producerConfig, given, 'enable.idempotence')) return { isOn: false, exception: null, notes: [] };
  const obstacles = [
    {
      stands: retries === 0,
      error: 'Must set retries to non-zero when using the idempotent producer.',
      level: 'INFO',
      note: 'Idempotence will be disabled because retries is set to 0.',
    },
    {
      stands: acks !== -1,
      error: 'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
      level: 'INFO',
      note: `Idempotence will be disabled because acks is set to ${acks}, not set to 'all'.`,
    },
    {
      stands: inFlight > 5,
      error: `Must set ${IN_FLIGHT} to at most 5 to use the idempotent producer.`,
      level: 'WARN',
      note: `Idempotence will be disabled because ${IN_FLIGHT} is set to ${inFlight}, which is greater than 5. Please note that in v4.0.0 and onward, this will become an error.`,
    },
  ] as const;
  const standing = obstacles.filter(({ stands }) => stands);
  const [first] = standing;
  if (first !== undefined && isAskedFor) return { isOn: false, exception: configException(first.error), notes: [] };
  const notes = standing.map(({ level, note }) => ({ level, text: note }));
  return { isOn: standing.length === 0, exception: null, notes };
}

/** Raised to fit by default; null where a given one does not. */
function deliveryTimeoutOf(given: Settings, lingerMs: number, requestTimeoutMs: number): number | null {
  const timeoutMs = numberSetting(producerConfig, given, 'delivery.timeout.ms');
  const least = Math.min(lingerMs + requestTimeoutMs, 2147483647);
  if (timeoutMs >= least) return timeoutMs;
  return given['delivery.timeout.ms'] === undefined ? least : null;
}
