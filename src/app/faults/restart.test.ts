import { describe, expect, test } from 'vitest';
import type { Input } from '../../kernel/input.ts';
import type { ProcessId } from '../../kernel/events.ts';
import { later, seconds } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { begin } from '../../course/begin.ts';
import { programs } from '../../shell/registry.ts';
import { pictureOf } from '../../shell/picture/pictureOf.ts';
import { activeFaults } from './activeFaults.ts';
import { processDeeds } from './processDeeds.ts';
import { restartOf } from './restart.ts';

const line = 'bin/zookeeper-server-start.sh config/zookeeper.properties';
const kill = (process: ProcessId): Input => ({ kind: 'signal', process, signal: 'SIGKILL' });

/** ZooKeeper alone, in a terminal or beside them. */
function started(where: 'terminal' | 'beside'): Timeline {
  const preset = where === 'terminal' ? 'installe' : 'solo';
  const { timeline } = begin(
    {
      preset,
      terminals: ['zookeeper'],
      actions: where === 'terminal' ? [{ kind: 'type', terminal: 'zookeeper', line }] : [],
    },
    { programs, seed: 7, setup: null },
  );
  return timeline;
}
const pass = (timeline: Timeline): void => {
  timeline.advance({ until: later(timeline.now, seconds(5)) });
};
const zookeeperOf = ({ world }: Timeline) => pictureOf(world).zookeepers[0]!;
const restart = (timeline: Timeline) => restartOf(zookeeperOf(timeline).process, timeline.world, timeline.inputs);
const faults = (timeline: Timeline) => activeFaults(timeline.world, pictureOf(timeline.world), timeline.inputs);

describe('a server that was killed', () => {
  test('in its terminal, is started again there by the same line', () => {
    const timeline = started('terminal');
    timeline.act(kill(zookeeperOf(timeline).process));
    pass(timeline);
    expect(restart(timeline)).toEqual({
      verb: 'restart',
      refusal: null,
      inputs: [{ kind: 'typed', terminal: 'zookeeper', line }],
    });
    for (const input of restart(timeline).inputs) timeline.act(input);
    pass(timeline);

    expect(zookeeperOf(timeline).health).toBe('running');
  });

  test('is not while something else runs in its terminal, or when that is closed', () => {
    const timeline = started('terminal');
    timeline.act(kill(zookeeperOf(timeline).process));
    pass(timeline);
    timeline.act({ kind: 'typed', terminal: 'zookeeper', line: 'sleep 100' });
    pass(timeline);
    expect(restart(timeline).refusal).toBe('terminalBusy');
    const shell = timeline.world.processes.find(({ program }) => program === 'bash')!;
    timeline.act({ kind: 'signal', process: shell.id, signal: 'SIGHUP' });
    pass(timeline);

    expect(restart(timeline).refusal).toBe('terminalClosed');
  });

  test('without a terminal, is started again as the session started it', () => {
    const timeline = started('beside');
    timeline.act(kill(zookeeperOf(timeline).process));
    pass(timeline);
    for (const input of restart(timeline).inputs) timeline.act(input);
    pass(timeline);

    expect(zookeeperOf(timeline).health).toBe('running');
  });

  test('is an active fault until it runs again', () => {
    const timeline = started('terminal');
    expect(faults(timeline)).toEqual([]);
    timeline.act(kill(zookeeperOf(timeline).process));
    pass(timeline);
    const [fault] = faults(timeline);
    expect(fault).toMatchObject({ kind: 'dead', refusal: null });
    for (const input of fault!.lift) timeline.act(input);
    pass(timeline);

    expect(faults(timeline)).toEqual([]);
  });
});

test('a server that was stopped by Ctrl-C in its terminal is no fault', () => {
  const timeline = started('terminal');
  timeline.act({ kind: 'interrupt', terminal: 'zookeeper' });
  pass(timeline);

  expect([zookeeperOf(timeline).health, faults(timeline)]).toEqual(['dead', []]);
});

test('a living server is killed, stopped, suspended, not restarted; a suspended one resumes', () => {
  const timeline = started('terminal');
  const { process } = zookeeperOf(timeline);
  const deeds = () =>
    processDeeds(process, { world: timeline.world, inputs: timeline.inputs, isServer: true }).map(
      ({ verb, refusal }) => [verb, refusal],
    );
  expect(deeds()).toEqual([
    ['kill', null],
    ['stop', null],
    ['pause', null],
    ['restart', 'isAlive'],
  ]);
  timeline.act({ kind: 'signal', process, signal: 'SIGSTOP' });

  expect(deeds()[2]).toEqual(['resume', null]);
  expect(faults(timeline)).toMatchObject([{ kind: 'paused', process, lift: [{ signal: 'SIGCONT' }] }]);
});
