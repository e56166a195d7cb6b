/** Tab at a terminal's prompt: what its shell, the machine's files and the cluster can complete. */
import type { World } from '../../kernel/world.ts';
import type { Json } from '../../scenario/masks.ts';
import { observeZnode } from '../../scenario/observe/znodes.ts';
import { shellOf } from '../../shell/bash/shellOf.ts';
import type { Completion } from '../../shell/completion.ts';
import { complete } from '../../shell/completion.ts';
import type { TerminalState } from './terminalStates.ts';

/** Null where no shell reads: Tab is then a character. */
export function completionAt(
  world: World,
  { shell: process, running }: TerminalState,
  line: string,
  cursor: number,
): Completion | null {
  const shell = running === null ? shellOf(process.snapshot) : undefined;
  if (shell === undefined) return null;
  const brokers = childrenOf(world, '/brokers/ids').map((id) => addressOf(observeZnode(world, `/brokers/ids/${id}`)));
  return complete(line, cursor, {
    shell,
    files: world.files,
    topics: childrenOf(world, '/brokers/topics'),
    groups: [],
    brokers: brokers.filter((address) => address !== null),
  });
}

/** Earlier lines of the shell; none while a program runs in front of it. */
export const historyOf = ({ shell, running }: TerminalState): readonly string[] =>
  running === null ? (shellOf(shell.snapshot)?.history ?? []) : [];

function childrenOf(world: World, path: string): readonly string[] {
  const children = field(observeZnode(world, path), 'children');
  return Array.isArray(children) ? children.filter((name) => typeof name === 'string') : [];
}

function addressOf(znode: Json): string | null {
  const data = field(znode, 'data');
  const [host, port] = [field(data, 'host'), field(data, 'port')];
  return typeof host === 'string' && typeof port === 'number' ? `${host}:${port}` : null;
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
