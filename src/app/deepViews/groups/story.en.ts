/** The margin of the group view in English. */
import type { GroupSituation, GroupStoryWords } from './story.ts';

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function title(situation: GroupSituation): string {
  switch (situation.kind) {
    case 'alone':
      return 'Outside any group';
    case 'empty':
      return 'Nobody reads';
    case 'preparing':
      return 'The group gathers';
    case 'completing':
      return 'The leader assigns';
    case 'idle':
      return situation.names.length === 1 ? 'A member without partition' : 'Members without partition';
    case 'behind':
      return 'There is more to read';
    case 'upToDate':
      return 'All is read';
    case 'dead':
      return 'The group is removed';
  }
}

const howAssigned = (protocol: string | null): string =>
  protocol === 'cooperative-sticky'
    ? 'With cooperative-sticky, a member gives up only what has to change hands: the rest is read without a stop.'
    : `With ${protocol ?? 'this assignor'}, each gives up everything before it receives its new part.`;

function paragraphs(situation: GroupSituation): readonly string[] {
  switch (situation.kind) {
    case 'alone':
      return [`${situation.name} has no coordinator at this instant: not in its group yet, or a reader without group.`];
    case 'empty':
      return [
        'The group has no member any more. Its committed offsets stay in __consumer_offsets.',
        `They are kept for ${situation.retentionDays} days (offsets.retention.minutes): a reader that comes back goes on from there.`,
      ];
    case 'preparing':
      return [
        situation.waiting.length === 0
          ? 'The coordinator waits for members that want to join.'
          : `The coordinator waits for the JoinGroup of ${list(situation.waiting)}. It tells them in the answer to their next heartbeat.`,
        situation.joined.length === 0
          ? 'At the first member of an empty group it waits 3\u00a0s for others to come (group.initial.rebalance.delay.ms).'
          : `${list(situation.joined)} ${situation.joined.length === 1 ? 'waits' : 'wait'} for the new generation already.`,
      ];
    case 'completing':
      return [
        `All have joined. ${situation.leader ?? 'The leader of the group'}, leader of the group, works out the assignment and sends it in its SyncGroup.`,
        'The coordinator assigns nothing: it keeps the result and hands it out.',
      ];
    case 'idle':
      return [
        `A partition is read by one member of the group only. For ${situation.partitionCount} ${situation.partitionCount === 1 ? 'partition' : 'partitions'}, ${list(situation.names)} ${situation.names.length === 1 ? 'stays' : 'stay'} in reserve.`,
        'If a member goes, the reserve takes its part.',
      ];
    case 'behind':
      return [
        `The lag is the distance from the committed offset to the HW: ${situation.lag} ${situation.lag === 1 ? 'record' : 'records'} in all.`,
        `A reader commits what it has read every 5\u00a0s (auto.commit.interval.ms). ${howAssigned(situation.protocol)}`,
      ];
    case 'upToDate':
      return [
        'Each partition has a member that reads it, and its committed offset is at the end.',
        howAssigned(situation.protocol),
      ];
    case 'dead':
      return ['The coordinator has removed this group, or given it to another broker.'];
  }
}

export const groupStoryEn: GroupStoryWords = {
  eyebrow: 'Consumer groups',
  title,
  paragraphs,
  labels: {
    state: 'State',
    generation: 'Generation',
    coordinator: 'Coordinator',
    offsets: 'Offsets kept in',
    leader: 'Leader of the group',
    assignor: 'Assignor',
    members: 'Members',
    lag: 'Lag, in all',
    stop: 'Longest stop in reading',
    rebalanceDue: 'Time left to join',
  },
  broker: (id) => `broker ${id}`,
  none: 'none',
  seconds: (ms) =>
    ms > 0 && ms < 100 ? `${Math.round(ms)}\u00a0ms` : `${(Math.max(0, Math.round(ms / 100)) / 10).toFixed(1)}\u00a0s`,
  trials: {
    heartbeat: (name) => `One step: the next heartbeat of ${name}`,
    pause: (name, seconds) => `Pause ${name} for more than ${seconds}\u00a0s`,
    resume: (name) => `Wake ${name}`,
    kill: (name) => `Kill ${name}`,
  },
};
