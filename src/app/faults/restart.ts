/** Starting a dead server again, as it was started: the same line in the same terminal, or, without a terminal, the same start. */
import type { ProcessId } from '../../kernel/events.ts';
import type { Input, StampedInput } from '../../kernel/input.ts';
import type { Process } from '../../kernel/process.ts';
import type { World } from '../../kernel/world.ts';
import { terminalStatesOf } from '../terminals/terminalStates.ts';
import type { Deed } from './deed.ts';
import { possible, refused } from './deed.ts';

export function restartOf(process: ProcessId, world: World, inputs: readonly StampedInput[]): Deed<'restart'> {
  const script = scriptOf(world.processes, process);
  if (script === undefined) return refused('restart', 'unknownCommand');
  const { terminal, parent } = script;
  if (parent === null || terminal === null) {
    const start = inputs.findLast(({ input, at }) => at <= script.startedAt && isStartOf(input, script))?.input;
    return start === undefined ? refused('restart', 'unknownCommand') : possible('restart', [start]);
  }
  const line = lineThatStarted(script, terminal, inputs);
  if (line === null) return refused('restart', 'unknownCommand');
  const state = terminalStatesOf(world).find((one) => one.terminal === terminal);
  if (state === undefined || state.isClosed) return refused('restart', 'terminalClosed');
  if (state.running !== null) return refused('restart', 'terminalBusy');
  return possible('restart', [{ kind: 'typed', terminal, line }]);
}

/** The script that a shell, or the session itself, started: it handed its place to the server. */
function scriptOf(processes: readonly Process[], process: ProcessId): Process | undefined {
  let script = processes[process];
  while (script !== undefined && script.parent !== null) {
    const parent: Process | undefined = processes[script.parent];
    if (parent === undefined || parent.program === 'bash') break;
    script = parent;
  }
  return script;
}

function isStartOf(input: Input, { program, argv, cwd, stdout }: Process): boolean {
  return (
    input.kind === 'start' &&
    input.program === program &&
    input.cwd === cwd &&
    stdout.kind === 'file' &&
    input.outputFile === stdout.path &&
    input.argv.join('\n') === argv.join('\n')
  );
}

/** The last one typed at its terminal before it started that names it. */
function lineThatStarted(script: Process, terminal: string, inputs: readonly StampedInput[]): string | null {
  const [command = ''] = script.argv;
  for (const { input, at } of inputs.toReversed()) {
    if (input.kind === 'typed' && input.terminal === terminal && at <= script.startedAt && input.line.includes(command))
      return input.line;
  }
  return null;
}
