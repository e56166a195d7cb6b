/**
 * A group as its coordinator keeps it: members in the order of the Scala hash map, who leads, which generation, what is committed.
 * A value: changes make another.
 *
 * Follows `kafka.coordinator.group.GroupMetadata` and `MemberMetadata` (3.9.0).
 */
import type { Bytes } from '../../kafka/bytes.ts';
import { EMPTY_BYTES } from '../../kafka/bytes.ts';
import type { GroupMembers } from '../../kafka/group/groupMembership.ts';
import { addMember, memberList, noMembers, removeMember, selectProtocol } from '../../kafka/group/groupMembership.ts';
import { javaStringHash } from '../../kafka/javaHash.ts';
import { decodeSubscription } from '../client/consumer/consumerProtocol.ts';
import { scalaGet, scalaPut, scalaRemove } from '../../kafka/scalaHashMap.ts';
import type { Socket } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { GroupOffsets } from './groupOffsets.ts';
import { noOffsets } from './groupOffsets.ts';
import type { GroupState } from './groupState.ts';

/** Where an answer goes, now or later. */
export interface RequestTag {
  readonly socket: Socket;
  readonly correlationId: number;
}

export interface GroupProtocol {
  readonly name: string;
  readonly metadata: Bytes;
}

export interface Member {
  readonly memberId: string;
  /** Null: a dynamic member. */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  /** `/127.0.0.1`. */
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** Preferred first. */
  readonly protocols: readonly GroupProtocol[];
  readonly assignment: Bytes;
  /** Its JoinGroup waits for the others. */
  readonly awaitingJoin: RequestTag | null;
  /** Its SyncGroup waits for the leader's. */
  readonly awaitingSync: RequestTag | null;
  /** Waits for its first generation: it cannot send heartbeats yet, and expires all the same. */
  readonly isNew: boolean;
  /** When it is given up unless it is heard; null while nobody waits for it. */
  readonly expiresAt: VirtualTimeUs | null;
  /** When its timer is due: never after `expiresAt`; a member that was heard meanwhile moves it on only then. */
  readonly timerAt: VirtualTimeUs | null;
}

/** What a group that prepares waits with; after Empty it waits for newcomers, whatever the members. */
export type DelayedJoin =
  | { readonly kind: 'join' }
  | { readonly kind: 'initial'; readonly delayMs: number; readonly remainingMs: number };

export interface Group {
  readonly groupId: string;
  /** Tells a group from an earlier one of the same name, which an append under way may be about. */
  readonly incarnation: number;
  readonly state: GroupState;
  /** When the state was entered, in milliseconds since 1970. */
  readonly stateTimestampMs: number;
  readonly generationId: number;
  /** `consumer`, `connect`; null for a group that only stores offsets. */
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly members: GroupMembers<Member>;
  /** group.instance.id → member id. */
  readonly staticMembers: ReadonlyMap<string, string>;
  /** Were given an id, and have not joined with it yet. */
  readonly pendingMembers: ReadonlySet<string>;
  /** Have not sent SyncGroup in this generation. */
  readonly pendingSyncMembers: ReadonlySet<string>;
  /** Somebody came during the initial delay: it may be prolonged. */
  readonly newMemberAdded: boolean;
  /** Null: unknown. */
  readonly subscribedTopics: ReadonlySet<string> | null;
  readonly delayedJoin: DelayedJoin | null;
  readonly offsets: GroupOffsets;
}

export const newGroup = (groupId: string, incarnation: number, nowMs: number): Group => ({
  groupId,
  incarnation,
  state: 'Empty',
  stateTimestampMs: nowMs,
  generationId: 0,
  protocolType: null,
  protocolName: null,
  members: noMembers(),
  staticMembers: new Map(),
  pendingMembers: new Set(),
  pendingSyncMembers: new Set(),
  newMemberAdded: false,
  subscribedTopics: null,
  delayedJoin: null,
  offsets: noOffsets,
});

export type NewMember = Omit<
  Member,
  'assignment' | 'awaitingJoin' | 'awaitingSync' | 'isNew' | 'expiresAt' | 'timerAt'
>;
export const newMember = (member: NewMember, awaitingJoin: RequestTag | null): Member => ({
  ...member,
  assignment: EMPTY_BYTES,
  awaitingJoin,
  awaitingSync: null,
  isNew: true,
  expiresAt: null,
  timerAt: null,
});

/** In the coordinator's order. */
export const membersOf = (group: Group): readonly Member[] => memberList(group.members).map(({ member }) => member);
export const memberOf = (group: Group, memberId: string): Member | undefined => scalaGet(group.members.byId, memberId);
export const isLeader = (group: Group, memberId: string): boolean => group.members.leaderId === memberId;

/** The first member leads and says the type of the group. */
export function withMember(group: Group, member: Member, protocolType: string): Group {
  const isFirst = group.members.byId.entries.length === 0;
  return {
    ...group,
    protocolType: isFirst ? protocolType : group.protocolType,
    members: addMember(group.members, member.memberId, member),
    staticMembers:
      member.groupInstanceId === null
        ? group.staticMembers
        : new Map(group.staticMembers).set(member.groupInstanceId, member.memberId),
    pendingMembers: without(group.pendingMembers, member.memberId),
  };
}

/** Replaces what is known of a member, in place. */
export const updateMember = (group: Group, member: Member): Group => ({
  ...group,
  members: { ...group.members, byId: scalaPut(group.members.byId, member.memberId, member, javaStringHash) },
});

/** The member goes, pending or not; the head of the map leads when the leader goes. */
export function withoutMember(group: Group, memberId: string): Group {
  const instance = memberOf(group, memberId)?.groupInstanceId ?? null;
  const staticMembers = new Map(group.staticMembers);
  if (instance !== null) staticMembers.delete(instance);
  return {
    ...group,
    members: removeMember(group.members, memberId),
    staticMembers: instance === null ? group.staticMembers : staticMembers,
    pendingMembers: without(group.pendingMembers, memberId),
    pendingSyncMembers: without(group.pendingSyncMembers, memberId),
  };
}

/** A static member is back under another id and keeps all that it had, leadership included. */
export function replaceStaticMember(group: Group, instanceId: string, oldId: string, newId: string): Group {
  const member = memberOf(group, oldId);
  if (member === undefined) throw new Error(`Group ${group.groupId} has no member ${oldId} to replace.`);
  const renamed: Member = { ...member, memberId: newId, awaitingJoin: null, awaitingSync: null, timerAt: null };
  const byId = scalaPut(scalaRemove(group.members.byId, oldId), newId, renamed, javaStringHash);
  return {
    ...group,
    members: { leaderId: group.members.leaderId === oldId ? newId : group.members.leaderId, byId },
    staticMembers: new Map(group.staticMembers).set(instanceId, newId),
  };
}

/** A leader that has not joined gives way to a member that has; `isElected` false: there is none, or nobody has joined. */
export function electJoinedLeader(group: Group): { readonly group: Group; readonly isElected: boolean } {
  const { leaderId } = group.members;
  if (leaderId === null) return { group, isElected: false };
  if (memberOf(group, leaderId)?.awaitingJoin != null) return { group, isElected: true };
  const joined = membersOf(group).find(({ awaitingJoin }) => awaitingJoin !== null);
  if (joined === undefined) return { group, isElected: false };
  return { group: { ...group, members: { ...group.members, leaderId: joined.memberId } }, isElected: true };
}

export const hasAllMembersJoined = (group: Group): boolean =>
  group.pendingMembers.size === 0 && membersOf(group).every(({ awaitingJoin }) => awaitingJoin !== null);

/** The longest of its members, in milliseconds. */
export const rebalanceTimeoutMs = (group: Group): number =>
  membersOf(group).reduce((longest, member) => Math.max(longest, member.rebalanceTimeoutMs), 0);

/** Some protocol of the newcomer is one of every member. */
export function supportsProtocols(group: Group, protocolType: string, protocols: readonly GroupProtocol[]): boolean {
  if (group.state === 'Empty') return protocolType !== '' && protocols.length > 0;
  if (group.protocolType !== protocolType) return false;
  const members = membersOf(group);
  return protocols.some(({ name }) => members.every((member) => member.protocols.some((one) => one.name === name)));
}

export const selectedProtocol = (group: Group): string | null =>
  selectProtocol(membersOf(group).map(({ protocols }) => protocols.map(({ name }) => name)));

export const metadataFor = (member: Member, protocolName: string | null): Bytes =>
  member.protocols.find(({ name }) => name === protocolName)?.metadata ?? EMPTY_BYTES;

export const isSameProtocols = (a: readonly GroupProtocol[], b: readonly GroupProtocol[]): boolean =>
  a.length === b.length && a.every(({ name, metadata }, i) => name === b[i]?.name && metadata === b[i].metadata);

/** Generation + 1 with the protocol voted for; state aside. */
export function nextGeneration(group: Group): Group {
  const protocolName = group.members.byId.entries.length === 0 ? null : selectedProtocol(group);
  const next = { ...group, generationId: group.generationId + 1, protocolName, pendingSyncMembers: new Set<string>() };
  return { ...next, subscribedTopics: subscribedTopicsOf(next) };
}

/**
 * Topics that a group of consumers is subscribed to: offsets of those do not expire, and are not deleted by hand. Null when they cannot be
 * known: another kind of group, no protocol yet, metadata that cannot be read.
 */
export function subscribedTopicsOf(group: Group): ReadonlySet<string> | null {
  if (group.protocolType !== 'consumer') return null;
  const members = membersOf(group);
  if (members.length === 0) return new Set();
  const topics = new Set<string>();
  for (const member of members) {
    const metadata = metadataFor(member, group.protocolName);
    if (metadata.length < 6) return null;
    for (const topic of decodeSubscription(metadata).topics) topics.add(topic);
  }
  return topics;
}

export function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  if (!set.has(item)) return set;
  const rest = new Set(set);
  rest.delete(item);
  return rest;
}
