/**
 * The members of a consumer group as its coordinator keeps them: their order, who leads, and which assignor is voted for.
 *
 * Follows `kafka.coordinator.group.GroupMetadata` (3.9.0): a Scala mutable hash map by member id. Its order is the one in which the leader
 * receives the members, and its head leads when the leader goes.
 */
import { javaStringHash } from '../javaHash.ts';
import { emptyScalaMap, type ScalaMutableMap, scalaPut, scalaRemove, scalaTrieOrder } from '../scalaHashMap.ts';

export interface GroupMembers<M> {
  readonly leaderId: string | null;
  readonly byId: ScalaMutableMap<M>;
}

export function noMembers<M>(): GroupMembers<M> {
  return { leaderId: null, byId: emptyScalaMap() };
}

/** The first member leads. A known id is replaced in place. */
export function addMember<M>({ leaderId, byId }: GroupMembers<M>, memberId: string, member: M): GroupMembers<M> {
  return { leaderId: leaderId ?? memberId, byId: scalaPut(byId, memberId, member, javaStringHash) };
}

export function removeMember<M>({ leaderId, byId }: GroupMembers<M>, memberId: string): GroupMembers<M> {
  const left = scalaRemove(byId, memberId);
  return { leaderId: leaderId === memberId ? (left.entries[0]?.key ?? null) : leaderId, byId: left };
}

/** In the coordinator's order. */
export function memberList<M>({ byId }: GroupMembers<M>): readonly { readonly memberId: string; readonly member: M }[] {
  return byId.entries.map(({ key, value }) => ({ memberId: key, member: value }));
}

/** Each member votes for its first protocol that all support; null without members, or without a common protocol. */
export function selectProtocol(memberProtocols: readonly (readonly string[])[]): string | null {
  const votes = new Map<string, number>();
  for (const protocols of memberProtocols) {
    const vote = protocols.find((protocol) => memberProtocols.every((others) => others.includes(protocol)));
    if (vote === undefined) return null;
    votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  // On a tie the first in the order of the map of votes wins.
  const candidates = scalaTrieOrder([...votes.keys()], javaStringHash);
  return candidates.reduce<string | null>(
    (best, protocol) => (best === null || votes.get(protocol)! > votes.get(best)! ? protocol : best),
    null,
  );
}
