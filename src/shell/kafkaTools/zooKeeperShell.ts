/**
 * zookeeper-shell (`org.apache.zookeeper.ZooKeeperMain` as Kafka 3.9.0 ships it): one command of the command line, or those typed. JLine
 * is not among Kafka's libraries, so there is no prompt.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { ZkClientState, ZkOutcome, ZkTimerEvent } from '../../cluster/zookeeper/client.ts';
import { chrootOf } from '../../cluster/zookeeper/connectString.ts';
import { zkClient, zkClose, zkConnect, zkHandle, zkRequest } from '../../cluster/zookeeper/client.ts';
import type { ZkResult } from '../../cluster/protocol/zookeeper.ts';
import { printLogLine } from '../../cluster/zookeeper/logLine.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { exit, print, printError, read } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf, stateIn } from '../program.ts';
import { illegalArgument, stackTrace, Thrown } from './stackTrace.ts';
import { CliFailure } from './zooKeeperShell/cliFailure.ts';
import { commandOf } from './zooKeeperShell/commands.ts';
import type { ZkCommand } from './zooKeeperShell/commandSteps.ts';
import { printed } from './zooKeeperShell/commandSteps.ts';
import { commandUsages, shellUsage } from './zooKeeperShell/commandTable.ts';
import type { Shell } from './zooKeeperShell/ownCommands.ts';
import { ownCommands, sessionCommands } from './zooKeeperShell/ownCommands.ts';
import { problemOfPath } from './zooKeeperShell/zkPath.ts';
import { splitWords } from './zooKeeperShell/splitWords.ts';

interface ShellState {
  readonly input: ProcessInput;
  readonly host: string;
  readonly client: ZkClientState<null>;
  readonly isInteractive: boolean;
  readonly printsWatches: boolean;
  readonly exitCode: number;
  /** Typed and not yet run; null: the input has ended. */
  readonly lines: readonly string[];
  readonly hasEnded: boolean;
  readonly history: readonly string[];
  /** Paths of the watch events that came. */
  readonly heard: readonly string[];
  /** The command at work, and what the server has answered to it: it is run again from its beginning through these. */
  readonly command: { readonly words: readonly string[]; readonly answers: readonly ZkResult[] } | null;
  /** The command at work is one run again. */
  readonly isRedoing: boolean;
  /** Opens another session when this one has been closed. */
  readonly isReconnecting: boolean;
  /** Ends when the session has been closed. */
  readonly isQuitting: boolean;
}

const mainFrame = 'org.apache.zookeeper.ZooKeeperMain.main(ZooKeeperMain.java)';

const usage = (script: string): string =>
  `USAGE: ${script} zookeeper_host:port[/path] [-zk-tls-config-file file] [args...]\n`;

export const zooKeeperShell = defineProgram<ShellState, ZkTimerEvent>({
  startUpUs: startUpUsOf.kafkaTool,
  start(input) {
    const [script = '', host = '', ...args] = input.argv;
    const words = withoutFlags(args);
    const turn = new Turn(beginning(input, host, words.length === 0), input.now);
    if (input.argv.length < 2) {
      turn.effects.push(print(usage(script)), exit(1));
      return turn.outcome();
    }
    turn.effects.push(print(`Connecting to ${host}\n`));
    if (turn.crashes(() => checkChroot(host))) return turn.outcome();
    turn.connect();
    if (turn.state.isInteractive) {
      turn.effects.push(print('Welcome to ZooKeeper!\nJLine support is disabled\n'), read);
    } else turn.begin(words);
    return turn.outcome();
  },
  handle(state, event) {
    const turn = new Turn(state, event.now);
    turn.hear(event);
    return turn.outcome();
  },
});

const beginning = (input: ProcessInput, host: string, isInteractive: boolean): ShellState => ({
  input,
  host,
  client: clientOf(input, host),
  isInteractive,
  printsWatches: true,
  exitCode: 0,
  lines: [],
  hasEnded: false,
  history: [],
  heard: [],
  command: null,
  isRedoing: false,
  isReconnecting: false,
  isQuitting: false,
});

const clientOf = (input: ProcessInput, connectString: string, firstSocket = 1): ZkClientState<null> =>
  zkClient({
    process: input.process,
    connectString,
    sessionTimeoutMs: 30_000,
    seed: input.seed,
    sockets: { first: firstSocket, count: 32_000 - firstSocket },
  });

/** `ConnectStringParser`; nobody catches what it says. */
function checkChroot(host: string): void {
  const chroot = chrootOf(host);
  const problem = chroot === '' ? null : problemOfPath(chroot);
  if (problem !== null) throw illegalArgument(problem);
}

/** Flags before the command; the command begins with the first word without a dash. */
function withoutFlags(args: readonly string[]): readonly string[] {
  const takesValue = new Set(['-server', '-timeout', '-client-configuration', '-zk-tls-config-file']);
  let at = 0;
  while (args[at]?.startsWith('-') === true) at += takesValue.has(args[at]!) ? 2 : 1;
  return args.slice(at);
}

/** One event: the state as it becomes, and what is asked of the kernel on the way. */
class Turn implements Shell {
  state: ShellState;
  readonly effects: KernelEffect[] = [];
  readonly now: VirtualTimeUs;
  #hasEnded = false;

  constructor(state: ShellState, now: VirtualTimeUs) {
    this.state = state;
    this.now = now;
  }

  outcome(): Outcome<ShellState> {
    return { state: this.state, effects: this.effects };
  }

  connect(): void {
    this.take(zkConnect(this.state.client, this.now));
  }

  hear(event: Delivered<KernelEvent | ZkTimerEvent>): void {
    if (event.type === 'STDIN') {
      const lines = event.text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      this.state = { ...this.state, lines: [...this.state.lines, ...lines] };
      this.#nextLine();
    } else if (event.type === 'STDIN_CLOSED') {
      this.state = { ...this.state, hasEnded: true };
      this.#nextLine();
    } else {
      const outcome = zkHandle(this.state.client, event);
      if (outcome !== null) this.take(outcome);
    }
  }

  /** Runs a command given as words. */
  begin(words: readonly string[]): void {
    const [name = ''] = words;
    if (!Object.hasOwn(commandUsages, name)) {
      this.effects.push(printError(shellUsage));
      return this.#failed(new CliFailure(`Command not found: Command not found ${name}`, 127));
    }
    const own = ownCommands[name];
    if (own?.(this, words[1]) === 'isOver') return;
    if (this.state.client.status === 'CLOSED') {
      this.print('Not connected\n');
      return this.#finished(0);
    }
    if (own !== undefined) return this.#finished(0);
    const ofSession = sessionCommands[name];
    if (ofSession !== undefined) {
      if (!this.crashes(() => ofSession(this, words))) this.#finished(0);
      return;
    }
    if (commandOf(words) === undefined) return this.#failed(new CliFailure(`${name}: not simulated yet.`));
    this.state = { ...this.state, command: { words, answers: [] } };
    this.#goOn();
  }

  change(change: Partial<ShellState>): void {
    this.state = { ...this.state, ...change };
  }

  print(text: string): void {
    this.effects.push(print(text));
  }

  reconnect(host: string): boolean {
    if (this.state.client.status === 'CLOSED') {
      this.#connectAnew(host);
      return false;
    }
    this.state = { ...this.state, host, isReconnecting: true };
    this.take(zkClose(this.state.client, this.now));
    return true;
  }

  #connectAnew(host: string): void {
    if (this.crashes(() => checkChroot(host))) return;
    const { input, client } = this.state;
    const firstSocket = client.config.sockets.first + client.nextSocket;
    this.state = { ...this.state, host, isReconnecting: false, client: clientOf(input, host, firstSocket) };
    this.connect();
  }

  /** Runs the command on through the answers it has had, up to the next question. */
  #goOn(): void {
    const { words, answers } = this.state.command!;
    const command: ZkCommand = commandOf(words)!();
    let answered = 0;
    try {
      for (let next = command.next(); next.done !== true; ) {
        const step = next.value;
        if (step.kind === 'print') {
          // What came before the latest answer has been printed.
          if (answered === answers.length)
            this.effects.push(step.to === 'stdout' ? print(step.text) : printError(step.text));
          next = command.next(printed);
          continue;
        }
        const answer = answers[answered++];
        if (answer === undefined) {
          this.take(zkRequest(this.state.client, step.request, null, this.now));
          return;
        }
        next = command.next(answer);
      }
    } catch (problem) {
      return this.caught(problem);
    }
    this.#finished(0);
  }

  /** Whether this throws, which ends the shell. */
  crashes(action: () => void): boolean {
    try {
      action();
      return false;
    } catch (problem) {
      this.caught(problem);
      return true;
    }
  }

  /** What a command throws: the shell catches its own failures, any other exception ends it. */
  caught(problem: unknown): void {
    if (problem instanceof CliFailure) return this.#failed(problem);
    if (!(problem instanceof Thrown)) throw problem;
    this.effects.push(printError(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`), exit(1));
    this.#hasEnded = true;
  }

  #failed(failure: CliFailure): void {
    this.effects.push(printError(`${failure.message}\n`));
    this.#finished(failure.exitCode);
  }

  #finished(exitCode: number): void {
    // The command that has been run again has its own failures; running it has gone well, and needs a connection too.
    if (this.state.isRedoing && this.state.client.status === 'CLOSED') this.effects.push(print('Not connected\n'));
    this.state = { ...this.state, command: null, exitCode: this.state.isRedoing ? 0 : exitCode, isRedoing: false };
    if (this.state.isInteractive) this.#nextLine();
    else this.end();
  }

  #nextLine(): void {
    const { command, isQuitting, isReconnecting } = this.state;
    if (command !== null || isQuitting || isReconnecting || this.#hasEnded) return;
    const [line, ...lines] = this.state.lines;
    if (line === undefined) {
      if (this.state.hasEnded) this.end();
      else this.effects.push(read);
      return;
    }
    this.state = { ...this.state, lines };
    if (line === '') return this.#nextLine();
    this.state = { ...this.state, history: [...this.state.history, line] };
    this.begin(splitWords(line));
  }

  end(): void {
    if (this.#hasEnded) return;
    const { exitCode } = this.state;
    if (exitCode !== 0) {
      const text = `Exiting JVM with code ${exitCode}`;
      this.effects.push(
        printError(printLogLine(this.now, { level: 'ERROR', text, logger: 'org.apache.zookeeper.util.ServiceUtils' })),
      );
    }
    this.effects.push(exit(exitCode));
    this.#hasEnded = true;
  }

  take({ state, effects, logs, sessionEvents, watchEvents, responses }: ZkOutcome<null>): void {
    this.state = { ...this.state, client: state };
    for (const log of logs) {
      if (log.level !== 'INFO') this.effects.push(printError(printLogLine(this.now, log)));
    }
    this.effects.push(...effects);
    for (const event of sessionEvents) this.#watcher(`state:${sessionStates[event]} type:None path:null`);
    for (const { type, path } of watchEvents) {
      this.state = { ...this.state, heard: [...this.state.heard, path] };
      this.#watcher(`state:SyncConnected type:${type} path:${path}`);
    }
    for (const { result } of responses) {
      const { command } = this.state;
      if (command === null) continue;
      this.state = { ...this.state, command: { ...command, answers: [...command.answers, result] } };
      this.#goOn();
    }
    if (!sessionEvents.includes('closed') || this.#hasEnded) return;
    if (this.state.isQuitting) this.end();
    else if (this.state.isReconnecting) {
      this.#connectAnew(this.state.host);
      this.#finished(0);
    }
  }

  #watcher(event: string): void {
    if (this.state.printsWatches) this.effects.push(print(`\nWATCHER::\n\nWatchedEvent ${event}\n`));
  }
}

const sessionStates = {
  connected: 'SyncConnected',
  disconnected: 'Disconnected',
  expired: 'Expired',
  closed: 'Closed',
  authFailed: 'AuthFailed',
} as const;

/**
 * What a shell has been asked, each command as its words, and the paths of the watches that fired for it; read from its process's snapshot.
 */
export function heardByZooKeeperShell(snapshot: AnyMachineSnapshot): {
  readonly commands: readonly (readonly string[])[];
  readonly heard: readonly string[];
} {
  // Only this program's snapshots are handed in; it has no state before it has begun.
  const state = stateIn(snapshot) as ShellState | null | undefined;
  if (state === null || state === undefined) return { commands: [], heard: [] };
  const { input, isInteractive, history, heard } = state;
  return {
    commands: isInteractive ? history.map((line) => splitWords(line)) : [withoutFlags(input.argv.slice(2))],
    heard,
  };
}
