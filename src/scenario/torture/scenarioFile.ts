/**
 * A torture as a scenario file, an extension of the format: its one step, `{ "do": "torture", "plan": … }`, is a whole plan. It cannot be a list
 * of the usual steps: those wait for silence, which a cluster under load never keeps, and a torture goes by what it sees – servers that fail to
 * start are started again, it ends when the cluster has got well. What the step brings about is a state: `failure` (null: none) and the totals.
 */
import * as v from 'valibot';
import type { TorturePlan } from './plan.ts';
import type { TortureResult } from './torture.ts';

const isPlan = (plan: unknown): boolean =>
  typeof plan === 'object' && plan !== null && 'seed' in plan && 'faults' in plan && 'clients' in plan;

const file = v.object({
  id: v.string(),
  steps: v.tuple([v.object({ do: v.literal('torture'), plan: v.custom<TorturePlan>(isPlan) })]),
});

export interface TortureFile extends v.InferOutput<typeof file> {
  /** What was seen to fail. */
  readonly title: string;
}

/** Null for a scenario of another kind. */
export function planIn(given: unknown): TorturePlan | null {
  const read = v.safeParse(file, given);
  return read.success ? read.output.steps[0].plan : null;
}

export const scenarioOf = (plan: TorturePlan, { failure }: Pick<TortureResult, 'failure'>): TortureFile => ({
  id: `torture-${plan.seed}`,
  title: failure ?? 'Nothing fails',
  steps: [{ do: 'torture', plan }],
});
