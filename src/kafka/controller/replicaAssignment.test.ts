import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BrokerId } from '../ids.ts';
import { scalaLongMapOrder } from '../scalaLongMap.ts';
import { placeReplicas } from './replicaAssignment.ts';

interface Sample {
  readonly brokers: number;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly assignment: readonly (readonly number[])[];
}
const goldens = new URL('../../../goldens/cluster/placement-samples.json', import.meta.url);
const { samples } = JSON.parse(readFileSync(goldens, 'utf8')) as { readonly samples: readonly Sample[] };

/** Every placement that the two draws can give, over the brokers as metadata caches list them after some order of arrival. */
function possiblePlacements({ brokers, partitions, replicationFactor }: Sample): string[] {
  const ids = Array.from({ length: brokers }, (_, id) => id as BrokerId);
  const lists = [ids, ids.toReversed()].map((arrival) => scalaLongMapOrder(arrival, { initialBufferSize: brokers }));
  const draws = ids.flatMap((startIndex) => ids.map((shift) => ({ startIndex, shift })));
  return lists.flatMap((list) =>
    draws.map((draw) => {
      const request = {
        brokers: list.map((id) => ({ id, rack: null })),
        partitionCount: partitions,
        replicationFactor,
        ...draw,
      };
      const placement = placeReplicas(request);
      return JSON.stringify(placement.outcome === 'placed' ? placement.assignment : placement.message);
    }),
  );
}

describe('the placement of a new topic', () => {
  test.each(samples)('as drawn by Kafka, $assignment over $brokers brokers, is one of ours', (sample) => {
    expect(possiblePlacements(sample)).toContain(JSON.stringify(sample.assignment));
  });

  test('wants as many brokers as replicas', () => {
    const placement = placeReplicas({
      brokers: [{ id: 0 as BrokerId, rack: null }],
      partitionCount: 1,
      replicationFactor: 2,
      startIndex: 0,
      shift: 0,
    });

    expect(placement).toMatchObject({
      error: 'INVALID_REPLICATION_FACTOR',
      message: 'Replication factor: 2 larger than available brokers: 1.',
    });
  });
});
