/**
 * `bin/kafka-run-class.sh`: starts the Java class it is told, in the foreground, where it takes its place, or with `-daemon` behind, its
 * output in `logs/<name>.out`. The start scripts of the servers are this with arguments before their own.
 *
 * Follows `bin/kafka-run-class.sh`, `bin/kafka-server-start.sh`, `bin/zookeeper-server-start.sh` (3.9.0).
 */
import type { KernelEffect } from '../../../kernel/effects.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import { findNode, resolvePath } from '../../../kernel/fileSystem.ts';
import type { ProcessInput, Program } from '../../../kernel/process.ts';
import { changeFile, exit, print, printError, setTimer, signalChild, spawn } from '../../effects.ts';
import { scriptOfClass } from '../../kafkaFolder/scripts.ts';
import { enterProcess, leaveProcess } from '../../processTable.ts';
import type { Outcome } from '../../program.ts';
import { later } from '../../../kernel/time.ts';
import { defineProgram, startUpUsOf } from '../../program.ts';
import type { LastWords } from './kafkaServerArguments.ts';
import { kafkaServerLastWords } from './kafkaServerArguments.ts';

const child = 1;

interface Launched {
  /** What the Java class prints before it ends, once it has started; null while a process runs. */
  readonly lastWords: LastWords | null;
  /** The script whose class runs, and its arguments: how the process is listed. */
  readonly listedAs: { readonly script: string; readonly args: readonly string[] };
  readonly terminal: string | null;
  readonly process: ProcessId | null;
}

/** `usage`: what the script prints without arguments. `before`: what the script puts before the arguments it is given. */
export interface Launcher {
  readonly usage: (script: string) => string;
  readonly before: readonly string[];
}

export function launcherProgram({ usage, before }: Launcher): Program {
  return defineProgram<Launched, { readonly type: 'JVM_UP' }>({
    startUpUs: startUpUsOf.smallCommand,
    catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    start(input) {
      const [script = '', ...args] = input.argv;
      if (args.length === 0) return { state: idle(input), effects: [print(usage(script)), exit(1)] };
      // The start scripts take -daemon as their first argument only.
      const isDaemon = before.length > 0 && args[0] === '-daemon';
      return launch(input, isDaemon ? ['-daemon', ...before, ...args.slice(1)] : [...before, ...args]);
    },
    handle(state, event) {
      switch (event.type) {
        case 'CHILD_STARTED': {
          const { script, args } = state.listedAs;
          const entry = {
            process: event.process,
            parent: null,
            program: script,
            argv: [script, ...args],
            terminal: state.terminal,
            startedAt: event.now,
          };
          const effects = enterProcess(event.files, entry).map((change) => changeFile(change));
          return { state: { ...state, process: event.process }, effects };
        }
        case 'CHILD_EXITED': {
          const changes = leaveProcess(event.files, event.process).map((change) => changeFile(change));
          return { state, effects: [...changes, exit(event.exitCode)] };
        }
        case 'SIGNAL':
          if (state.lastWords !== null) return { state, effects: [exit(event.signal === 'SIGTERM' ? 143 : 130)] };
          // Ctrl-C reaches the server too; what is sent to the script alone, which the server has replaced, is passed on.
          return { state, effects: event.signal === 'SIGINT' ? [] : [signalChild(child, event.signal)] };
        case 'JVM_UP': {
          const { stdout = '', stderr = '', exitCode = 1 } = state.lastWords ?? {};
          const printed = [...(stdout === '' ? [] : [print(stdout)]), ...(stderr === '' ? [] : [printError(stderr)])];
          return { state, effects: [...printed, exit(exitCode)] };
        }
        default:
          return { state, effects: [] };
      }
    },
  });
}

const idle = ({ terminal }: ProcessInput): Launched => ({
  lastWords: null,
  listedAs: { script: '', args: [] },
  terminal,
  process: null,
});

function launch(input: ProcessInput, args: readonly string[]): Outcome<Launched> {
  const { isDaemon, name, rest } = scriptOptions(args);
  const [className = '', ...classArgs] = rest;
  const script = scriptOfClass(className) ?? programsWithoutScript[className];
  const program = script?.replace(/-server-start$/, '-server');
  // Said once Java has started.
  const saidAt = later(input.now, startUpUsOf.kafkaTool);
  const lastWords = program === 'kafka-server' ? kafkaServerLastWords(classArgs, saidAt) : null;
  if (isDaemon) return launchBehind(input, name, rest);
  if (script === undefined || program === undefined || lastWords !== null) {
    return {
      state: { ...idle(input), lastWords: lastWords ?? { stderr: classNotFound(className), exitCode: 1 } },
      effects: [setTimer('jvm', startUpUsOf.kafkaTool, { type: 'JVM_UP' })],
    };
  }
  return {
    state: { ...idle(input), listedAs: { script, args: classArgs } },
    effects: [
      ...missingDirectories(input, logDirectory(input)).map((path) => changeFile({ kind: 'makeDirectory', path })),
      spawn({
        child,
        program,
        argv: [program, ...classArgs],
        cwd: input.cwd,
        env: input.env,
        stdin: { kind: 'inherit' },
        stdout: { kind: 'inherit' },
        stderr: { kind: 'inherit' },
        foreground: true,
        takesPlace: true,
      }),
    ],
  };
}

/** A script of its own behind, which keeps the server company; this one ends at once. */
function launchBehind(input: ProcessInput, name: string, rest: readonly string[]): Outcome<Launched> {
  const logDir = logDirectory(input);
  const output = { kind: 'file', path: `${logDir}/${name}.out`, append: false } as const;
  const effects: KernelEffect[] = missingDirectories(input, logDir).map((path) =>
    changeFile({ kind: 'makeDirectory', path }),
  );
  const script = input.argv[0] ?? '';
  const folder = script.includes('/') ? script.slice(0, script.lastIndexOf('/') + 1) : '';
  effects.push(
    spawn({
      child,
      program: 'kafka-run-class',
      argv: [`${folder}kafka-run-class.sh`, ...rest],
      cwd: input.cwd,
      env: input.env,
      stdin: { kind: 'null' },
      stdout: output,
      stderr: output,
      foreground: false,
    }),
    exit(0),
  );
  return { state: idle(input), effects };
}

export const transactionalMessageCopierProgram = 'transactional-message-copier';

/** Classes that no script of `bin/` runs, by the programs that stand for them. */
const programsWithoutScript: Readonly<Record<string, string>> = {
  'org.apache.kafka.tools.TransactionalMessageCopier': transactionalMessageCopierProgram,
};

interface ScriptOptions {
  readonly isDaemon: boolean;
  readonly name: string;
  readonly rest: readonly string[];
}

/** `-name`, `-loggc`, `-daemon` until something else comes. */
function scriptOptions(args: readonly string[]): ScriptOptions {
  let [isDaemon, name, at] = [false, '', 0];
  for (; at < args.length; at++) {
    if (args[at] === '-daemon') isDaemon = true;
    else if (args[at] === '-name') name = args[++at] ?? '';
    else if (args[at] !== '-loggc') break;
  }
  return { isDaemon, name, rest: args.slice(at) };
}

const classNotFound = (name: string): string =>
  `Error: Could not find or load main class ${name}\nCaused by: java.lang.ClassNotFoundException: ${name}\n`;

/** `LOG_DIR`, or `logs` beside the folder of the script. */
function logDirectory({ argv, cwd, env }: ProcessInput): string {
  const script = argv[0] ?? '';
  const folder = script.includes('/') ? script.slice(0, script.lastIndexOf('/')) : '.';
  return resolvePath(cwd, env['LOG_DIR'] ?? `${folder}/../logs`);
}

function missingDirectories({ files }: ProcessInput, path: string): readonly string[] {
  const parts = path.split('/').slice(1);
  return parts
    .map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
    .filter((folder) => findNode(files, folder) === undefined);
}
