import { describe, expect, test } from 'vitest';
import type { BrokerId, LeaderEpoch } from '../../kafka/ids.ts';
import {
  decodePartitionState,
  decodeTopic,
  encodeConfig,
  encodePartitionState,
  encodeTopic,
  plainAssignment,
} from './znodes.ts';

const ids = (...list: readonly number[]) => list as readonly BrokerId[];

describe('what Kafka writes in its znodes', () => {
  test('is a topic’s assignment, in the order of Kafka’s keys', () => {
    const topic = { topicId: 'abc', partitions: [plainAssignment(ids(0, 1)), plainAssignment(ids(1, 0))] };

    const data = encodeTopic(topic);

    expect(data).toBe(
      '{"partitions":{"0":[0,1],"1":[1,0]},"topic_id":"abc","adding_replicas":{},"removing_replicas":{},"version":3}',
    );
    expect(decodeTopic(data)).toEqual(topic);
  });

  test('is a partition’s state; a recovery only while it lasts', () => {
    const state = {
      controllerEpoch: 1,
      leader: 0 as BrokerId,
      leaderEpoch: 0 as LeaderEpoch,
      isr: ids(0),
      leaderRecoveryState: 0 as const,
    };

    expect(encodePartitionState(state)).toBe(
      '{"controller_epoch":1,"leader":0,"version":1,"leader_epoch":0,"isr":[0]}',
    );
    expect(decodePartitionState(encodePartitionState({ ...state, leaderRecoveryState: 1 }))?.leaderRecoveryState).toBe(
      1,
    );
  });

  test('is settings in the order of Java’s Properties', () => {
    const config = { 'cleanup.policy': 'compact', 'segment.bytes': '104857600', 'compression.type': 'producer' };

    expect(encodeConfig(config)).toBe(
      '{"version":1,"config":{"compression.type":"producer","cleanup.policy":"compact","segment.bytes":"104857600"}}',
    );
  });
});
