/**
 * The machine that a process runs on, as far as it can be out of order: its wall clock and its disks. Each process has a host of its own, which
 * whoever is started again by the same command finds as it was.
 */
import type { ProcessId } from './events.ts';
import type { Process } from './process.ts';
import type { VirtualTimeUs } from './time.ts';
import { later } from './time.ts';

/** What a disk does with what is written to it. */
export interface DiskCondition {
  /** `full`: nothing more can be written (ENOSPC); what is there can be read. `failed`: neither (EIO). */
  readonly state: 'sound' | 'full' | 'failed';
  /** Added to everything that is written, in microseconds. */
  readonly extraLatencyUs: number;
}
export const soundDisk: DiskCondition = { state: 'sound', extraLatencyUs: 0 };

/** Conditions of the disks that are not sound, by the directory that is on them. */
export type Disks = ReadonlyMap<string, DiskCondition>;

/** What is not as it should be where a process runs; part of an event's circumstances only while something is. */
export interface HostCondition {
  readonly disks: Disks;
  /** How far the wall clock is ahead, in milliseconds; behind: negative. */
  readonly clockOffsetMs: number;
}

/** Of the disk that a file or directory is on: the one that holds the nearest directory above it. */
export function diskAt(host: HostCondition | undefined, path: string): DiskCondition {
  if (host === undefined || host.disks.size === 0) return soundDisk;
  let nearest = '';
  for (const directory of host.disks.keys()) {
    const isAbove = directory === '/' || path === directory || path.startsWith(`${directory}/`);
    if (isAbove && directory.length > nearest.length) nearest = directory;
  }
  return host.disks.get(nearest) ?? soundDisk;
}

/** `disks` with that directory's disk in another condition. */
export function withDisk(disks: Disks, directory: string, condition: DiskCondition): Disks {
  const next = new Map(disks);
  if (condition.state === 'sound' && condition.extraLatencyUs === 0) next.delete(directory);
  else next.set(directory, condition);
  return next;
}

/**
 * The instant that the wall clock of a host shows, as `System.currentTimeMillis` tells it: for timestamps and dates. Timers and deadlines go by
 * `now`, as they go by `System.nanoTime`, which does not jump.
 */
export const clockReading = (now: VirtualTimeUs, host: HostCondition | undefined): VirtualTimeUs =>
  host === undefined ? now : later(now, host.clockOffsetMs * 1000);

/** Who ran last on the host of a process that is about to start: one that has ended, started by the same command. */
export function predecessorOf(
  processes: readonly Process[],
  { program, argv, cwd }: Pick<Process, 'program' | 'argv' | 'cwd'>,
): ProcessId | undefined {
  const isSame = (other: Process): boolean =>
    other.program === program &&
    other.cwd === cwd &&
    other.argv.length === argv.length &&
    other.argv.every((argument, at) => argument === argv[at]);
  const last = processes.findLast(isSame);
  return last?.status === 'exited' ? last.id : undefined;
}

/** An event's instant, and what the wall clock shows then. */
export interface Instants {
  readonly now: VirtualTimeUs;
  readonly clock: VirtualTimeUs;
}
