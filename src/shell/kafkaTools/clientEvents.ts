/** Which events of a tool's process are its clients' affair: those of the network, and their timers. */
import type { ClientEvent } from '../../cluster/client/clientStep.ts';
import type { Delivered } from '../../kernel/events.ts';

const types = new Set([
  'LISTENING',
  'ADDRESS_IN_USE',
  'CONNECTED',
  'CONNECTION_REFUSED',
  'ACCEPTED',
  'MESSAGE',
  'DISCONNECTED',
  'CLIENT_TIMER',
]);

export function isClientEvent(event: { readonly type: string }): event is Delivered<ClientEvent> {
  return types.has(event.type);
}
