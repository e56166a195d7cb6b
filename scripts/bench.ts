/**
 * `npm run bench [-- EVENTS]`: how fast the simulation runs, what its history costs, how long a seek takes. One core; the journal is on.
 * The kernel alone is measured with a synthetic world of servers and clients; the cluster with the work that the project's goals name.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RandomState } from '../src/kernel/random.ts';
import { nextBelow, streamOf } from '../src/kernel/random.ts';
import { pingPongInputs, pingPongPrograms } from '../src/kernel/testing/pingPong.ts';
import type { VirtualTimeUs } from '../src/kernel/time.ts';
import { Timeline } from '../src/kernel/timeline.ts';

interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

const endOfTime = Number.MAX_SAFE_INTEGER as VirtualTimeUs;
const seekCount = 101;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapInMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Runs so many events, and takes the time, the facts and the memory that they cost. */
function measureRun(timeline: Timeline, events: number): readonly Goal[] {
  const before = { heap: heapInMb(), events: timeline.position.eventCount, facts: timeline.nextFact };
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  timeline.advance({ until: endOfTime, maxEvents: events });
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const count = timeline.position.eventCount - before.events;
  return [
    { what: 'events', measured: count, unit: '' },
    { what: 'speed', measured: (count / wallMs) * 1000, unit: 'events/s', goal: { atLeast: 40_000 } },
    { what: 'processor time', measured: (user + system) / count, unit: 'µs/event' },
    { what: 'facts', measured: (timeline.nextFact - before.facts) / count, unit: 'per event' },
    {
      what: 'history',
      measured: ((heapInMb() - before.heap) / count) * 100_000,
      unit: 'MB per 100 000 events',
      goal: { atMost: 15 },
    },
  ];
}

/** Seeks instants of the whole session, drawn by chance. */
function measureSeeks(timeline: Timeline): readonly Goal[] {
  const { at: end } = timeline.end;
  let random: RandomState = streamOf(1, 'seeks');
  const durations = Array.from({ length: seekCount }, () => {
    const [share, next] = nextBelow(random, 1_000_000);
    random = next;
    const startedAt = performance.now();
    timeline.seekTo(Math.floor((share / 1_000_000) * end) as VirtualTimeUs);
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  return [
    { what: 'seek, median', measured: durations[(seekCount - 1) / 2]!, unit: 'ms', goal: { atMost: 20 } },
    { what: 'seek, longest', measured: durations.at(-1)!, unit: 'ms' },
  ];
}

function report(title: string, goals: readonly Goal[]): void {
  console.log(`\n${title}`);
  for (const { what, measured, unit, goal } of goals) {
    const figure = measured >= 1000 ? Math.round(measured).toLocaleString('en') : measured.toFixed(2);
    console.log(
      `  ${what.padEnd(16)}${figure.padStart(12)} ${unit}${goal === undefined ? '' : verdict(measured, goal)}`,
    );
  }
}

function verdict(measured: number, goal: NonNullable<Goal['goal']>): string {
  const [isMet, words] =
    'atLeast' in goal
      ? [measured >= goal.atLeast, `at least ${goal.atLeast.toLocaleString('en')}`]
      : [measured <= goal.atMost, `at most ${goal.atMost.toLocaleString('en')}`];
  return `   (goal: ${words}${isMet ? '' : ': MISSED'})`;
}

/** A kernel without a cluster: what stepping, the network and the journal cost. */
function kernelAlone(): Timeline {
  const timeline = new Timeline({
    programs: pingPongPrograms,
    seed: 1,
    setup: null,
    stopwatch: () => performance.now(),
  });
  for (const input of pingPongInputs(5)) timeline.act(input);
  timeline.advance({ until: endOfTime, maxEvents: 20_000 });
  return timeline;
}

interface Workload {
  readonly title: string;
  /** The session at the instant from which it is measured. */
  readonly begin: () => Timeline;
}
const workloads: readonly Workload[] = [
  { title: 'The kernel alone: 3 servers, 15 clients that ask and are answered', begin: kernelAlone },
];

const events = Number(process.argv[2] ?? 1_000_000);
for (const { title, begin } of workloads) {
  const timeline = begin();
  report(title, [...measureRun(timeline, events), ...measureSeeks(timeline)]);
}
