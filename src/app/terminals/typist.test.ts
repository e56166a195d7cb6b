import { describe, expect, test } from 'vitest';
import { disturb, press, travel, type, wait } from '../../course/lesson.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import type { TypistSight } from './typist.ts';
import { Typist } from './typist.ts';

const at = (second: number): VirtualTimeUs => seconds(second) as VirtualTimeUs;
const sight = (now: number, changes: Partial<TypistSight> = {}): TypistSight => ({
  now: at(now),
  isOpen: () => true,
  awaitsLine: () => true,
  lastSignAt: () => at(0),
  ...changes,
});
const busy = { awaitsLine: () => false };

describe('typing for the learner', () => {
  test('goes letter by letter, then Return', () => {
    const typist = new Typist([type('admin', 'ls é')], 25);

    expect(typist.advance(1000, sight(1))).toEqual([{ kind: 'show', terminal: 'admin', text: 'l' }]);
    expect(typist.advance(1060, sight(1))).toEqual([{ kind: 'show', terminal: 'admin', text: 'ls ' }]);
    expect(typist.advance(1080, sight(1))).toEqual([{ kind: 'enter', terminal: 'admin', line: 'ls é' }]);
    expect(typist.isDone).toBe(true);
  });

  test('is done at once when hurried, or without motion', () => {
    const hurried = new Typist([type('admin', 'ls')], 25);
    hurried.advance(0, sight(1));
    hurried.hurry();

    expect(hurried.advance(1, sight(1))).toEqual([{ kind: 'enter', terminal: 'admin', line: 'ls' }]);
    expect(new Typist([type('admin', 'ls')], 0).advance(0, sight(1))).toHaveLength(1);
  });

  test('waits for the program that the first line started', () => {
    const typist = new Typist([type('producteur', 'produce'), type('producteur', 'A')], 0);
    typist.advance(0, sight(1));

    expect(typist.advance(10, sight(1.5, busy))).toEqual([]);
    expect(typist.advance(20, sight(2))).toEqual([{ kind: 'enter', terminal: 'producteur', line: 'A' }]);
  });

  test('takes four quiet seconds of a server for the end of its start', () => {
    const typist = new Typist([type('broker', 'start'), press('broker', 'Ctrl-C')], 0);
    typist.advance(0, sight(1));

    expect(typist.advance(10, sight(6, { ...busy, lastSignAt: () => at(3) }))).toEqual([]);
    expect(typist.advance(20, sight(7, { ...busy, lastSignAt: () => at(3) }))).toEqual([
      { kind: 'press', terminal: 'broker', key: 'Ctrl-C' },
    ]);
  });

  test('opens a terminal that is not there, once', () => {
    const typist = new Typist([type('lecteur-1', 'ls')], 0);

    expect(typist.advance(0, sight(1, { isOpen: () => false }))).toEqual([{ kind: 'open', terminal: 'lecteur-1' }]);
    expect(typist.advance(1, sight(1, { isOpen: () => false }))).toEqual([]);
    expect(typist.advance(2, sight(1, busy))).toEqual([]);
    expect(typist.advance(3, sight(2))).toHaveLength(1);
  });

  test('lets virtual time pass where a lesson waits', () => {
    const typist = new Typist([type('admin', 'ls'), wait(3), type('admin', 'ls')], 0);
    typist.advance(0, sight(1));

    expect(typist.advance(1, sight(2))).toEqual([{ kind: 'act', action: wait(3) }]);
    expect(typist.advance(2, sight(3))).toEqual([]);
    expect(typist.advance(3, sight(4))).toEqual([]);
    expect(typist.isIdle).toBe(false);
    expect(typist.advance(4, sight(4.1))).toHaveLength(1);
  });

  test('may be left when nothing but waiting is left to do', () => {
    const typist = new Typist([type('admin', 'ls'), wait(30)], 0);
    typist.advance(0, sight(1));

    expect(typist.isDone).toBe(false);
    expect(typist.isIdle).toBe(true);
  });

  test('leaves to the page what is no typing: a server that is killed, time that goes back', () => {
    const kill = disturb('kill', 'broker-2');
    const typist = new Typist([type('admin', 'ls'), kill, travel(3)], 0);
    typist.advance(0, sight(1));

    expect(typist.advance(1, sight(1.5, busy))).toEqual([]);
    expect(typist.advance(2, sight(2))).toEqual([{ kind: 'act', action: kill }]);
    expect(typist.advance(3, sight(2))).toEqual([{ kind: 'act', action: travel(3) }]);
  });
});
