/** What is missing for a goal, said in English about the learner's own cluster. */
import type { Count, Unmet } from './goal.ts';

const wanted = (count: Count): string => {
  if (typeof count === 'number') return `${count}`;
  if (count.min !== undefined && count.max !== undefined) return `between ${count.min} and ${count.max}`;
  return count.min === undefined ? `at most ${count.max ?? 0}` : `at least ${count.min}`;
};

export function unmetEn({ predicate, seen, mustNot }: Unmet): string {
  if (mustNot && predicate.is === 'running') return `${predicate.program} is still running.`;
  switch (predicate.is) {
    case 'serviceRunning':
      return `${predicate.service} is not running yet.`;
    case 'serviceStopped':
      return `${predicate.service} is still running.`;
    case 'topicExists':
      return seen === 0
        ? `There is no topic ${predicate.topic}.`
        : `The topic ${predicate.topic} exists, with ${seen ?? 0} partition(s).`;
    case 'topicAbsent':
      return `The topic ${predicate.topic} still exists.`;
    case 'records': {
      const which = predicate.key === undefined ? '' : ` with key ${predicate.key}`;
      return `${predicate.topic} holds ${seen ?? 0} record(s)${which}; it takes ${wanted(predicate.count)}.`;
    }
    case 'keyPartitions':
      return `The key ${predicate.key} is in ${seen ?? 0} partition(s); it takes ${wanted(predicate.count)}.`;
    case 'sharePartition':
      return `The keys ${predicate.keys.join(' and ')} share no partition.`;
    case 'logStart':
      return `The first offset of ${predicate.topic}-${predicate.partition} is ${seen ?? 'unknown'}.`;
    case 'commandRun': {
      const asked = [...Object.keys(predicate.options ?? {}), ...(predicate.words ?? [])].join(' ');
      if (seen !== null && seen > 0)
        return `${predicate.program}.sh was run ${seen} time(s); it takes ${wanted(predicate.count ?? 1)}.`;
      return asked === ''
        ? `The command ${predicate.program} has not succeeded yet.`
        : `A ${predicate.program} command with ${asked} is missing.`;
    }
    case 'interrupted':
      return `No ${predicate.program} was stopped by Ctrl-C.`;
    case 'producersStopped':
      return `${seen ?? 0} producer(s) still running.`;
    case 'running':
      return `${seen ?? 0} ${predicate.program} running; it takes ${wanted(predicate.count ?? { min: 1 })}.`;
    case 'consumed':
      return seen === null
        ? `No reader reads ${predicate.topic}.`
        : `The reader furthest on has shown ${seen} record(s) of ${predicate.topic}.`;
    case 'file':
      return predicate.exists
        ? `The file ${predicate.path} does not exist yet.`
        : `The file ${predicate.path} still exists.`;
    case 'travelled':
      return 'You have not gone back in time yet.';
  }
}
