/**
 * Kafka's admin client as a value: it queues calls, finds out which broker each must go to, retries, gives up at its deadline.
 *
 * Follows `org.apache.kafka.clients.admin.KafkaAdminClient` (3.9.0).
 */
import type { Delivered } from '../../../kernel/events.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { ClientEvent, ClientInit, ClientStep, Created } from '../clientStep.ts';
import type { AdminCall, AdminResult } from './adminMethods.ts';

/** The client's state, to be kept and handed back. */
export interface AdminClient {
  readonly slot: number;
}

/** `results`: calls that this step completed, each once. */
export interface AdminStep extends ClientStep<AdminClient> {
  readonly results: readonly AdminResult[];
}

/** `Admin.create`: KafkaException `Failed to create new KafkaAdminClient` with its cause when settings are wrong. */
export declare function createAdminClient(init: ClientInit): Created<AdminClient>;
/** Starts a call; its result comes with this or a later step. */
export declare function callAdmin(admin: AdminClient, call: AdminCall, now: VirtualTimeUs): AdminStep;
/** Every network event and CLIENT_TIMER of the process; what is not this client's changes nothing. */
export declare function handleAdmin(admin: AdminClient, event: Delivered<ClientEvent>): AdminStep;
/** `Admin.close()` when no call is left: connections and timer go. */
export declare function closeAdmin(admin: AdminClient, now: VirtualTimeUs): AdminStep;
