/** What is said when: at most one sentence every two seconds of real time; what came meanwhile becomes one sentence. */
import type { Language } from '../../course/courseLesson.ts';
import type { Fact } from '../../kernel/facts.ts';
import { levelOf } from './level.ts';
import type { NameOf } from './sentences.ts';
import { sentence } from './sentence.ts';
import { summarise } from './summary.ts';

/** Between two sentences, in milliseconds of real time. */
const pauseMs = 2000;

export interface Announcer {
  readonly pending: readonly Fact[];
  /** Milliseconds of the host's clock; −∞ before the first sentence. */
  readonly lastSaidMs: number;
}
export const silentAnnouncer: Announcer = { pending: [], lastSaidMs: Number.NEGATIVE_INFINITY };

/** When the next sentence may be said; null when there is nothing to say. */
export const maySpeakAtMs = ({ pending, lastSaidMs }: Announcer): number | null =>
  pending.length === 0 ? null : lastSaidMs + pauseMs;

/** A sentence on all that waits; null while it is too soon, or when there is nothing. */
export function speak(
  announcer: Announcer,
  nowMs: number,
  { language, nameOf }: { readonly language: Language; readonly nameOf: NameOf },
): { readonly text: string | null; readonly announcer: Announcer } {
  const { pending } = announcer;
  const due = maySpeakAtMs(announcer);
  if (due === null || nowMs < due) return { text: null, announcer };
  const essential = pending.filter((fact) => levelOf(fact) === 'essential');
  const [first, ...others] = essential.length === 1 ? essential : pending.length === 1 ? pending : [];
  const said = first === undefined || others.length > 0 ? null : sentence(first, language, nameOf);
  const rest = said === null ? pending : pending.filter((fact) => fact !== first);
  const text = [
    ...(said === null ? [] : [said]),
    ...(rest.length === 0 ? [] : [summarise(rest, language, pending)]),
  ].join('. ');
  return { text: text === '' ? null : text, announcer: { pending: [], lastSaidMs: nowMs } };
}
