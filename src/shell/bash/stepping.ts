/** How each thing on the stack goes on: lists, `&&` and `||`, pipelines, loops, waits. */
import type { AndOr, ArithmeticExpression, CommandNode, Statement } from 'unbash';
import { readText } from '../../kernel/fileSystem.ts';
import { pidOf } from '../processTable.ts';
import { ArithmeticError } from './arithmetic.ts';
import { runTask } from './commands.ts';
import type { Execution } from './execution.ts';
import { lineOf, textOf } from './execution.ts';
import { evaluateIn } from './expansion.ts';
import { exitCodeOfJob, jobOf } from './jobs.ts';
import { readVariables } from './readVariables.ts';
import type { Frame, Source, Task } from './shell.ts';
import { substitutionsOf, textOfSubstitution } from './substitutions.ts';
import { environmentOfSubshell } from './subshell.ts';
import { launchPipeline, subshellLaunch } from './pipelines.ts';

type FrameOf<Kind extends Frame['kind']> = Extract<Frame, { kind: Kind }>;

/** One step of what is on top of the stack. */
export function stepFrame(execution: Execution, frame: Frame): void {
  switch (frame.kind) {
    case 'list':
      return stepList(execution, frame);
    case 'andOr':
      return stepAndOr(execution, frame);
    case 'pipeline':
      execution.pop();
      return launchPipeline(execution, frame);
    case 'expand':
      return stepExpansion(execution, frame);
    case 'negate':
      execution.pop();
      return execution.finish(execution.shell.lastExit === 0 ? 1 : 0);
    case 'if':
      return stepIf(execution, frame);
    case 'while':
      return stepWhile(execution, frame);
    case 'for':
      return stepFor(execution, frame);
    case 'arithmeticFor':
      return stepArithmeticFor(execution, frame);
    case 'streams':
      execution.pop();
      execution.shell = { ...execution.shell, streams: frame.before };
      return;
    case 'function':
      execution.pop();
      execution.shell = { ...execution.shell, positional: frame.positional, streams: frame.before };
      return;
    case 'sourced':
      execution.pop();
      if (frame.positional !== null) execution.shell = { ...execution.shell, positional: frame.positional };
      return;
    case 'awaitJob':
      return stepJob(execution, frame);
    case 'awaitJobs':
      return stepJobs(execution, frame);
    case 'read':
      execution.pop();
      return readVariables(execution, frame);
    case 'time':
      return stepTime(execution, frame);
  }
}

function stepList(execution: Execution, frame: FrameOf<'list'>): void {
  const statement = frame.statements[frame.index];
  if (statement === undefined) return execution.pop();
  if (frame.index + 1 < frame.statements.length) execution.replaceTop({ ...frame, index: frame.index + 1 });
  else execution.pop();
  execution.shell = { ...execution.shell, line: Math.max(lineOf(statement, frame.source), 1) };
  if (statement.background === true) startInBackground(execution, statement, frame.source);
  else beginNode(execution, statement.command, frame.source);
}

/** A node of any kind: simple ones are done or pushed as tasks, the others put their frame on the stack. */
function beginNode(execution: Execution, node: Statement['command'], source: Source): void {
  if (node.type === 'AndOr') {
    execution.push({ kind: 'andOr', node, index: 0, source });
    return;
  }
  if (node.type !== 'Pipeline') return beginTask(execution, node, source);
  for (const { type } of node.prefixes) {
    execution.push(type === 'Negation' ? { kind: 'negate' } : { kind: 'time', since: execution.now });
  }
  const [only, second] = node.commands;
  if (only === undefined) return;
  if (second === undefined) return beginTask(execution, only, source);
  execution.push({
    kind: 'pipeline',
    commands: node.commands,
    operators: node.operators,
    isBackground: false,
    text: textOf(node, source),
    source,
  });
}

function beginTask(execution: Execution, node: CommandNode, source: Source): void {
  const task: Task = node.type === 'Command' ? { kind: 'command', node } : { kind: 'compound', node };
  const pending = substitutionsOf(node);
  if (pending.length === 0) runTask(execution, task, new Map(), source);
  else execution.push({ kind: 'expand', task, pending, outputs: new Map(), running: null, source });
}

function startInBackground(execution: Execution, statement: Statement, source: Source): void {
  const node = statement.command;
  const text = textOf(node, source).trim();
  if (node.type === 'AndOr') {
    return execution.launch([subshellLaunch(execution, text, { isInBackground: true })], { text, isBackground: true });
  }
  const commands: readonly CommandNode[] = node.type === 'Pipeline' ? node.commands : [node];
  const operators = node.type === 'Pipeline' ? node.operators : [];
  execution.push({ kind: 'pipeline', commands, operators, isBackground: true, text, source });
}

function stepAndOr(execution: Execution, frame: FrameOf<'andOr'>): void {
  const { node, index, source } = frame;
  const next = nextOperand(node, index, execution.shell.lastExit);
  if (next === null) return execution.pop();
  execution.replaceTop({ ...frame, index: next + 1 });
  beginNode(execution, node.commands[next]!, source);
}

/** The next command of `a && b || c` to run, given how the last one ended. */
function nextOperand(node: AndOr, from: number, lastExit: number): number | null {
  for (let index = from; index < node.commands.length; index++) {
    const operator = node.operators[index - 1];
    if (operator === undefined || (operator === '&&') === (lastExit === 0)) return index;
  }
  return null;
}

/** Runs the next substitution in a shell of its own, whose output goes to a file that only bash looks at. */
function stepExpansion(execution: Execution, frame: FrameOf<'expand'>): void {
  const [next, ...pending] = frame.pending;
  if (next === undefined) {
    execution.pop();
    return runTask(execution, frame.task, frame.outputs, frame.source);
  }
  const { shell } = execution;
  const child = shell.nextChild;
  const path = `/dev/fd/${shell.pid}-${child}`;
  for (const folder of ['/dev', '/dev/fd']) execution.changeFile({ kind: 'makeDirectory', path: folder });
  execution.changeFile({ kind: 'write', path, text: '' });
  execution.shell = { ...shell, nextChild: child + 1 };
  execution.replaceTop({ ...frame, pending: [next, ...pending], running: { child, path } });
  execution.effects.push({
    type: 'spawn',
    params: {
      child,
      program: 'bash',
      argv: ['bash'],
      cwd: shell.cwd,
      env: environmentOfSubshell(shell, textOfSubstitution(next), { isInBackground: false, stdoutFile: path }),
      stdin: { kind: 'inherit' },
      stdout: { kind: 'file', path, append: true },
      stderr: { kind: 'inherit' },
      foreground: true,
    },
  });
}

/** The shell of a substitution has ended: its output takes the place of the substitution. */
export function finishSubstitution(execution: Execution, child: number, exitCode: number): void {
  const frames = execution.shell.frames.map((frame) => {
    if (frame.kind !== 'expand' || frame.running?.child !== child) return frame;
    const { path } = frame.running;
    const [part, ...pending] = frame.pending;
    const output = (readText(execution.files, path) ?? '').replace(/\n+$/, '');
    execution.changeFile({ kind: 'remove', path });
    const outputs = part === undefined ? frame.outputs : new Map(frame.outputs).set(part, output);
    return { ...frame, pending, outputs, running: null };
  });
  const hasEnded = frames.some((frame, index) => frame !== execution.shell.frames[index]);
  if (!hasEnded) return;
  execution.shell = { ...execution.shell, frames, lastExit: exitCode };
  if (!execution.shell.isInterrupted) return;
  execution.shell = { ...execution.shell, isInterrupted: false };
  execution.abandon(130, { endsLine: true });
}

function stepIf(execution: Execution, frame: FrameOf<'if'>): void {
  const { node, branch, source } = frame;
  const held = branch === 1 ? node.then : node.elif[branch - 2]?.then;
  if (held !== undefined && execution.shell.lastExit === 0) {
    execution.pop();
    return execution.pushList(held, source);
  }
  const clause = branch === 0 ? node.clause : node.elif[branch - 1]?.clause;
  if (clause !== undefined) {
    execution.replaceTop({ ...frame, branch: branch + 1 });
    return execution.pushList(clause, source);
  }
  execution.pop();
  execution.finish(0);
  if (node.else !== undefined) execution.pushList(node.else, source);
}

function stepWhile(execution: Execution, frame: FrameOf<'while'>): void {
  const { node, phase, source } = frame;
  const { lastExit } = execution.shell;
  if (phase === 'again') return execution.replaceTop({ ...frame, phase: 'test', lastExit });
  if (phase === 'test') {
    execution.replaceTop({ ...frame, phase: 'decide' });
    return execution.pushList(node.clause, source);
  }
  if ((lastExit === 0) === (node.kind === 'while')) {
    execution.replaceTop({ ...frame, phase: 'again' });
    return execution.pushList(node.body, source);
  }
  execution.pop();
  execution.finish(frame.lastExit);
}

function stepFor(execution: Execution, frame: FrameOf<'for'>): void {
  const item = frame.items[frame.index];
  if (item === undefined) return execution.pop();
  execution.replaceTop({ ...frame, index: frame.index + 1 });
  execution.scope(new Map()).set(frame.name, item);
  execution.pushList(frame.body, frame.source);
}

/** `for ((i = 0; i < 3; i++))`. */
function stepArithmeticFor(execution: Execution, frame: FrameOf<'arithmeticFor'>): void {
  const { node, phase, source } = frame;
  const evaluateOr = (expression: ArithmeticExpression | undefined, otherwise: number): number => {
    try {
      return expression === undefined ? otherwise : evaluateIn(execution.scope(new Map()), expression);
    } catch (error) {
      if (!(error instanceof ArithmeticError)) throw error;
      execution.complain(error.message, 1);
      return 0;
    }
  };
  if (phase === 'initialize') evaluateOr(node.initialize, 0);
  if (phase === 'update') evaluateOr(node.update, 0);
  if (evaluateOr(node.test, 1) === 0) return execution.pop();
  execution.replaceTop({ ...frame, phase: 'update' });
  execution.pushList(node.body, source);
}

function stepJob(execution: Execution, { key, until }: FrameOf<'awaitJob'>): void {
  execution.pop();
  const job = jobOf(execution.shell, key);
  if (job === undefined) return;
  if (until === 'ended') return execution.closeJob(job);
  const last = job.children.at(-1)?.process;
  const pid = last === null || last === undefined ? null : pidOf(last);
  execution.shell = { ...execution.shell, lastBackgroundPid: pid };
  if (job.number !== null) execution.write(`[${job.number}] ${pid}\n`, { kind: 'stderr' });
  execution.finish(0);
}

function stepJobs(execution: Execution, { keys }: FrameOf<'awaitJobs'>): void {
  execution.pop();
  const last = keys.at(-1);
  const job = last === undefined ? undefined : jobOf(execution.shell, last);
  execution.finish(job === undefined ? 0 : exitCodeOfJob(job));
  // A shell without prompt says nothing of jobs that are done: they are forgotten here.
  if (!execution.shell.isInteractive)
    execution.shell = { ...execution.shell, jobs: execution.shell.jobs.filter((one) => !keys.includes(one.key)) };
}

function stepTime(execution: Execution, { since }: FrameOf<'time'>): void {
  execution.pop();
  const milliseconds = Math.round((execution.now - since) / 1000);
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = ((milliseconds % 60_000) / 1000).toFixed(3);
  // Programs take no processor time here.
  execution.write(`\nreal\t${minutes}m${seconds}s\nuser\t0m0.000s\nsys\t0m0.000s\n`, execution.shell.streams.stderr);
}
