/**
 * Goals: predicates over the cluster, the files and what was run, met by whatever route. What is not met yet says what it saw instead, so
 * that a learner knows what is missing in their own cluster.
 */
import type { Evidence } from './evidence.ts';
import { judgeGroup } from './judge/judgeGroup.ts';
import { judgeLog } from './judge/judgeLog.ts';
import { judgeMachine } from './judge/judgeMachine.ts';
import { judgeReplication } from './judge/judgeReplication.ts';
import type { Finding } from './judge/finding.ts';
import type { Predicate } from './predicate.ts';

export type Goal =
  | Predicate
  | { readonly all: readonly Goal[] }
  | { readonly any: readonly Goal[] }
  | { readonly not: Goal };

export const all = (...goals: readonly Goal[]): Goal => ({ all: goals });
export const any = (...goals: readonly Goal[]): Goal => ({ any: goals });
export const not = (goal: Goal): Goal => ({ not: goal });

/** A predicate that does not hold, and what was seen instead (null where there is nothing to name). */
export interface Unmet {
  readonly predicate: Predicate;
  readonly seen: Finding['seen'];
  /** It holds, and must not. */
  readonly mustNot: boolean;
}

export interface Verdict {
  readonly isMet: boolean;
  /** Empty when met. Of alternatives, those of the nearest: the one that lacks least. */
  readonly unmet: readonly Unmet[];
}

const met: Verdict = { isMet: true, unmet: [] };

export function judge(goal: Goal, evidence: Evidence): Verdict {
  if ('all' in goal) {
    const verdicts = goal.all.map((part) => judge(part, evidence));
    return verdicts.every((verdict) => verdict.isMet)
      ? met
      : { isMet: false, unmet: verdicts.flatMap((verdict) => verdict.unmet) };
  }
  if ('any' in goal) {
    const verdicts = goal.any.map((part) => judge(part, evidence));
    if (verdicts.some((verdict) => verdict.isMet)) return met;
    const [nearest] = verdicts.toSorted((one, other) => one.unmet.length - other.unmet.length);
    return { isMet: false, unmet: nearest?.unmet ?? [] };
  }
  if ('not' in goal) {
    if (!('is' in goal.not)) return judge(goal.not, evidence).isMet ? { isMet: false, unmet: [] } : met;
    const { holds, seen } = judgePredicate(goal.not, evidence);
    return holds ? { isMet: false, unmet: [{ predicate: goal.not, seen, mustNot: true }] } : met;
  }
  const { holds, seen } = judgePredicate(goal, evidence);
  return holds ? met : { isMet: false, unmet: [{ predicate: goal, seen, mustNot: false }] };
}

function judgePredicate(predicate: Predicate, evidence: Evidence): Finding {
  switch (predicate.is) {
    case 'topicExists':
    case 'topicAbsent':
    case 'records':
    case 'keyedProducers':
    case 'keyPartitions':
    case 'sharePartition':
    case 'logStart':
    case 'logEnd':
    case 'unreadable':
    case 'holes':
    case 'segments':
    case 'consumed':
      return judgeLog(predicate, evidence);
    case 'leaderIs':
    case 'leaderIsNot':
    case 'leaderEpoch':
    case 'leadersSpread':
    case 'isrSize':
    case 'underReplicated':
    case 'controllerIs':
    case 'controllerIsNot':
    case 'controllerEpoch':
    case 'znode':
    case 'zooKeeperServes':
      return judgeReplication(predicate, evidence);
    case 'groupState':
    case 'groupMembers':
    case 'idleMembers':
    case 'allAssigned':
    case 'committed':
    case 'lag':
      return judgeGroup(predicate, evidence);
    default:
      return judgeMachine(predicate, evidence);
  }
}
