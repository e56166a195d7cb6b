/**
 * Who has been left behind is not heard: a coordinator accepts nothing of an older generation of a group, and tells a member whose
 * `group.instance.id` another has taken that it is fenced. What counts is what the coordinator knew when the request left: no message is
 * earlier than that.
 *
 * Follows `GroupCoordinator#validateCurrentMember` (3.9.0) and KIP-345.
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { Group } from '../coordinator/group.ts';
import type { KafkaRequest, KafkaResponse } from '../protocol/kafka/kafkaMessage.ts';
import type { World } from '../../kernel/world.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';

interface Claim {
  readonly groupId: string;
  /** −1: none. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
/** Of a claim that was out of date when it left. */
interface Stale extends Claim {
  /** The group as its coordinator has loaded it: after another loading nothing is known. */
  readonly incarnation: number;
  /** The generation that had followed already; null: its own is the latest. */
  readonly laterGeneration: number | null;
  /** Who had the group.instance.id; null: itself, or nobody. */
  readonly holder: string | null;
}

export class StaleMembers implements Invariant {
  /** By request. */
  readonly #stale = new Map<KafkaRequest, Stale>();

  afterEvent({ requests, exchanges, world }: Observation): void {
    for (const { server, request } of requests) {
      const claim = claimOf(request);
      const group = claim === null ? undefined : groupAt(world, server, claim.groupId);
      if (claim === null || group === undefined) continue;
      const stale = staleIn(group, claim);
      if (stale !== null) this.#stale.set(request, stale);
    }
    if (this.#stale.size > 0) for (const exchange of exchanges) this.#answered(exchange, world);
  }

  #answered({ stage, server, request, response }: Exchange, world: World): void {
    const stale = this.#stale.get(request);
    if (stale === undefined || stage !== 'answered') return;
    this.#stale.delete(request);
    const { groupId, memberId, groupInstanceId, generationId, laterGeneration, holder, incarnation } = stale;
    const group = groupAt(world, server, groupId);
    if (group?.incarnation !== incarnation) return;
    const errors = errorsOf(response);
    const what = `${request.api} of member ${memberId} of group ${groupId}`;
    if (laterGeneration !== null && errors.includes('NONE'))
      broken(`The ${what} in generation ${generationId} was accepted, after generation ${laterGeneration} had begun.`);
    const isFenced = holder !== null && groupInstanceId !== null && group.staticMembers.get(groupInstanceId) === holder;
    const wrong = errors.find((error) => isOfMembers.has(error));
    if (isFenced && wrong !== undefined)
      broken(
        `The ${what} was answered ${wrong}: ${holder} has its group.instance.id ${groupInstanceId}, it is fenced.`,
      );
  }
}

/** Answers of a coordinator that has looked at the member. */
const isOfMembers: ReadonlySet<ErrorName> = new Set([
  'NONE',
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
]);

function groupAt({ processes }: World, server: ProcessId, groupId: string): Group | undefined {
  const process = processes[server];
  return process === undefined ? undefined : brokerIn(process)?.groups?.groups.get(groupId);
}

function claimOf(request: KafkaRequest): Claim | null {
  switch (request.api) {
    case 'Heartbeat':
    case 'SyncGroup':
    case 'TxnOffsetCommit':
      return request.body;
    case 'OffsetCommit':
      return { ...request.body, generationId: request.body.generationIdOrMemberEpoch };
    default:
      return null;
  }
}

function staleIn({ generationId, staticMembers, incarnation }: Group, claim: Claim): Stale | null {
  const laterGeneration = claim.generationId >= 0 && claim.generationId < generationId ? generationId : null;
  const known = claim.groupInstanceId === null ? undefined : staticMembers.get(claim.groupInstanceId);
  const holder = known === undefined || known === claim.memberId ? null : known;
  return laterGeneration === null && holder === null ? null : { ...claim, incarnation, laterGeneration, holder };
}

function errorsOf(response: KafkaResponse): readonly ErrorName[] {
  switch (response.api) {
    case 'Heartbeat':
    case 'SyncGroup':
      return [response.body.errorCode];
    case 'OffsetCommit':
    case 'TxnOffsetCommit':
      return response.body.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    default:
      return [];
  }
}
