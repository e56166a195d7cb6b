import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Steppers } from '../../kernel/stepper.ts';
import { programs } from '../../shell/registry.ts';
import { playFile } from '../playFile.ts';
import { drawPlan } from './drawPlan.ts';
import { shrinkPlan } from './shrinkPlan.ts';
import { torture } from './torture.ts';

const steppers = new Steppers(programs);

describe('a cluster under random faults keeps the promises of Kafka', () => {
  test.each([1, 2, 5, 8])('seed %i', { timeout: 120_000 }, (seed) => {
    const result = torture(drawPlan(seed), steppers);

    expect(result.failure).toBeNull();
    expect(result.virtualSeconds).toBeGreaterThanOrEqual(60);
    expect(result.faults).toBeGreaterThanOrEqual(3);
    expect(result.totals.acknowledged).toBeGreaterThanOrEqual(100);
  });
});

const folder = new URL('regressions/', import.meta.url);

describe('what failed once, shrunk, keeps them since', () => {
  test.each(readdirSync(folder))('%s', { timeout: 60_000 }, (file) => {
    const scenario: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

    const [step] = playFile(scenario, { programs: steppers, seed: 1 }).steps;

    expect(step?.got.state).toMatchObject({ failure: null });
  });
});

describe('the plan of a seed', () => {
  test('is drawn from it alone', () => {
    expect(drawPlan(7)).toEqual(drawPlan(7));
    expect(drawPlan(7)).not.toEqual(drawPlan(8));
  });

  test('shrinks to the fault that makes it fail', () => {
    const plan = drawPlan(1);
    const [culprit] = plan.faults;

    const small = shrinkPlan(plan, ({ faults }) =>
      faults.includes(culprit!) ? 'seed 1, event 2, at 3 s: lost' : null,
    );

    expect(small.faults).toEqual([culprit]);
    expect(small.clients).toEqual([]);
  });
});
