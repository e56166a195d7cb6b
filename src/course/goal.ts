/**
 * Goals: predicates over the cluster, the files and what was run, met by whatever route. What is not met yet says what it saw instead, so
 * that a learner knows what is missing in their own cluster. Vocabulary: `lesson.schema.json` of the course, as far as lessons use it.
 */
import type { PartitionPicture } from '../cluster/picture.ts';
import { leaderRecords } from './leaderRecords.ts';
import type { Evidence } from './evidence.ts';

/** A number, or bounds. */
export type Count = number | { readonly min?: number; readonly max?: number };

export type Predicate =
  /** `zookeeper-1`, `broker-0`… runs and is ready. */
  | { readonly is: 'serviceRunning'; readonly service: string }
  | { readonly is: 'serviceStopped'; readonly service: string }
  | {
      readonly is: 'topicExists';
      readonly topic: string;
      readonly partitions?: Count;
      readonly replicationFactor?: Count;
    }
  | { readonly is: 'topicAbsent'; readonly topic: string }
  /** Data records in the leaders' logs. */
  | {
      readonly is: 'records';
      readonly topic: string;
      readonly count: Count;
      readonly key?: string;
      readonly value?: string;
    }
  /** How many partitions hold this key. */
  | { readonly is: 'keyPartitions'; readonly topic: string; readonly key: string; readonly count: Count }
  /** Records of the two keys lie in one partition. */
  | { readonly is: 'sharePartition'; readonly topic: string; readonly keys: readonly [string, string] }
  | { readonly is: 'logStart'; readonly topic: string; readonly partition: number; readonly offset: Count }
  /**
   * A command was run since the lesson began: its program, the options among its arguments (each must be there, in any order; a value may be
   * given as the next argument or after `=`), words that appear in it, its exit code, and how often.
   */
  | {
      readonly is: 'commandRun';
      readonly program: string;
      readonly options?: Readonly<Record<string, string | true>>;
      readonly words?: readonly string[];
      readonly without?: readonly string[];
      readonly argumentCount?: Count;
      readonly exit?: number;
      readonly count?: Count;
    }
  /** Ctrl-C ended a run of the program. */
  | { readonly is: 'interrupted'; readonly program: string }
  /** No console producer runs any more, those of the start included. */
  | { readonly is: 'producersStopped' }
  /** Still running, at any terminal. */
  | { readonly is: 'running'; readonly program: string; readonly count?: Count }
  /** Each of `readers` console consumers has printed that many records of the topic. */
  | {
      readonly is: 'consumed';
      readonly topic: string;
      readonly records: Count;
      readonly readers?: number;
      readonly without?: readonly string[];
    }
  | { readonly is: 'file'; readonly path: string; readonly exists: boolean }
  /** The learner went back in time. */
  | { readonly is: 'travelled' };

export type Goal =
  | Predicate
  | { readonly all: readonly Goal[] }
  | { readonly any: readonly Goal[] }
  | { readonly not: Goal };

export const all = (...goals: readonly Goal[]): Goal => ({ all: goals });
export const any = (...goals: readonly Goal[]): Goal => ({ any: goals });
export const not = (goal: Goal): Goal => ({ not: goal });

/** A predicate that does not hold, and what was seen instead (a number, or null where there is nothing to count). */
export interface Unmet {
  readonly predicate: Predicate;
  readonly seen: number | null;
  /** It holds, and must not. */
  readonly mustNot: boolean;
}

export interface Verdict {
  readonly isMet: boolean;
  /** Empty when met. Of alternatives, those of the first. */
  readonly unmet: readonly Unmet[];
}

const met: Verdict = { isMet: true, unmet: [] };

export function judge(goal: Goal, evidence: Evidence): Verdict {
  if ('all' in goal) {
    const verdicts = goal.all.map((part) => judge(part, evidence));
    return verdicts.every((verdict) => verdict.isMet)
      ? met
      : { isMet: false, unmet: verdicts.flatMap((verdict) => verdict.unmet) };
  }
  if ('any' in goal) {
    const verdicts = goal.any.map((part) => judge(part, evidence));
    return verdicts.some((verdict) => verdict.isMet) ? met : { isMet: false, unmet: verdicts[0]?.unmet ?? [] };
  }
  if ('not' in goal) {
    if (!judge(goal.not, evidence).isMet) return met;
    return { isMet: false, unmet: 'is' in goal.not ? [{ predicate: goal.not, seen: null, mustNot: true }] : [] };
  }
  return judgePredicate(goal, evidence);
}

const holds = (wanted: Count, seen: number): boolean =>
  typeof wanted === 'number'
    ? seen === wanted
    : seen >= (wanted.min ?? 0) && seen <= (wanted.max ?? Number.MAX_SAFE_INTEGER);

const verdict = (isMet: boolean, predicate: Predicate, seen: number | null = null): Verdict =>
  isMet ? met : { isMet, unmet: [{ predicate, seen, mustNot: false }] };
const counted = (wanted: Count, seen: number, predicate: Predicate): Verdict =>
  verdict(holds(wanted, seen), predicate, seen);

function judgePredicate(predicate: Predicate, evidence: Evidence): Verdict {
  const { picture } = evidence;
  const partitionsOf = (topic: string): readonly PartitionPicture[] =>
    picture.topics.find((other) => other.topic === topic)?.partitions ?? [];
  switch (predicate.is) {
    case 'serviceRunning':
      return verdict(serviceHealth(evidence, predicate.service) === 'running', predicate);
    case 'serviceStopped':
      return verdict((serviceHealth(evidence, predicate.service) ?? 'dead') === 'dead', predicate);
    case 'topicExists': {
      const partitions = partitionsOf(predicate.topic);
      const replicas = partitions[0]?.replicas.length ?? 0;
      const { partitions: partitionCount, replicationFactor } = predicate;
      const matches =
        holds(partitionCount ?? { min: 1 }, partitions.length) && holds(replicationFactor ?? { min: 1 }, replicas);
      return verdict(partitions.length > 0 && matches, predicate, partitions.length);
    }
    case 'topicAbsent':
      return verdict(partitionsOf(predicate.topic).length === 0, predicate);
    case 'records': {
      const seen = partitionsOf(predicate.topic)
        .flatMap((partition) => leaderRecords(partition))
        .filter((record) => {
          return (
            (predicate.key === undefined || record.key === predicate.key) &&
            (predicate.value === undefined || record.value === predicate.value)
          );
        });
      return counted(predicate.count, seen.length, predicate);
    }
    case 'keyPartitions': {
      const holding = partitionsOf(predicate.topic).filter((partition) => hasKey(partition, predicate.key));
      return counted(predicate.count, holding.length, predicate);
    }
    case 'sharePartition': {
      const [first, second] = predicate.keys;
      return verdict(
        partitionsOf(predicate.topic).some((partition) => hasKey(partition, first) && hasKey(partition, second)),
        predicate,
      );
    }
    case 'logStart': {
      const partition = partitionsOf(predicate.topic)[predicate.partition];
      const leader = partition?.replicas.find((replica) => replica.broker === partition.leader);
      return leader === undefined
        ? verdict(false, predicate)
        : counted(predicate.offset, leader.logStartOffset, predicate);
    }
    case 'commandRun': {
      const runs = evidence.commands.filter(({ program, argv, exitCode }) => {
        const { options = {}, words = [], without = [], argumentCount, exit } = predicate;
        return (
          program === predicate.program &&
          Object.entries(options).every(([option, value]) => hasOption(argv, option, value)) &&
          words.every((word) => argv.some((argument) => argument.includes(word))) &&
          !without.some((word) => argv.some((argument) => argument.includes(word))) &&
          (argumentCount === undefined || holds(argumentCount, argv.length - 1)) &&
          (exit === undefined || exitCode === exit)
        );
      });
      return counted(predicate.count ?? { min: 1 }, runs.length, predicate);
    }
    case 'interrupted': {
      const seen = evidence.commands.filter(
        ({ program, exitCode }) => program === predicate.program && exitCode === 130,
      );
      return verdict(seen.length > 0, predicate);
    }
    case 'producersStopped':
      return counted(0, picture.producers.length, predicate);
    case 'running': {
      const seen = evidence.commands.filter(
        ({ program, exitCode }) => program === predicate.program && exitCode === null,
      );
      return counted(predicate.count ?? { min: 1 }, seen.length, predicate);
    }
    case 'consumed': {
      const counts = evidence.readers
        .filter(
          ({ topic, argv }) =>
            topic === predicate.topic && !(predicate.without ?? []).some((word) => argv.includes(word)),
        )
        .map(({ consumed }) => consumed);
      const enough = counts.filter((consumed) => holds(predicate.records, consumed)).length;
      return verdict(enough >= (predicate.readers ?? 1), predicate, counts.length === 0 ? null : Math.max(...counts));
    }
    case 'file':
      return verdict(evidence.hasFile(predicate.path) === predicate.exists, predicate);
    case 'travelled':
      return verdict(evidence.hasTravelled, predicate);
  }
}

function serviceHealth({ picture }: Evidence, service: string): string | undefined {
  const [kind, number] = service.split('-');
  const id = Number(number);
  if (kind === 'broker') return picture.brokers.findLast(({ broker }) => broker === id)?.health;
  return picture.zookeepers.findLast(({ server }) => server === id)?.health;
}

const hasKey = (partition: PartitionPicture, key: string): boolean =>
  leaderRecords(partition).some((record) => record.key === key);

/** `--option value`, `--option=value`, or the bare option; the value may be quoted by the learner, the shell has taken the quotes away. */
function hasOption(argv: readonly string[], option: string, value: string | true): boolean {
  return argv.some((argument, i) => {
    if (value === true) return argument === option || argument.startsWith(`${option}=`);
    return (argument === option && argv[i + 1] === value) || argument === `${option}=${value}`;
  });
}
