/** What a session is about: a lesson or a sandbox; part of its address and of what is saved. */
import * as v from 'valibot';
import type { Start } from '../../course/lesson.ts';

/** Clusters that a sandbox begins with, in the order in which they are offered. */
export const sandboxes = [
  { brokers: 1, zookeepers: 1, preset: 'solo' },
  { brokers: 3, zookeepers: 1, preset: 'trio' },
  { brokers: 3, zookeepers: 3, preset: 'trioEnsemble' },
  { brokers: 6, zookeepers: 3, preset: 'sixBrokers' },
  { brokers: 12, zookeepers: 3, preset: 'twelveBrokers' },
  { brokers: 3, zookeepers: 5, preset: 'fiveZooKeepers' },
] as const satisfies readonly { brokers: number; zookeepers: number; preset: Start['preset'] }[];
type SandboxSize = { readonly brokers: number; readonly zookeepers?: number | undefined };

export const whatSchema = v.variant('kind', [
  v.object({ kind: v.literal('lesson'), id: v.string() }),
  v.object({
    kind: v.literal('sandbox'),
    brokers: v.picklist([1, 3, 6, 12]),
    /** Sessions kept before there were ensembles do not say it: one. */
    zookeepers: v.optional(v.picklist([1, 3, 5])),
  }),
]);
export type What = v.InferOutput<typeof whatSchema>;

/** Of a sandbox, below `labo/` in its address: `sandbox/3`, `sandbox/12/3`. */
const sandboxPath = ({ brokers, zookeepers = 1 }: SandboxSize): string =>
  zookeepers === 1 ? `sandbox/${brokers}` : `sandbox/${brokers}/${zookeepers}`;

/** Key under which it is kept, and part of its address. */
export const keyOf = (what: What): string => (what.kind === 'lesson' ? `lesson/${what.id}` : sandboxPath(what));

/** Null when no sandbox has that size. */
export const sandboxOf = ({ brokers, zookeepers = 1 }: SandboxSize): (typeof sandboxes)[number] | null =>
  sandboxes.find((one) => one.brokers === brokers && one.zookeepers === zookeepers) ?? null;

/** With the smallest cluster when no sandbox has that size. */
export const sandboxStart = (size: SandboxSize): Start => ({
  preset: (sandboxOf(size) ?? sandboxes[0]).preset,
  terminals: ['admin', 'producteur', 'lecteur-1'],
  actions: [],
});
