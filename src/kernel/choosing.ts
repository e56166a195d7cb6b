/**
 * A person chooses what an asynchronous system leaves open: which message is lost, which timer comes first. Both are things that can happen by
 * themselves – a flight is lost, everything but one timer is late – at an instant that somebody wanted.
 */
import type { FactId, ProcessId } from './events.ts';
import type { Kernel } from './kernel.ts';
import { ownerOfEnd, retransmissionUs } from './network.ts';
import { later } from './time.ts';
import type { Pending, World } from './world.ts';
import { isVoid } from './timers.ts';

type Segment = Extract<Pending, { kind: 'segment' }>;

/**
 * The message under way that `message` sent is lost. `resent`: its sender's kernel sends it again after the retransmission time-out, and what was
 * sent after it arrives no sooner. `disconnected`: the connection is lost with it, and both ends hear of that. Nothing, when it is not under way.
 */
export function loseMessage(kernel: Kernel, message: FactId, outcome: 'resent' | 'disconnected', cause: FactId): void {
  const { world } = kernel;
  const lost = world.queue
    .entries()
    .find((entry): entry is Segment => entry.kind === 'segment' && isOf(entry, message));
  if (lost === undefined || lost.segment.kind !== 'message') return;
  const from = ownerOfEnd(lost.from);
  const what = { to: lost.toProcess, message: lost.segment.message };
  const loss = kernel.record(from, [message, cause], { kind: 'lost', ...what });
  if (outcome === 'disconnected') return breakConnection(kernel, lost, loss);

  const followers = world.queue.remove(
    (entry) => entry.kind === 'segment' && entry.from === lost.from && entry.to === lost.to && isAfter(entry, lost),
  );
  world.queue.remove((entry) => entry === lost);
  const leftAt = later(world.now, retransmissionUs);
  const at = later(leftAt, lost.at - lost.leftAt);
  const fact = kernel.record(from, [message, loss], { kind: 'resent', ...what, dueAt: at });
  kernel.schedule({ ...lost, at, leftAt, sequence: kernel.nextSequence(), segment: { ...lost.segment, fact } });
  for (const entry of followers)
    kernel.schedule({ ...entry, at: entry.at > at ? entry.at : at, sequence: kernel.nextSequence() });
  const end = world.ends.get(lost.from);
  if (end !== undefined && end.lastDueAt < at) world.ends.set(end.key, { ...end, lastDueAt: at });
}

const isOf = ({ segment }: Segment, message: FactId): boolean => segment.kind === 'message' && segment.fact === message;
const isAfter = (entry: Pending, { at, sequence }: Segment): boolean =>
  entry.at > at || (entry.at === at && entry.sequence > sequence);

/** Neither end hears anything more from the other, but that the connection has gone. */
function breakConnection(kernel: Kernel, { from, to }: Segment, cause: FactId): void {
  const { world } = kernel;
  world.queue.remove(
    (entry) =>
      entry.kind === 'segment' &&
      ((entry.from === from && entry.to === to) || (entry.from === to && entry.to === from)),
  );
  for (const key of [from, to]) {
    const end = world.ends.get(key);
    if (end === undefined) continue;
    world.ends.delete(key);
    if (end.state === 'closing') continue;
    const { process, socket } = end;
    const fact = kernel.record(process, [cause], { kind: 'disconnected', socket });
    kernel.schedule({
      at: world.now,
      sequence: kernel.nextSequence(),
      kind: 'tell',
      toProcess: process,
      event: { type: 'DISCONNECTED', socket },
      fact,
    });
  }
}

/**
 * That timer is the next to happen, when it is due: everything else that is under way or set stands still until then. Nothing, when there is no
 * such timer.
 */
export function fireNext(kernel: Kernel, process: ProcessId, timer: string): void {
  const { world } = kernel;
  const chosen = pendingTimers(world).find((other) => other.process === process && other.timer === timer)?.entry;
  if (chosen === undefined) return;
  // A microsecond more than until then: what is due at this very instant comes after it, too.
  const delayUs = chosen.at - world.now + 1;
  for (const entry of world.queue.remove((other) => other !== chosen))
    kernel.schedule({ ...entry, at: later(entry.at, delayUs) });
  for (const end of world.ends.values())
    if (end.lastDueAt >= world.now) world.ends.set(end.key, { ...end, lastDueAt: later(end.lastDueAt, delayUs) });
}

interface PendingTimer {
  readonly process: ProcessId;
  readonly timer: string;
  readonly entry: Extract<Pending, { kind: 'timer' }>;
}

/** Every timer that is set, soonest first. */
export function pendingTimers(world: World): readonly PendingTimer[] {
  return world.queue
    .entries()
    .flatMap((entry) =>
      entry.kind === 'timer' && !isVoid(world, entry) ? [{ process: entry.toProcess, timer: entry.id, entry }] : [],
    )
    .sort((a, b) => a.entry.at - b.entry.at || a.entry.sequence - b.entry.sequence);
}
