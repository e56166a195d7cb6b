/** Asking to join again, and forgetting a generation that no longer counts (`AbstractCoordinator`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import { logOf } from '../networkClient.ts';
import { type Consumer, type ConsumerTurn, type Generation, NO_GENERATION, withCoordinator } from './consumerState.ts';
import { CONSUMER_COORDINATOR } from './findCoordinator.ts';
import { stepMember } from './memberState.ts';

export function requestRejoin(consumer: Consumer, reason: string, turn: ConsumerTurn): Consumer {
  turn.logs.push(logOf(consumer, 'INFO', `Request joining group due to: ${reason}`, CONSUMER_COORDINATOR));
  return withCoordinator(consumer, { rejoinNeeded: true, rejoinReason: reason });
}

/** The generation is forgotten, with the member id unless it is kept; the next poll joins again. */
export function resetGeneration(
  consumer: Consumer,
  { keepsMemberId, reason }: { readonly keepsMemberId: boolean; readonly reason: string },
  turn: ConsumerTurn,
): Consumer {
  const { coordinator } = consumer;
  if (coordinator === null) return consumer;
  const memberId = keepsMemberId ? coordinator.generation.memberId : '';
  const member = stepMember(coordinator.member, { type: 'GENERATION_RESET' });
  const reset = withCoordinator(consumer, { generation: { ...NO_GENERATION, memberId }, member });
  return requestRejoin(reset, reason, turn);
}
export const resetBy = (api: string, error: ErrorName, isMemberKept: boolean) => ({
  keepsMemberId: isMemberKept,
  reason: `encountered ${error} from ${api} response`,
});

export function isSameGeneration({ coordinator }: Consumer, sent: Generation): boolean {
  const generation = coordinator?.generation;
  return generation?.generationId === sent.generationId && generation.memberId === sent.memberId;
}
