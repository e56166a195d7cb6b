import { describe, expect, test } from 'vitest';
import { utf8 } from '../../kafka/bytes.ts';
import type { BrokerId, LeaderEpoch, Offset, TimestampMs } from '../../kafka/ids.ts';
import { createBatch } from '../../kafka/record/recordBatch.ts';
import type { FetchRequest } from '../protocol/kafka/records.ts';
import { findPartition } from './broker.ts';
import { type ClusterLaboratory, clusterLaboratory } from './testing/clusterLaboratory.ts';

const createTopics = (lab: ClusterLaboratory, names: readonly string[], replicas: readonly number[]): void => {
  lab.ask(0, 'CreateTopics', {
    topics: names.map((name) => ({
      name,
      numPartitions: -1,
      replicationFactor: -1,
      assignments: [{ partitionIndex: 0, brokerIds: replicas as readonly BrokerId[] }],
      configs: [],
    })),
    timeoutMs: 5000,
    validateOnly: false,
  });
};

const produce = (lab: ClusterLaboratory, leader: number, topic: string, acks: 1 | -1) =>
  lab.ask(leader, 'Produce', {
    transactionalId: null,
    acks,
    timeoutMs: 3000,
    topicData: [
      {
        name: topic,
        partitionData: [
          {
            index: 0,
            records: createBatch([{ timestamp: 1 as TimestampMs, key: null, value: utf8('m'), headers: [] }]),
          },
        ],
      },
    ],
  }).responses[0]!.partitionResponses[0]!.errorCode;

describe('a follower that goes on fetching other partitions leaves the ISR of one', () => {
  const lagMs = 2000;

  /** Broker 1, which follows topics `t` and `u`, is paused: the test fetches for it. */
  function pausedFollower() {
    const lab = clusterLaboratory();
    const brokers = [0, 1].map((id) => {
      const settings = ['zookeeper.session.timeout.ms=18000', `replica.lag.time.max.ms=${lagMs}`];
      const broker = lab.startBroker(id, ...settings);
      lab.pass(3000);
      return broker;
    });
    createTopics(lab, ['t', 'u'], [0, 1]);
    lab.pass(1000);
    const { brokerEpoch } = lab.broker(brokers[1]!);
    lab.apply({ kind: 'signal', process: brokers[1]!, signal: 'SIGSTOP' });
    const replica = (topic: string) => findPartition(lab.broker(brokers[0]!), topic, 0)!;
    const asked = (topic: string, leaderEpoch = 0) => ({
      topic,
      topicId: replica(topic).topicId,
      partitions: [
        {
          partition: 0,
          currentLeaderEpoch: leaderEpoch as LeaderEpoch,
          fetchOffset: 0 as Offset,
          lastFetchedEpoch: -1 as LeaderEpoch,
          logStartOffset: 0 as Offset,
          partitionMaxBytes: 1_048_576,
        },
      ],
    });
    let [sessionId, sessionEpoch] = [0, 0];
    const fetch = (
      topics: FetchRequest['topics'],
      forgottenTopicsData: FetchRequest['forgottenTopicsData'] = [],
      isNew = false,
    ): void => {
      if (isNew) [sessionId, sessionEpoch] = [0, 0];
      const answer = lab.ask(0, 'Fetch', {
        replicaState: { replicaId: 1 as BrokerId, replicaEpoch: brokerEpoch },
        maxWaitMs: 100,
        minBytes: 1,
        maxBytes: 10_485_760,
        isolationLevel: 0,
        sessionId,
        sessionEpoch,
        topics,
        forgottenTopicsData,
        rackId: '',
      });
      sessionId = answer.sessionId;
      sessionEpoch += 1;
    };
    fetch([asked('t'), asked('u')]);
    fetch([]);
    return { lab, replica, asked, fetch };
  }

  const forgotten = [{ topic: 't', topicId: 'AAAAAAAAAAAAAAAAAAAAAA', partitions: [0] }];

  test.each(['forgets it', 'is refused', 'begins a session without it'])('that it %s', (how) => {
    const { lab, replica, asked, fetch } = pausedFollower();

    if (how === 'forgets it') fetch([], forgotten);
    else if (how === 'is refused') fetch([asked('t', 1)]);
    else fetch([asked('u')], [], true);
    produce(lab, 0, 't', 1);
    for (let waited = 0; waited < 2 * lagMs; waited += 100) {
      fetch([]);
      lab.pass(100);
    }

    expect(replica('t').isr).toEqual([0]);
    expect(replica('u').isr).toEqual([0, 1]);
  });
});

test('the delay of a follower after an error is over once it has fetched, whatever its clock shows later', () => {
  const lab = clusterLaboratory();
  const [controller, leader, follower] = [0, 1, 2].map((id) => {
    const broker = lab.startBroker(id, 'zookeeper.session.timeout.ms=18000');
    lab.pass(3000);
    return broker;
  });
  // It asks the leader, which has not been told yet that it is: UNKNOWN_TOPIC_OR_PARTITION.
  const slow = { isCut: false, extraLatencyUs: 500_000, lossPerMille: 0 };
  lab.apply({ kind: 'setLink', from: controller!, to: leader!, condition: slow });
  lab.apply({ kind: 'setClock', process: follower!, offsetMs: 3_600_000 });
  createTopics(lab, ['t'], [1, 2]);
  lab.pass(4000);
  lab.apply({ kind: 'setClock', process: follower!, offsetMs: 0 });

  expect(produce(lab, 1, 't', -1)).toBe('NONE');
});
