/** Summaries in English. */
import type { SummaryWords } from './summaryWords.ts';

export const summaryWordsEn: SummaryWords = {
  written: (count, isOne) => `${count} ${isOne ? 'message' : 'messages'} written`,
  nothingLost: 'nothing lost',
  refused: (count) => `${count} refused`,
  truncated: (count) => `${count} removed from a replica by truncation`,
  consumed: (count) => `${count} read`,
  elections: (count, isOne) => `${count} leader ${isOne ? 'election' : 'elections'}`,
  isrChanges: (count, isOne) => `${count} ISR ${isOne ? 'change' : 'changes'}`,
  rebalances: (count, isOne) => `${count} ${isOne ? 'rebalance' : 'rebalances'}`,
  topics: (count, isOne) => `${count} ${isOne ? 'topic' : 'topics'} created`,
  others: (count, isOne) => `${count} other ${isOne ? 'fact' : 'facts'}`,
  state: ({ clock, liveBrokers, brokers, controller, topics, leaderless, outOfSync }) =>
    [
      `Instant ${clock}: ${brokers === 0 ? 'no broker' : `${liveBrokers} of ${brokers} brokers alive`}`,
      ...(controller === null ? [] : [`controller broker ${controller}`]),
      `${topics} ${topics === 1 ? 'topic' : 'topics'}`,
      ...(leaderless > 0 ? [`${leaderless} ${leaderless === 1 ? 'partition' : 'partitions'} without leader`] : []),
      ...(outOfSync > 0 ? [`${outOfSync} ${outOfSync === 1 ? 'replica' : 'replicas'} out of the ISR`] : []),
    ].join(', '),
};
