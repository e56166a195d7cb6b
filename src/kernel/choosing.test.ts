import { describe, expect, test } from 'vitest';
import { pendingTimers } from './choosing.ts';
import type { KernelEffect } from './effects.ts';
import type { FactId, Message, ProcessId, Socket } from './events.ts';
import type { Fact } from './facts.ts';
import { retransmissionUs } from './network.ts';
import type { Laboratory } from './testing/laboratory.ts';
import { laboratory } from './testing/laboratory.ts';
import type { Heard } from './testing/puppet.ts';
import { puppet } from './testing/puppet.ts';
import { ms } from './time.ts';

const socket = 1 as Socket;
const port = 9092;
const named = (name: string): Message => ({ name });
const send = (name: string): KernelEffect => ({ type: 'send', params: { socket, message: named(name) } });
const names = (heard: readonly Heard[]): string[] =>
  heard.flatMap((event) => (event.type === 'MESSAGE' ? [event.message.name] : []));

const server = puppet((event) => (event.type === 'STARTED' ? [{ type: 'listen', params: { port } }] : []));
/** Connects, and sends three messages at once. */
const client = puppet((event) => {
  if (event.type === 'STARTED') return [{ type: 'connect', params: { socket, port } }];
  return event.type === 'CONNECTED' ? [send('m1'), send('m2'), send('m3')] : [];
});

/** Sets three timers. */
const timer = (id: string, delayUs: number, count: number): KernelEffect => ({
  type: 'setTimer',
  params: { id, delayUs, event: { type: 'TICK', count } as { readonly type: string } },
});
const clocks = puppet((event) =>
  event.type === 'STARTED' ? [timer('soon', ms(10), 1), timer('later', ms(40), 2), timer('last', ms(90), 3)] : [],
);

/** Up to when the three messages are under way. */
function threeUnderWay(): { readonly lab: Laboratory; readonly fact: (name: string) => FactId } {
  const lab = laboratory({ server, client, clocks });
  lab.start('server');
  lab.start('client');
  while (lab.factsOf('sent').length < 3) lab.simulation.step();
  const isSending = ({ what }: Fact, name: string) => what.kind === 'sent' && what.message.name === name;
  return { lab, fact: (name) => lab.facts.find((fact) => isSending(fact, name))!.id };
}

describe('a chosen message lost', () => {
  test('is sent again after the retransmission time-out; what was sent after it waits for it', () => {
    const { lab, fact } = threeUnderWay();
    const lostAt = lab.simulation.world.now;
    lab.apply({ kind: 'loseMessage', message: fact('m2'), outcome: 'resent' });
    lab.runUntil(lostAt + retransmissionUs - 1);
    const before = names(lab.heard(0 as ProcessId));
    lab.runUntil();

    expect([before, names(lab.heard(0 as ProcessId))]).toEqual([['m1'], ['m1', 'm2', 'm3']]);
    expect(lab.factsOf('lost').map(({ message }) => message.name)).toEqual(['m2']);
  });

  test('is lost because somebody wanted it, and sent again because it was lost', () => {
    const { lab, fact } = threeUnderWay();
    lab.apply({ kind: 'loseMessage', message: fact('m2'), outcome: 'resent' });
    const [input, lost, resent] = lab.facts.slice(-3);

    expect([lost!.causes, resent!.causes]).toEqual([
      [fact('m2'), input!.id],
      [fact('m2'), lost!.id],
    ]);
  });

  test('can be lost a second time, as what it was sent again by', () => {
    const { lab, fact } = threeUnderWay();
    lab.apply({ kind: 'loseMessage', message: fact('m1'), outcome: 'resent' });
    lab.apply({ kind: 'loseMessage', message: lab.facts.at(-1)!.id, outcome: 'resent' });
    lab.runUntil();

    expect([lab.factsOf('lost').length, names(lab.heard(0 as ProcessId))]).toEqual([2, ['m1', 'm2', 'm3']]);
  });

  test('takes its connection with it, if one wishes: nothing more arrives, and both ends hear of it', () => {
    const { lab, fact } = threeUnderWay();
    lab.apply({ kind: 'loseMessage', message: fact('m1'), outcome: 'disconnected' });
    lab.runUntil();

    expect([0, 1].map((process) => lab.heard(process as ProcessId).at(-1)?.type)).toEqual([
      'DISCONNECTED',
      'DISCONNECTED',
    ]);
    expect([names(lab.heard(0 as ProcessId)), lab.simulation.world.ends.size]).toEqual([[], 0]);
  });

  test('that has arrived already is not', () => {
    const { lab, fact } = threeUnderWay();
    lab.runUntil();
    lab.apply({ kind: 'loseMessage', message: fact('m1'), outcome: 'disconnected' });
    lab.runUntil();

    expect([lab.factsOf('lost'), names(lab.heard(0 as ProcessId))]).toEqual([[], ['m1', 'm2', 'm3']]);
  });
});

describe('a chosen timer fired next', () => {
  const ticks = (lab: Laboratory) =>
    lab.heard(0 as ProcessId).flatMap((event) => (event.type === 'TICK' ? [event.count] : []));

  test('comes when it is due, before all that was to come first: that is late by as much', () => {
    const lab = laboratory({ clocks });
    const process = lab.start('clocks');
    lab.apply({ kind: 'fireTimer', process, timer: 'later' });
    const due = pendingTimers(lab.simulation.world).map(({ timer: id, entry }) => [id, entry.at]);
    lab.runUntil();

    expect(due).toEqual([
      ['later', ms(40)],
      ['soon', ms(50) + 1],
      ['last', ms(130) + 1],
    ]);
    expect(ticks(lab)).toEqual([2, 1, 3]);
  });

  test('that is not set changes nothing', () => {
    const lab = laboratory({ clocks });
    const process = lab.start('clocks');
    lab.apply({ kind: 'fireTimer', process, timer: 'never' });
    lab.runUntil();

    expect([ticks(lab), lab.simulation.world.now]).toEqual([[1, 2, 3], ms(90)]);
  });

  test('keeps what is under way in its order', () => {
    const { lab } = threeUnderWay();
    const process = lab.start('clocks');
    lab.apply({ kind: 'fireTimer', process, timer: 'last' });
    lab.runUntil();

    expect(names(lab.heard(0 as ProcessId))).toEqual(['m1', 'm2', 'm3']);
  });
});
