/**
 * What a producer makes of its settings together: idempotence may be switched off by others, or be at odds with them.
 *
 * Follows `ProducerConfig#postProcessAndValidateIdempotenceConfigs` and `KafkaProducer#configureDeliveryTimeout` (3.9.0).
 */
import { producerConfig } from './producerConfig.ts';
import {
  checkSettings,
  type ConfigProblem,
  settingBoolean,
  settingNumber,
  settingText,
  type Settings,
} from './settings.ts';

const MAX_IN_FLIGHT_WITH_IDEMPOTENCE = 5;
const INT_MAX = 0x7fff_ffff;

export interface ProducerSettings {
  /** −1 for all. */
  readonly acks: number;
  readonly isIdempotent: boolean;
  readonly deliveryTimeoutMs: number;
}

export type ProducerSettingsResult =
  | { readonly outcome: 'valid'; readonly settings: ProducerSettings }
  | { readonly outcome: 'invalid'; readonly problem: ConfigProblem };

export function readProducerSettings(given: Settings): ProducerSettingsResult {
  const problem = checkSettings(producerConfig, given);
  if (problem !== null) return { outcome: 'invalid', problem };
  const acksText = settingText(producerConfig, given, 'acks') ?? 'all';
  const acks = acksText.toLowerCase() === 'all' ? -1 : Number(acksText);
  const obstacle = settingBoolean(producerConfig, given, 'enable.idempotence')
    ? idempotenceObstacle(given, acks)
    : null;
  if (obstacle !== null && given['enable.idempotence'] !== undefined) return atOdds(obstacle);
  const isIdempotent = settingBoolean(producerConfig, given, 'enable.idempotence') && obstacle === null;
  if (!isIdempotent && given['transactional.id'] !== undefined) {
    return atOdds('Cannot set a transactional.id without also enabling idempotence.');
  }
  const leastMs = Math.min(
    settingNumber(producerConfig, given, 'linger.ms') + settingNumber(producerConfig, given, 'request.timeout.ms'),
    INT_MAX,
  );
  const deliveryTimeoutMs = settingNumber(producerConfig, given, 'delivery.timeout.ms');
  if (deliveryTimeoutMs < leastMs && given['delivery.timeout.ms'] !== undefined) {
    return atOdds('delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms');
  }
  return {
    outcome: 'valid',
    settings: { acks, isIdempotent, deliveryTimeoutMs: Math.max(deliveryTimeoutMs, leastMs) },
  };
}

/** Asked for explicitly, idempotence fails on it; by default it is given up without a word. */
function idempotenceObstacle(given: Settings, acks: number): string | null {
  if (settingNumber(producerConfig, given, 'retries') === 0) {
    return 'Must set retries to non-zero when using the idempotent producer.';
  }
  if (acks !== -1) {
    return 'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.';
  }
  if (settingNumber(producerConfig, given, 'max.in.flight.requests.per.connection') > MAX_IN_FLIGHT_WITH_IDEMPOTENCE) {
    return 'Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.';
  }
  return null;
}

function atOdds(message: string): ProducerSettingsResult {
  return { outcome: 'invalid', problem: { exception: 'ConfigException', name: null, message } };
}
