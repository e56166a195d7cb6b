/** Pipelines: what each element runs, and the pipes between them. */
import type { CommandNode } from 'unbash';
import { ArithmeticError } from './arithmetic.ts';
import { isBuiltin } from './builtins/builtins.ts';
import { argumentsOf, environmentOf } from './commandWords.ts';
import type { Execution } from './execution.ts';
import { textOf } from './execution.ts';
import { ExpansionError } from './expansionScope.ts';
import { redirect } from './redirections.ts';
import { launchOfCommand } from './launches.ts';
import type { Frame, InputEnd, Launch, OutputEnd, Source, Streams } from './shell.ts';
import { substitutionsOf } from './substitutions.ts';
import { environmentOfSubshell } from './subshell.ts';

/** Starts every element, left to right, each writing into a pipe that the next one reads. */
export function launchPipeline(execution: Execution, frame: Extract<Frame, { kind: 'pipeline' }>): void {
  const { commands, operators } = frame;
  const firstPipe = execution.shell.nextPipe;
  execution.shell = { ...execution.shell, nextPipe: firstPipe + commands.length };
  const base = execution.shell.streams;
  const launches = commands.map((node, index): Launch => {
    const stdin: InputEnd = index === 0 ? base.stdin : { kind: 'pipe', pipe: firstPipe + index - 1 };
    const isLast = index === commands.length - 1;
    const stdout: OutputEnd = isLast ? base.stdout : { kind: 'pipe', pipe: firstPipe + index };
    const streams: Streams = { stdin, stdout, stderr: operators[index] === '|&' ? stdout : base.stderr };
    return launchOfElement(execution, node, streams, frame);
  });
  execution.launch(launches, { text: frame.text, isBackground: frame.isBackground });
}

/** A program at once where one can be started as it is; else a shell of its own, which also tells what is wrong with it. */
function launchOfElement(
  execution: Execution,
  node: CommandNode,
  streams: Streams,
  { source, isBackground }: { readonly source: Source; readonly isBackground: boolean },
): Launch {
  return (
    directLaunch(execution, node, streams) ??
    subshellLaunch(execution, elementText(node, source), { isInBackground: isBackground, streams })
  );
}

/** `( a; b )` as an element needs no second shell inside the first. */
const elementText = (node: CommandNode, source: Source): string =>
  node.type === 'Subshell' ? source.text.slice(node.body.pos, node.body.end) : textOf(node, source);

function directLaunch(execution: Execution, node: CommandNode, streams: Streams): Launch | undefined {
  if (node.type !== 'Command' || node.name === undefined || substitutionsOf(node).length > 0) return undefined;
  const before = execution.shell;
  try {
    const scope = execution.scope(new Map());
    const argv = argumentsOf(node, scope);
    const [name] = argv;
    if (name === undefined || before.functions.has(name)) return undefined;
    // `echo` and the like exist as programs too; what only the shell can do it does in a copy of itself.
    if (isBuiltin(name) && !execution.commands.small.has(name)) return undefined;
    const environment = environmentOf(node, before, scope);
    const redirected = redirect(node.redirects, streams, scope);
    const launch = launchOfCommand(execution, argv, { streams: redirected.streams, environment });
    if (launch === undefined) return undefined;
    for (const change of redirected.changes) execution.changeFile(change);
    return launch;
  } catch (error) {
    if (error instanceof ExpansionError || error instanceof ArithmeticError) return undefined;
    throw error;
  } finally {
    execution.shell = { ...execution.shell, variables: before.variables };
  }
}

/** A shell of its own that runs a text. */
export function subshellLaunch(
  execution: Execution,
  text: string,
  {
    isInBackground,
    streams = execution.shell.streams,
  }: { readonly isInBackground: boolean; readonly streams?: Streams },
): Launch {
  const stdoutFile = streams.stdout.kind === 'file' ? streams.stdout.path : null;
  return {
    program: 'bash',
    argv: ['bash'],
    environment: environmentOfSubshell(execution.shell, text, { isInBackground, stdoutFile }),
    streams,
  };
}
