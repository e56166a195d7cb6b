import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KernelEffect } from './effects.ts';
import type { Message, ProcessId, Socket } from './events.ts';
import { retransmissionUs, sampleFlight } from './network.ts';
import { streamOf } from './random.ts';
import { ms, seconds } from './time.ts';
import type { Laboratory } from './testing/laboratory.ts';
import { laboratory } from './testing/laboratory.ts';
import type { Behaviour, Heard } from './testing/puppet.ts';
import { puppet } from './testing/puppet.ts';

const socket = 1 as Socket;
const port = 9092;
const named = (name: string): Message => ({ name });
const send = (name: string, over: Socket = socket): KernelEffect => ({
  type: 'send',
  params: { socket: over, message: named(name) },
});
const close = (over: Socket = socket): KernelEffect => ({ type: 'close', params: { socket: over } });
const tick = (delayUs: number): KernelEffect => ({
  type: 'setTimer',
  params: { id: 'tick', delayUs, event: { type: 'TICK' } },
});

/** Listens, and does what it is told in messages. */
const server = (onMessage: (name: string, over: Socket) => readonly KernelEffect[] = () => []) =>
  puppet((event) => {
    if (event.type === 'STARTED') return [{ type: 'listen', params: { port } }];
    return event.type === 'MESSAGE' ? onMessage(event.message.name, event.socket) : [];
  });
/** Connects, and sends `count` numbered messages, one each millisecond. */
const client = (count: number, atTheEnd: readonly KernelEffect[] = []) =>
  puppet((event, { heard }) => {
    if (event.type === 'STARTED') return [{ type: 'connect', params: { socket, port } }];
    const sent = heard.filter(({ type }) => type === 'TICK').length;
    if (event.type === 'CONNECTED') return [tick(ms(1))];
    if (event.type !== 'TICK') return [];
    return sent < count ? [send(`m${sent}`), tick(ms(1))] : [send(`m${sent}`), ...atTheEnd];
  });
const names = (heard: readonly Heard[]): string[] =>
  heard.flatMap((event) => (event.type === 'MESSAGE' ? [event.message.name] : []));
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `m${i + 1}`);
const types = (heard: readonly Heard[]): string[] => heard.map(({ type }) => type);
const cut = { isCut: true, extraLatencyUs: 0, lossPerMille: 0 };
const healthy = { isCut: false, extraLatencyUs: 0, lossPerMille: 0 };
const setLink = (lab: Laboratory, from: ProcessId, to: ProcessId, condition: typeof cut): void =>
  lab.apply({ kind: 'setLink', from, to, condition });

describe('a connection', () => {
  test('is accepted by who listens, and carries messages both ways', () => {
    const lab = laboratory({ server: server((name, over) => [send(`re ${name}`, over)]), client: client(1) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil();

    const accepted = 32_768;
    expect(lab.heard(b)).toEqual([
      { type: 'LISTENING', port },
      { type: 'ACCEPTED', socket: accepted, port, peer: c },
      { type: 'MESSAGE', socket: accepted, message: named('m1'), peer: c },
    ]);
    expect(lab.heard(c)).toEqual([
      { type: 'CONNECTED', socket },
      { type: 'TICK' },
      { type: 'MESSAGE', socket, message: named('re m1'), peer: b },
    ]);
  });

  test('is refused where nobody listens', () => {
    const lab = laboratory({ client: client(1) });
    const c = lab.start('client');
    lab.runUntil();

    expect(lab.heard(c)).toEqual([{ type: 'CONNECTION_REFUSED', socket }]);
  });

  test('a port in use is not given twice, and is free again when its process has ended', () => {
    const lab = laboratory({ server: server() });
    const [first, second] = [lab.start('server'), lab.start('server')];
    lab.runUntil();
    lab.apply({ kind: 'signal', process: first, signal: 'SIGKILL' });
    const third = lab.start('server');
    lab.runUntil();

    expect([first, second, third].map((process) => types(lab.heard(process)))).toEqual([
      ['LISTENING'],
      ['ADDRESS_IN_USE'],
      ['LISTENING'],
    ]);
  });

  test('closed by one side, tells the other after all that was sent before', () => {
    const lab = laboratory({ server: server(), client: client(3, [close()]) });
    const [b] = [lab.start('server'), lab.start('client')];
    lab.runUntil();

    expect([names(lab.heard(b)), types(lab.heard(b)).at(-1), lab.simulation.world.ends.size]).toEqual([
      numbered(3),
      'DISCONNECTED',
      0,
    ]);
  });

  test('ends when either process does', () => {
    const lab = laboratory({ server: server(), client: client(1) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil();
    lab.apply({ kind: 'signal', process: b, signal: 'SIGKILL' });
    lab.runUntil();

    expect([types(lab.heard(c)).at(-1), lab.simulation.world.ends.size]).toEqual(['DISCONNECTED', 0]);
  });

  test('to a paused process is accepted by its machine, and what is sent waits', () => {
    const lab = laboratory({ server: server(), client: client(3) });
    const b = lab.start('server');
    lab.runUntil();
    lab.apply({ kind: 'signal', process: b, signal: 'SIGSTOP' });
    const c = lab.start('client');
    lab.runUntil(seconds(1));
    expect([types(lab.heard(c))[0], types(lab.heard(b))]).toEqual(['CONNECTED', ['LISTENING']]);

    lab.apply({ kind: 'signal', process: b, signal: 'SIGCONT' });
    lab.runUntil();
    expect(names(lab.heard(b))).toEqual(numbered(3));
  });

  test('keeps its order when what waited for a paused process meets what arrives at its awakening', () => {
    fc.assert(
      fc.property(fc.nat(12_000), fc.nat(12_000), fc.nat(99), (pausedAt, pausedFor, seed) => {
        const lab = laboratory({ server: server(), client: client(12) }, { seed });
        const [b] = [lab.start('server'), lab.start('client')];
        lab.runUntil(pausedAt);
        lab.apply({ kind: 'signal', process: b, signal: 'SIGSTOP' });
        lab.runUntil(pausedAt + pausedFor);
        lab.apply({ kind: 'signal', process: b, signal: 'SIGCONT' });
        lab.runUntil();

        expect(names(lab.heard(b))).toEqual(numbered(12));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a link', () => {
  test('takes 0.5 to 2 ms when healthy, and is drawn anew for each flight', () => {
    let random = streamOf(3, 'network');
    const flights = Array.from({ length: 300 }, () => {
      const [duration, next] = sampleFlight(healthy, random);
      random = next;
      return duration;
    });

    expect([Math.min(...flights) >= 500, Math.max(...flights) <= 2000, new Set(flights).size > 200]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('that loses costs retransmission time-outs that double, and no message', () => {
    let random = streamOf(3, 'network');
    const timeouts = Array.from({ length: 2000 }, () => {
      const [duration, next] = sampleFlight({ ...healthy, lossPerMille: 300 }, random);
      random = next;
      return Math.floor(duration / retransmissionUs);
    });
    const share = (lost: number) => timeouts.filter((count) => count === lost).length / timeouts.length;
    expect([share(0), share(1), share(3), share(7)].map((s) => s.toFixed(1))).toEqual(['0.7', '0.2', '0.1', '0.0']);

    const lab = laboratory({ server: server(), client: client(20) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    setLink(lab, c, b, { ...healthy, lossPerMille: 300 });
    lab.runUntil();
    expect(names(lab.heard(b))).toEqual(numbered(20));
  });

  test('that is slow delays each flight', () => {
    const lab = laboratory({ server: server(), client: client(1) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil(ms(5));
    setLink(lab, c, b, { ...healthy, extraLatencyUs: ms(300) });
    lab.runUntil(ms(300));
    expect(names(lab.heard(b))).toEqual(['m1']);
  });

  test('cut, delivers nothing; mended, all that waited, in order', () => {
    const lab = laboratory({ server: server(), client: client(40) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil(ms(20));
    const before = names(lab.heard(b)).length;
    setLink(lab, c, b, cut);
    lab.runUntil(seconds(5));
    expect(names(lab.heard(b)).length).toBe(before);

    setLink(lab, c, b, healthy);
    lab.runUntil();
    expect(names(lab.heard(b))).toEqual(numbered(40));
    expect(lab.factsOf('resent').length).toBe(40 - before);
  });

  test('tells which messages the cut caught on their way, because of what', () => {
    const lab = laboratory({ server: server(), client: client(40) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil(ms(20));
    setLink(lab, c, b, cut);

    const lost = lab.facts.filter(({ what }) => what.kind === 'lost');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.map(({ causes }) => causes.map((cause) => lab.facts[cause]?.what.kind))).toEqual(
      lost.map(() => ['sent', 'input']),
    );
  });

  test('cut one way, still carries the other way', () => {
    const lab = laboratory({ server: server((name, over) => [send(`re ${name}`, over)]), client: client(10) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil(ms(8));
    setLink(lab, b, c, cut);
    lab.runUntil(seconds(1));

    expect(names(lab.heard(b))).toEqual(numbered(10));
    expect(names(lab.heard(c)).length).toBeLessThan(10);
  });

  test('cut before the connection, makes it wait; mended, it opens', () => {
    const lab = laboratory({ server: server(), client: client(1) });
    const b = lab.start('server');
    lab.runUntil();
    const c = lab.start('client');
    setLink(lab, b, c, cut);
    lab.runUntil(seconds(10));
    expect(lab.heard(c)).toEqual([]);

    setLink(lab, b, c, healthy);
    lab.runUntil();
    expect(names(lab.heard(b))).toEqual(['m1']);
  });

  test('cut while a process ends, tells the other side when it is mended', () => {
    const lab = laboratory({ server: server(), client: client(3, [close(), { type: 'exit', params: { code: 0 } }]) });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil(ms(4));
    setLink(lab, c, b, cut);
    lab.runUntil(seconds(60));
    expect(types(lab.heard(b))).not.toContain('DISCONNECTED');

    setLink(lab, c, b, healthy);
    lab.runUntil();
    expect([names(lab.heard(b)), types(lab.heard(b)).at(-1), lab.simulation.world.ends.size]).toEqual([
      numbered(3),
      'DISCONNECTED',
      0,
    ]);
  });

  test('whatever happens to it, what is sent arrives once and in order', () => {
    const change = fc.record({
      afterUs: fc.nat(15_000),
      isCut: fc.boolean(),
      extraLatencyUs: fc.constantFrom(0, 0, 4000, 30_000),
      lossPerMille: fc.constantFrom(0, 0, 200),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.nat(99), (changes, seed) => {
        const lab = laboratory({ server: server(), client: client(25, [close()]) }, { seed });
        const [b, c] = [lab.start('server'), lab.start('client')];
        let at = 0;
        for (const { afterUs, ...condition } of changes) {
          at += afterUs;
          lab.runUntil(at);
          setLink(lab, c, b, condition);
        }
        lab.runUntil(at + seconds(1));
        setLink(lab, c, b, healthy);
        lab.runUntil();

        expect([names(lab.heard(b)), types(lab.heard(b)).at(-1), lab.simulation.world.ends.size]).toEqual([
          numbered(25),
          'DISCONNECTED',
          0,
        ]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a socket number used again at once', () => {
  const connect: KernelEffect = { type: 'connect', params: { socket, port } };

  test('is a new connection: what was on its way over the old one does not arrive', () => {
    const lab = laboratory({
      server: server((name, over) => [send(`late re ${name}`, over)]),
      client: puppet(({ type }, { heard }) => {
        if (type === 'STARTED') return [connect];
        if (type === 'TICK') return [close(), connect];
        return type === 'CONNECTED' && heard.length === 1 ? [send('old'), tick(2100)] : [];
      }),
    });
    const [b, c] = [lab.start('server'), lab.start('client')];
    setLink(lab, b, c, { ...healthy, extraLatencyUs: ms(50) });
    lab.runUntil();

    expect([
      names(lab.heard(b)),
      types(lab.heard(c)),
      types(lab.heard(b)).filter((type) => type === 'DISCONNECTED').length,
      lab.simulation.world.ends.size,
    ]).toEqual([['old'], ['CONNECTED', 'TICK', 'CONNECTED'], 1, 2]);
  });

  test('while the first is still asked for, asks once more and is accepted once', () => {
    const lab = laboratory({
      server: server(),
      client: puppet(({ type }) => (type === 'STARTED' ? [connect, close(), connect] : [])),
    });
    const [b, c] = [lab.start('server'), lab.start('client')];
    lab.runUntil();

    expect([types(lab.heard(b)), types(lab.heard(c))]).toEqual([['LISTENING', 'ACCEPTED'], ['CONNECTED']]);
  });
});

test('a process that answers a goodbye that is on its way does no harm', () => {
  const chatty: Behaviour = (event) => {
    if (event.type === 'STARTED') return [{ type: 'connect', params: { socket, port } }];
    return event.type === 'CONNECTED' ? [send('hello'), close(), send('too late'), close()] : [];
  };
  const lab = laboratory({ server: server((_name, over) => [send('re', over), close(over)]), client: puppet(chatty) });
  const [b, c] = [lab.start('server'), lab.start('client')];
  lab.runUntil();

  expect([names(lab.heard(b)), types(lab.heard(c)), lab.simulation.world.ends.size]).toEqual([
    ['hello'],
    ['CONNECTED'],
    0,
  ]);
});
