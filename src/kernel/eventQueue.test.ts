import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scheduled } from './eventQueue.ts';
import { EventQueue } from './eventQueue.ts';
import type { VirtualTimeUs } from './time.ts';

const entriesAt = (times: readonly number[]): Scheduled[] =>
  times.map((at, sequence) => ({ at: at as VirtualTimeUs, sequence }));
const inOrder = (entries: readonly Scheduled[]): Scheduled[] =>
  [...entries].sort((a, b) => a.at - b.at || a.sequence - b.sequence);
function drain(queue: EventQueue<Scheduled>): Scheduled[] {
  const drained: Scheduled[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) drained.push(next);
  return drained;
}
const times = fc.array(fc.nat(20), { maxLength: 60 });

describe('the event queue', () => {
  test('gives what is soonest first, and of one instant what was asked for first', () => {
    fc.assert(
      fc.property(times, (at) => {
        const queue = new EventQueue<Scheduled>();
        for (const entry of entriesAt(at)) queue.push(entry);

        expect(drain(queue)).toEqual(inOrder(entriesAt(at)));
      }),
    );
  });

  test('keeps its order when pushes and pops alternate', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(20)), { maxLength: 80 }), (moves) => {
        const queue = new EventQueue<Scheduled>();
        let model: Scheduled[] = [];
        const popped: (readonly [Scheduled | undefined, Scheduled | undefined])[] = [];
        for (const [sequence, at] of moves.entries()) {
          if (at === null) {
            popped.push([queue.pop(), model[0]]);
            model = model.slice(1);
          } else {
            const entry = { at: at as VirtualTimeUs, sequence };
            queue.push(entry);
            model = inOrder([...model, entry]);
          }
        }

        expect(popped.map(([got]) => got)).toEqual(popped.map(([, expected]) => expected));
      }),
    );
  });

  test('takes out what is unwanted, in order, and leaves the rest in order', () => {
    fc.assert(
      fc.property(times, (at) => {
        const queue = new EventQueue<Scheduled>();
        for (const entry of entriesAt(at)) queue.push(entry);
        const isUnwanted = (entry: Scheduled) => entry.at % 3 === 0;

        expect(queue.remove(isUnwanted)).toEqual(inOrder(entriesAt(at)).filter(isUnwanted));
        expect(drain(queue)).toEqual(inOrder(entriesAt(at)).filter((entry) => !isUnwanted(entry)));
      }),
    );
  });

  test('is independent of its copy', () => {
    const queue = new EventQueue(entriesAt([1, 2, 3]));
    const copy = queue.copy();
    queue.pop();

    expect([queue.size, copy.size, copy.peek()]).toEqual([2, 3, { at: 1, sequence: 0 }]);
  });
});
