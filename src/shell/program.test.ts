import { describe, expect, test } from 'vitest';
import type { Fact } from '../kernel/facts.ts';
import { Simulation } from '../kernel/simulation.ts';
import { exit, print, setTimer } from './effects.ts';
import { defineProgram } from './program.ts';

const started = (startUpUs: number, catches: readonly 'SIGINT'[] = []) => {
  const facts: Fact[] = [];
  const program = defineProgram<{ readonly ticks: number }, { readonly type: 'TICK' }>({
    startUpUs,
    catches,
    start: ({ now }) => ({
      state: { ticks: 0 },
      effects: [print(`up at ${now}\n`), setTimer('tick', 10, { type: 'TICK' })],
    }),
    handle: (state, event) => {
      if (event.type === 'SIGNAL') return { state, effects: [print('bye\n'), exit(0)] };
      if (event.type !== 'TICK') return { state, effects: [] };
      const ticks = state.ticks + 1;
      const text = print(`tick ${ticks} at ${event.now}\n`);
      return {
        state: { ticks },
        effects: ticks < 3 ? [text, setTimer('tick', 10, { type: 'TICK' })] : [text, exit(7), print('never')],
      };
    },
  });
  const simulation = new Simulation({ program }, 1, (fact) => facts.push(fact));
  simulation.apply({ kind: 'openTerminal', terminal: 't', program: 'program', cwd: '/', env: {} });
  return {
    simulation,
    run: (): readonly (string | number)[] => {
      while (simulation.step());
      return facts.flatMap(({ what }): readonly (string | number)[] =>
        what.kind === 'printed' ? [what.text] : what.kind === 'exited' ? [what.exitCode] : [],
      );
    },
    states: () => facts.flatMap(({ what }) => (what.kind === 'entered' ? [what.state] : [])),
  };
};

describe('a program', () => {
  test('starts after its start-up time, keeps its state, and ends with its exit code', () => {
    const { run, states } = started(1000);

    expect(run()).toEqual(['up at 1000\n', 'tick 1 at 1010\n', 'tick 2 at 1020\n', 'tick 3 at 1030\n', 7]);
    expect(states()).toEqual(['STARTING', 'RUNNING', 'EXITED']);
  });

  test('starts at once without a start-up time', () => {
    const { run, states } = started(0);

    expect(run()).toEqual(['up at 0\n', 'tick 1 at 10\n', 'tick 2 at 20\n', 'tick 3 at 30\n', 7]);
    expect(states()).toEqual(['RUNNING', 'EXITED']);
  });

  test('dies of Ctrl-C with 130 while it starts, even if it would catch it later', () => {
    const { simulation, run } = started(1000, ['SIGINT']);
    simulation.apply({ kind: 'interrupt', terminal: 't' });

    expect(run()).toEqual([130]);
  });

  test('dies of Ctrl-C with 130 when it does not catch it', () => {
    const { simulation, run } = started(0);
    simulation.apply({ kind: 'interrupt', terminal: 't' });

    expect(run()).toEqual(['up at 0\n', 130]);
  });

  test('handles the signals that it catches', () => {
    const { simulation, run } = started(0, ['SIGINT']);
    simulation.apply({ kind: 'interrupt', terminal: 't' });

    expect(run()).toEqual(['up at 0\n', 'bye\n', 0]);
  });
});
