/** The margin of the group view, from what the view shows. */
import { readSpans, stateSpans } from '../../../views/groups/groupHistory.ts';
import type { GroupNow } from '../../../views/groups/layout.ts';
import type { Story, StoryFact } from '../Margin.tsx';

export type GroupSituation =
  | { readonly kind: 'alone'; readonly name: string }
  | { readonly kind: 'empty'; readonly retentionDays: number }
  | { readonly kind: 'preparing'; readonly waiting: readonly string[]; readonly joined: readonly string[] }
  | { readonly kind: 'completing'; readonly leader: string | null; readonly protocol: string | null }
  /** More members than partitions. */
  | { readonly kind: 'idle'; readonly names: readonly string[]; readonly partitionCount: number }
  | { readonly kind: 'behind'; readonly lag: number; readonly protocol: string | null }
  | { readonly kind: 'upToDate'; readonly protocol: string | null }
  | { readonly kind: 'dead' };

export function groupSituation(
  { group, coordination, partitions, members }: GroupNow,
  nameOf: (member: { readonly terminal: string | null; readonly clientId: string }) => string,
): GroupSituation {
  const there = members.filter(({ isThere }) => isThere);
  const nameById = (memberId: string): string => {
    const found = members.find((one) => one.memberId === memberId);
    return found === undefined ? memberId : nameOf(found);
  };
  if (group.coordinator === null || coordination === null)
    return { kind: 'alone', name: there[0] === undefined ? group.group : nameOf(there[0]) };
  switch (group.state) {
    case 'Empty':
      return { kind: 'empty', retentionDays: Math.round(coordination.retentionMs / 86_400_000) };
    case 'PreparingRebalance':
      return {
        kind: 'preparing',
        waiting: coordination.members.filter(({ awaits }) => awaits === null).map(({ memberId }) => nameById(memberId)),
        joined: coordination.members
          .filter(({ awaits }) => awaits === 'join')
          .map(({ memberId }) => nameById(memberId)),
      };
    case 'CompletingRebalance': {
      const leader = coordination.members.find(({ isLeader }) => isLeader);
      return {
        kind: 'completing',
        leader: leader === undefined ? null : nameById(leader.memberId),
        protocol: group.protocol,
      };
    }
    case 'Dead':
      return { kind: 'dead' };
    default: {
      const idle = coordination.members.filter(({ assignment }) => assignment.length === 0);
      const names = idle.map(({ memberId }) => nameById(memberId));
      if (idle.length > 0) return { kind: 'idle', names, partitionCount: partitions.length };
      const lag = partitions.reduce((sum, one) => sum + (one.lag ?? 0), 0);
      return lag > 0
        ? { kind: 'behind', lag, protocol: group.protocol }
        : { kind: 'upToDate', protocol: group.protocol };
    }
  }
}

export interface GroupStoryWords {
  readonly eyebrow: string;
  readonly title: (situation: GroupSituation) => string;
  readonly paragraphs: (situation: GroupSituation) => readonly string[];
  readonly labels: Readonly<
    Record<
      | 'state'
      | 'generation'
      | 'coordinator'
      | 'offsets'
      | 'leader'
      | 'assignor'
      | 'members'
      | 'lag'
      | 'stop'
      | 'rebalanceDue',
      string
    >
  >;
  readonly broker: (id: number) => string;
  readonly none: string;
  readonly seconds: (ms: number) => string;
  readonly trials: {
    readonly heartbeat: (name: string) => string;
    readonly pause: (name: string, seconds: number) => string;
    readonly resume: (name: string) => string;
    readonly kill: (name: string) => string;
  };
}

export function groupStory(
  now: GroupNow,
  words: GroupStoryWords,
  nameOf: (member: { readonly terminal: string | null; readonly clientId: string }) => string,
): Story {
  const situation = groupSituation(now, nameOf);
  return { title: words.title(situation), paragraphs: words.paragraphs(situation), facts: factsOf(now, words, nameOf) };
}

function factsOf(
  now: GroupNow,
  { labels, broker, none, seconds }: GroupStoryWords,
  nameOf: (member: { readonly terminal: string | null; readonly clientId: string }) => string,
): readonly StoryFact[] {
  const { group, coordination, partitions, members } = now;
  if (coordination === null) return [];
  const leader = members.find(
    ({ memberId }) => coordination.members.find(({ isLeader }) => isLeader)?.memberId === memberId,
  );
  const stopMs = longestStopMs(now);
  const { rebalanceDueAt } = coordination;
  return [
    { label: labels.state, value: group.state },
    { label: labels.generation, value: `${group.generationId}` },
    { label: labels.coordinator, value: group.coordinator === null ? none : broker(group.coordinator) },
    { label: labels.offsets, value: `__consumer_offsets-${coordination.offsetsPartition}`, tone: 'mono' },
    { label: labels.members, value: `${coordination.members.length}` },
    ...(leader === undefined ? [] : [{ label: labels.leader, value: nameOf(leader) }]),
    ...(group.protocol === null ? [] : [{ label: labels.assignor, value: group.protocol }]),
    { label: labels.lag, value: `${partitions.reduce((sum, { lag }) => sum + (lag ?? 0), 0)}` },
    ...(rebalanceDueAt === null
      ? []
      : [{ label: labels.rebalanceDue, value: seconds((rebalanceDueAt - now.nowUs) / 1000) }]),
    ...(stopMs === null ? [] : [{ label: labels.stop, value: seconds(stopMs) }]),
  ];
}

/** Since the last rebalance began; null when there was none, or nobody stopped. */
function longestStopMs({ events, knownSinceUs, nowUs }: GroupNow): number | null {
  const begun = stateSpans(events).findLast(({ state }) => state === 'PreparingRebalance')?.fromUs;
  if (begun === undefined) return null;
  let longest = 0;
  for (const spans of readSpans(events, new Map(), knownSinceUs).values())
    spans.forEach(({ toUs }, index) => {
      if (toUs === null || toUs < begun) return;
      longest = Math.max(longest, (spans[index + 1]?.fromUs ?? nowUs) - toUs);
    });
  return longest === 0 ? null : longest / 1000;
}
