/**
 * `bin/kafka-run-class.sh`: starts the Java class it is told, in the foreground, where it takes its place, or with `-daemon` behind, its
 * output in `logs/<name>.out`. The start scripts of the servers are this with arguments before their own.
 *
 * Follows `bin/kafka-run-class.sh`, `bin/kafka-server-start.sh`, `bin/zookeeper-server-start.sh` (3.9.0).
 */
import type { AnyStateMachine } from 'xstate';
import type { KernelEffect } from '../../../kernel/effects.ts';
import { findNode, resolvePath } from '../../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../../kernel/process.ts';
import { changeFile, exit, print, printError, setTimer, signalChild, spawn } from '../../effects.ts';
import { mainClassOf } from '../../kafkaFolder/scripts.ts';
import type { Outcome } from '../../program.ts';
import { defineProgram, startUpUsOf } from '../../program.ts';
import { kafkaServerUsage } from './kafkaServerArguments.ts';

const child = 1;

interface Launched {
  /** What the Java class prints before it ends, once it has started; null while a process runs. */
  readonly lastWords: string | null;
}

/** `usage`: what the script prints without arguments. `before`: what the script puts before the arguments it is given. */
export interface Launcher {
  readonly usage: (script: string) => string;
  readonly before: readonly string[];
}

export function launcherProgram({ usage, before }: Launcher): AnyStateMachine {
  return defineProgram<Launched, { readonly type: 'JVM_UP' }>({
    startUpUs: startUpUsOf.smallCommand,
    catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    start(input) {
      const [script = '', ...args] = input.argv;
      if (args.length === 0) return ended(usage(script), 1);
      const isDaemon = args[0] === '-daemon';
      const given = isDaemon && before.length > 0 ? args.slice(1) : args;
      return launch(input, [...(isDaemon && before.length > 0 ? ['-daemon'] : []), ...before, ...given]);
    },
    handle(state, event) {
      switch (event.type) {
        case 'CHILD_EXITED':
          return { state, effects: [exit(event.exitCode)] };
        case 'SIGNAL':
          if (state.lastWords !== null) return { state, effects: [exit(event.signal === 'SIGTERM' ? 143 : 130)] };
          // Ctrl-C reaches the server too; what is sent to the script alone, which the server has replaced, is passed on.
          return { state, effects: event.signal === 'SIGINT' ? [] : [signalChild(child, event.signal)] };
        case 'JVM_UP':
          return { state, effects: [printError(state.lastWords ?? ''), exit(1)] };
        default:
          return { state, effects: [] };
      }
    },
  });
}

const ended = (text: string, code: number): Outcome<Launched> => ({
  state: { lastWords: null },
  effects: [print(text), exit(code)],
});

function launch(input: ProcessInput, args: readonly string[]): Outcome<Launched> {
  const { isDaemon, name, rest } = scriptOptions(args);
  const [className = '', ...classArgs] = rest;
  const program = programOf(className);
  if (program === undefined) return whenUp(classNotFound(className));
  const serverUsage = program === 'kafka-server' ? kafkaServerUsage(classArgs) : null;
  const logDir = logDirectory(input);
  const effects: KernelEffect[] = missingDirectories(input, logDir);
  const outputFile = `${logDir}/${name}.out`;
  if (serverUsage !== null) {
    if (!isDaemon) return whenUp(serverUsage);
    effects.push(changeFile({ kind: 'write', path: outputFile, text: serverUsage }), exit(0));
    return { state: { lastWords: null }, effects };
  }
  const output = isDaemon
    ? ({ kind: 'file', path: outputFile, append: false } as const)
    : ({ kind: 'inherit' } as const);
  effects.push(
    spawn({
      child,
      program,
      argv: [program, ...classArgs],
      cwd: input.cwd,
      env: input.env,
      stdin: isDaemon ? { kind: 'null' } : { kind: 'inherit' },
      stdout: output,
      stderr: output,
      foreground: !isDaemon,
    }),
  );
  if (isDaemon) effects.push(exit(0));
  return { state: { lastWords: null }, effects };
}

const whenUp = (lastWords: string): Outcome<Launched> => ({
  state: { lastWords },
  effects: [setTimer('jvm', startUpUsOf.kafkaTool, { type: 'JVM_UP' })],
});

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

/** The program that stands for a Java class; undefined for a class that is not there. */
function programOf(className: string): string | undefined {
  const script = Object.entries(mainClassOf).find(([, mainClass]) => mainClass === className)?.[0];
  return script?.replace(/-server-start$/, '-server');
}

const classNotFound = (name: string): string =>
  `Error: Could not find or load main class ${name}\nCaused by: java.lang.ClassNotFoundException: ${name}\n`;

/** `LOG_DIR`, or `logs` beside the folder of the script. */
function logDirectory({ argv, cwd, env }: ProcessInput): string {
  const script = argv[0] ?? '';
  const folder = script.includes('/') ? script.slice(0, script.lastIndexOf('/')) : '.';
  return resolvePath(cwd, env['LOG_DIR'] ?? `${folder}/../logs`);
}

function missingDirectories({ files }: ProcessInput, path: string): KernelEffect[] {
  const parts = path.split('/').slice(1);
  return parts
    .map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
    .filter((folder) => findNode(files, folder) === undefined)
    .map((folder) => changeFile({ kind: 'makeDirectory', path: folder }));
}
