/**
 * Whether a play of a scenario is equal to its recording: exit codes, lines by terminal and observed states of every step.
 *
 * What races on real Kafka is left out (`races`) or compared as a set (`repeats`, `unordered`), as the recorded step says.
 */
import type { Got } from './got.ts';
import type { Json } from './masks.ts';

/** A step as files hold it. */
export interface RecordedStep {
  readonly do: string;
  readonly terminal?: string;
  readonly name?: string;
  readonly command?: string;
  readonly line?: string;
  readonly action?: string;
  readonly what?: string;
  readonly topic?: string;
  readonly group?: string;
  readonly path?: string;
  readonly repeats?: boolean;
  readonly unordered?: boolean;
  readonly races?: readonly string[];
  readonly got?: Got;
}

export interface RecordedScenario {
  readonly id: string;
  readonly steps: readonly RecordedStep[];
}

export interface Comparison {
  /** Number of equal steps. */
  readonly equal: number;
  /** A report for every step that differs. */
  readonly different: readonly string[];
}

interface Compared {
  readonly exit: unknown;
  readonly ended: unknown;
  readonly output: Readonly<Record<string, readonly string[]>>;
  readonly state: unknown;
}

export function compareScenarios(expected: RecordedScenario, actual: RecordedScenario): Comparison {
  let equal = 0;
  const different: string[] = [];
  for (const [index, step] of expected.steps.entries()) {
    const { got: _expected, ...unplayed } = step;
    const played = actual.steps[index]?.got;
    const left = comparedPart(step);
    const right = comparedPart(played === undefined ? unplayed : { ...unplayed, got: played });
    const terminals = [...new Set([...Object.keys(left.output), ...Object.keys(right.output)])];
    const report = [
      ...difference('exit', left.exit, right.exit),
      ...difference('ended', left.ended, right.ended),
      ...terminals.flatMap((terminal) =>
        difference(`output of ${terminal}`, left.output[terminal], right.output[terminal]),
      ),
      ...difference('state', left.state, right.state),
    ];
    if (report.length === 0) equal++;
    else different.push(`  step ${index + 1}: ${describe(step)}\n${report.join('\n')}`);
  }
  return { equal, different };
}

function comparedPart(step: RecordedStep): Compared {
  const { exit, ended, output = {}, state } = step.got ?? {};
  const races = (step.races ?? []).map((pattern) => new RegExp(pattern));
  const kept = (lines: readonly string[]): readonly string[] => {
    const certain = lines.filter((line) => !races.some((race) => race.test(line)));
    if (step.repeats === true) return [...new Set(certain)].sort();
    return step.unordered === true ? certain.sort() : certain;
  };
  const text = Object.entries(output)
    .map(([terminal, lines]) => [terminal, kept(lines)] as const)
    .filter(([, lines]) => lines.length > 0);
  return { exit, ended, output: Object.fromEntries(text), state: certainState(state, step.races) };
}

function certainState(state: Json | undefined, races: readonly string[] | undefined): unknown {
  if (races === undefined || state === null || typeof state !== 'object' || Array.isArray(state)) return state;
  return Object.fromEntries(Object.entries(state).filter(([key]) => !races.includes(key)));
}

const describe = (step: RecordedStep): string =>
  [
    step.do,
    step.terminal ?? step.name,
    step.command ?? step.line ?? step.action ?? step.what,
    step.topic ?? step.group ?? step.path,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

function difference(title: string, expected: unknown, actual: unknown): readonly string[] {
  if (isEqual(expected, actual)) return [];
  const [left, right] = [linesOf(expected), linesOf(actual)];
  let from = 0;
  while (from < left.length && left[from] === right[from]) from++;
  let tail = 0;
  while (tail < Math.min(left.length, right.length) - from && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
  const cut = (list: readonly string[], sign: string): readonly string[] => {
    const differing = list.slice(from, list.length - tail);
    const more = differing.length > 12 ? [`      ${sign} … ${differing.length - 12} more`] : [];
    return [...differing.slice(0, 12).map((line) => `      ${sign} ${line}`), ...more];
  };
  const where = from > 0 ? ` (after ${from} equal lines)` : '';
  return [`    ${title}${where}`, ...cut(left, '-'), ...cut(right, '+')];
}

function linesOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const isText = (items: readonly unknown[]): items is readonly string[] =>
    items.every((item) => typeof item === 'string');
  if (Array.isArray(value) && isText(value)) return value;
  return JSON.stringify(value, null, 1).split('\n');
}

/** Deep equality of JSON values; the order of keys does not matter, an absent key is not the same as undefined kept in one. */
function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return a.size === b.size && [...a].every(([key, item]: [string, unknown]) => b.has(key) && isEqual(item, b.get(key)));
}
