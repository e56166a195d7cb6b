/** All that the group view shows of a group at the present instant: the cluster's picture, its coordinator, and what has been told. */
import { pictureOfCoordination } from '../../../cluster/coordinator/pictureOfCoordination.ts';
import type { ClusterPicture, GroupPicture } from '../../../cluster/picture.ts';
import type { Fact } from '../../../kernel/facts.ts';
import type { GroupEvent } from '../../../views/groups/groupHistory.ts';
import type { GroupMember, GroupNow, GroupPartition } from '../../../views/groups/layout.ts';
import { asClusterFact } from '../../../cluster/facts.ts';
import type { Lab } from '../../session/Lab.ts';
import type { FactHistory } from '../factHistory.ts';

/** What a history of groups is made of. */
export function isOfGroups(fact: Fact): boolean {
  if (fact.what.kind === 'exited') return true;
  const name = asClusterFact(fact)?.name;
  return name === 'assignmentReceived' || name === 'partitionsRevoked' || name === 'groupStateChanged';
}

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} P${partition}`;

/** Null: there is no such group at this instant. */
export function groupNow(
  lab: Lab,
  cluster: ClusterPicture,
  groupId: string | null,
  history: FactHistory,
): GroupNow | null {
  const group = cluster.groups.find((one) => one.group === groupId);
  if (group === undefined) return null;
  const { timeline } = lab;
  const { facts, knownSinceUs } = history.of(timeline);
  const events = facts.flatMap((fact) => eventOf(fact, group.group));
  const coordinator = cluster.brokers.find(({ broker }) => broker === group.coordinator);
  const coordination =
    coordinator === undefined ? null : pictureOfCoordination(timeline.world, coordinator.process, group.group);
  return {
    nowUs: timeline.now,
    startedUs: lab.open.startedAt,
    group,
    coordination,
    events,
    knownSinceUs: Math.max(knownSinceUs, lab.open.startedAt),
    partitions: partitionsOf(group, cluster, events),
    members: membersOf(group, events, timeline.world.processes),
  };
}

function eventOf({ at, process, what, ...fact }: Fact, group: string): readonly GroupEvent[] {
  const atUs: number = at;
  if (what.kind === 'exited') return process === null ? [] : [{ kind: 'gone', atUs, process }];
  const known = asClusterFact({ at, process, what, ...fact });
  if (known === null || !('group' in known.detail) || known.detail.group !== group) return [];
  switch (known.name) {
    case 'groupStateChanged':
      return [{ kind: 'state', atUs, state: known.detail.to, generationId: known.detail.generationId }];
    case 'assignmentReceived':
    case 'partitionsRevoked': {
      if (process === null) return [];
      const kind = known.name === 'assignmentReceived' ? 'assigned' : 'revoked';
      return [{ kind, atUs, process, partitions: known.detail.partitions.map(nameOf) }];
    }
    default:
      return [];
  }
}

function partitionsOf(
  group: GroupPicture,
  { topics }: ClusterPicture,
  events: readonly GroupEvent[],
): readonly GroupPartition[] {
  const read = group.members.flatMap(({ partitions }) => partitions);
  const names = new Set([...read, ...group.committed].map(nameOf));
  for (const event of events) if (event.kind === 'assigned') for (const name of event.partitions) names.add(name);
  const all = topics.flatMap(({ partitions }) => partitions);
  return all
    .filter((one) => names.has(nameOf(one)))
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
    .map(({ topic, partition, leader, replicas }) => {
      const isHere = (at: { readonly topic: string; readonly partition: number }): boolean =>
        at.topic === topic && at.partition === partition;
      const leading = replicas.find(({ broker }) => broker === leader) ?? null;
      const committed = group.committed.find(isHere)?.offset ?? null;
      const position = read.find(isHere)?.position ?? null;
      const end = leading?.highWatermark ?? null;
      const reached = committed ?? position;
      const lag = end === null || reached === null ? null : Math.max(0, end - reached);
      return { name: `${topic} P${partition}`, topic, partition, committed, position, end, lag, leader: leading };
    });
}

/** Numbered in the order in which their processes began; who is gone keeps its number. */
function membersOf(
  { members }: GroupPicture,
  events: readonly GroupEvent[],
  processes: readonly { readonly terminal: string | null; readonly program: string }[],
): readonly GroupMember[] {
  const all = new Set<number>(members.map(({ process }) => process));
  for (const event of events) if (event.kind === 'assigned' || event.kind === 'revoked') all.add(event.process);
  return [...all]
    .sort((a, b) => a - b)
    .map((process, index): GroupMember => {
      const there = members.find((one) => one.process === process);
      const found = processes[process];
      return {
        process,
        number: index + 1,
        terminal: there?.terminal ?? found?.terminal ?? null,
        clientId: there?.clientId ?? found?.program ?? '',
        isThere: there !== undefined,
        memberId: there?.memberId ?? null,
      };
    });
}
