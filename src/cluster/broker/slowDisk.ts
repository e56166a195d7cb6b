/**
 * Log directories on a slow disk: what is to be written waits until the disk has taken it, one thing after the other. The request handler or fetcher
 * thread of Kafka would stand still in `LogSegment#append` meanwhile; other requests go on.
 */
import { diskAt } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later } from '../../kernel/time.ts';
import { setTimer, type Turn, update } from './turn.ts';

/** What goes on once the disk has done its work; in the order of `dueAt`. */
export interface DiskWait {
  readonly dueAt: VirtualTimeUs;
  readonly run: (turn: Turn) => void;
}

/** Writes to those directories, as soon as their disks have taken what came before, and this. Sound disks take no time that counts. */
export function afterDisk(turn: Turn, logDirs: readonly string[], run: (turn: Turn) => void): void {
  const { diskWaits } = turn.broker;
  const latencyUs = Math.max(0, ...logDirs.map((path) => diskAt(turn.host, path).extraLatencyUs));
  if (latencyUs === 0 && diskWaits.length === 0) return run(turn);
  const last = diskWaits.at(-1)?.dueAt ?? turn.now;
  const dueAt = later(last > turn.now ? last : turn.now, latencyUs);
  update(turn, { diskWaits: [...diskWaits, { dueAt, run }] });
  if (diskWaits.length === 0) arm(turn, dueAt);
}

/** The timer: the disk has taken what was due. */
export function onDiskDone(turn: Turn): void {
  const due = turn.broker.diskWaits.filter(({ dueAt }) => dueAt <= turn.now);
  update(turn, { diskWaits: turn.broker.diskWaits.slice(due.length) });
  for (const { run } of due) run(turn);
  const next = turn.broker.diskWaits[0];
  if (next !== undefined) arm(turn, next.dueAt);
}

const arm = (turn: Turn, dueAt: VirtualTimeUs): void =>
  setTimer(turn, 'slow disk', dueAt - turn.now, { type: 'DISK_DONE' });
