import { describe, expect, test } from 'vitest';
import { mayBecomePartition, type PartitionStateName } from './partitionState.ts';
import { mayBecomeReplica, type ReplicaStateName } from './replicaState.ts';

describe('a partition', () => {
  const states: readonly PartitionStateName[] = [
    'NonExistentPartition',
    'NewPartition',
    'OnlinePartition',
    'OfflinePartition',
  ];

  test('follows the table of valid previous states', () => {
    const previous = (to: PartitionStateName) => states.filter((from) => mayBecomePartition(from, to));

    expect(states.map((to) => previous(to))).toEqual([
      ['OfflinePartition'],
      ['NonExistentPartition'],
      ['NewPartition', 'OnlinePartition', 'OfflinePartition'],
      ['NewPartition', 'OnlinePartition', 'OfflinePartition'],
    ]);
  });
});

describe('a replica', () => {
  const states: readonly ReplicaStateName[] = [
    'NonExistentReplica',
    'NewReplica',
    'OnlineReplica',
    'OfflineReplica',
    'ReplicaDeletionStarted',
    'ReplicaDeletionSuccessful',
    'ReplicaDeletionIneligible',
  ];

  test('follows the table of valid previous states', () => {
    const previous = (to: ReplicaStateName) => states.filter((from) => mayBecomeReplica(from, to));
    const living: readonly ReplicaStateName[] = [
      'NewReplica',
      'OnlineReplica',
      'OfflineReplica',
      'ReplicaDeletionIneligible',
    ];

    expect(states.map((to) => previous(to))).toEqual([
      ['ReplicaDeletionSuccessful'],
      ['NonExistentReplica'],
      living,
      living,
      ['OfflineReplica'],
      ['ReplicaDeletionStarted'],
      ['OfflineReplica', 'ReplicaDeletionStarted'],
    ]);
  });
});
