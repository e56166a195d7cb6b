import { describe, expect, test } from 'vitest';
import type { BrokerId, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { added, addOf, initOf, producerOf, TransactionLaboratory } from './testing/transactionLaboratory.ts';

const first = producerOf('tx', 0, 0);

/** A producer of `tx` with a transaction open in `t`. */
function open(settings: Readonly<Record<string, string>> = {}): TransactionLaboratory {
  const lab = new TransactionLaboratory(settings);
  lab.ask('InitProducerId', initOf('tx'));
  lab.ask('AddPartitionsToTxn', addOf(first, ['t']));
  return lab;
}

describe('InitProducerId', () => {
  test('gives a new transactional id a producer id and epoch 0, and the same id the next epoch each time', () => {
    const lab = new TransactionLaboratory();

    const answers = ['tx', 'other', 'tx'].map((id) => lab.ask('InitProducerId', initOf(id)));

    expect(answers).toEqual([
      { errorCode: 'NONE', producerId: 0, producerEpoch: 0 },
      { errorCode: 'NONE', producerId: 1, producerEpoch: 0 },
      { errorCode: 'NONE', producerId: 0, producerEpoch: 1 },
    ]);
  });

  test('aborts the open transaction of a predecessor, and gives the epoch after the one that the abort took', () => {
    const lab = open();

    const early = lab.ask('InitProducerId', initOf('tx'));

    expect(early).toMatchObject({ errorCode: 'CONCURRENT_TRANSACTIONS' });
    expect(lab.markers).toMatchObject([{ producerId: 0, producerEpoch: 1, transactionResult: false }]);
    expect(lab.ask('InitProducerId', initOf('tx'))).toMatchObject({ producerId: 0, producerEpoch: 2 });
  });

  test('refuses a timeout that the broker does not allow, and an empty id', () => {
    const lab = new TransactionLaboratory({ 'transaction.max.timeout.ms': '1000' });

    const answers = [initOf('tx', 1001), initOf('tx', 0), initOf('')].map((one) => lab.ask('InitProducerId', one));

    expect(answers).toMatchObject([
      { errorCode: 'INVALID_TRANSACTION_TIMEOUT' },
      { errorCode: 'INVALID_TRANSACTION_TIMEOUT' },
      { errorCode: 'INVALID_REQUEST' },
    ]);
  });

  test('takes another producer id when the epochs are used up', () => {
    const lab = new TransactionLaboratory();
    lab.ask('InitProducerId', initOf('tx'));
    const { owned } = lab.coordinator;
    const partition = owned.get(0)!;
    const worn = { ...partition.transactions.get('tx')!, producerEpoch: 32_766 as ProducerEpoch };
    lab.coordinator = {
      ...lab.coordinator,
      owned: new Map([[0, { ...partition, transactions: new Map([['tx', worn]]) }]]),
    };

    expect(lab.ask('InitProducerId', initOf('tx'))).toEqual({ errorCode: 'NONE', producerId: 1, producerEpoch: 0 });
  });

  test('raises the epoch of a producer that names its own, and only once for a repeated request', () => {
    const lab = new TransactionLaboratory();
    lab.ask('InitProducerId', initOf('tx'));
    const bump = (epoch: number) =>
      lab.ask('InitProducerId', {
        ...initOf('tx'),
        producerId: 0 as ProducerId,
        producerEpoch: epoch as ProducerEpoch,
      });

    expect([bump(0), bump(0), bump(1), bump(0)]).toMatchObject([
      { producerEpoch: 1 },
      { producerEpoch: 1 },
      { producerEpoch: 2 },
      { errorCode: 'PRODUCER_FENCED' },
    ]);
  });

  test('says CONCURRENT_TRANSACTIONS while something is being written', () => {
    const lab = new TransactionLaboratory();
    lab.holdsCommits = true;
    const [one, two] = [lab.send('InitProducerId', initOf('tx')), lab.send('InitProducerId', initOf('tx'))];

    expect([lab.reply(one), lab.reply(two)]).toMatchObject([undefined, { errorCode: 'CONCURRENT_TRANSACTIONS' }]);
    lab.release();
    expect(lab.reply(one)).toMatchObject({ errorCode: 'NONE', producerEpoch: 0 });
  });
});

describe('a transaction', () => {
  test('begins with the first partition that is added, and keeps its start', () => {
    const lab = open();
    const start = lab.transaction('tx')!.txnStartTimestamp;
    lab.wait(1000);

    lab.ask('AddPartitionsToTxn', addOf(first, ['u', 't']));

    expect(lab.transaction('tx')).toMatchObject({
      state: 'Ongoing',
      txnStartTimestamp: start,
      topicPartitions: [
        { topic: 't', partition: 0 },
        { topic: 'u', partition: 0 },
      ],
    });
  });

  test('writes nothing for partitions that it has', () => {
    const lab = open();
    const { length } = lab.log;

    expect(lab.ask('AddPartitionsToTxn', addOf(first, ['t']))).toMatchObject(added('NONE'));
    expect(lab.log).toHaveLength(length);
  });

  test('takes the partition of a group’s offsets', () => {
    const lab = open();

    expect(lab.ask('AddOffsetsToTxn', { ...first, groupId: 'g' })).toEqual({ errorCode: 'NONE' });
    expect(lab.transaction('tx')?.topicPartitions).toContainEqual({ topic: '__consumer_offsets', partition: 7 });
  });

  test('is answered when the decision is written, and complete when every marker is', () => {
    const lab = open();
    lab.holdsMarkers = true;

    const answer = lab.ask('EndTxn', { ...first, committed: true });

    expect(answer).toEqual({ errorCode: 'NONE' });
    expect(lab.transaction('tx')).toMatchObject({ state: 'PrepareCommit', pendingState: 'CompleteCommit' });
    lab.releaseMarkers();
    expect(lab.markers).toMatchObject([
      { producerId: 0, producerEpoch: 0, transactionResult: true, coordinatorEpoch: 0 },
    ]);
    expect(lab.transaction('tx')).toMatchObject({ state: 'CompleteCommit', pendingState: null, topicPartitions: [] });
  });

  test('sends one request to each leader, with all of its partitions', () => {
    const lab = open();
    lab.leaders.set('u', 2 as BrokerId);
    lab.ask('AddPartitionsToTxn', addOf(first, ['u', 'v']));
    lab.holdsMarkers = true;

    lab.ask('EndTxn', { ...first, committed: false });

    const sent = lab.heldMarkers.map(({ broker, body }) => [broker, body.markers[0]!.topics.map(({ name }) => name)]);
    expect(sent).toEqual([
      [1, ['t', 'v']],
      [2, ['u']],
    ]);
  });

  test('is tried again at the leader of the time when a marker is lost, and skips what was deleted', () => {
    const lab = open();
    lab.ask('AddPartitionsToTxn', addOf(first, ['u']));
    lab.holdsMarkers = true;
    lab.ask('EndTxn', { ...first, committed: true });

    lab.leaders.set('t', 'noNode');
    lab.leaders.set('u', 'unknown');
    lab.releaseMarkers('lost');
    lab.wait(5000);

    expect(lab.heldMarkers).toEqual([]);
    expect(lab.transaction('tx')).toMatchObject({ state: 'PrepareCommit', topicPartitions: [{ topic: 't' }] });
    lab.leaders.set('t', 2 as BrokerId);
    lab.wait(100);
    expect(lab.heldMarkers.map(({ broker }) => broker)).toEqual([2]);
    lab.releaseMarkers();
    expect(lab.transaction('tx')?.state).toBe('CompleteCommit');
  });

  test('writes its completion again when the log could not take it', () => {
    const lab = open();
    lab.holdsMarkers = true;
    lab.ask('EndTxn', { ...first, committed: true });
    lab.holdsCommits = true;
    lab.releaseMarkers();

    lab.release('NOT_ENOUGH_REPLICAS');
    expect(lab.transaction('tx')).toMatchObject({ state: 'PrepareCommit', pendingState: 'CompleteCommit' });
    lab.wait(100);
    lab.release();

    expect(lab.transaction('tx')?.state).toBe('CompleteCommit');
  });

  test('stays open, and may be ended again, when the decision could not be written', () => {
    const lab = open();
    lab.holdsCommits = true;
    const tag = lab.send('EndTxn', { ...first, committed: true });

    lab.release('NOT_ENOUGH_REPLICAS');

    expect(lab.reply(tag)).toEqual({ errorCode: 'COORDINATOR_NOT_AVAILABLE' });
    expect(lab.transaction('tx')).toMatchObject({ state: 'Ongoing', pendingState: null });
  });

  test('may be ended the same way twice, and not the other way', () => {
    const lab = open();
    lab.ask('EndTxn', { ...first, committed: true });

    const [again, otherwise] = [true, false].map((committed) => lab.ask('EndTxn', { ...first, committed }));

    expect([again, otherwise]).toEqual([{ errorCode: 'NONE' }, { errorCode: 'INVALID_TXN_STATE' }]);
  });
});

describe('a producer that has a successor', () => {
  const successor = (): TransactionLaboratory => {
    const lab = open();
    lab.ask('InitProducerId', initOf('tx'));
    lab.ask('InitProducerId', initOf('tx'));
    return lab;
  };

  test('can neither add partitions nor end a transaction', () => {
    const lab = successor();

    expect(lab.ask('AddPartitionsToTxn', addOf(first, ['t']))).toMatchObject(added('PRODUCER_FENCED'));
    expect(lab.ask('AddOffsetsToTxn', { ...first, groupId: 'g' })).toEqual({ errorCode: 'PRODUCER_FENCED' });
    expect(lab.ask('EndTxn', { ...first, committed: true })).toEqual({ errorCode: 'PRODUCER_FENCED' });
  });

  test('is not vouched for; nor is a partition that was not added', () => {
    const lab = successor();
    lab.ask('AddPartitionsToTxn', addOf(producerOf('tx', 0, 2), ['t']));

    const verify = (epoch: number, topic: string) =>
      lab.ask('AddPartitionsToTxn', addOf(producerOf('tx', 0, epoch), [topic], true));

    expect([verify(0, 't'), verify(2, 't'), verify(2, 'u')]).toMatchObject([
      added('PRODUCER_FENCED'),
      added('NONE'),
      added('TRANSACTION_ABORTABLE'),
    ]);
  });

  test('has another producer id after its own was lost: INVALID_PRODUCER_ID_MAPPING', () => {
    const lab = open();

    const answer = lab.ask('EndTxn', { ...producerOf('tx', 5, 0), committed: true });

    expect(answer).toEqual({ errorCode: 'INVALID_PRODUCER_ID_MAPPING' });
  });
});

describe('time', () => {
  test('aborts a transaction older than its timeout, at the next look every 10 s, and fences its producer', () => {
    const lab = open();

    lab.wait(60_000);
    expect(lab.transaction('tx')?.state).toBe('Ongoing');
    lab.wait(10_000);

    expect(lab.transaction('tx')).toMatchObject({ state: 'CompleteAbort', producerEpoch: 1 });
    expect(lab.markers).toMatchObject([{ transactionResult: false, producerEpoch: 1 }]);
    expect(lab.ask('EndTxn', { ...first, committed: true })).toEqual({ errorCode: 'PRODUCER_FENCED' });
  });

  test('makes an id that was not used for transactional.id.expiration.ms forgotten, by a tombstone', () => {
    const lab = new TransactionLaboratory({ 'transactional.id.expiration.ms': '7200000' });
    lab.ask('InitProducerId', initOf('tx'));

    lab.wait(2 * 3_600_000);

    expect(lab.transaction('tx')).toBeUndefined();
    expect(lab.log.at(-1)?.records[0]).toMatchObject({ value: null });
    expect(lab.ask('DescribeTransactions', { transactionalIds: ['tx'] })).toMatchObject({
      transactionStates: [{ errorCode: 'TRANSACTIONAL_ID_NOT_FOUND' }],
    });
  });
});

describe('a coordinator that takes over', () => {
  test('goes on with an open transaction: the clock of its timeout runs on', () => {
    const lab = open();
    const before = lab.transaction('tx')!;
    lab.wait(50_000);

    lab.resign();
    expect(lab.ask('EndTxn', { ...first, committed: true })).toEqual({ errorCode: 'NOT_COORDINATOR' });
    lab.elect();

    const { state, txnStartTimestamp, topicPartitions } = lab.transaction('tx')!;
    expect({ state, txnStartTimestamp, topicPartitions }).toEqual({
      state: 'Ongoing',
      txnStartTimestamp: before.txnStartTimestamp,
      topicPartitions: before.topicPartitions,
    });
    lab.wait(20_000);
    expect(lab.transaction('tx')?.state).toBe('CompleteAbort');
  });

  test('sends the markers of a decided transaction again, under its own epoch', () => {
    const lab = open();
    lab.holdsMarkers = true;
    lab.ask('EndTxn', { ...first, committed: true });

    lab.resign();
    lab.elect();
    lab.releaseMarkers('lost');
    lab.wait(100);
    lab.releaseMarkers();

    expect(lab.markers).toMatchObject([{ transactionResult: true, coordinatorEpoch: 2 }]);
    expect(lab.transaction('tx')?.state).toBe('CompleteCommit');
  });

  test('has been told the partitions by the time that it has read the log', () => {
    const lab = open();
    lab.holdsMarkers = true;
    lab.ask('EndTxn', { ...first, committed: true });
    lab.resign();
    lab.releaseMarkers('lost');

    const known = lab.leaders.get('t');
    lab.leaders.set('t', 'unknown');
    lab.elect();
    if (known === undefined) lab.leaders.delete('t');
    else lab.leaders.set('t', known);
    lab.wait(100);
    lab.releaseMarkers();

    expect(lab.markers).toMatchObject([{ transactionResult: true, coordinatorEpoch: 2 }]);
  });

  test('knows nothing of what had not been committed', () => {
    const lab = open();
    lab.holdsCommits = true;
    const tag = lab.send('EndTxn', { ...first, committed: true });

    lab.resign();
    lab.release('NOT_LEADER_OR_FOLLOWER');
    lab.elect();

    expect(lab.reply(tag)).toEqual({ errorCode: 'NOT_COORDINATOR' });
    expect(lab.transaction('tx')).toMatchObject({ state: 'Ongoing', pendingState: null });
  });
});

describe('ListTransactions and DescribeTransactions', () => {
  test('tell states, by filter', () => {
    const lab = open();
    lab.ask('InitProducerId', initOf('idle'));
    const list = (filters: object) =>
      lab.ask('ListTransactions', { stateFilters: [], producerIdFilters: [], durationFilter: -1, ...filters });

    expect(list({})).toMatchObject({ transactionStates: [{ transactionalId: 'tx' }, { transactionalId: 'idle' }] });
    expect(list({ stateFilters: ['Empty', 'Odd'] })).toMatchObject({
      unknownStateFilters: ['Odd'],
      transactionStates: [{ transactionalId: 'idle', transactionState: 'Empty' }],
    });
    expect(lab.ask('DescribeTransactions', { transactionalIds: ['tx'] })).toMatchObject({
      transactionStates: [{ transactionState: 'Ongoing', topics: [{ name: 't', partitions: [0] }] }],
    });
  });
});
