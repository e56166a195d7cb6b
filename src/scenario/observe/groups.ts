/** A consumer group, as its coordinator knows it. */
import type { Broker } from '../../cluster/broker/broker.ts';
import type { Json } from '../masks.ts';

export function observeGroup(_asked: Broker, _brokers: readonly Broker[], _group: string): Json {
  return { error: 'CoordinatorNotAvailableException' };
}
