/** For tests: a simulation of puppets, with its facts and what each process heard. */
import type { ProcessId } from '../events.ts';
import type { Fact, Happening } from '../facts.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { Input } from '../input.ts';
import type { Programs } from '../process.ts';
import { Simulation } from '../simulation.ts';
import type { VirtualTimeUs } from '../time.ts';
import type { Heard, PuppetContext } from './puppet.ts';

export interface Laboratory {
  readonly simulation: Simulation;
  readonly facts: readonly Fact[];
  apply(input: Input): void;
  /** Starts a program without a terminal. */
  start(program: string, ...argv: readonly string[]): ProcessId;
  /** Handles all events due until then, in microseconds; without a limit, until nothing is left to happen. */
  runUntil(atUs?: number): void;
  heard(process: ProcessId): readonly Heard[];
  factsOf<Kind extends Happening['kind']>(kind: Kind): readonly Extract<Happening, { kind: Kind }>[];
}

export function laboratory(
  programs: Programs,
  { seed = 1, files }: { seed?: number; files?: FileSystem } = {},
): Laboratory {
  const facts: Fact[] = [];
  const simulation = new Simulation(programs, seed, (fact) => facts.push(fact), files);
  return {
    simulation,
    facts,
    apply: (input) => simulation.apply(input),
    start(program, ...argv) {
      const id = simulation.world.processes.length as ProcessId;
      simulation.apply({ kind: 'start', program, argv: [program, ...argv], cwd: '/', env: {}, outputFile: '/out' });
      return id;
    },
    runUntil(atUs) {
      for (let events = 0; events < 1_000_000; events++) {
        const next = simulation.nextEventAt();
        if (next === undefined || (atUs !== undefined && next > atUs)) break;
        simulation.step();
      }
      if (atUs !== undefined) simulation.advanceTo(atUs as VirtualTimeUs);
    },
    heard(process) {
      const context: PuppetContext = simulation.world.processes[process]!.snapshot.context;
      return context.heard;
    },
    factsOf: <Kind extends Happening['kind']>(kind: Kind) =>
      facts.flatMap(({ what }) => (what.kind === kind ? [what as Extract<Happening, { kind: Kind }>] : [])),
  };
}
