/** The terminals of a play: what runs at each, what has appeared on it, when anything was last printed. */
import type { ProcessId } from '../kernel/events.ts';
import type { Fact } from '../kernel/facts.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import { later, timeZero } from '../kernel/time.ts';
import { home, kafkaFolder } from '../shell/environment.ts';
import { workingDirectoryOf } from '../shell/bash/workingDirectory.ts';
import { ScenarioError } from './scenarioError.ts';
import type { Stage } from './stage.ts';

interface Terminal {
  text: string;
  /** Of the shell that runs, or has run, its latest command. */
  shell: ProcessId | null;
  cwd: string;
  lastPrintAt: VirtualTimeUs;
}

export class Terminals {
  readonly #stage: Stage;
  readonly #terminals = new Map<string, Terminal>();
  #commandCount = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Keeps what is printed at a terminal. */
  note({ at, what }: Fact): void {
    if (what.kind !== 'printed' || what.terminal === null) return;
    const terminal = this.#of(what.terminal);
    terminal.text += what.text;
    terminal.lastPrintAt = at;
  }

  /** A new shell, which keeps only the terminal's folder, runs the command and ends: a script whose third line it is, by what the shell says of it. */
  run(name: string, command: string): void {
    const terminal = this.#of(name);
    if (this.isBusy(name)) throw new ScenarioError(`terminal ${name} is busy`);
    this.#followFolder(terminal);
    terminal.shell = this.#stage.world.processes.length as ProcessId;
    this.#stage.apply({
      kind: 'openTerminal',
      terminal: name,
      program: 'bash',
      argv: ['bash', '-c', `\n\n${command}`, `${home}/command-${++this.#commandCount}.sh`],
      cwd: terminal.cwd,
      env: {
        HOME: home,
        LANG: 'C.UTF-8',
        LOG_DIR: `${kafkaFolder}/logs`,
        PATH: '/usr/local/bin:/usr/bin:/bin',
        SHELL: '/bin/bash',
        TERM: 'dumb',
        TZ: 'UTC',
      },
    });
  }

  type(name: string, line: string): void {
    this.#stage.apply({ kind: 'typed', terminal: name, line });
  }

  endOfFile(name: string): void {
    this.#stage.apply({ kind: 'endOfFile', terminal: name });
  }

  interrupt(name: string): void {
    this.#stage.apply({ kind: 'interrupt', terminal: name });
  }

  /** kill −9 of all that runs at the terminal, its shell first, so that it prints no message. */
  kill(name: string): void {
    const { shell } = this.#of(name);
    const { processes } = this.#stage.world;
    const doomed = processes.filter(
      ({ id, terminal, status }) => terminal === name && status !== 'exited' && id !== shell,
    );
    for (const process of [...(shell === null ? [] : [shell]), ...doomed.map(({ id }) => id)]) {
      this.#stage.apply({ kind: 'signal', process, signal: 'SIGKILL' });
    }
  }

  isBusy(name: string): boolean {
    const { shell } = this.#of(name);
    return shell !== null && this.#stage.world.processes[shell]?.status !== 'exited';
  }

  isAnyBusy(): boolean {
    return this.names().some((name) => this.isBusy(name));
  }

  /** Null while its first command runs. */
  exitCodeOf(name: string): number | null {
    const { shell } = this.#of(name);
    return shell === null ? null : (this.#stage.world.processes[shell]?.exitCode ?? null);
  }

  names(): readonly string[] {
    return [...this.#terminals.keys()];
  }

  textOf(name: string): string {
    return this.#of(name).text;
  }

  /** Where each stands, to tell later what is new. */
  marks(): ReadonlyMap<string, { readonly length: number; readonly isBusy: boolean }> {
    return new Map(this.names().map((name) => [name, { length: this.textOf(name).length, isBusy: this.isBusy(name) }]));
  }

  /** Until no terminal has printed for so long, or the limit is reached. */
  awaitSilence(silenceUs: number, limitUs: number): void {
    const began = this.#stage.world.now;
    for (;;) {
      const lastPrintAt = [...this.#terminals.values()].reduce<VirtualTimeUs>(
        (latest, terminal) => (terminal.lastPrintAt > latest ? terminal.lastPrintAt : latest),
        began,
      );
      const silentAt = later(lastPrintAt, silenceUs);
      const limit = later(began, limitUs);
      const until = silentAt < limit ? silentAt : limit;
      const next = this.#stage.nextEventAt();
      if (next === undefined || next > until) {
        this.#stage.advanceTo(until);
        return;
      }
      this.#stage.step();
    }
  }

  #followFolder(terminal: Terminal): void {
    const shell = terminal.shell === null ? undefined : this.#stage.world.processes[terminal.shell];
    if (shell !== undefined) terminal.cwd = workingDirectoryOf(shell.snapshot) ?? terminal.cwd;
  }

  #of(name: string): Terminal {
    let terminal = this.#terminals.get(name);
    if (terminal === undefined) {
      terminal = { text: '', shell: null, cwd: kafkaFolder, lastPrintAt: timeZero };
      this.#terminals.set(name, terminal);
    }
    return terminal;
  }
}
