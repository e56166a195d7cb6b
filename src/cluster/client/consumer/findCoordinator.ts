/**
 * The coordinator of the consumer's group: found through any broker, forgotten when it does not answer.
 *
 * Follows `AbstractCoordinator#ensureCoordinatorReady`, `lookupCoordinator`, `markCoordinatorUnknown` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import { question } from '../admin/adminDefinition.ts';
import { exceptionOf, isRetriable, kafkaException } from '../javaException.ts';
import { isUpdateRequested, nextRefreshAt, requestUpdate } from '../metadata.ts';
import { type ClientResponse, disconnect, leastLoadedNode, logOf, makeReady } from '../networkClient.ts';
import { coordinatorConnection, nodeText } from '../node.ts';
import {
  type Consumer,
  type ConsumerTag,
  type ConsumerTurn,
  metadataOf,
  withCoordinator,
  withMetadata,
} from './consumerState.ts';
import { enqueueRequest, isUnavailable } from './unsent.ts';

export const CONSUMER_COORDINATOR = 'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator';

export function retryBackoffUs({ settings }: Consumer): number {
  return ms(settings.common['retry.backoff.ms']);
}

/** The coordinator when it is known and can be reached; forgets one that cannot. */
export function checkCoordinator(consumer: Consumer, turn: ConsumerTurn): Consumer {
  const node = consumer.coordinator?.node ?? null;
  if (node === null || !isUnavailable(consumer, node, turn.now)) return consumer;
  return markCoordinatorUnknown(consumer, turn, { isDisconnected: true });
}

export function isCoordinatorKnown({ coordinator }: Consumer): boolean {
  return coordinator !== null && coordinator.node !== null;
}

/** Asks for the coordinator unless it is known, asked for already, or it is too soon. */
export function lookUpCoordinator(before: Consumer, turn: ConsumerTurn): Consumer {
  const { coordinator } = before;
  if (coordinator === null || coordinator.node !== null || coordinator.isFinding) return before;
  if (coordinator.findNotBefore > turn.now) return before;
  const [node, network] = leastLoadedNode(before.network, metadataOf(before).cluster.nodes, turn.now);
  const consumer = { ...before, network };
  if (node === null) return awaitMetadata(consumer, turn);
  const { groupId } = coordinator;
  const asked = question('FindCoordinator', { keyType: 'GROUP', coordinatorKeys: [groupId] });
  return withCoordinator(enqueueRequest(consumer, node, asked, { kind: 'findCoordinator' }, turn), { isFinding: true });
}

/** A failed lookup is repeated after the next metadata answer (`awaitMetadataUpdate`). */
function awaitMetadata(consumer: Consumer, turn: ConsumerTurn): Consumer {
  const metadata = requestUpdate(metadataOf(consumer));
  const refreshAt = nextRefreshAt(metadata);
  const soonest = (turn.now + retryBackoffUs(consumer)) as VirtualTimeUs;
  const findNotBefore = isUpdateRequested(metadata) && refreshAt > soonest ? refreshAt : soonest;
  return withCoordinator(withMetadata(consumer, metadata), { findNotBefore, isFinding: false });
}

export function afterFindCoordinator(
  before: Consumer,
  { answer }: ClientResponse<ConsumerTag>,
  turn: ConsumerTurn,
): Consumer {
  const consumer = withCoordinator(before, { isFinding: false });
  const found = answer?.api === 'FindCoordinator' ? answer.body.coordinators[0] : undefined;
  if (found === undefined) return awaitMetadata(consumer, turn);
  const { errorCode, nodeId, host, port } = found;
  if (errorCode !== 'NONE') {
    const exception = exceptionOf(errorCode, found.errorMessage);
    if (!isRetriable(exception)) turn.failures.push(exception);
    return awaitMetadata(consumer, turn);
  }
  const node = coordinatorConnection({ id: nodeId, host, port, rack: null });
  turn.logs.push(logOf(consumer, 'INFO', `Discovered group coordinator ${nodeText(node)}`, CONSUMER_COORDINATOR));
  const sessionExpiresAt = (turn.now + ms(consumer.settings.sessionTimeoutMs)) as VirtualTimeUs;
  const connected = { ...consumer, network: makeReady(consumer.network, node, turn) };
  return withCoordinator(connected, { node, sessionExpiresAt });
}

/** Requests under way to it fail. */
export function markCoordinatorUnknown(
  before: Consumer,
  turn: ConsumerTurn,
  { isDisconnected }: { readonly isDisconnected: boolean },
): Consumer {
  const { coordinator } = before;
  if (coordinator === null) return before;
  const { node } = coordinator;
  if (node === null) {
    const unknownMs = Math.floor((turn.now - coordinator.unknownSince) / 1000);
    if (unknownMs > before.settings.maxPollIntervalMs) {
      const text = `Consumer has been disconnected from the group coordinator for ${unknownMs}ms`;
      turn.logs.push(logOf(before, 'WARN', text, CONSUMER_COORDINATOR));
    }
    return before;
  }
  const text = `Group coordinator ${nodeText(node)} is unavailable or invalid due to cause: coordinator unavailable. isDisconnected: ${isDisconnected}. Rediscovery will be attempted.`;
  turn.logs.push(logOf(before, 'INFO', text, CONSUMER_COORDINATOR));
  const network = isDisconnected ? before.network : disconnect(before.network, node.id, turn);
  return withCoordinator({ ...before, network }, { node: null, unknownSince: turn.now });
}

/** Errors by which a broker says that it is not the coordinator. */
export function isCoordinatorGone(error: ErrorName): boolean {
  return error === 'COORDINATOR_NOT_AVAILABLE' || error === 'NOT_COORDINATOR';
}

/** What an answer with an error that nobody expects is thrown as. */
export function unexpected(what: string, error: ErrorName) {
  return kafkaException(`Unexpected error ${what}: ${exceptionOf(error).message ?? ''}`);
}
