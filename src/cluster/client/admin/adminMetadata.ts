/**
 * What an admin client knows of the brokers, and when it asks again: only nodes and the controller, never topics.
 *
 * Follows `org.apache.kafka.clients.admin.internals.AdminMetadataManager` (3.9.0).
 */
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { MetadataResponse } from '../../protocol/kafka/metadata.ts';
import { bootstrapCluster, type Cluster, nodeById, nodesOf } from '../cluster.ts';
import type { Node } from '../node.ts';

export interface AdminMetadata {
  readonly state: 'QUIESCENT' | 'UPDATE_REQUESTED' | 'UPDATE_PENDING';
  readonly cluster: Cluster;
  readonly refreshBackoffUs: number;
  readonly expireUs: number;
  /** Null: never. */
  readonly lastUpdateAt: VirtualTimeUs | null;
  readonly lastAttemptAt: VirtualTimeUs | null;
}

export function createAdminMetadata(
  nodes: readonly Node[],
  { refreshBackoffUs, expireUs }: { readonly refreshBackoffUs: number; readonly expireUs: number },
): AdminMetadata {
  return {
    state: 'QUIESCENT',
    cluster: bootstrapCluster(nodes),
    refreshBackoffUs,
    expireUs,
    lastUpdateAt: null,
    lastAttemptAt: null,
  };
}

/** Brokers are known. */
export function isMetadataReady({ cluster }: AdminMetadata): boolean {
  return !cluster.isBootstrap && cluster.nodes.length > 0;
}

export function requestUpdate(metadata: AdminMetadata): AdminMetadata {
  return metadata.state === 'QUIESCENT' ? { ...metadata, state: 'UPDATE_REQUESTED' } : metadata;
}

/** A broker said that it is not the controller. */
export function clearController(metadata: AdminMetadata): AdminMetadata {
  return { ...metadata, cluster: { ...metadata.cluster, controller: null } };
}

/** When the next question is due; null while one is under way. */
export function nextFetchAt({
  state,
  lastUpdateAt,
  lastAttemptAt,
  refreshBackoffUs,
  expireUs,
}: AdminMetadata): VirtualTimeUs | null {
  const afterAttempt = lastAttemptAt === null ? 0 : lastAttemptAt + refreshBackoffUs;
  const expiry = lastUpdateAt === null ? 0 : lastUpdateAt + expireUs;
  switch (state) {
    case 'QUIESCENT':
      return Math.max(afterAttempt, expiry) as VirtualTimeUs;
    case 'UPDATE_REQUESTED':
      return afterAttempt as VirtualTimeUs;
    case 'UPDATE_PENDING':
      return null;
  }
}

export function updateFailed(metadata: AdminMetadata): AdminMetadata {
  return { ...metadata, state: 'QUIESCENT' };
}

export function updated(metadata: AdminMetadata, answer: MetadataResponse, now: VirtualTimeUs): AdminMetadata {
  const nodes = nodesOf(answer.brokers);
  const cluster: Cluster = {
    clusterId: answer.clusterId,
    nodes,
    controller: null,
    topics: new Map(),
    isBootstrap: false,
  };
  const known =
    nodes.length > 0 ? { ...cluster, controller: nodeById(cluster, answer.controllerId) } : metadata.cluster;
  return { ...metadata, state: 'QUIESCENT', cluster: known, lastUpdateAt: now };
}
