/** How a bash begins: at a terminal, with `-c`, with a script, or as a copy of another. */
import { findNode, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { interactiveEnvironment, user } from '../environment.ts';
import { pidOf } from '../processTable.ts';
import type { Commands } from './resolveCommand.ts';
import { kafkaProgramOf } from './resolveCommand.ts';
import type { Inheritance } from './subshell.ts';
import { inheritanceOf, inheritanceVariable } from './subshell.ts';
import type { Shell, ShellFunction, Variable } from './shell.ts';
import { parseBash } from './syntax.ts';

export type Beginning =
  /** A text to run, then the end. `argv`: a script that stands for a program is run as that command. */
  | { readonly kind: 'text'; readonly shell: Shell; readonly text: string; readonly isScript: boolean }
  | { readonly kind: 'terminal'; readonly shell: Shell }
  /** Commands come from a pipe. */
  | { readonly kind: 'pipe'; readonly shell: Shell }
  | { readonly kind: 'refused'; readonly message: string; readonly exitCode: number };

export function begin(input: ProcessInput, commands: Commands): Beginning {
  const inheritance = inheritanceOf(input.env);
  if (inheritance !== undefined)
    return { kind: 'text', shell: copyOf(input, inheritance), text: inheritance.text, isScript: false };
  const args = input.argv.slice(1);
  while (/^(?:-[il]|--login|--norc|--noprofile|--posix)$/.test(args[0] ?? '')) args.shift();
  const [first, second, ...rest] = args;
  if (first === '--version')
    return textOf(fresh(input), "echo 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)'");
  if (first === '-c') {
    if (second === undefined)
      return { kind: 'refused', message: 'bash: -c: option requires an argument\n', exitCode: 2 };
    const [name = 'bash', ...positional] = rest;
    return textOf({ ...fresh(input), name, positional, namesLines: true }, second);
  }
  if (first?.startsWith('-') === true)
    return { kind: 'refused', message: `bash: ${first}: invalid option\n`, exitCode: 2 };
  if (first !== undefined) return beginScript(input, commands, args);
  if (input.stdinIsTerminal) {
    // A shell within a shell has its prompt from the user's settings.
    const env = { PS1: interactiveEnvironment['PS1'] ?? '', ...input.env };
    return { kind: 'terminal', shell: { ...fresh({ ...input, env }), isInteractive: true } };
  }
  return { kind: 'pipe', shell: { ...fresh(input), namesLines: true } };
}

const textOf = (shell: Shell, text: string): Beginning => ({ kind: 'text', shell, text, isScript: false });

function beginScript(input: ProcessInput, commands: Commands, args: readonly string[]): Beginning {
  const [script = '', ...positional] = args;
  const path = resolvePath(input.cwd, script);
  const node = findNode(input.files, path);
  if (node === undefined)
    return { kind: 'refused', message: `bash: ${script}: No such file or directory\n`, exitCode: 127 };
  if (node.kind !== 'file') return { kind: 'refused', message: `bash: ${script}: Is a directory\n`, exitCode: 126 };
  const shell = { ...fresh(input), name: script, positional, namesLines: true };
  // `bash bin/kafka-topics.sh`: the script's own line would run the tool.
  if (kafkaProgramOf(path, positional, input.files, commands) !== undefined)
    return textOf(shell, script.includes('/') ? 'exec "$0" "$@"' : 'exec "./$0" "$@"');
  return { kind: 'text', shell, text: node.text(), isScript: true };
}

function fresh({ process, cwd, env, stdoutIsTerminal }: ProcessInput): Shell {
  const variables = new Map<string, Variable>(
    Object.entries(env).map(([name, value]) => [name, { value, isExported: name !== 'PS1' || value === '' }] as const),
  );
  const own: Readonly<Record<string, string>> = {
    IFS: ' \t\n',
    UID: '1000',
    BASH_VERSION: '5.2.15(1)-release',
    PS4: '+ ',
  };
  for (const [name, value] of Object.entries(own)) variables.set(name, { value, isExported: false });
  variables.set('PWD', { value: cwd, isExported: true });
  if (!variables.has('USER')) variables.set('USER', { value: user, isExported: true });
  return {
    pid: pidOf(process),
    isInteractive: false,
    stdoutIsTerminal,
    name: 'bash',
    line: 1,
    namesLines: false,
    cwd,
    variables,
    positional: [],
    functions: new Map(),
    aliases: new Map(),
    lastExit: 0,
    lastBackgroundPid: null,
    streams: { stdin: { kind: 'inherit' }, stdout: { kind: 'stdout' }, stderr: { kind: 'stderr' } },
    frames: [],
    jobs: [],
    nextKey: 1,
    nextChild: 1,
    nextPipe: 1,
    history: [],
    unfinished: '',
    unread: '',
    stdinIsClosed: false,
    isReading: false,
    isInterrupted: false,
    endsWithJob: false,
    isInBackground: false,
  };
}

function copyOf(input: ProcessInput, inheritance: Inheritance): Shell {
  const { [inheritanceVariable]: _itself, ...env } = input.env;
  const shell = fresh({ ...input, env });
  const { stdoutFile } = inheritance;
  const stdout = stdoutFile === null ? shell.streams.stdout : ({ kind: 'file', path: stdoutFile } as const);
  return {
    ...shell,
    pid: inheritance.pid,
    name: inheritance.name,
    line: inheritance.line,
    namesLines: inheritance.namesLines,
    // A variable set for this process alone (`A=1 ( … )` does not exist) cannot differ from the copy.
    variables: new Map(inheritance.variables),
    positional: inheritance.positional,
    functions: new Map(inheritance.functions.flatMap(definitionsIn)),
    lastExit: inheritance.lastExit,
    lastBackgroundPid: inheritance.lastBackgroundPid,
    streams: { ...shell.streams, stdout },
    isInBackground: inheritance.isInBackground,
  };
}

function definitionsIn(text: string): readonly (readonly [string, ShellFunction])[] {
  const parsed = parseBash(text, { isWhole: true });
  if (parsed.kind !== 'script') return [];
  return parsed.script.commands.flatMap(({ command }) =>
    command.type === 'Function' ? [[command.name.value, { text, source: { text }, body: command.body }] as const] : [],
  );
}
