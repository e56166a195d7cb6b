import { describe, expect, test } from 'vitest';
import type { RecordedStep } from './compare.ts';
import { compareScenarios } from './compare.ts';

const compare = (recorded: Omit<RecordedStep, 'do'>, got: RecordedStep['got']) => {
  const step = { do: 'run', ...recorded };
  const played = got === undefined ? { do: 'run' } : { do: 'run', got };
  return compareScenarios({ id: 's', steps: [step] }, { id: 's', steps: [played] }).equal;
};
const output = (...lines: string[]) => ({ output: { admin: lines } });

describe('a played step is equal to the recorded one', () => {
  test('when exit, lines and state are', () => {
    expect(compare({ got: { exit: 0, ...output('a') } }, { exit: 0, ...output('a') })).toBe(1);
    expect(compare({ got: { exit: 0, ...output('a') } }, { exit: 1, ...output('a') })).toBe(0);
    expect(compare({ got: { state: { a: 1, b: [2] } } }, { state: { b: [2], a: 1 } })).toBe(1);
    expect(compare({ got: { state: { a: null } } }, { state: {} })).toBe(0);
    expect(compare({ got: output('a') }, undefined)).toBe(0);
  });

  test('in any order where it is unordered, and each line once where it repeats', () => {
    expect(compare({ unordered: true, got: output('a', 'b') }, output('b', 'a'))).toBe(1);
    expect(compare({ unordered: true, got: output('a', 'b') }, output('b', 'a', 'a'))).toBe(0);
    expect(compare({ repeats: true, got: output('a', 'b') }, output('b', 'a', 'a'))).toBe(1);
  });

  test('whatever its races did', () => {
    expect(compare({ races: ['^WARN'], got: output('WARN x', 'a') }, output('a'))).toBe(1);
    expect(compare({ races: ['isr'], got: { state: { isr: [0], leader: 1 } } }, { state: { leader: 1 } })).toBe(1);
  });
});
