/** A running bash as a value: its variables, its streams, its jobs, and the stack of what it is in the middle of. */
import type {
  Assignment,
  AndOr,
  ArithmeticFor,
  CommandExpansionPart,
  CommandNode,
  Command,
  CompoundList,
  If,
  PipeOperator,
  Statement,
  While,
} from 'unbash';
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';

export interface Variable {
  readonly value: string;
  readonly isExported: boolean;
}

/** Where a shell, or what it starts, reads: `inherit` is the shell's own standard input. */
export type InputEnd =
  | { readonly kind: 'inherit' }
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pipe'; readonly pipe: number };
/** Where it writes: `stdout` and `stderr` are the shell's own. */
export type OutputEnd =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'stderr' }
  | { readonly kind: 'null' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'pipe'; readonly pipe: number };
export interface Streams {
  readonly stdin: InputEnd;
  readonly stdout: OutputEnd;
  readonly stderr: OutputEnd;
}

interface JobChild {
  readonly child: number;
  readonly program: string;
  readonly argv: readonly string[];
  /** Null until the kernel has told it. */
  readonly process: ProcessId | null;
  /** Null while it runs. */
  readonly exitCode: number | null;
}
/** A pipeline that was started: in the foreground, or with `&` (then `number` is that of `[1]`). */
export interface Job {
  readonly key: number;
  readonly number: number | null;
  /** As `jobs` shows it. */
  readonly text: string;
  readonly children: readonly JobChild[];
  readonly isForeground: boolean;
  /** Brought back by `fg`: the terminal's Ctrl-C does not reach it, so the shell passes it on. */
  readonly forwardsSignals: boolean;
}

/** A parsed text: positions of its nodes are positions in it. */
export interface Source {
  readonly text: string;
}

/** What is done once the command substitutions in it have run. */
export type Task =
  | { readonly kind: 'command'; readonly node: Command }
  | { readonly kind: 'compound'; readonly node: CommandNode };
export type SubstitutionOutputs = ReadonlyMap<CommandExpansionPart, string>;

/** A process of a pipeline, all but its pipes. */
export interface Launch {
  readonly program: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly streams: Streams;
}

export type Frame =
  | {
      readonly kind: 'list';
      readonly statements: readonly Statement[];
      readonly index: number;
      readonly source: Source;
    }
  | { readonly kind: 'andOr'; readonly node: AndOr; readonly index: number; readonly source: Source }
  | {
      readonly kind: 'pipeline';
      readonly commands: readonly CommandNode[];
      readonly operators: readonly PipeOperator[];
      readonly isBackground: boolean;
      readonly text: string;
      readonly source: Source;
    }
  /** Runs the substitutions of `pending` one by one, then the task. */
  | {
      readonly kind: 'expand';
      readonly task: Task;
      readonly pending: readonly CommandExpansionPart[];
      readonly outputs: SubstitutionOutputs;
      readonly running: { readonly child: number; readonly path: string } | null;
      readonly source: Source;
    }
  | { readonly kind: 'negate' }
  | { readonly kind: 'if'; readonly node: If; readonly branch: number; readonly source: Source }
  | {
      readonly kind: 'while';
      readonly node: While;
      readonly phase: 'test' | 'decide' | 'again';
      /** Of the body's last round: that of the loop. */
      readonly lastExit: number;
      readonly source: Source;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly items: readonly string[];
      readonly index: number;
      readonly body: CompoundList;
      readonly source: Source;
    }
  | {
      readonly kind: 'arithmeticFor';
      readonly node: ArithmeticFor;
      readonly phase: 'initialize' | 'update';
      readonly source: Source;
    }
  /** What to put back after a redirected compound command. */
  | { readonly kind: 'streams'; readonly before: Streams }
  /** The body of a function: arguments and streams to put back. */
  | { readonly kind: 'function'; readonly positional: readonly string[]; readonly before: Streams }
  | { readonly kind: 'sourced'; readonly positional: readonly string[] | null }
  /** A job in the foreground, or one whose processes have not all their numbers yet. */
  | { readonly kind: 'awaitJob'; readonly key: number; readonly until: 'started' | 'ended' }
  /** `wait`: jobs, by key, whose last exit code is the answer. */
  | { readonly kind: 'awaitJobs'; readonly keys: readonly number[] }
  /** `read`: a line for these variables. */
  | {
      readonly kind: 'read';
      readonly names: readonly string[];
      readonly isRaw: boolean;
      readonly separators: string | null;
    }
  | { readonly kind: 'time'; readonly since: VirtualTimeUs };

export interface ShellFunction {
  /** Its definition, as it was typed. */
  readonly text: string;
  readonly source: Source;
  readonly body: CommandNode | CompoundList;
}

export interface Shell {
  readonly pid: number;
  readonly isInteractive: boolean;
  readonly stdoutIsTerminal: boolean;
  /** `$0`. */
  readonly name: string;
  /** Line of the text that is being run. */
  readonly line: number;
  /** Whether messages name it: not where a person types. */
  readonly namesLines: boolean;
  readonly cwd: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly positional: readonly string[];
  readonly functions: ReadonlyMap<string, ShellFunction>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly lastExit: number;
  readonly lastBackgroundPid: number | null;
  readonly streams: Streams;
  readonly frames: readonly Frame[];
  readonly jobs: readonly Job[];
  readonly nextKey: number;
  readonly nextChild: number;
  readonly nextPipe: number;
  readonly history: readonly string[];
  /** Lines typed of a command that goes on. */
  readonly unfinished: string;
  /** Of standard input, read and not used yet. */
  readonly unread: string;
  readonly stdinIsClosed: boolean;
  /** It has asked for input and not got it yet. */
  readonly isReading: boolean;
  /** Ctrl-C came while a command ran. */
  readonly isInterrupted: boolean;
  /** After `exec`: it ends as the process that takes its place does. */
  readonly endsWithJob: boolean;
  /** A shell in parentheses in the background: it passes signals on. */
  readonly isInBackground: boolean;
}

/** The words before an error message. */
export const labelOf = ({ namesLines, name, line }: Shell): string =>
  namesLines ? `${name}: line ${line}: ` : 'bash: ';

export const withVariable = (shell: Shell, name: string, value: string, isExported?: boolean): Shell => {
  const before = shell.variables.get(name);
  const variable = { value, isExported: isExported ?? before?.isExported ?? false };
  return { ...shell, variables: new Map(shell.variables).set(name, variable) };
};

/** What children get. */
export function exportedVariables({ variables }: Shell): Readonly<Record<string, string>> {
  const exported: Record<string, string> = {};
  for (const [name, { value, isExported }] of variables) if (isExported) exported[name] = value;
  return exported;
}

/** A variable or special parameter; undefined where unset. */
export function lookUp(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1];
  switch (name) {
    case '?':
      return String(shell.lastExit);
    case '$':
      return String(shell.pid);
    case '!':
      return shell.lastBackgroundPid === null ? '' : String(shell.lastBackgroundPid);
    case '#':
      return String(shell.positional.length);
    case '@':
    case '*':
      return shell.positional.join(' ');
    case '-':
      return shell.isInteractive ? 'himBHs' : 'hBc';
    default:
      return shell.variables.get(name)?.value;
  }
}

export const isAssignment = (item: { readonly type: string }): item is Assignment => item.type === 'Assignment';
