/** `ps`, `jps`, `pgrep`, `pkill`, and `kill` as a program. */
import type { Signal } from '../../kernel/events.ts';
import { signalProcess } from '../effects.ts';
import { user } from '../environment.ts';
import { mainClassOf } from '../kafkaFolder/scripts.ts';
import type { ProcessEntry } from '../processTable.ts';
import { commandLineOf, commandNameOf, pidOf, runningProcesses } from '../processTable.ts';
import { signalNamed, signalNames } from '../signals.ts';
import { formatTime } from '../text/dates.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';

/** Long enough for the others of its pipeline to have begun: `ps aux | grep kafka` shows its own `grep`. */
const startUpUs = 1;

/** Running processes, and this command itself: its shell enters it only once it has begun. */
function processesOf(run: Run): readonly ProcessEntry[] {
  const { process, argv, terminal } = run.input;
  const itself: ProcessEntry = { process, parent: null, program: run.name, argv, terminal, startedAt: run.now };
  const others = runningProcesses(run.files).filter((entry) => entry.process !== process);
  return [...others, itself].sort((one, other) => one.process - other.process);
}

/** `pts/0` and so on, in the order in which terminals were opened. */
function ttyNames(entries: readonly ProcessEntry[]): (entry: ProcessEntry) => string {
  const terminals = [...new Set(entries.map(({ terminal }) => terminal))].filter((terminal) => terminal !== null);
  return ({ terminal }) => (terminal === null ? '?' : `pts/${terminals.indexOf(terminal)}`);
}

export const ps = command(
  {
    name: 'ps',
    startUpUs,
    help: `Usage: ps [options]

  (none)      processes of this terminal
  -e, ax      all processes
  -f, aux     with more columns
  -p PID      one process
`,
    flags: '',
    readsItsOptions: true,
  },
  (run) => {
    const all = processesOf(run);
    const options = run.operands
      .filter((word) => !/^\d+$/.test(word))
      .join('')
      .replaceAll('-', '');
    const pids = run.operands.filter((word) => /^\d+$/.test(word)).map(Number);
    const tty = ttyNames(all);
    const isAll = /[eAax]/.test(options);
    const shown = all.filter((entry) =>
      pids.length > 0 ? pids.includes(pidOf(entry.process)) : isAll || entry.terminal === run.input.terminal,
    );
    const pid = (entry: ProcessEntry): string => String(pidOf(entry.process)).padStart(7);
    const isUserFormat = /u/.test(options) && !run.operands.some((word) => word.startsWith('-') && word.includes('u'));
    if (isUserFormat) {
      run.out(`${'USER'.padEnd(9)}    PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n`);
      for (const entry of shown)
        run.out(
          `${user.slice(0, 9).padEnd(9)}${pid(entry)}  0.0  0.0      0     0 ${tty(entry).padEnd(8)} S    ${formatTime('%H:%M', entry.startedAt)}   0:00 ${commandLineOf(entry)}\n`,
        );
    } else if (options.includes('f')) {
      run.out(`UID          PID    PPID  C STIME TTY          TIME CMD\n`);
      for (const entry of shown) {
        const parent = String(entry.parent === null ? 1 : pidOf(entry.parent)).padStart(7);
        run.out(
          `${user.slice(0, 8).padEnd(8)} ${pid(entry)} ${parent}  0 ${formatTime('%H:%M', entry.startedAt)} ${tty(entry).padEnd(8)} 00:00:00 ${commandLineOf(entry)}\n`,
        );
      }
    } else if (/[ax]/.test(options)) {
      run.out('    PID TTY      STAT   TIME COMMAND\n');
      for (const entry of shown) run.out(`${pid(entry)} ${tty(entry).padEnd(8)} S      0:00 ${commandLineOf(entry)}\n`);
    } else {
      run.out('    PID TTY          TIME CMD\n');
      for (const entry of shown) run.out(`${pid(entry)} ${tty(entry).padEnd(8)} 00:00:00 ${commandNameOf(entry)}\n`);
    }
    if (pids.length > 0 && shown.length === 0) run.exitCode = 1;
  },
);

export const jps = command(
  {
    name: 'jps',
    startUpUs,
    help: 'usage: jps [-q] [-mlvV]\n\n  -l   full name of the main class\n  -m   arguments of the main method\n  -q   only process numbers\n',
    flags: 'lmqvV',
  },
  (run) => {
    const { options } = run;
    for (const entry of runningProcesses(run.files)) {
      const mainClass = mainClassOf[entry.program];
      if (mainClass === undefined) continue;
      const name = options.has('l') ? mainClass : mainClass.slice(mainClass.lastIndexOf('.') + 1);
      const args = options.has('m') ? entry.argv.slice(1).map((arg) => ` ${arg}`) : [];
      run.out(options.has('q') ? `${pidOf(entry.process)}\n` : `${pidOf(entry.process)} ${name}${args.join('')}\n`);
    }
    const itself = pidOf(run.input.process);
    run.out(
      options.has('q') ? `${itself}\n` : `${itself} ${options.has('l') ? 'jdk.jcmd/sun.tools.jps.Jps' : 'Jps'}\n`,
    );
  },
);

/** The processes, other than this one, that a pattern names. */
function matching(run: Run, pattern: string): readonly ProcessEntry[] {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    run.complain(`${pattern}: invalid regular expression`, 2);
    return [];
  }
  const nameOf = run.options.has('f') ? commandLineOf : commandNameOf;
  return runningProcesses(run.files).filter(
    (entry) => entry.process !== run.input.process && expression.test(nameOf(entry)),
  );
}

export const pgrep = command(
  {
    name: 'pgrep',
    startUpUs,
    help: 'Usage: pgrep [options] <pattern>\n\n  -a   show the whole command line\n  -f   match the whole command line\n  -l   show the name\n',
    exitCodeOfMisuse: 2,
    flags: 'fal',
  },
  (run) => {
    const [pattern] = run.operands;
    if (pattern === undefined)
      return run.complain("no matching criteria specified\nTry `pgrep --help' for more information.", 2);
    const found = matching(run, pattern);
    for (const entry of found) {
      const more = run.options.has('a')
        ? ` ${commandLineOf(entry)}`
        : run.options.has('l')
          ? ` ${commandNameOf(entry)}`
          : '';
      run.out(`${pidOf(entry.process)}${more}\n`);
    }
    if (found.length === 0 && run.exitCode === 0) run.exitCode = 1;
  },
);

/** Takes a signal such as `-9` or `-TERM` out of the words. */
function takeSignal(words: readonly string[]): {
  readonly signal: Signal | null;
  readonly rest: readonly string[];
  readonly spec: string;
} {
  const at = words.findIndex((word) => /^-(?:\d+|SIG[A-Z]+|[A-Z]+)$/.test(word));
  if (at < 0) return { signal: 'SIGTERM', rest: words, spec: '' };
  const spec = words[at]!.slice(1);
  return { signal: signalNamed(spec) ?? null, rest: [...words.slice(0, at), ...words.slice(at + 1)], spec };
}

export const pkill = command(
  {
    name: 'pkill',
    startUpUs,
    help: 'Usage: pkill [-SIGNAL] [-f] <pattern>\n\n  -f   match the whole command line\n',
    exitCodeOfMisuse: 2,
    flags: '',
    readsItsOptions: true,
  },
  (run) => {
    const { signal, rest } = takeSignal(run.operands);
    const isWhole = rest.includes('-f');
    const pattern = rest.find((word) => !word.startsWith('-'));
    if (pattern === undefined || signal === null)
      return run.complain("no matching criteria specified\nTry `pkill --help' for more information.", 2);
    const nameOf = isWhole ? commandLineOf : commandNameOf;
    const found = runningProcesses(run.files).filter(
      (entry) => entry.process !== run.input.process && new RegExp(pattern).test(nameOf(entry)),
    );
    for (const { process } of found) run.effect(signalProcess(process, signal));
    if (found.length === 0) run.exitCode = 1;
  },
);

/** What `xargs kill` runs; bash has its own. */
export const kill = command(
  { name: 'kill', help: 'Usage: kill [-SIGNAL] <pid>...\n', flags: '', readsItsOptions: true },
  (run) => {
    const words = run.operands.flatMap((word, index, all) =>
      word === '-s' ? [] : all[index - 1] === '-s' ? [`-${word}`] : [word],
    );
    if (words[0] === '-l') return run.out(`${signalNames.map((name) => name.slice(3)).join(' ')}\n`);
    const { signal, rest, spec } = takeSignal(words);
    if (signal === null && spec !== '0') return run.complain(`unknown signal ${spec}`);
    for (const word of rest) {
      const entry = runningProcesses(run.files).find(({ process }) => String(pidOf(process)) === word);
      if (!/^\d+$/.test(word)) run.complain(`failed to parse argument: '${word}'`);
      else if (entry === undefined) run.complain(`(${word}): No such process`);
      else if (signal !== null) run.effect(signalProcess(entry.process, signal));
    }
  },
);
