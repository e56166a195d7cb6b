/** What a fact is about, for those who follow one topic. */
import { asClusterFact } from '../../cluster/facts.ts';
import type { Fact } from '../../kernel/facts.ts';

/** The topic that a fact is about, if it is about one. */
export function topicOf(fact: Fact): string | null {
  const known = asClusterFact(fact);
  return known !== null && 'topic' in known.detail ? known.detail.topic : null;
}
