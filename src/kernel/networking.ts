/** Connections in action: opening, sending, arriving, closing. The rules of the links are in `network.ts`. */
import type { KernelEffects } from './effects.ts';
import type { Circumstances, Delivered, FactId, KernelEvent, ProcessId, Socket } from './events.ts';
import type { Kernel } from './kernel.ts';
import type { ConnectionEnd, Segment } from './network.ts';
import { endKey, firstAcceptedSocket, ownerOfEnd, retransmissionUs, sampleFlight } from './network.ts';
import type { VirtualTimeUs } from './time.ts';
import { later } from './time.ts';
import type { Pending, World } from './world.ts';

type Of<Kind extends Pending['kind']> = Extract<Pending, { kind: Kind }>;
/** What a process is told of what has arrived. */
type Arrival = Delivered<KernelEvent>;

/** Linux sends a lost connection request again after a second. */
const synRetryUs = 1_000_000;

/** Answered at once: nobody else listens on the port, or somebody does. */
export function listen(kernel: Kernel, process: ProcessId, port: number, cause: FactId): void {
  const { world } = kernel;
  const isFree = !world.ports.has(port);
  if (isFree) world.ports.set(port, process);
  const event = { type: isFree ? 'LISTENING' : 'ADDRESS_IN_USE', port } as const;
  kernel.schedule({
    at: world.now,
    sequence: kernel.nextSequence(),
    kind: 'tell',
    toProcess: process,
    event,
    fact: cause,
  });
}

export function stopListening({ ports }: World, process: ProcessId, port: number): void {
  if (ports.get(port) === process) ports.delete(port);
}

export function openConnection(
  kernel: Kernel,
  process: ProcessId,
  { socket, port }: { socket: Socket; port: number },
  cause: FactId,
): void {
  const { world } = kernel;
  const key = endKey(process, socket);
  const before = world.ends.get(key);
  if (before !== undefined && before.state !== 'closing')
    throw new Error(`Process ${process} opens its socket ${socket} twice.`);
  const fact = kernel.record(process, [cause], { kind: 'connecting', socket, port });
  const listener = world.ports.get(port) ?? null;
  world.ends.set(key, {
    key,
    process,
    socket,
    peer: null,
    peerProcess: listener,
    port,
    state: 'connecting',
    openedBy: fact,
    lastDueAt: world.now,
    unsent: [],
  });
  kernel.schedule({
    at: later(world.now, flightFrom(kernel, process, listener ?? process)),
    sequence: kernel.nextSequence(),
    kind: 'syn',
    from: key,
    fact,
  });
}

/** A connection request reaches the machine of the port: its kernel accepts, even for a paused process. */
export function acceptSyn(kernel: Kernel, { from, fact }: Of<'syn'>): void {
  const { world } = kernel;
  const end = world.ends.get(from);
  if (end === undefined || end.openedBy !== fact) return;
  const listener = world.ports.get(end.port);
  if (
    listener !== undefined &&
    (world.links.between(end.process, listener).isCut || world.links.between(listener, end.process).isCut)
  ) {
    kernel.schedule({ at: later(world.now, synRetryUs), sequence: kernel.nextSequence(), kind: 'syn', from, fact });
    return;
  }
  const answerAt = later(world.now, flightFrom(kernel, listener ?? end.process, end.process));
  if (listener === undefined) {
    kernel.schedule({
      at: answerAt,
      sequence: kernel.nextSequence(),
      kind: 'synAnswer',
      to: from,
      toProcess: end.process,
      accepted: false,
      opening: fact,
      fact,
    });
    return;
  }
  const socket = takeAcceptedSocket(world, listener);
  const key = endKey(listener, socket);
  const accepted = kernel.record(listener, [fact], { kind: 'accepted', socket, peer: end.process });
  world.ends.set(key, {
    key,
    process: listener,
    socket,
    peer: from,
    peerProcess: end.process,
    port: end.port,
    state: 'open',
    openedBy: fact,
    lastDueAt: answerAt,
    unsent: [],
  });
  world.ends.set(from, { ...end, peer: key, peerProcess: listener });
  const event = { type: 'ACCEPTED', socket, port: end.port, peer: end.process } as const;
  kernel.schedule({
    at: world.now,
    sequence: kernel.nextSequence(),
    kind: 'tell',
    toProcess: listener,
    event,
    fact: accepted,
  });
  kernel.schedule({
    at: answerAt,
    sequence: kernel.nextSequence(),
    kind: 'synAnswer',
    to: from,
    toProcess: end.process,
    accepted: true,
    opening: fact,
    fact: accepted,
  });
}

function takeAcceptedSocket(world: World, listener: ProcessId): Socket {
  const server = world.processes[listener]!;
  let socket = server.nextAcceptedSocket as Socket;
  const after = (number: number): Socket => (number >= 65_535 ? firstAcceptedSocket : number + 1) as Socket;
  while (world.ends.has(endKey(listener, socket))) socket = after(socket);
  world.processes[listener] = { ...server, nextAcceptedSocket: after(socket) };
  return socket;
}

export function finishSyn(kernel: Kernel, { to, accepted, opening, fact }: Of<'synAnswer'>): Arrival | null {
  const { world } = kernel;
  const end = world.ends.get(to);
  if (end === undefined || end.openedBy !== opening || end.state !== 'connecting') return null;
  const { process, socket, port, peerProcess } = end;
  if (!accepted || peerProcess === null) {
    world.ends.delete(to);
    return {
      type: 'CONNECTION_REFUSED',
      socket,
      ...circumstances(kernel, kernel.record(process, [fact], { kind: 'refused', socket, port })),
    };
  }
  world.ends.set(to, { ...end, state: 'open' });
  return {
    type: 'CONNECTED',
    socket,
    ...circumstances(kernel, kernel.record(process, [fact], { kind: 'connected', socket, peer: peerProcess })),
  };
}

const circumstances = ({ world: { now, files } }: Kernel, cause: FactId): Circumstances => ({ now, files, cause });

/** Sends over an open socket; on one that has gone, silently nothing: the sender is about to hear of it. */
export function sendMessage(
  kernel: Kernel,
  process: ProcessId,
  { socket, message, delayUs }: KernelEffects['send'],
  cause: FactId,
): void {
  const end = kernel.world.ends.get(endKey(process, socket));
  if (end === undefined || end.state === 'closing' || end.peer === null || end.peerProcess === null) return;
  const onTime = dueOver(kernel, end, end.peerProcess);
  const dueAt = onTime === null || delayUs === undefined ? onTime : later(onTime, delayUs);
  const fact = kernel.record(process, [cause], { kind: 'sent', to: end.peerProcess, message, dueAt });
  put(kernel, end, { kind: 'message', message, fact }, dueAt, delayUs);
}

/** The process closes its end; the other side hears of it after all that was sent before. */
export function closeSocket(kernel: Kernel, process: ProcessId, socket: Socket, cause: FactId): void {
  const { world } = kernel;
  const end = world.ends.get(endKey(process, socket));
  if (end === undefined || end.state === 'closing') return;
  const fact = kernel.record(process, [cause], { kind: 'closed', socket });
  if (end.peer === null || end.peerProcess === null) {
    world.ends.delete(end.key);
    return;
  }
  put(kernel, { ...end, state: 'closing' }, { kind: 'fin', fact }, dueOver(kernel, end, end.peerProcess));
}

export function dropConnectionsOf(kernel: Kernel, process: ProcessId, cause: FactId): void {
  const sockets = [...kernel.world.ends.values()].filter((end) => end.process === process).map((end) => end.socket);
  for (const socket of sockets) closeSocket(kernel, process, socket, cause);
}

export function deliverSegment(kernel: Kernel, entry: Of<'segment'>): Arrival | null {
  const { world } = kernel;
  const { segment } = entry;
  finishClosing(world, entry);
  const end = world.ends.get(entry.to);
  if (end === undefined || end.state === 'closing' || end.peer !== entry.from) return null;
  const { process, socket } = end;
  if (segment.kind === 'fin') {
    world.ends.delete(end.key);
    return {
      type: 'DISCONNECTED',
      socket,
      ...circumstances(kernel, kernel.record(process, [segment.fact], { kind: 'disconnected', socket })),
    };
  }
  const { message } = segment;
  const peer = ownerOfEnd(entry.from);
  const cause = kernel.record(process, [segment.fact], { kind: 'delivered', from: peer, message });
  const { now, files } = world;
  return { type: 'MESSAGE', socket, message, peer, now, files, cause };
}

/** The last segment of a closed end has arrived, be it at a process that no longer lives: nothing is left of the end. */
export function finishClosing({ ends }: World, { segment, from, to }: Of<'segment'>): void {
  if (segment.kind !== 'fin') return;
  const sender = ends.get(from);
  if (sender?.state === 'closing' && sender.peer === to) ends.delete(from);
}

/** A link stops working: what is on its way is lost, and waits with the sender's kernel. */
export function holdBack(kernel: Kernel, from: ProcessId, to: ProcessId, cause: FactId): void {
  const { world } = kernel;
  const caught = world.queue.remove(
    (entry) => entry.kind === 'segment' && entry.toProcess === to && ownerOfEnd(entry.from) === from,
  );
  for (const entry of caught) {
    if (entry.kind !== 'segment') continue;
    const { segment } = entry;
    const end = world.ends.get(entry.from);
    if (end === undefined || end.peer !== entry.to) continue;
    world.ends.set(end.key, { ...end, unsent: [...end.unsent, segment] });
    if (segment.kind === 'message') {
      kernel.record(from, [segment.fact, cause], { kind: 'lost', to, message: segment.message });
    }
  }
}

/** A link works again: what was kept leaves at the next retransmission, in its order. */
export function releaseLink(kernel: Kernel, from: ProcessId, to: ProcessId, cause: FactId): void {
  const { world } = kernel;
  for (const kept of world.ends.values()) {
    if (kept.process !== from || kept.peerProcess !== to || kept.unsent.length === 0) continue;
    let end: ConnectionEnd = { ...kept, unsent: [], lastDueAt: later(world.now, retransmissionUs) };
    for (const segment of kept.unsent) {
      const dueAt = arrivalOver(kernel, end, to);
      if (segment.kind === 'message') {
        const { message } = segment;
        const fact = kernel.record(from, [segment.fact, cause], { kind: 'resent', to, message, dueAt });
        end = put(kernel, end, { ...segment, fact }, dueAt);
      } else end = put(kernel, end, segment, dueAt);
    }
  }
}

function flightFrom({ world }: Kernel, from: ProcessId, to: ProcessId): number {
  const [duration, rest] = sampleFlight(world.links.between(from, to), world.networkRandom);
  world.networkRandom = rest;
  return duration;
}

/** Null while the link is cut. */
function dueOver(kernel: Kernel, end: ConnectionEnd, to: ProcessId): VirtualTimeUs | null {
  if (end.unsent.length > 0 || kernel.world.links.between(end.process, to).isCut) return null;
  return arrivalOver(kernel, end, to);
}

/** When a segment sent now arrives: never before those sent earlier. */
function arrivalOver(kernel: Kernel, end: ConnectionEnd, to: ProcessId): VirtualTimeUs {
  const arrival = later(kernel.world.now, flightFrom(kernel, end.process, to));
  return arrival > end.lastDueAt ? arrival : end.lastDueAt;
}

function put(
  kernel: Kernel,
  end: ConnectionEnd,
  segment: Segment,
  dueAt: VirtualTimeUs | null,
  delayUs = 0,
): ConnectionEnd {
  const after: ConnectionEnd =
    dueAt === null ? { ...end, unsent: [...end.unsent, segment] } : { ...end, lastDueAt: dueAt };
  kernel.world.ends.set(end.key, after);
  if (dueAt !== null) {
    kernel.schedule({
      at: dueAt,
      sequence: kernel.nextSequence(),
      kind: 'segment',
      leftAt: delayUs === 0 ? kernel.world.now : later(kernel.world.now, delayUs),
      from: end.key,
      to: end.peer!,
      toProcess: end.peerProcess!,
      segment,
    });
  }
  return after;
}
