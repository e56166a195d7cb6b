/** What the page asks of the simulation for its terminals, as lessons do when they are performed (`course/perform.ts`). */
import { findNode } from '../../kernel/fileSystem.ts';
import type { Input } from '../../kernel/input.ts';
import type { World } from '../../kernel/world.ts';
import { home, interactiveEnvironment, kafkaFolder } from '../../shell/environment.ts';
import type { TerminalState } from './terminalStates.ts';

/** A bash in the Kafka folder, or at home while there is none. */
export function openTerminalInput({ files }: World, terminal: string): Input {
  const cwd = findNode(files, kafkaFolder) === undefined ? home : kafkaFolder;
  return { kind: 'openTerminal', terminal, program: 'bash', cwd, env: interactiveEnvironment };
}

/** As a window that is closed: the shell and what runs in it are hung up. Null when nothing is left to be ended. */
export const closeTerminalInput = ({ shell }: TerminalState): Input | null =>
  shell.status === 'exited' ? null : { kind: 'signal', process: shell.id, signal: 'SIGHUP' };
