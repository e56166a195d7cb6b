/** Commands whose substitutions have run: expanded, redirected, and started or done. */
import type { Command, CommandNode } from 'unbash';
import { ArithmeticError } from './arithmetic.ts';
import type { BuiltinResult, Control } from './builtin.ts';
import { builtinNamed } from './builtins/builtins.ts';
import { assignmentsOf, argumentsOf, environmentOf } from './commandWords.ts';
import { holdsInBrackets } from './conditionalExpression.ts';
import type { Execution } from './execution.ts';
import { textOf } from './execution.ts';
import { evaluateIn, expandToPattern, expandToText, expandWord } from './expansion.ts';
import type { ExpansionScope } from './expansionScope.ts';
import { ExpansionError } from './expansionScope.ts';
import { jobOf } from './jobs.ts';
import { launchOfCommand, resolve } from './launches.ts';
import { matchesPattern } from './pattern.ts';
import { subshellLaunch } from './pipelines.ts';
import { redirect } from './redirections.ts';
import type { Shell, Source, Streams, SubstitutionOutputs, Task } from './shell.ts';
import { withVariable } from './shell.ts';
import { parseBash } from './syntax.ts';

export function runTask(execution: Execution, task: Task, outputs: SubstitutionOutputs, source: Source): void {
  try {
    const scope = execution.scope(outputs);
    if (task.kind === 'command') runCommand(execution, task.node, scope, source);
    else runCompound(execution, task.node, scope, source);
  } catch (error) {
    if (!(error instanceof ExpansionError || error instanceof ArithmeticError)) throw error;
    execution.complain(error.message, 1);
    // `${x?…}` ends a shell that nobody sits at.
    if (error instanceof ExpansionError && error.endsShell && !execution.shell.isInteractive) execution.exitCode = 127;
  }
}

function runCommand(execution: Execution, node: Command, scope: ExpansionScope, source: Source): void {
  const hadSubstitutions = execution.shell.lastExit;
  const argv = argumentsOf(node, scope);
  const { streams, changes } = redirect(node.redirects, execution.shell.streams, scope);
  for (const change of changes) execution.changeFile(change);
  if (argv.length === 0) {
    for (const [name, value] of assignmentsOf(node, scope)) scope.set(name, value);
    // `x=$(false)` ends as its substitution did.
    return execution.finish(hasSubstitution(source, node) ? hadSubstitutions : 0);
  }
  const text = textOf(node, source);
  runArguments(execution, argv, {
    streams,
    text,
    own: assignmentsOf(node, scope),
    environment: environmentOf(node, execution.shell, scope),
  });
}

const hasSubstitution = (source: Source, node: Command): boolean => /\$\(|`/.test(textOf(node, source));

interface Call {
  readonly streams: Streams;
  /** As `jobs` shows it. */
  readonly text: string;
  /** Variables of this command alone. */
  readonly own: readonly (readonly [string, string])[];
  readonly environment: Readonly<Record<string, string>>;
  /** `command x`, `exec x`: functions are passed over. */
  readonly skipsFunctions?: boolean;
  readonly endsShell?: boolean;
}

function runArguments(execution: Execution, argv: readonly string[], call: Call): void {
  const [name = ''] = argv;
  const definition = call.skipsFunctions === true ? undefined : execution.shell.functions.get(name);
  if (definition !== undefined) {
    const { positional, streams: before } = execution.shell;
    execution.push({ kind: 'function', positional, before });
    execution.shell = { ...execution.shell, positional: argv.slice(1), streams: call.streams };
    const { body, source } = definition;
    if (body.type === 'CompoundList') execution.pushList(body, source);
    else runTask(execution, { kind: 'compound', node: body }, new Map(), source);
    return;
  }
  const builtin = builtinNamed(name);
  if (builtin !== undefined) {
    const { files, commands } = execution;
    const before = execution.shell;
    const shell = call.own.reduce((own, [variable, value]) => withVariable(own, variable, value), {
      ...before,
      streams: call.streams,
    });
    return conclude(execution, builtin({ shell, argv, files, commands }), { ...call, before });
  }
  const resolved = resolve(execution, argv);
  if (resolved.kind === 'failure') {
    execution.write(errorOf(execution, name, resolved.reason), call.streams.stderr);
    execution.finish(resolved.exitCode);
  } else {
    const launch = launchOfCommand(execution, argv, call);
    if (launch !== undefined) execution.launch([launch], { text: call.text, isBackground: false });
  }
}

function errorOf({ shell }: Execution, name: string, reason: string): string {
  return `${shell.namesLines ? `${shell.name}: line ${shell.line}: ` : 'bash: '}${name}: ${reason}\n`;
}

/** Takes over what a builtin answered. */
function conclude(execution: Execution, result: BuiltinResult, call: Call & { readonly before: Shell }): void {
  if (result.shell !== undefined) {
    execution.shell = { ...result.shell, streams: call.before.streams, variables: withoutOwn(result.shell, call) };
  }
  execution.write(result.stdout ?? '', call.streams.stdout);
  execution.write(result.stderr ?? '', call.streams.stderr);
  execution.effects.push(...(result.effects ?? []));
  execution.finish(result.exitCode);
  if (result.control !== undefined) follow(execution, result.control, call);
}

/** Variables set for this command alone go back to what they were. */
function withoutOwn(after: Shell, { own, before }: Call & { readonly before: Shell }): Shell['variables'] {
  if (own.length === 0) return after.variables;
  const variables = new Map(after.variables);
  for (const [name] of own) {
    const old = before.variables.get(name);
    if (old === undefined) variables.delete(name);
    else variables.set(name, old);
  }
  return variables;
}

function follow(execution: Execution, control: Control, call: Call): void {
  switch (control.kind) {
    case 'exit':
      execution.exitCode = control.code;
      return;
    case 'break':
    case 'continue':
      return leaveLoops(execution, control);
    case 'return':
      return leaveFunction(execution, control.code);
    case 'run':
      return runText(execution, control.text, control);
    case 'command':
      if (control.endsShell) execution.pushList({ commands: [] }, { text: '' });
      runArguments(execution, control.argv, { ...call, text: control.argv.join(' '), skipsFunctions: true });
      // What `exec` starts takes the shell's place: nothing of it is left to do.
      if (control.endsShell)
        execution.shell = { ...execution.shell, frames: execution.shell.frames.slice(-1), endsWithJob: true };
      return;
    case 'read': {
      execution.push({ kind: 'streams', before: execution.shell.streams });
      execution.shell = { ...execution.shell, streams: call.streams };
      execution.push({
        kind: 'read',
        names: control.names,
        isRaw: control.isRaw,
        separators: call.own.find(([name]) => name === 'IFS')?.[1] ?? null,
      });
      return;
    }
    case 'awaitJobs':
      execution.push({ kind: 'awaitJobs', keys: control.keys });
      return;
    case 'foreground': {
      const job = jobOf(execution.shell, control.key);
      if (job === undefined) return;
      const jobs = execution.shell.jobs.map((other) =>
        other === job ? { ...job, isForeground: true, forwardsSignals: true } : other,
      );
      execution.shell = { ...execution.shell, jobs };
      execution.push({ kind: 'awaitJob', key: control.key, until: 'ended' });
    }
  }
}

function leaveLoops(
  execution: Execution,
  { kind, levels }: { readonly kind: 'break' | 'continue'; readonly levels: number },
): void {
  let left = levels;
  for (let frame = execution.shell.frames.at(-1); frame !== undefined; frame = execution.shell.frames.at(-1)) {
    const isLoop = frame.kind === 'while' || frame.kind === 'for' || frame.kind === 'arithmeticFor';
    if (isLoop && left === 1 && kind === 'continue') return;
    if (frame.kind === 'streams') execution.shell = { ...execution.shell, streams: frame.before };
    execution.pop();
    if (isLoop && --left === 0) return;
  }
}

function leaveFunction(execution: Execution, code: number): void {
  for (let frame = execution.shell.frames.at(-1); frame !== undefined; frame = execution.shell.frames.at(-1)) {
    if (frame.kind === 'function' || frame.kind === 'sourced') break;
    if (frame.kind === 'streams') execution.shell = { ...execution.shell, streams: frame.before };
    execution.pop();
  }
  execution.finish(code);
}

/** `eval`, `source`: a text that this shell runs. */
function runText(
  execution: Execution,
  text: string,
  { positional, isFile }: { readonly positional: readonly string[] | null; readonly isFile: boolean },
): void {
  const parsed = parseBash(text, { isWhole: true });
  if (parsed.kind !== 'script') {
    execution.complain(parsed.kind === 'error' ? parsed.message : 'syntax error: unexpected end of file', 2);
    return;
  }
  if (isFile) execution.push({ kind: 'sourced', positional: positional === null ? null : execution.shell.positional });
  if (positional !== null) execution.shell = { ...execution.shell, positional };
  execution.finish(0);
  execution.pushList(parsed.script, { text });
}

function runCompound(execution: Execution, node: CommandNode, scope: ExpansionScope, source: Source): void {
  switch (node.type) {
    case 'Redirected': {
      const before = execution.shell.streams;
      const { streams, changes } = redirect(node.redirects, before, scope);
      for (const change of changes) execution.changeFile(change);
      execution.push({ kind: 'streams', before });
      execution.shell = { ...execution.shell, streams };
      return runCompound(execution, node.command, scope, source);
    }
    case 'Subshell': {
      const text = source.text.slice(node.body.pos, node.body.end);
      const whole = textOf(node, source);
      return execution.launch([subshellLaunch(execution, text, { isInBackground: false })], {
        text: whole,
        isBackground: false,
      });
    }
    case 'BraceGroup':
      return execution.pushList(node.body, source);
    case 'If':
      execution.push({ kind: 'if', node, branch: 0, source });
      return;
    case 'While':
      execution.push({ kind: 'while', node, phase: 'test', lastExit: 0, source });
      return;
    case 'ArithmeticFor':
      execution.finish(0);
      execution.push({ kind: 'arithmeticFor', node, phase: 'initialize', source });
      return;
    case 'For': {
      const items = node.wordlist?.flatMap((word) => expandWord(word, scope)) ?? scope.positional;
      execution.finish(0);
      execution.push({ kind: 'for', name: node.name.value, items, index: 0, body: node.body, source });
      return;
    }
    case 'Case': {
      const subject = expandToText(node.word, scope);
      const item = node.items.find(({ pattern }) =>
        pattern.some((word) => matchesPattern(expandToPattern(word, scope), subject)),
      );
      execution.finish(0);
      if (item !== undefined) execution.pushList(item.body, source);
      return;
    }
    case 'TestCommand':
      return execution.finish(holdsInBrackets(node.expression, scope) ? 0 : 1);
    case 'ArithmeticCommand':
      return execution.finish(node.expression !== undefined && evaluateIn(scope, node.expression) !== 0 ? 0 : 1);
    case 'Function': {
      const text = textOf(node, source);
      const functions = new Map(execution.shell.functions).set(node.name.value, { text, source, body: node.body });
      execution.shell = { ...execution.shell, functions };
      return execution.finish(0);
    }
    case 'Command':
      return runCommand(execution, node, scope, source);
    default:
      execution.complain(`${textOf(node, source).split(/\s/)[0]}: not simulated`, 2);
  }
}
