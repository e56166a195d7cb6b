/** Which marked facts stand on the scrubber, and what is written beside them. */
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { isInternalTopic } from '../../kafka/internalTopics.ts';
import { asClusterFact } from '../../cluster/facts.ts';
import { topicOf } from '../narration/topicOf.ts';
import type { ScrubMark } from './layout.ts';
import type { MarkedName, TimeBarWords } from './words.ts';

/**
 * Whether a fact stands on the scrubber, and the keys of marked facts stop there. Internal topics and the first leader of each new
 * partition would only hide the others.
 */
export function isShownMark(fact: Fact, startedAt: VirtualTimeUs): boolean {
  if (fact.at < startedAt || fact.what.kind !== 'told' || fact.what.mark === null) return false;
  const topic = topicOf(fact);
  if (topic !== null && isInternalTopic(topic)) return false;
  const known = asClusterFact(fact);
  return known?.name !== 'leaderElected' || known.detail.leaderEpoch !== 0;
}

/** In the order of time, from `startedAt` on. */
export function scrubMarksOf(
  marked: readonly Fact[],
  startedAt: VirtualTimeUs,
  words: TimeBarWords,
): readonly ScrubMark[] {
  return marked.flatMap((fact) =>
    isShownMark(fact, startedAt) && fact.what.kind === 'told' && fact.what.mark !== null
      ? [{ fact: fact.id, at: fact.at, kind: fact.what.mark, label: labelOf(fact, words) }]
      : [],
  );
}

/** The last marked fact at or before an instant. */
export function lastMarkedBefore(marked: readonly ScrubMark[], at: VirtualTimeUs): FactId | null {
  return marked.findLast((mark) => mark.at <= at)?.fact ?? null;
}

function labelOf(fact: Fact, { labels }: TimeBarWords): string {
  const known = asClusterFact(fact);
  if (known === null || !isMarkedName(known.name, labels)) return '';
  const { detail } = known;
  // The table pairs each name with what says its detail.
  const say = labels[known.name] as (of: typeof detail) => string;
  return say(detail);
}

const isMarkedName = (name: string, labels: TimeBarWords['labels']): name is MarkedName => Object.hasOwn(labels, name);
