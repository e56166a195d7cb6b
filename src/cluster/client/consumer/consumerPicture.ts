/** A consumer as views know it. */
import type { ProcessId } from '../../../kernel/events.ts';
import type { ConsumerPicture } from '../../picture.ts';
import type { Consumer } from './consumerState.ts';
import { byTopicThenPartition } from './consumerProtocol.ts';
import { memberStateName } from './memberState.ts';
import { isAutoAssigned } from './subscriptionState.ts';

export function pictureOfConsumer(
  { clientId, coordinator, subscription }: Consumer,
  { process, terminal }: { readonly process: ProcessId; readonly terminal: string | null },
): ConsumerPicture {
  const memberId = coordinator?.generation.memberId ?? '';
  return {
    process,
    clientId,
    memberId: memberId === '' ? null : memberId,
    terminal,
    memberState: coordinator === null || !isAutoAssigned(subscription) ? null : memberStateName(coordinator.member),
    partitions: [...subscription.partitions]
      .sort(byTopicThenPartition)
      .map(({ topic, partition, position, committed, highWatermark }) => ({
        topic,
        partition,
        position: position?.offset ?? null,
        committed,
        lag: position === null || highWatermark === null ? null : Math.max(0, highWatermark - position.offset),
      })),
  };
}
