/** Makes a plan that fails smaller, as long as it still fails in the same words. */
import type { TorturePlan } from './plan.ts';

/** `failureOf`: what is wrong when the plan is played; null: nothing. At most so many plays. */
export function shrinkPlan(
  plan: TorturePlan,
  failureOf: (plan: TorturePlan) => string | null,
  mostPlays = 40,
): TorturePlan {
  let smallest = plan;
  let plays = 1;
  const wanted = kindOf(failureOf(plan));
  const fails = (candidate: TorturePlan): boolean => {
    plays += 1;
    return plays <= mostPlays && kindOf(failureOf(candidate)) === wanted;
  };
  for (const part of ['faults', 'clients'] as const) {
    for (let at = smallest[part].length - 1; at >= 0; at--) {
      const candidate = { ...smallest, [part]: smallest[part].toSpliced(at, 1) };
      if (fails(candidate)) smallest = candidate;
    }
  }
  return smallest;
}

/** A failure without its seed, event, instant, partition and numbers. */
const kindOf = (failure: string | null): string | null =>
  failure
    ?.replace(/^seed .*? s: /, '')
    .replace(/\w+-\d+/g, '')
    .replace(/[\d,.]+/g, '')
    .slice(0, 60) ?? null;
