/** Connections in action: opening, sending, arriving, closing. The rules of the links are in `network.ts`. */
import type { FactId, KernelEvent, Message, ProcessId, Socket } from './events.ts';
import type { ConnectionEnd, Segment } from './network.ts';
import { endKey, retransmissionUs, sampleFlight } from './network.ts';
import type { Kernel } from './kernel.ts';
import type { VirtualTimeUs } from './time.ts';
import { later } from './time.ts';
import type { Pending } from './world.ts';

type Of<Kind extends Pending['kind']> = Extract<Pending, { kind: Kind }>;
interface Arrival {
  readonly event: KernelEvent;
  readonly fact: FactId;
}

function flightFrom({ world }: Kernel, from: ProcessId, to: ProcessId): number {
  const [duration, rest] = sampleFlight(world.links.between(from, to), world.networkRandom);
  world.networkRandom = rest;
  return duration;
}

export function openConnection(
  kernel: Kernel,
  process: ProcessId,
  { socket, port }: { socket: Socket; port: number },
  cause: FactId,
): void {
  const { world } = kernel;
  const key = endKey(process, socket);
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
    lastDueAt: world.now,
    unsent: [],
  });
  kernel.schedule(later(world.now, flightFrom(kernel, process, listener ?? process)), { kind: 'syn', from: key, fact });
}

/** A connection request reaches the machine of the port: its kernel accepts, even for a paused process. */
export function acceptSyn(kernel: Kernel, { from, fact }: Of<'syn'>): void {
  const { world } = kernel;
  const end = world.ends.get(from);
  if (end === undefined) return;
  const listener = world.ports.get(end.port);
  if (
    listener !== undefined &&
    (world.links.between(end.process, listener).isCut || world.links.between(listener, end.process).isCut)
  ) {
    // The request is lost and sent again, like Linux's SYN after a second.
    kernel.schedule(later(world.now, 1_000_000), { kind: 'syn', from, fact });
    return;
  }
  const answerAt = later(world.now, flightFrom(kernel, listener ?? end.process, end.process));
  if (listener === undefined) {
    kernel.schedule(answerAt, { kind: 'synAnswer', to: from, toProcess: end.process, accepted: false, fact });
    return;
  }
  const server = world.processes[listener]!;
  const socket = server.nextAcceptedSocket as Socket;
  world.processes[listener] = { ...server, nextAcceptedSocket: socket + 1 };
  const key = endKey(listener, socket);
  world.ends.set(key, {
    key,
    process: listener,
    socket,
    peer: from,
    peerProcess: end.process,
    port: end.port,
    state: 'open',
    lastDueAt: answerAt,
    unsent: [],
  });
  world.ends.set(from, { ...end, peer: key, peerProcess: listener });
  const accepted = kernel.record(listener, [fact], { kind: 'accepted', socket, peer: end.process });
  const event = { type: 'ACCEPTED', socket, port: end.port, peer: end.process } as const;
  kernel.schedule(world.now, { kind: 'tell', toProcess: listener, event, fact: accepted });
  kernel.schedule(answerAt, { kind: 'synAnswer', to: from, toProcess: end.process, accepted: true, fact: accepted });
}

export function finishSyn(kernel: Kernel, { to, accepted, fact }: Of<'synAnswer'>): Arrival | null {
  const { world } = kernel;
  const end = world.ends.get(to);
  if (end === undefined) return null;
  const { process, socket, port, peerProcess } = end;
  if (!accepted || peerProcess === null) {
    world.ends.delete(to);
    return {
      event: { type: 'CONNECTION_REFUSED', socket },
      fact: kernel.record(process, [fact], { kind: 'refused', socket, port }),
    };
  }
  world.ends.set(to, { ...end, state: 'open' });
  return {
    event: { type: 'CONNECTED', socket },
    fact: kernel.record(process, [fact], { kind: 'connected', socket, peer: peerProcess }),
  };
}

/** Sends over an open socket; on one that has gone, silently nothing: the sender is about to hear of it. */
export function sendMessage(kernel: Kernel, process: ProcessId, socket: Socket, message: Message, cause: FactId): void {
  const { world } = kernel;
  const end = world.ends.get(endKey(process, socket));
  if (end === undefined || end.peer === null || end.peerProcess === null) return;
  const isCut = end.unsent.length > 0 || world.links.between(process, end.peerProcess).isCut;
  const dueAt = isCut ? null : dueOver(kernel, end, end.peerProcess);
  const fact = kernel.record(process, [cause], { kind: 'sent', to: end.peerProcess, message, dueAt });
  put(kernel, end, { kind: 'message', message, sentAt: world.now, fact }, dueAt);
}

/** The process closes its end; the other side hears of it after all that was sent before. */
export function closeSocket(kernel: Kernel, process: ProcessId, socket: Socket, cause: FactId): void {
  const { world } = kernel;
  const end = world.ends.get(endKey(process, socket));
  if (end === undefined) return;
  const fact = kernel.record(process, [cause], { kind: 'closed', socket });
  if (end.peer !== null && end.peerProcess !== null) {
    const isCut = end.unsent.length > 0 || world.links.between(process, end.peerProcess).isCut;
    put(kernel, end, { kind: 'fin', sentAt: world.now, fact }, isCut ? null : dueOver(kernel, end, end.peerProcess));
    if (isCut) return;
  }
  world.ends.delete(end.key);
}

export function dropConnectionsOf(kernel: Kernel, process: ProcessId, cause: FactId): void {
  const sockets = [...kernel.world.ends.values()].filter((end) => end.process === process).map((end) => end.socket);
  for (const socket of sockets) closeSocket(kernel, process, socket, cause);
}

export function deliverSegment(kernel: Kernel, entry: Of<'segment'>): Arrival | null {
  const { world } = kernel;
  const { segment } = entry;
  const end = world.ends.get(entry.to);
  if (end === undefined) return null;
  const sender = end.peerProcess!;
  const { process, socket } = end;
  if (world.links.between(sender, process).isCut) {
    // Cut on its way: the sender's kernel keeps it and tries again.
    const from = world.ends.get(entry.from);
    if (from !== undefined) world.ends.set(from.key, { ...from, unsent: inOrder([...from.unsent, segment]) });
    return null;
  }
  if (segment.kind === 'fin') {
    world.ends.delete(end.key);
    return {
      event: { type: 'DISCONNECTED', socket },
      fact: kernel.record(process, [segment.fact], { kind: 'disconnected', socket }),
    };
  }
  const { message } = segment;
  const fact = kernel.record(process, [segment.fact], { kind: 'delivered', from: sender, message });
  return { event: { type: 'MESSAGE', socket, message, peer: sender }, fact };
}

/** A link works again: what was kept leaves at the next retransmission. */
export function releaseLink(kernel: Kernel, from: ProcessId, to: ProcessId): void {
  const { world } = kernel;
  for (const end of [...world.ends.values()]) {
    if (end.process !== from || end.peerProcess !== to || end.unsent.length === 0) continue;
    world.ends.set(end.key, { ...end, unsent: [], lastDueAt: later(world.now, retransmissionUs) });
    for (const segment of end.unsent) {
      const current = world.ends.get(end.key)!;
      put(kernel, current, segment, dueOver(kernel, current, to));
      if (segment.kind === 'fin') world.ends.delete(end.key);
    }
  }
}

function dueOver(kernel: Kernel, end: ConnectionEnd, to: ProcessId): VirtualTimeUs {
  const arrival = later(kernel.world.now, flightFrom(kernel, end.process, to));
  return arrival > end.lastDueAt ? arrival : end.lastDueAt;
}

function put(kernel: Kernel, end: ConnectionEnd, segment: Segment, dueAt: VirtualTimeUs | null): void {
  if (dueAt === null) {
    kernel.world.ends.set(end.key, { ...end, unsent: [...end.unsent, segment] });
    return;
  }
  kernel.world.ends.set(end.key, { ...end, lastDueAt: dueAt });
  kernel.schedule(dueAt, { kind: 'segment', from: end.key, to: end.peer!, toProcess: end.peerProcess!, segment });
}

const inOrder = (segments: readonly Segment[]): readonly Segment[] => [...segments].sort((a, b) => a.fact - b.fact);
