/** A machine for tests: terminals are opened, lines typed, what appears is read. */
import type { ProcessId } from '../../kernel/events.ts';
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { readText } from '../../kernel/fileSystem.ts';
import type { Programs } from '../../kernel/process.ts';
import { Simulation } from '../../kernel/simulation.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, seconds } from '../../kernel/time.ts';
import { home, interactiveEnvironment, machineWithEmptyHome } from '../environment.ts';
import { smallCommands } from '../programs.ts';
import { withBash } from '../withBash.ts';

export interface Options {
  readonly files?: FileSystem;
  readonly cwd?: string;
  /** Kafka's tools, by the name of their script. */
  readonly kafkaTools?: Programs;
}

export class Machine {
  readonly simulation: Simulation;
  readonly #cwd: string;
  #output = new Map<string, string>();
  readonly facts: { readonly name: string; readonly detail: Readonly<Record<string, unknown>> }[] = [];

  constructor({ files = machineWithEmptyHome(), cwd = home, kafkaTools = {} }: Options = {}) {
    this.#cwd = cwd;
    const programs = withBash({ smallCommands, kafkaTools });
    this.simulation = new Simulation(
      programs,
      1,
      ({ what }) => {
        if (what.kind === 'told') this.facts.push({ name: what.name, detail: what.detail });
        if (what.kind === 'printed' && what.terminal !== null)
          this.#output.set(what.terminal, (this.#output.get(what.terminal) ?? '') + what.text);
      },
      files,
    );
  }

  /** Runs `bash -c COMMAND` at a terminal of its own, for as long as it takes (an hour at most): what it printed, and its exit code. */
  run(command: string): { readonly output: string; readonly exit: number | null } {
    const terminal = `run ${this.simulation.world.processes.length}`;
    const process = this.simulation.world.processes.length as ProcessId;
    this.simulation.apply({
      kind: 'openTerminal',
      terminal,
      program: 'bash',
      argv: ['bash', '-c', command],
      cwd: this.#cwd,
      env: { ...interactiveEnvironment },
    });
    this.advance(seconds(3600), () => this.simulation.world.processes[process]?.status === 'exited');
    return { output: this.take(terminal), exit: this.simulation.world.processes[process]?.exitCode ?? null };
  }

  /** Opens a terminal with a prompt; returns what it shows. */
  open(terminal: string, env: Readonly<Record<string, string>> = interactiveEnvironment): string {
    this.simulation.apply({ kind: 'openTerminal', terminal, program: 'bash', cwd: this.#cwd, env });
    return this.settle(terminal);
  }

  /** Types lines one after the other, letting `forUs` pass after each; returns what appeared. */
  type(terminal: string, lines: string | readonly string[], forUs = 1000): string {
    for (const line of typeof lines === 'string' ? [lines] : lines) {
      this.simulation.apply({ kind: 'typed', terminal, line });
      this.advance(forUs);
    }
    return this.take(terminal);
  }

  interrupt(terminal: string): string {
    this.simulation.apply({ kind: 'interrupt', terminal });
    return this.settle(terminal);
  }

  endOfFile(terminal: string): string {
    this.simulation.apply({ kind: 'endOfFile', terminal });
    return this.settle(terminal);
  }

  settle(terminal: string, forUs = 1000): string {
    this.advance(forUs);
    return this.take(terminal);
  }

  advance(durationUs: number, isDone: () => boolean = () => false): void {
    const until = later(this.simulation.world.now, durationUs);
    for (
      let next = this.simulation.nextEventAt();
      next !== undefined && next <= until && !isDone();
      next = this.simulation.nextEventAt()
    )
      this.simulation.step();
    if (!isDone() && this.simulation.world.now < until) this.simulation.advanceTo(until);
  }

  get now(): VirtualTimeUs {
    return this.simulation.world.now;
  }

  text(path: string): string | undefined {
    return readText(this.simulation.world.files, path);
  }

  take(terminal: string): string {
    const text = this.#output.get(terminal) ?? '';
    this.#output.delete(terminal);
    return text;
  }
}
