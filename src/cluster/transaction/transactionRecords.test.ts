import { describe, expect, test } from 'vitest';
import { hexOf } from '../../kafka/bytes.ts';
import type { ProducerEpoch, ProducerId, TimestampMs } from '../../kafka/ids.ts';
import { newTransaction, type TransactionTransit } from './transactionMetadata.ts';
import { readTransactionKey, readTransactionValue, transactionKey, transactionValue } from './transactionRecords.ts';
import { transactionStates } from './transactionState.ts';

const ongoing: TransactionTransit = {
  producerId: 1000 as ProducerId,
  lastProducerId: 1000 as ProducerId,
  producerEpoch: 2 as ProducerEpoch,
  lastProducerEpoch: -1 as ProducerEpoch,
  txnTimeoutMs: 60_000,
  state: 'Ongoing',
  topicPartitions: [
    { topic: 'pay', partition: 0 },
    { topic: 'audit', partition: 3 },
    { topic: 'pay', partition: 1 },
  ],
  txnStartTimestamp: 5 as TimestampMs,
  txnLastUpdateTimestamp: 6 as TimestampMs,
};

describe('a record of __transaction_state', () => {
  test('has the transactional id as key, after its version', () => {
    expect(hexOf(transactionKey('tx'))).toBe('000000027478');
    expect(readTransactionKey(transactionKey('tx-é'))).toBe('tx-é');
  });

  test('has the fields of TransactionLogValue 0 as value', () => {
    const fields = [
      ['version', '0000'],
      ['producer id', '00000000000003e8'],
      ['epoch', '0002'],
      ['timeout', '0000ea60'],
      ['Ongoing', '01'],
      ['topics', '00000002'],
      ['pay: 0, 1', '0003706179000000020000000000000001'],
      ['audit: 3', '000561756469740000000100000003'],
      ['last update', '0000000000000006'],
      ['start', '0000000000000005'],
    ];

    expect(hexOf(transactionValue(ongoing))).toBe(fields.map(([, hex]) => hex).join(''));
  });

  test('names no partitions, instead of zero, while nothing has begun', () => {
    const transit = { ...ongoing, state: 'Empty', topicPartitions: [], txnStartTimestamp: -1 as TimestampMs } as const;

    expect(hexOf(transactionValue(transit)).slice(2 * 16)).toBe('00ffffffff0000000000000006ffffffffffffffff');
  });

  test.each(transactionStates.slice(0, 6))('is read back as it was written: %s', (state) => {
    const isOpen = state !== 'Empty' && !state.startsWith('Complete');
    const topicPartitions = isOpen ? [ongoing.topicPartitions[0]!, ongoing.topicPartitions[2]!] : [];
    const transit: TransactionTransit = { ...ongoing, state, topicPartitions };

    const read = readTransactionValue('tx', transactionValue(transit));

    const fresh = newTransaction('tx', transit.producerId, { txnTimeoutMs: 60_000, nowMs: 6 as TimestampMs });
    const { producerEpoch, txnStartTimestamp } = transit;
    expect(read).toEqual({ ...fresh, state, producerEpoch, topicPartitions, txnStartTimestamp });
  });
});
