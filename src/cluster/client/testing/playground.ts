/** For tests: a simulation with fake brokers and a client, and what can be seen of it. */
import type { AnyStateMachine } from 'xstate';
import type { Fact } from '../../../kernel/facts.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import { Simulation } from '../../../kernel/simulation.ts';
import type { ClientLog } from '../clientStep.ts';

export interface Playground {
  readonly simulation: Simulation;
  readonly facts: readonly Fact[];
  start(program: string): ProcessId;
  /** Until that instant, in milliseconds. */
  runTo(untilMs: number): void;
  /** Requests that a process has sent, by API name. */
  sent(process: ProcessId): readonly { readonly api: string; readonly atMs: number; readonly body: unknown }[];
  /** The state of a reducer. */
  state(process: ProcessId): unknown;
}

export function playground(programs: Readonly<Record<string, AnyStateMachine>>, seed = 1): Playground {
  const facts: Fact[] = [];
  const simulation = new Simulation(programs, seed, (fact) => facts.push(fact));
  return {
    simulation,
    facts,
    start(program) {
      const id = simulation.world.processes.length as ProcessId;
      simulation.apply({ kind: 'start', program, argv: [], cwd: '/', env: {}, outputFile: '/dev/null' });
      return id;
    },
    runTo(untilMs) {
      for (
        let next = simulation.nextEventAt();
        next !== undefined && next <= untilMs * 1000;
        next = simulation.nextEventAt()
      ) {
        simulation.step();
      }
    },
    sent: (process) =>
      facts.flatMap(({ what, at, process: from }) =>
        what.kind === 'sent' &&
        from === process &&
        'kind' in what.message &&
        what.message.kind === 'request' &&
        'body' in what.message
          ? [{ api: what.message.name, atMs: at / 1000, body: what.message.body }]
          : [],
      ),
    state: (process) => (simulation.world.processes[process]!.snapshot.context as { readonly state: unknown }).state,
  };
}

/** A log line as tools print it, without its time. */
export function lineOf({ level, text, class: name }: ClientLog): string {
  return `${level} ${text} (${name})`;
}
