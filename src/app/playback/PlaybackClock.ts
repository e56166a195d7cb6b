/**
 * The playback clock: maps the wall's time to virtual time. A frame steps the simulation within a budget, so that the page stays quick;
 * by default the speed chooses itself, so that what a learner caused can be watched.
 */
import { describeMessage } from '../../cluster/flights.ts';
import type { Pending, World } from '../../kernel/world.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, timeZero } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';

export type Speed = 'auto' | number;

/** Work of one frame, in milliseconds of the main thread. */
const frameBudgetMs = 4;
/** A tab that was away does not catch up: a frame counts at most this much. */
const longestFrameMs = 150;
/** A flight takes about this long on screen: records to be watched, and the requests around them. */
const watchedFlightMs = { records: 600, request: 45 } as const;
/** A long wait that the lesson makes is run through this fast. */
const hurriedSpeed = 10;
/** While a command is awaited and nothing flies, time runs this fast. */
const awaitingSpeed = 3;
/**
 * Requests slow time for so long at most, by the wall's clock; then they fly unseen until time has run freely for as long. Records are
 * always watched.
 */
const requestPatienceMs = 900;

export class PlaybackClock {
  readonly #timeline: Timeline;
  #speed: Speed = 'auto';
  #effectiveSpeed = 1;
  /** What is left of the patience for requests, in milliseconds of the wall. */
  #patienceMs: number = requestPatienceMs;
  #watchesRequests = true;
  #hurriedUntil: VirtualTimeUs = timeZero;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  get speed(): Speed {
    return this.#speed;
  }
  set speed(speed: Speed) {
    this.#speed = speed;
  }
  /** Where the speed chooses itself, it is high up to that instant, whatever flies: nobody wants to watch that wait. */
  hurryUntil(at: VirtualTimeUs): void {
    this.#hurriedUntil = at;
  }
  /** Virtual seconds per second of the last frame. */
  get effectiveSpeed(): number {
    return this.#effectiveSpeed;
  }

  /** Moves virtual time on by what the wall's clock has gone, as far as the budget allows. */
  advance(elapsedMs: number, stopwatch: () => number): void {
    const timeline = this.#timeline;
    const deadline = stopwatch() + frameBudgetMs;
    let leftMs = Math.min(elapsedMs, longestFrameMs);
    while (leftMs > 0) {
      const isHurried = this.#speed === 'auto' && timeline.now < this.#hurriedUntil;
      const chosen = isHurried ? hurriedSpeed : this.#speed;
      const pace =
        chosen === 'auto'
          ? automaticPace(timeline.world, this.#watchesRequests)
          : { speed: chosen, isForRequests: false };
      const { speed } = pace;
      this.#effectiveSpeed = speed;
      const furthest = later(timeline.now, Math.max(1, Math.round(leftMs * 1000 * speed)));
      const reach = isHurried && furthest > this.#hurriedUntil ? this.#hurriedUntil : furthest;
      if (chosen !== 'auto') {
        // Slices, so that the budget holds at any speed.
        while (!timeline.advance({ until: reach, maxEvents: 100 })) if (stopwatch() > deadline) return;
        return;
      }
      const next = timeline.nextAt;
      const goneMs = next === undefined || next > reach ? leftMs : (next - timeline.now) / 1000 / speed;
      this.#spendPatience(goneMs, pace);
      if (next === undefined || next > reach) {
        timeline.advance({ until: reach });
        return;
      }
      leftMs -= goneMs;
      timeline.advance({ until: next, maxEvents: 1 });
      if (stopwatch() > deadline) return;
    }
  }

  #spendPatience(goneMs: number, { speed, isForRequests }: Pace): void {
    const change = speed >= 1 ? goneMs : isForRequests ? -goneMs : 0;
    this.#patienceMs = Math.min(requestPatienceMs, Math.max(0, this.#patienceMs + change));
    if (this.#patienceMs === 0) this.#watchesRequests = false;
    else if (this.#patienceMs === requestPatienceMs) this.#watchesRequests = true;
  }
}

interface Pace {
  /** Virtual seconds per second. */
  readonly speed: number;
  /** It is slow because of messages without records. */
  readonly isForRequests: boolean;
}

/** So slow that the nearest watched message takes its time on screen; else 1×, or a little more while somebody waits for a command. */
export const automaticSpeed = (world: World): number => automaticPace(world, true).speed;

function automaticPace(world: World, watchesRequests: boolean): Pace {
  let [speed, isForRequests] = [Number.POSITIVE_INFINITY, false];
  for (const entry of world.queue.entries()) {
    const onScreenMs = watchedFor(entry, world, watchesRequests);
    if (onScreenMs === 0 || entry.kind !== 'segment') continue;
    const slow = Math.max(1, entry.at - entry.leftAt) / 1000 / onScreenMs;
    if (slow < speed) [speed, isForRequests] = [slow, onScreenMs === watchedFlightMs.request];
  }
  if (speed !== Number.POSITIVE_INFINITY) return { speed: Math.min(1, speed), isForRequests };
  return { speed: isAwaited(world) ? awaitingSpeed : 1, isForRequests: false };
}

/** Milliseconds on screen that a pending message is worth; 0: not watched. Start-up is never slowed. */
function watchedFor(entry: Pending, { processes, now }: World, watchesRequests: boolean): number {
  if (entry.kind !== 'segment' || entry.segment.kind !== 'message' || entry.leftAt > now) return 0;
  const { records, isFaint } = describeMessage(entry.segment.message);
  if (records.length > 0) return watchedFlightMs.records;
  if (!watchesRequests || isFaint || isServerStarting(processes)) return 0;
  return watchedFlightMs.request;
}

const isServerStarting = (processes: World['processes']): boolean => {
  const latest = processes.findLast(({ program }) => program === 'kafka-server' || program === 'zookeeper-server');
  return (
    latest !== undefined &&
    latest.status !== 'exited' &&
    (latest.snapshot.value === 'STARTING' || latest.snapshot.value === 'RECOVERY')
  );
};

const isAwaited = ({ processes }: World): boolean =>
  processes.some(
    (process) =>
      process.parent !== null && process.isForeground && process.status === 'running' && isShortLived(process.program),
  );

/** Tools that end by themselves; readers, writers and servers run until told. */
const endless: ReadonlySet<string> = new Set([
  'kafka-console-consumer',
  'kafka-console-producer',
  'kafka-server-start',
  'kafka-server',
  'zookeeper-server-start',
  'zookeeper-server',
  'bash',
  'tail',
]);
const isShortLived = (program: string): boolean => !endless.has(program);
