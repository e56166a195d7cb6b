/**
 * The state of a simulation at an instant: mutable holders of immutable values, so that a step is cheap and a checkpoint copies only
 * the holders.
 */
import type { FactId, KernelEvent, ProcessId } from './events.ts';
import type { Scheduled } from './eventQueue.ts';
import { EventQueue } from './eventQueue.ts';
import type { FileSystem } from './fileSystem.ts';
import { emptyDirectory } from './fileSystem.ts';
import type { Disks } from './host.ts';
import type { ConnectionEnd, Segment } from './network.ts';
import { Links } from './network.ts';
import type { InputStream, Process } from './process.ts';
import type { RandomState } from './random.ts';
import { streamOf } from './random.ts';
import type { VirtualTimeUs } from './time.ts';
import { timeZero } from './time.ts';

/** What waits in the queue. */
export type Pending = Scheduled &
  (
    | {
        readonly kind: 'segment';
        /** When it left; a segment sent again left again. */
        readonly leftAt: VirtualTimeUs;
        readonly from: number;
        readonly to: number;
        readonly toProcess: ProcessId;
        readonly segment: Segment;
      }
    /** A connection request under way to a port. */
    | { readonly kind: 'syn'; readonly from: number; readonly fact: FactId }
    | {
        readonly kind: 'synAnswer';
        readonly to: number;
        readonly toProcess: ProcessId;
        readonly accepted: boolean;
        /** The fact of the request that this answers. */
        readonly opening: FactId;
        readonly fact: FactId;
      }
    | {
        readonly kind: 'timer';
        readonly toProcess: ProcessId;
        readonly id: string;
        readonly event: { readonly type: string };
        readonly fact: FactId;
      }
    /** Something of this instant that a process is told after the present transition. */
    | { readonly kind: 'tell'; readonly toProcess: ProcessId; readonly event: KernelEvent; readonly fact: FactId }
    /** A process that was paused takes the first of what arrived meanwhile. */
    | { readonly kind: 'catchUp'; readonly toProcess: ProcessId }
  );

/** What a process receives. */
export type Deliverable = Exclude<Pending, { kind: 'syn' | 'catchUp' }>;

export interface World {
  now: VirtualTimeUs;
  /** Events handled so far. */
  eventCount: number;
  nextSequence: number;
  nextFact: FactId;
  queue: EventQueue<Pending>;
  /** By process id; those that ended stay, without their snapshot's timers and sockets. */
  processes: Process[];
  ends: Map<number, ConnectionEnd>;
  ports: Map<number, ProcessId>;
  /** By process, the sequence of the pending timer of each id: an entry of the queue with another sequence is void. */
  timers: Map<ProcessId, Map<string, number>>;
  /** What waits for a process that is paused, or that has not yet caught up after a pause; in the order of arrival. */
  heldUp: Map<ProcessId, readonly Deliverable[]>;
  streams: Map<number, InputStream>;
  nextStream: number;
  /** Keyboard stream of each terminal. */
  terminals: Map<string, number>;
  links: Links;
  /** Of the disks that are not sound. */
  disks: Disks;
  /** How far wall clocks are ahead, in milliseconds, by the latest process of each host; those that are right are absent. */
  clocks: ReadonlyMap<ProcessId, number>;
  files: FileSystem;
  networkRandom: RandomState;
  processRandom: RandomState;
}

export function createWorld(seed: number, files: FileSystem = emptyDirectory(timeZero)): World {
  return {
    now: timeZero,
    eventCount: 0,
    nextSequence: 0,
    nextFact: 0 as FactId,
    queue: new EventQueue(),
    processes: [],
    ends: new Map(),
    ports: new Map(),
    timers: new Map(),
    heldUp: new Map(),
    streams: new Map(),
    nextStream: 0,
    terminals: new Map(),
    links: new Links(),
    disks: new Map(),
    clocks: new Map(),
    files,
    networkRandom: streamOf(seed, 'network'),
    processRandom: streamOf(seed, 'processes'),
  };
}

/** Independent of the original: stepping one leaves the other as it is. */
export function copyWorld(world: World): World {
  return {
    ...world,
    queue: world.queue.copy(),
    processes: [...world.processes],
    ends: new Map(world.ends),
    ports: new Map(world.ports),
    timers: new Map([...world.timers].map(([process, timers]) => [process, new Map(timers)])),
    heldUp: new Map(world.heldUp),
    streams: new Map(world.streams),
    terminals: new Map(world.terminals),
    links: world.links.copy(),
  };
}
