/** What is missing for a goal, said in English about the learner's own cluster. Code in back quotes. */
import type { Unmet } from './goal.ts';
import type { Count, NamedFact } from './predicate.ts';

const wanted = (count: Count): string => {
  if (typeof count === 'number') return `${count}`;
  if (count.min !== undefined && count.max !== undefined) return `between ${count.min} and ${count.max}`;
  return count.min === undefined ? `at most ${count.max ?? 0}` : `at least ${count.min}`;
};

/** "no record", "1 record", "3 records". */
const several = (seen: Unmet['seen'], noun: string): string => {
  const count = Number(seen ?? 0);
  return count === 0 ? `no ${noun}` : count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
};

const listed = (words: readonly string[]): string => {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
};

const of = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `\`${topic}-${partition}\``;
const leaderSeen = (seen: Unmet['seen']): string =>
  seen === null ? 'is unknown' : seen === -1 ? 'is missing: the partition has no leader' : `is broker ${seen}`;

/** `zookeeper-1` and `broker-0` by the names that the figure gives them. */
const named = (actor: string): string => {
  const [, kind, number] = /^(broker|zookeeper)-(\d+)$/.exec(actor) ?? [];
  if (kind === undefined) return `\`${actor}\``;
  return kind === 'broker' ? `Broker ${number}` : `ZooKeeper ${number} (zk-${number})`;
};

/** Whether it was true before: “not yet” would deny that it was. */
type Tense = 'notYet' | 'noLonger';

/** Of what was never true so far. */
export const unmetEn = (unmet: Unmet): string => sentenceOf(unmet, 'notYet');

/** Of what was true at some time, and is no more. */
export const noLongerEn = (unmet: Unmet): string => sentenceOf(unmet, 'noLonger');

function sentenceOf({ predicate, seen, mustNot }: Unmet, tense: Tense): string {
  const count = Number(seen ?? 0);
  const wasNever = tense === 'notYet';
  const [yet, still] = wasNever ? [' yet', ' still'] : ['', ''];
  if (mustNot && predicate.is === 'running') {
    return count > 1
      ? `${count} \`${predicate.program}.sh\` commands are${still} running; stop them.`
      : `A \`${predicate.program}.sh\` command is${still} running; stop it.`;
  }
  switch (predicate.is) {
    case 'serviceRunning':
      return `${named(predicate.service)} is ${wasNever ? 'not running yet' : 'no longer running'}.`;
    case 'serviceStopped':
      if (seen !== 'dead') return `${named(predicate.service)} is${still} running.`;
      return predicate.how === 'killed'
        ? `${named(predicate.service)} was stopped cleanly; here it has to be killed.`
        : `${named(predicate.service)} was killed; here it has to be stopped cleanly.`;
    case 'servicePaused':
      return `${named(predicate.service)} is not frozen.`;
    case 'zooKeepersDown':
      return `${count === 0 ? 'No ZooKeeper server is' : count === 1 ? 'Only one ZooKeeper server is' : `${count} ZooKeeper servers are`} down; it takes ${wanted(predicate.count)}.`;
    case 'linkCut':
      return mustNot
        ? `The link between ${predicate.between.map(named).join(' and ')} is${still} cut.`
        : `The link between ${predicate.between.map(named).join(' and ')} is not cut.`;
    case 'topicExists':
      if (seen === 0) return `There is no topic \`${predicate.topic}\`.`;
      return typeof seen === 'string'
        ? `The topic \`${predicate.topic}\` exists, with ${several(seen.slice(1), 'replica')} of each partition.`
        : `The topic \`${predicate.topic}\` exists, with ${several(seen, 'partition')}.`;
    case 'topicAbsent':
      return `The topic \`${predicate.topic}\`${still} exists.`;
    case 'records': {
      const which = predicate.key === undefined ? '' : ` with key \`${predicate.key}\``;
      return `\`${predicate.topic}\` holds ${several(seen, 'record')}${which}; it takes ${wanted(predicate.count)}.`;
    }
    case 'keyedProducers':
      return `${count === 0 ? 'No producer has' : count === 1 ? 'Only one producer has' : `${count} producers have`} written with a key to \`${predicate.topic}\`${count === 0 ? yet : ''}; it takes ${wanted(predicate.count)}.`;
    case 'keyPartitions':
      return `The key \`${predicate.key}\` is in ${several(seen, 'partition')}; it takes ${wanted(predicate.count)}.`;
    case 'sharePartition':
      return `The keys ${listed(predicate.keys)} share no partition.`;
    case 'logStart':
      return `The first offset of ${of(predicate)} is ${seen ?? 'unknown'}.`;
    case 'logEnd':
      return `The log of ${of(predicate)} ends at ${seen ?? 'an unknown offset'}; it takes ${wanted(predicate.offset)}.`;
    case 'holes':
      return `In ${of(predicate)}: ${several(seen, 'offset')} without a record; it takes ${wanted(predicate.count)}.`;
    case 'segments':
      return `The log of ${of(predicate)} has ${several(seen, 'segment')}; it takes ${wanted(predicate.count)}.`;
    case 'unreadable':
      return `In ${of(predicate)}, ${several(seen, 'record')} above the high watermark; it takes ${wanted(predicate.count)}.`;
    case 'commandRun': {
      const asked = [...Object.keys(predicate.options ?? {}), ...(predicate.words ?? [])];
      if (count > 0)
        return `\`${predicate.program}\` was run ${several(seen, 'time')}; it takes ${wanted(predicate.count ?? 1)}.`;
      const isDone = predicate.exit === undefined ? 'been run' : 'succeeded';
      return asked.length === 0
        ? `The command \`${predicate.program}\` has not ${isDone}${yet}.`
        : `The command \`${predicate.program}\` with ${listed(asked)} has not ${isDone}${yet}.`;
    }
    case 'zooKeeperAsked':
      return `No ZooKeeper session has been asked \`${predicate.command} ${predicate.path}\`${yet}.`;
    case 'watchHeard':
      return `No watch on \`${predicate.path}\` has fired${yet}.`;
    case 'interrupted':
      return `No \`${predicate.program}.sh\` command was stopped by Ctrl-C${yet}.`;
    case 'producersStopped':
      return count > 1 ? `${count} producers are${still} running.` : `A producer is${still} running.`;
    case 'running':
      return count === 0
        ? `No \`${predicate.program}.sh\` command is running${wasNever ? '' : ' any more'}.`
        : `${count} \`${predicate.program}.sh\` running; it takes ${wanted(predicate.count ?? { min: 1 })}.`;
    case 'consumed':
      if (predicate.live === true && count === 0)
        return `No reader has${yet} received a line of \`${predicate.topic}\` written after it started.`;
      return seen === null
        ? `No such reader reads \`${predicate.topic}\`.`
        : `The reader furthest on has shown ${several(seen, 'record')} of \`${predicate.topic}\`.`;
    case 'file':
      return predicate.exists
        ? `The file \`${predicate.path}\` does not exist${yet}.`
        : `The file \`${predicate.path}\`${still} exists.`;
    case 'happened':
      return happenings[predicate.fact](yet);
    case 'travelled':
      return `You have not gone back in time${yet}.`;
    case 'wentOn':
      return seen === null ? 'Time will then have to run on.' : 'Time stands still: press `Space` to let it run on.';
    case 'leaderIs':
      return `The leader of ${of(predicate)} ${leaderSeen(seen)}.`;
    case 'leaderIsNot':
      return seen === predicate.broker
        ? `The leader of ${of(predicate)} is${still} broker ${seen}.`
        : `The leader of ${of(predicate)} ${leaderSeen(seen)}.`;
    case 'leaderEpoch':
      return `The leader epoch of ${of(predicate)} is ${count}; it takes ${wanted(predicate.epoch)}.`;
    case 'leadersSpread':
      return `The partitions of \`${predicate.topic}\` are led by ${several(seen, 'broker')}; it takes ${wanted(predicate.brokers)}.`;
    case 'isrSize':
      return `The ISR of ${of(predicate)} has ${several(seen, 'replica')}; it takes ${wanted(predicate.size)}.`;
    case 'underReplicated':
      return `The ISR is incomplete in ${several(seen, 'partition')} of \`${predicate.topic}\`; it takes ${wanted(predicate.count)}.`;
    case 'controllerIs':
      return seen === -1 ? 'No broker is controller.' : `The controller is broker ${seen}.`;
    case 'controllerIsNot':
      return seen === -1 ? 'No broker is controller.' : `The controller is${still} broker ${seen}.`;
    case 'controllerEpoch':
      return `The controller epoch is ${count}; it takes ${wanted(predicate.epoch)}.`;
    case 'znode':
      if (predicate.exists === false) return `The znode \`${predicate.path}\`${still} exists.`;
      if (seen === null) return `There is no znode \`${predicate.path}\`.`;
      return predicate.children === undefined
        ? `The znode \`${predicate.path}\` does not hold what it should${yet}.`
        : `The znode \`${predicate.path}\` has ${Number(seen) === 0 ? 'no child' : count === 1 ? '1 child' : `${count} children`}; it takes ${wanted(predicate.children)}.`;
    case 'zooKeeperServes':
      if (mustNot) return `ZooKeeper${still} serves: it has its majority.`;
      return seen === null
        ? 'ZooKeeper does not serve: it has no leader.'
        : `The leader of ZooKeeper is${still} server ${seen}.`;
    case 'groupState':
      return seen === null
        ? `There is no group \`${predicate.group}\`${yet}.`
        : `The group \`${predicate.group}\` is in state ${seen}, not${yet} ${predicate.state}.`;
    case 'groupMembers':
      return `The group \`${predicate.group}\` has ${several(seen, 'member')}; it takes ${wanted(predicate.count)}.`;
    case 'idleMembers':
      return `The group \`${predicate.group}\` has ${several(seen, 'member')} without partition; it takes ${wanted(predicate.count)}.`;
    case 'allAssigned':
      return `The group \`${predicate.group}\` reads ${several(seen, 'partition')} of \`${predicate.topic}\`; it takes all of them.`;
    case 'committed':
      return seen === null
        ? `The group \`${predicate.group}\` has committed nothing in ${of(predicate)}${yet}.`
        : `The committed offset of group \`${predicate.group}\` in ${of(predicate)} is ${seen}; it takes ${wanted(predicate.offset)}.`;
    case 'lag':
      return seen === null
        ? `The group \`${predicate.group}\` has committed nothing in \`${predicate.topic}\`${yet}.`
        : `The lag of group \`${predicate.group}\` is ${several(seen, 'record')}; it takes ${wanted(predicate.records)}.`;
  }
}

/** What has not happened. */
const happenings: Readonly<Record<NamedFact, (yet: string) => string>> = {
  controllerElected: (yet) => `No controller has been elected${yet}.`,
  isrExpanded: (yet) => `The ISR has not grown${yet}.`,
  isrShrunk: (yet) => `The ISR has not shrunk${yet}.`,
  leaderElected: (yet) => `No leader has been elected${yet}.`,
  recordsRefused: (yet) => `No write has been refused in this way${yet}.`,
  sessionExpired: (yet) => `No ZooKeeper session has expired${yet}.`,
  zookeeperElected: (yet) => `ZooKeeper has not elected another leader${yet}.`,
};
