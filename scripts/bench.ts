/**
 * `npm run bench [-- EVENTS]`: how fast the simulation runs, what its history costs, how long a seek takes. One core; the journal is on.
 * The kernel alone is measured with a synthetic world of servers and clients; the cluster with the work that the project's goals name;
 * Kafka's algorithms without either.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { begin } from '../src/course/begin.ts';
import { type } from '../src/course/lesson.ts';
import { perform } from '../src/course/perform.ts';
import { kafkaBenchmarks } from '../src/kafka/kafka.bench.ts';
import type { RandomState } from '../src/kernel/random.ts';
import { nextBelow, streamOf } from '../src/kernel/random.ts';
import { pingPongInputs, pingPongPrograms } from '../src/kernel/testing/pingPong.ts';
import type { VirtualTimeUs } from '../src/kernel/time.ts';
import { later, seconds } from '../src/kernel/time.ts';
import { Timeline } from '../src/kernel/timeline.ts';
import { servers } from '../src/cluster/servers.ts';
import { consumedByConsole } from '../src/shell/kafkaTools/consoleConsumer.ts';
import { kafkaTools } from '../src/shell/kafkaTools/programs.ts';
import { smallCommands } from '../src/shell/programs.ts';
import { withBash } from '../src/shell/withBash.ts';
import { linesByTheClock } from './linesByTheClock.ts';

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

/** Runs, and takes the time, the facts and the memory that the events cost. */
function measureRun(timeline: Timeline, run: () => void): readonly Goal[] {
  const before = { heap: heapInMb(), events: timeline.position.eventCount, facts: timeline.nextFact };
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  run();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const count = timeline.position.eventCount - before.events;
  return [
    { what: 'events', measured: count, unit: '' },
    { what: 'speed', measured: (count / wallMs) * 1000, unit: 'events/s', goal: { atLeast: 40_000 } },
    { what: 'processor time', measured: (user + system) / count, unit: 'µs/event' },
    { what: 'facts', measured: (timeline.nextFact - before.facts) / count, unit: 'per event' },
    count < 100_000
      ? { what: 'history', measured: heapInMb() - before.heap, unit: 'MB, the facts of the last ten stretches whole' }
      : {
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

const recordCount = 10_000;
const recordsInWords =
  '10 000 records with acks=all to a topic of 6 partitions × 3 replicas on 3 brokers, one consumer group reading; a line a millisecond comes\n' +
  'to a console producer that does not linger: a batch is what came for its partition while five requests were under way';
const server = '--bootstrap-server localhost:9092';

/** Three brokers, the topic, and a console consumer that is alone in its group. */
function clusterWithReader(): Timeline {
  const commands = { ...smallCommands, 'lines-by-the-clock': linesByTheClock };
  const programs = withBash({ smallCommands: commands, kafkaTools, hidden: servers });
  const create = `bin/kafka-topics.sh ${server} --create --topic t --partitions 6 --replication-factor 3`;
  const consume = `bin/kafka-console-consumer.sh ${server} --topic t --group readers`;
  const { timeline } = begin(
    {
      preset: 'trio',
      terminals: ['consumer', 'producer'],
      actions: [type('producer', create), type('consumer', consume)],
    },
    { programs, seed: 1, setup: null, stopwatch: () => performance.now() },
  );
  return timeline;
}

/** From the typed line to the last record printed by the consumer. */
function produceOnce(timeline: Timeline): void {
  const wanted = consumedIn(timeline) + recordCount;
  const produce = `bin/kafka-console-producer.sh ${server} --topic t --timeout 0 --producer-property acks=all`;
  perform(timeline, [type('producer', `lines-by-the-clock ${recordCount} 1 | ${produce}`)]);
  while (consumedIn(timeline) < wanted) timeline.advance({ until: later(timeline.now, seconds(0.1)) });
}

function consumedIn({ world }: Timeline): number {
  const consumer = world.processes.find(({ program }) => program === 'kafka-console-consumer');
  return consumer === undefined ? 0 : consumedByConsole(consumer.snapshot).consumed;
}

interface Workload {
  readonly title: string;
  /** The session at the instant from which it is measured. */
  readonly begin: () => Timeline;
  /** Brings the session up to so many events from there. */
  readonly run: (timeline: Timeline, events: number) => void;
}
const workloads: readonly Workload[] = [
  {
    title: 'The kernel alone: 3 servers, 15 clients that ask and are answered',
    begin: kernelAlone,
    run: (timeline, events) => {
      timeline.advance({ until: endOfTime, maxEvents: events });
    },
  },
  {
    title: `${recordsInWords}, again and again`,
    begin: clusterWithReader,
    run: (timeline, events) => {
      const end = timeline.position.eventCount + events;
      while (timeline.position.eventCount < end) produceOnce(timeline);
    },
  },
];

/** The work of the goals, once: how fast, and how many events a record costs. */
function measureRecords(): void {
  const warmUp = clusterWithReader();
  for (let round = 0; round < 3; round++) produceOnce(warmUp);
  const timeline = clusterWithReader();
  const goals = measureRun(timeline, () => produceOnce(timeline));
  const { measured: events } = goals[0]!;
  report(`${recordsInWords}, once, after a warm-up of the same, three times`, [
    ...goals,
    { what: 'cost', measured: events / recordCount, unit: 'events per record' },
  ]);
}

function measureAlgorithms(): void {
  console.log("\nKafka's algorithms alone");
  for (const { what, unit, prepare } of kafkaBenchmarks) {
    const work = prepare();
    const startedAt = performance.now();
    const count = work();
    const perSecond = (count / (performance.now() - startedAt)) * 1000;
    console.log(`  ${what.padEnd(60)}${Math.round(perSecond).toLocaleString('en').padStart(12)} ${unit}/s`);
  }
}

const events = Number(process.argv[2] ?? 1_000_000);
measureRecords();
for (const { title, begin: beginWork, run } of workloads) {
  const timeline = beginWork();
  report(title, [...measureRun(timeline, () => run(timeline, events)), ...measureSeeks(timeline)]);
}
measureAlgorithms();
