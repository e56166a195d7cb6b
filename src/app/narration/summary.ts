/** Many facts in one sentence, and the state of the cluster in one sentence. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { Fact } from '../../kernel/facts.ts';
import { asClusterFact } from '../../cluster/facts.ts';
import { countText } from './numbers.ts';
import { summaryWordsEn } from './summaryWords.en.ts';
import { summaryWordsFr } from './summaryWords.fr.ts';
import type { SummaryWords } from './summaryWords.ts';

interface Tally {
  /** User records that a producer knows to be written. */
  readonly written: number;
  readonly refused: number;
  /** Records that a truncation took away from one replica. */
  readonly truncated: number;
  readonly consumed: number;
  readonly elections: number;
  readonly isrChanges: number;
  readonly rebalances: number;
  readonly topics: number;
  readonly others: number;
}

/** Facts of consumer groups count as one rebalance for each group that came to Stable. */
function tally(facts: readonly Fact[]): Tally {
  const sum = {
    written: 0,
    refused: 0,
    truncated: 0,
    consumed: 0,
    elections: 0,
    isrChanges: 0,
    rebalances: 0,
    topics: 0,
    others: 0,
  };
  for (const fact of facts) {
    const known = asClusterFact(fact);
    switch (known?.name) {
      case 'recordsAcknowledged':
        // Without acks nobody knows whether they are written.
        if (known.detail.baseOffset !== null) sum.written += known.detail.count;
        break;
      case 'recordsRefused':
        sum.refused += known.detail.count;
        break;
      case 'logTruncated':
        sum.truncated += known.detail.from - known.detail.to;
        break;
      case 'recordsConsumed':
        sum.consumed += known.detail.lastOffset - known.detail.firstOffset + 1;
        break;
      case 'leaderElected':
        sum.elections += 1;
        break;
      case 'isrShrunk':
      case 'isrExpanded':
        sum.isrChanges += 1;
        break;
      case 'groupStateChanged':
        if (known.detail.to === 'Stable') sum.rebalances += 1;
        break;
      case 'memberJoined':
      case 'memberLeft':
      case 'assignmentReceived':
      case 'partitionsRevoked':
        break;
      case 'topicCreated':
        sum.topics += 1;
        break;
      default:
        sum.others += 1;
    }
  }
  return sum;
}

const wordsIn = (language: Language): SummaryWords => (language === 'fr' ? summaryWordsFr : summaryWordsEn);

/** « 34 messages écrits, rien de perdu ». `heard`: all that was heard meanwhile, in which nothing may be lost for saying so. */
export function summarise(facts: readonly Fact[], language: Language, heard: readonly Fact[] = facts): string {
  const words = wordsIn(language);
  const sum = tally(facts);
  const said = (kind: keyof Tally): string[] =>
    sum[kind] === 0 ? [] : [words[kind](countText(sum[kind], language), sum[kind] === 1)];
  const all = tally(heard);
  const nothingLost = sum.written > 0 && all.refused === 0 && all.truncated === 0 ? [words.nothingLost] : [];
  return [
    ...said('topics'),
    ...said('elections'),
    ...said('isrChanges'),
    ...said('rebalances'),
    ...said('written'),
    ...nothingLost,
    ...said('refused'),
    ...said('truncated'),
    ...said('consumed'),
    ...said('others'),
  ].join(', ');
}

/** Where one is after a journey in time: the instant and the state. `clock` as the time bar shows it. */
export function stateSentence(picture: ClusterPicture, clock: string, language: Language): string {
  const topics = picture.topics.filter(({ isInternal }) => !isInternal);
  const partitions = topics.flatMap((topic) => topic.partitions);
  const isAlive = new Set(picture.brokers.filter(({ health }) => health !== 'dead').map(({ broker }) => broker));
  return wordsIn(language).state({
    clock,
    liveBrokers: isAlive.size,
    brokers: picture.brokers.length,
    controller: picture.brokers.find(({ isController }) => isController)?.broker ?? null,
    topics: topics.length,
    leaderless: partitions.filter(({ leader }) => leader < 0).length,
    outOfSync: partitions.flatMap(({ replicas }) => replicas).filter(({ isInSync }) => !isInSync).length,
  });
}
