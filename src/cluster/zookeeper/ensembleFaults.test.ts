import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault, FaultyRun } from './testing/ensembleFaults.ts';
import { runWithFaults } from './testing/ensembleFaults.ts';

const victim = fc.oneof(fc.nat({ max: 4 }), fc.constant('leader' as const));
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('kill', 'start', 'start', 'pause', 'resume', 'resume'), server: victim }),
  fc.record({ kind: fc.constantFrom('isolate', 'rejoin'), server: victim }),
  fc.record({ kind: fc.constantFrom('cut', 'mend'), server: victim, other: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant('slow' as const), server: victim, latencyMs: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ kind: fc.constant('slow' as const), server: victim, latencyMs: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ kind: fc.constant('blackout' as const) }),
);
const run: fc.Arbitrary<FaultyRun> = fc.record({
  size: fc.constantFrom(3, 5),
  seed: fc.nat(),
  faults: fc.array(fc.tuple(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })), fault), {
    minLength: 8,
    maxLength: 30,
  }),
  clients: fc.integer({ min: 1, max: 3 }),
  writeEveryMs: fc.constantFrom(97, 401, 1_009),
});

describe('an ensemble whose servers are killed, paused and cut off at random', () => {
  test('has one leader for an epoch, zxids that only grow, one history, and loses nothing that it has answered', () => {
    const runs = Number(process.env['ZOOKEEPER_RUNS'] ?? 6);
    const totals = { acknowledged: 0, elections: 0, snapshots: 0 };

    fc.assert(
      fc.property(run, (one) => {
        const { acknowledged, elections, snapshots } = runWithFaults(one);
        totals.acknowledged += acknowledged;
        totals.elections += elections;
        totals.snapshots += snapshots;
      }),
      { numRuns: runs, seed: Number(process.env['ZOOKEEPER_SEED'] ?? 1) },
    );

    expect(totals.acknowledged).toBeGreaterThan(100);
    expect(totals.elections).toBeGreaterThanOrEqual(runs);
    if (process.env['ZOOKEEPER_RUNS'] !== undefined) console.log(totals);
  }, 600_000);
});
