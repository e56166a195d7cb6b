/**
 * The commands that are ZooKeeper's shell's own affair, or its session's: nothing is asked of the server's tree.
 *
 * Follows `org.apache.zookeeper.ZooKeeperMain#processZKCmd` and `org.apache.zookeeper.cli` (3.8.4).
 */
import type { ZkClientState, ZkOutcome } from '../../../cluster/zookeeper/client.ts';
import { zkAddAuth, zkClose } from '../../../cluster/zookeeper/client.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { CliFailure } from './cliFailure.ts';
import { usageOf } from './commandTable.ts';
import { decodeInt32 } from './javaNumbers.ts';
import { splitWords } from './splitWords.ts';

/** What such a command knows of the shell and may do to it. */
export interface Shell {
  readonly now: VirtualTimeUs;
  readonly state: {
    readonly host: string;
    readonly client: ZkClientState<null>;
    readonly printsWatches: boolean;
    readonly history: readonly string[];
  };
  change(change: {
    readonly printsWatches?: boolean;
    readonly history?: readonly string[];
    readonly isQuitting?: true;
    readonly isRedoing?: true;
  }): void;
  print(text: string): void;
  /** Keeps what a call of the client gave. */
  take(outcome: ZkOutcome<null>): void;
  /** Ends the session, if there is one, and opens another. Answers whether the old one is still to end. */
  reconnect(host: string): boolean;
  begin(words: readonly string[]): void;
  /** Ends the command with what it threw. */
  caught(problem: unknown): void;
  end(): void;
}

type OwnCommand = (shell: Shell, argument: string | undefined) => 'goesOn' | 'isOver';

/** Those that the shell runs without a session; one that `goesOn` is told afterwards when there is none. */
export const ownCommands: Readonly<Record<string, OwnCommand>> = {
  quit(shell) {
    shell.change({ isQuitting: true });
    shell.take(zkClose(shell.state.client, shell.now));
    if (shell.state.client.status === 'CLOSED') shell.end();
    return 'isOver';
  },
  connect: (shell, host = shell.state.host) => (shell.reconnect(host) ? 'isOver' : 'goesOn'),
  history(shell) {
    shell.print(historyText(shell.state.history));
    return 'goesOn';
  },
  printwatches(shell, argument) {
    if (argument === undefined) shell.print(`printwatches is ${shell.state.printsWatches ? 'on' : 'off'}\n`);
    else shell.change({ printsWatches: argument === 'on' });
    return 'goesOn';
  },
  redo(shell, argument) {
    if (argument === undefined) return 'goesOn';
    try {
      redo(shell, argument);
    } catch (problem) {
      shell.caught(problem);
    }
    return 'isOver';
  },
};

/** Those that need a session, and are over at once. */
export const sessionCommands: Readonly<Record<string, (shell: Shell, words: readonly string[]) => void>> = {
  close: (shell) => shell.take(zkClose(shell.state.client, shell.now)),
  addauth(shell, [, scheme, auth = null]) {
    if (scheme === undefined) throw new CliFailure(usageOf('addauth'));
    shell.take(zkAddAuth(shell.state.client, { scheme, auth }, shell.now));
  },
};

function historyText(history: readonly string[]): string {
  // A command given as arguments has none before it.
  const lines = history.length === 0 ? ['null'] : history;
  const first = Math.max(0, lines.length - 11);
  return lines
    .slice(first)
    .map((line, index) => `${first + index} - ${line}\n`)
    .join('');
}

/** A command that is run again takes this one's place in the history. */
function redo(shell: Shell, argument: string): void {
  const { history } = shell.state;
  const index = decodeInt32(argument);
  const line = index < 0 ? undefined : history.slice(0, -1)[index];
  if (line === undefined) throw new CliFailure('Command index out of range');
  const words = splitWords(line);
  if (words[0] === 'redo') throw new CliFailure('No redoing redos');
  shell.change({ history: [...history.slice(0, -1), line], isRedoing: true });
  shell.begin(words);
}
