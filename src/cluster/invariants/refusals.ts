/**
 * Requests that no client of ours sends, since each gives up in time what it has lost: a coordinator refuses them all the same. It is asked
 * as it stands, and nothing comes of it: once in every generation that commits, what an older generation and a stranger are answered.
 *
 * Follows `GroupCoordinator#validateCurrentMember`, `doHeartbeat`, `doSyncGroup`, `doCommitOffsets` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import type { Socket } from '../../kernel/events.ts';
import type { World } from '../../kernel/world.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { GroupCoordinator } from '../coordinator/coordinatorTurn.ts';
import { memberOf } from '../coordinator/group.ts';
import { handleGroupRequest } from '../coordinator/groupCoordinator.ts';
import type { HeartbeatRequest, OffsetCommitRequest, SyncGroupRequest } from '../protocol/kafka/groups.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Exchange, Observation } from './observation.ts';

export class Refusals implements Invariant {
  /** By group, the last generation asked about, at which coordinator. */
  readonly #asked = new Map<string, string>();

  afterEvent({ exchanges, world }: Observation): void {
    for (const exchange of exchanges) this.#committed(exchange, world);
  }

  #committed({ stage, server, request, response }: Exchange, world: World): void {
    if (stage !== 'answered' || request.api !== 'OffsetCommit' || response.api !== 'OffsetCommit') return;
    const { groupId, memberId, generationIdOrMemberEpoch: generationId } = request.body;
    const place = `${server} ${generationId}`;
    if (generationId < 0 || this.#asked.get(groupId) === place) return;
    const coordinator = brokerIn(world.processes[server]!)?.groups ?? null;
    const group = coordinator?.groups.get(groupId);
    if (coordinator === null || group?.state !== 'Stable' || group.generationId !== generationId) return;
    if (memberOf(group, memberId) === undefined) return;
    this.#asked.set(groupId, place);
    refusesOthers(coordinator, request.body, world);
  }
}

type AskedRequest =
  | { readonly api: 'Heartbeat'; readonly body: HeartbeatRequest }
  | { readonly api: 'SyncGroup'; readonly body: SyncGroupRequest }
  | { readonly api: 'OffsetCommit'; readonly body: OffsetCommitRequest };

function refusesOthers(coordinator: GroupCoordinator, commit: OffsetCommitRequest, world: World): void {
  const { groupId, memberId, groupInstanceId, generationIdOrMemberEpoch: generationId } = commit;
  const at = { now: world.now, clock: world.now };
  const isRefused = (request: AskedRequest, expected: ErrorName, whose: string): void => {
    const outcome = handleGroupRequest(
      coordinator,
      { ...request, to: { socket: 0 as Socket, correlationId: 0 }, clientId: '', clientHost: '' },
      { at, isKnownPartition: () => true },
    );
    const answers = outcome.replies.flatMap(({ api, body }) =>
      api === 'Heartbeat' || api === 'SyncGroup'
        ? [body.errorCode]
        : api === 'OffsetCommit'
          ? body.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
          : [],
    );
    if (outcome.appends.length > 0 || answers.length === 0 || answers.some((error) => error !== expected))
      broken(
        `The coordinator of group ${groupId} in generation ${generationId} would answer ${request.api} ${whose} with ${answers[0] ?? 'no error'} instead of ${expected}.`,
      );
  };
  const older = { groupId, memberId, groupInstanceId, generationId: generationId - 1 };
  const stranger = { groupId, memberId: 'stranger', groupInstanceId: null, generationId };
  for (const [claim, expected, whose] of [
    [older, 'ILLEGAL_GENERATION', `of its generation ${older.generationId}`],
    [stranger, 'UNKNOWN_MEMBER_ID', 'of a stranger'],
  ] as const) {
    isRefused({ api: 'Heartbeat', body: claim }, expected, whose);
    isRefused(
      { api: 'SyncGroup', body: { ...claim, protocolType: null, protocolName: null, assignments: [] } },
      expected,
      whose,
    );
    const { memberId: as, groupInstanceId: instance, generationId: generationIdOrMemberEpoch } = claim;
    const body = { ...commit, memberId: as, groupInstanceId: instance, generationIdOrMemberEpoch };
    isRefused({ api: 'OffsetCommit', body }, expected, whose);
  }
}
