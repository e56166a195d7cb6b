/**
 * A member of a group that is not heard of is given up: once its session timeout is over, its coordinator removes it, so that others get
 * its partitions. One whose JoinGroup or SyncGroup waits for an answer is not expected to be heard.
 *
 * Follows `GroupCoordinator#onExpireHeartbeat` (3.9.0).
 */
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms } from '../../kernel/time.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { Group, Member } from '../coordinator/group.ts';
import { membersOf } from '../coordinator/group.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { NowAndThen } from './nowAndThen.ts';
import type { Observation } from './observation.ts';

interface Silence {
  /** As its coordinator has it: another object once it was heard. */
  readonly member: Member;
  readonly since: VirtualTimeUs;
}

export class MemberSessions implements Invariant {
  readonly #looks = new NowAndThen();
  /** By coordinator that runs and member id. */
  readonly #silences = new Map<ProcessId, ReadonlyMap<string, Silence>>();

  afterEvent({ world }: Observation): void {
    if (!this.#looks.isDue()) return;
    for (const process of world.processes) {
      const groups = process.status === 'running' ? brokerIn(process)?.groups?.groups : undefined;
      if (groups === undefined) {
        this.#silences.delete(process.id);
        continue;
      }
      const known = this.#silences.get(process.id);
      const silences = new Map<string, Silence>();
      for (const group of groups.values())
        for (const silence of silencesIn(group, known, world.now)) silences.set(silence.member.memberId, silence);
      this.#silences.set(process.id, silences);
    }
  }
}

function silencesIn(
  group: Group,
  known: ReadonlyMap<string, Silence> | undefined,
  now: VirtualTimeUs,
): readonly Silence[] {
  return membersOf(group).flatMap((member) => {
    const { memberId, sessionTimeoutMs } = member;
    if (member.awaitingJoin !== null || member.awaitingSync !== null) return [];
    const before = known?.get(memberId);
    const since = before?.member === member ? before.since : now;
    if (now > later(since, ms(sessionTimeoutMs + graceMs)))
      broken(
        `Member ${memberId} of group ${group.groupId}, with a session timeout of ${sessionTimeoutMs} ms, has been silent for ${sessionTimeoutMs + graceMs} ms and is a member still.`,
      );
    return [{ member, since }];
  });
}

/** A timer that was made to come first holds up the others so long. */
const graceMs = 6000;
