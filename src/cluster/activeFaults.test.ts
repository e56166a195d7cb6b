import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { FactId, ProcessId } from '../kernel/events.ts';
import type { Input } from '../kernel/input.ts';
import { sessionSchema, sessionVersion } from '../kernel/session.ts';
import { activeFaults } from './activeFaults.ts';
import { clusterLaboratory } from './broker/testing/clusterLaboratory.ts';
import { expireSession } from './expireSession.ts';
import { pictureOfZooKeeper } from './zookeeper/pictureOfZooKeeper.ts';

/** ZooKeeper, and broker 0. */
function oneBroker() {
  const lab = clusterLaboratory();
  const broker = lab.startBroker(0);
  lab.pass(5000);
  const faults = () => activeFaults(lab.simulation.world);
  const lift = () => {
    for (const { liftedBy } of faults()) for (const input of liftedBy) lab.apply(input);
  };
  return { lab, broker, faults, lift };
}

const isReadable = (input: Input): boolean =>
  v.is(sessionSchema, {
    version: sessionVersion,
    setup: null,
    seed: 1,
    branches: [
      {
        id: 1,
        parent: null,
        forkedAtEvent: 0,
        inheritedInputs: 0,
        inputs: [{ afterEvent: 0, at: 0, input }],
        end: { eventCount: 0, inputCount: 1, at: 0 },
      },
    ],
    current: 1,
    present: { eventCount: 0, inputCount: 1, at: 0 },
  });

describe('the faults of an instant', () => {
  test('are none in a cluster that is well', () => {
    expect(oneBroker().faults()).toEqual([]);
  });

  test('are what is out of order, each with what puts it right; all of them lifted, none is left', () => {
    const { lab, broker, faults, lift } = oneBroker();
    const { zookeeper } = lab;
    const inputs: readonly Input[] = [
      { kind: 'signal', process: zookeeper, signal: 'SIGSTOP' },
      {
        kind: 'setLink',
        from: broker,
        to: zookeeper,
        condition: { isCut: true, extraLatencyUs: 0, lossPerMille: 0 },
      },
      { kind: 'setDisk', directory: '/tmp/zookeeper', condition: { state: 'sound', extraLatencyUs: 5000 } },
      { kind: 'setClock', process: broker, offsetMs: 3_600_000 },
    ];
    for (const input of inputs) lab.apply(input);

    expect(faults().map(({ key }) => key)).toEqual([
      `paused ${zookeeper}`,
      `link ${broker} ${zookeeper}`,
      'disk /tmp/zookeeper',
      `clock ${broker}`,
    ]);
    expect(inputs.map(isReadable)).toEqual(inputs.map(() => true));
    lift();
    expect(faults()).toEqual([]);
  });

  test('know a server that was killed, until it is started again', () => {
    const { lab, broker, faults } = oneBroker();
    lab.apply({ kind: 'signal', process: broker, signal: 'SIGKILL' });
    lab.pass(20_000);

    expect(faults().map(({ key }) => key)).toEqual([`dead ${broker}`]);
    lab.startBroker(0);
    lab.pass(5000);
    expect(faults()).toEqual([]);
    expect(lab.simulation.world.processes.at(-1)).toMatchObject({ program: 'kafka-server', status: 'running' });
  });

  test('know it still when it was started too soon: ZooKeeper had not yet given up the session of the one before', () => {
    const { lab, broker, faults } = oneBroker();
    lab.apply({ kind: 'signal', process: broker, signal: 'SIGKILL' });
    lab.startBroker(0);
    lab.pass(30_000);

    expect(faults().map(({ kind, key }) => [kind, key === `dead ${broker}`])).toEqual([['dead', false]]);
  });

  test('do not count a server that never came to serve', () => {
    const { lab, faults } = oneBroker();
    lab.startBroker(1, 'listeners=PLAINTEXT://localhost:9092');
    lab.pass(20_000);

    expect(lab.simulation.world.processes.at(-1)?.status).toBe('exited');
    expect(faults()).toEqual([]);
  });
});

describe('the expiry of a chosen session', () => {
  test('is an input of the server that watches over it; the broker opens another one', () => {
    const { lab, zookeeper, sessions } = withSession();
    const [session] = sessions();
    const input = expireSession(lab.simulation.world, session!)!;
    lab.apply(input);
    lab.pass(3000);

    expect([input, isReadable(input)]).toEqual([
      { kind: 'operate', process: zookeeper, operation: 'expireSession', argument: session },
      true,
    ]);
    expect(lab.printedBy(zookeeper)).toContain(`Expiring session ${session}, timeout of 18000ms exceeded`);
    expect(sessions()).toHaveLength(1);
    expect(sessions()).not.toContain(session);
  });

  test('is nobody’s when there is no such session', () => {
    expect(expireSession(withSession().lab.simulation.world, '0x5')).toBeNull();
  });

  function withSession() {
    const { lab } = oneBroker();
    const { zookeeper } = lab;
    const sessions = () => pictureOfZooKeeper(lab.simulation.world.processes[zookeeper]!)!.sessions.map(({ id }) => id);
    return { lab, zookeeper, sessions };
  }
});

test('the faults that choose are readable at the door of a session, too', () => {
  const inputs: readonly Input[] = [
    { kind: 'loseMessage', message: 12 as FactId, outcome: 'resent' },
    { kind: 'fireTimer', process: 1 as ProcessId, timer: 'check ISR' },
  ];
  const refused = [
    { kind: 'setDisk', directory: 'tmp', condition: { state: 'full', extraLatencyUs: 0 } },
    { kind: 'setDisk', directory: '/tmp', condition: { state: 'broken', extraLatencyUs: 0 } },
    { kind: 'setClock', process: 1, offsetMs: 0.5 },
    { kind: 'loseMessage', message: -1, outcome: 'resent' },
  ] as unknown as readonly Input[];

  expect([...inputs, ...refused].map(isReadable)).toEqual([true, true, false, false, false, false]);
});
