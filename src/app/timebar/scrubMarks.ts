/** Which marked facts stand on the scrubber, and what is written beside them. */
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { asClusterFact, isInternalTopic, topicOf } from '../narration/clusterFact.ts';
import type { ScrubMark } from './layout.ts';
import type { MarkedName, TimeBarWords } from './words.ts';

/** In the order of time, from `startedAt` on. Internal topics and the first leader of each new partition would only hide the others. */
export function scrubMarksOf(
  marked: readonly Fact[],
  startedAt: VirtualTimeUs,
  words: TimeBarWords,
): readonly ScrubMark[] {
  return marked.flatMap((fact) => {
    if (fact.at < startedAt || fact.what.kind !== 'told' || fact.what.mark === null) return [];
    const topic = topicOf(fact);
    if (topic !== null && isInternalTopic(topic)) return [];
    const known = asClusterFact(fact);
    if (known?.name === 'leaderElected' && known.detail.leaderEpoch === 0) return [];
    return [{ fact: fact.id, at: fact.at, kind: fact.what.mark, label: labelOf(fact, words) }];
  });
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
