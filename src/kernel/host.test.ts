import { describe, expect, test } from 'vitest';
import type { ProcessId } from './events.ts';
import type { HostCondition } from './host.ts';
import { diskAt, soundDisk, clockReading, withDisk } from './host.ts';
import { laboratory } from './testing/laboratory.ts';
import { puppet } from './testing/puppet.ts';
import type { VirtualTimeUs } from './time.ts';
import { epochOfSimulationMs, timestampMsAt } from './time.ts';

const full = { state: 'full', extraLatencyUs: 0 } as const;
const slow = { state: 'sound', extraLatencyUs: 50_000 } as const;

describe('a disk', () => {
  const host: HostCondition = {
    disks: withDisk(withDisk(new Map(), '/tmp', slow), '/tmp/kafka-logs', full),
    clockOffsetMs: 0,
  };

  test('holds a directory and all that is in it; the nearest one above counts', () => {
    expect(
      ['/tmp/kafka-logs', '/tmp/kafka-logs/t-0/0.log', '/tmp/kafka-logs-1', '/home'].map((path) => diskAt(host, path)),
    ).toEqual([full, full, slow, soundDisk]);
  });

  test('is sound where nothing was said of it', () => {
    expect(diskAt(undefined, '/tmp')).toBe(soundDisk);
  });

  test('that is mended is forgotten', () => {
    expect(withDisk(new Map([['/tmp', full]]), '/tmp', soundDisk).size).toBe(0);
  });
});

describe('a wall clock', () => {
  test('is the one of the simulation, or ahead of it, or behind', () => {
    const now = 5_000_000 as VirtualTimeUs;
    const reading = (clockOffsetMs: number) => timestampMsAt(clockReading(now, { disks: new Map(), clockOffsetMs }));

    expect([timestampMsAt(clockReading(now, undefined)), reading(3_600_000), reading(-1)]).toEqual([
      epochOfSimulationMs + 5000,
      epochOfSimulationMs + 3_605_000,
      epochOfSimulationMs + 4999,
    ]);
  });
});

describe('a host', () => {
  const ticking = puppet((event) =>
    event.type === 'STARTED' ? [{ type: 'setTimer', params: { id: 't', delayUs: 1000, event: { type: 'TICK' } } }] : [],
  );

  test('says nothing to its process while all is well', () => {
    const lab = laboratory({ ticking });
    const process = lab.start('ticking');
    lab.runUntil();

    expect(lab.heard(process)).toEqual([{ type: 'TICK' }]);
  });

  test('tells its process, and no other, that its clock is wrong; its timers are right', () => {
    const lab = laboratory({ ticking });
    const [one, other] = [lab.start('ticking'), lab.start('ticking', 'other')];
    lab.apply({ kind: 'setClock', process: one, offsetMs: 60_000 });
    lab.runUntil();

    expect([lab.heard(one), lab.heard(other)]).toEqual([
      [{ type: 'TICK', host: { disks: new Map(), clockOffsetMs: 60_000 } }],
      [{ type: 'TICK' }],
    ]);
    expect(lab.simulation.world.now).toBe(1000);
  });

  test('is found as it was by the same command started again: its clock, its links', () => {
    const lab = laboratory({ ticking });
    const [one, other] = [lab.start('ticking', 'a'), lab.start('ticking', 'b')];
    const cut = { isCut: true, extraLatencyUs: 0, lossPerMille: 0 };
    lab.apply({ kind: 'setClock', process: one, offsetMs: -1 });
    lab.apply({ kind: 'setLink', from: one, to: other, condition: cut });
    lab.apply({ kind: 'setLink', from: other, to: one, condition: cut });
    lab.apply({ kind: 'signal', process: one, signal: 'SIGKILL' });
    const again = lab.start('ticking', 'a');

    const { clocks, links } = lab.simulation.world;
    expect([...clocks]).toEqual([[again, -1]]);
    expect([...links.impaired()].map(({ from, to }) => [from, to])).toEqual([
      [again, other],
      [other, again],
    ]);
  });

  test('is another one for the same command while the first still runs', () => {
    const lab = laboratory({ ticking });
    const one = lab.start('ticking');
    lab.apply({ kind: 'setClock', process: one, offsetMs: 5 });
    lab.start('ticking');

    expect([...lab.simulation.world.clocks.keys()]).toEqual([one]);
  });
});

test('an operation of its management interface reaches the process', () => {
  const lab = laboratory({ idle: puppet(() => []) });
  const process: ProcessId = lab.start('idle');
  lab.apply({ kind: 'operate', process, operation: 'expireSession', argument: '0x1' });
  lab.runUntil();

  expect(lab.heard(process)).toEqual([{ type: 'OPERATION', operation: 'expireSession', argument: '0x1' }]);
});
