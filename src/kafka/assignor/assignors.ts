/**
 * The assignors by the name that members vote for.
 */
import type { Assignor } from './assignor.ts';
import { assignRange } from './rangeAssignor.ts';
import { assignRoundRobin } from './roundRobinAssignor.ts';
import { assignCooperativeSticky, assignSticky } from './stickyAssignor.ts';

export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky';

export const assignors: Readonly<Record<AssignorName, Assignor>> = {
  range: assignRange,
  roundrobin: assignRoundRobin,
  sticky: assignSticky,
  'cooperative-sticky': assignCooperativeSticky,
};
