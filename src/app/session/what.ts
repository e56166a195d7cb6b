/** What a session is about: a lesson or a sandbox; part of its address and of what is saved. */
import * as v from 'valibot';
import type { Start } from '../../course/lesson.ts';

export const whatSchema = v.variant('kind', [
  v.object({ kind: v.literal('lesson'), id: v.string() }),
  v.object({ kind: v.literal('sandbox'), brokers: v.picklist([1, 3]) }),
]);
export type What = v.InferOutput<typeof whatSchema>;

/** Key under which it is kept, and part of its address. */
export const keyOf = (what: What): string => (what.kind === 'lesson' ? `lesson/${what.id}` : `sandbox/${what.brokers}`);

export const sandboxStart = (brokers: 1 | 3): Start => ({
  preset: brokers === 1 ? 'solo' : 'trio',
  terminals: ['admin', 'producteur', 'lecteur-1'],
  actions: [],
});
