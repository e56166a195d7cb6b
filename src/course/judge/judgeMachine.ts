/** Predicates over servers, links, commands, files, and what has happened. */
import type { Evidence } from '../evidence.ts';
import type { MachinePredicate } from '../predicate.ts';
import type { Finding } from './finding.ts';
import { counted, finding, isCount } from './finding.ts';

/** Of a process that SIGKILL ended. */
const killedExit = 137;

export function judgeMachine(predicate: MachinePredicate, evidence: Evidence): Finding {
  switch (predicate.is) {
    case 'serviceRunning':
      return finding(evidence.server(predicate.service)?.health === 'running');
    case 'serviceStopped': {
      const server = evidence.server(predicate.service);
      const isDead = (server?.health ?? 'dead') === 'dead';
      const wasKilled = server?.exitCode === killedExit;
      return finding(
        isDead && (predicate.how === undefined || (predicate.how === 'killed') === wasKilled),
        isDead ? 'dead' : null,
      );
    }
    case 'servicePaused':
      return finding(evidence.server(predicate.service)?.health === 'paused');
    case 'zooKeepersDown':
      return counted(predicate.count, evidence.picture.zookeepers.filter(({ health }) => health === 'dead').length);
    case 'linkCut':
      return finding(evidence.isLinkCut(...predicate.between));
    case 'commandRun': {
      const { options = {}, words = [], without = [], argumentCount, exit, latest } = predicate;
      const ofProgram = evidence.commands.filter(({ program }) => program === predicate.program);
      const since = latest === 'ofAll' ? (evidence.lastLine?.at ?? evidence.taskSince) : evidence.taskSince;
      const last = ofProgram.slice(-1).filter(({ startedAt }) => startedAt >= since);
      const runs = (latest === undefined ? ofProgram : last).filter(({ argv, exitCode }) => {
        return (
          Object.entries(options).every(([option, value]) => hasOption(argv, option, value)) &&
          hasWords(argv, words) &&
          !without.some((word) => hasWords(argv, [word])) &&
          (argumentCount === undefined || isCount(argumentCount, argv.length - 1)) &&
          (exit === undefined || exitCode === exit)
        );
      });
      return counted(predicate.count ?? { min: 1 }, runs.length);
    }
    case 'zooKeeperAsked': {
      const { command, path } = predicate;
      const asked = evidence.zooKeeperShells.flatMap(({ commands }) => commands);
      return finding(asked.some(([name, ...words]) => name === command && words.includes(path)));
    }
    case 'watchHeard':
      return finding(evidence.zooKeeperShells.some(({ heard }) => heard.includes(predicate.path)));
    case 'interrupted': {
      const seen = evidence.commands.filter(
        ({ program, argv, exitCode, printed }) =>
          program === predicate.program &&
          exitCode === 130 &&
          hasWords(argv, predicate.words ?? []) &&
          isCount(predicate.printed ?? { min: 0 }, printed),
      );
      return finding(seen.length > 0);
    }
    case 'producersStopped':
      return counted(0, evidence.picture.producers.length);
    case 'running': {
      const seen = evidence.commands.filter(
        ({ program, exitCode }) => program === predicate.program && exitCode === null,
      );
      return counted(predicate.count ?? { min: 1 }, seen.length);
    }
    case 'file':
      return finding(evidence.hasFile(predicate.path) === predicate.exists);
    case 'happened': {
      const { fact, where = {}, afterSeconds: wantedSeconds = { min: 0 }, count = { min: 1 } } = predicate;
      const seen = evidence.happened.filter(
        ({ name, detail, afterSeconds }) =>
          name === fact &&
          isCount(wantedSeconds, afterSeconds) &&
          Object.entries(where).every(([property, value]) => detail[property] === value),
      );
      return counted(count, seen.length);
    }
    case 'travelled':
      return finding(evidence.hasTravelled);
    case 'wentOn':
      return finding(evidence.hasGoneOn, evidence.hasTravelled ? 'stopped' : null);
  }
}

const hasWords = (argv: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => argv.some((argument) => argument.includes(word)));

/** `--option value`, `--option=value`, or the bare option; the value may be quoted by the learner, the shell has taken the quotes away. */
function hasOption(argv: readonly string[], option: string, value: string | true): boolean {
  return argv.some((argument, i) => {
    if (value === true) return argument === option || argument.startsWith(`${option}=`);
    return (argument === option && argv[i + 1] === value) || argument === `${option}=${value}`;
  });
}
