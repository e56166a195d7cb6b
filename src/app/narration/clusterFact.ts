/** A fact of the journal read as one of the cluster's own: what narration, inspector and time bar know how to say. */
import type { ClusterFact, ClusterFactName } from '../../cluster/facts.ts';
import type { Fact } from '../../kernel/facts.ts';
import { sentencesEn } from './sentences.en.ts';

/** Null for what the kernel recorded, and for a name that the cluster does not declare. */
export function asClusterFact({ what }: Fact): ClusterFact | null {
  if (what.kind !== 'told' || !isClusterFactName(what.name)) return null;
  // `tell` is the only writer of these names, and types each one's detail.
  return { name: what.name, detail: what.detail } as unknown as ClusterFact;
}

const isClusterFactName = (name: string): name is ClusterFactName => Object.hasOwn(sentencesEn.told, name);

/** The topic that a fact is about, if it is about one. */
export function topicOf(fact: Fact): string | null {
  const known = asClusterFact(fact);
  return known !== null && 'topic' in known.detail ? known.detail.topic : null;
}
