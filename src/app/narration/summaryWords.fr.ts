/** Summaries in French. */
import type { SummaryWords } from './summaryWords.ts';

export const summaryWordsFr: SummaryWords = {
  written: (count, isOne) => `${count} ${isOne ? 'message écrit' : 'messages écrits'}`,
  nothingLost: 'rien de perdu',
  refused: (count, isOne) => `${count} ${isOne ? 'refusé' : 'refusés'}`,
  truncated: (count, isOne) => `${count} ${isOne ? 'effacé' : 'effacés'} d’un réplica par troncature`,
  consumed: (count, isOne) => `${count} ${isOne ? 'lu' : 'lus'}`,
  elections: (count, isOne) => `${count} ${isOne ? 'élection' : 'élections'} de leader`,
  isrChanges: (count, isOne) => `${count} ${isOne ? 'changement' : 'changements'} d’ISR`,
  rebalances: (count, isOne) => `${count} ${isOne ? 'rééquilibrage' : 'rééquilibrages'}`,
  topics: (count, isOne) => `${count} ${isOne ? 'topic créé' : 'topics créés'}`,
  others: (count, isOne) => `${count} ${isOne ? 'autre fait' : 'autres faits'}`,
  state: ({ clock, liveBrokers, brokers, controller, topics, leaderless, outOfSync }) =>
    [
      `Instant ${clock}\u00a0: ${brokers === 0 ? 'aucun broker' : `${liveBrokers} ${liveBrokers < 2 ? 'broker vivant' : 'brokers vivants'} sur ${brokers}`}`,
      ...(controller === null ? [] : [`contrôleur broker ${controller}`]),
      `${topics} ${topics < 2 ? 'topic' : 'topics'}`,
      ...(leaderless > 0 ? [`${leaderless} ${leaderless < 2 ? 'partition' : 'partitions'} sans leader`] : []),
      ...(outOfSync > 0 ? [`${outOfSync} ${outOfSync < 2 ? 'réplica' : 'réplicas'} hors ISR`] : []),
    ].join(', '),
};
