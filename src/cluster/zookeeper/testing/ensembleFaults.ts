/** For tests: an ensemble under faults, watched after every event for what ZAB promises. */
import type { LoggedTxn } from '../transaction.ts';
import type { Ensemble } from './ensemble.ts';
import { ensembleOf } from './ensemble.ts';
import type { ClientStep } from './scriptedClient.ts';
import { ask, create } from './scriptedClient.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import { ms } from '../../../kernel/time.ts';
import { treeDigest } from '../treeDigest.ts';

/** Whom a fault strikes: a number, taken modulo the size, or who leads then. */
export type Victim = number | 'leader';
export type Fault =
  | { readonly kind: 'kill' | 'start' | 'pause' | 'resume'; readonly server: Victim }
  /** Cut off from all others, and back. */
  | { readonly kind: 'isolate' | 'rejoin'; readonly server: Victim }
  | { readonly kind: 'cut' | 'mend'; readonly server: Victim; readonly other: number }
  /** All that it hears and says comes late, up to half a second. */
  | { readonly kind: 'slow'; readonly server: Victim; readonly latencyMs: number }
  /** All are killed, and start again. */
  | { readonly kind: 'blackout' };
export interface FaultyRun {
  readonly size: 3 | 5;
  readonly seed: number;
  /** Pauses before each, in milliseconds. */
  readonly faults: readonly (readonly [waitMs: number, fault: Fault])[];
  readonly clients: number;
  /** Pause between the writes of a client. */
  readonly writeEveryMs: number;
}

const calmMs = 150_000;

/** What happened; throws, naming the promise, when one is broken. */
export function runWithFaults(run: FaultyRun): {
  readonly acknowledged: number;
  readonly elections: number;
  readonly snapshots: number;
} {
  const zk = ensembleOf(run.size, run.seed);
  const watch = new Watch(zk, run.size);
  const servers = Array.from({ length: run.size }, (_, i) => i + 1);
  zk.start(...servers);
  const clients = startClients(zk, run);
  for (const [waitMs, fault] of run.faults) {
    watch.waitFor(waitMs);
    strike(zk, fault, run.size);
  }
  watch.waitFor(2_000);
  for (const server of servers) {
    if (zk.isRunning(server)) zk.resume(server);
    else zk.start(server);
    for (const other of servers) if (other < server) zk.setLink(server, other, false);
  }
  watch.waitFor(calmMs);
  const acknowledged = clients.flatMap((client) => acknowledgedBy(zk, client));
  watch.checkEnd(acknowledged);
  return { acknowledged: acknowledged.length, elections: watch.leaders.size, snapshots: snapshotsOf(zk) };
}

function startClients(zk: Ensemble, { clients, writeEveryMs, size }: FaultyRun): readonly ProcessId[] {
  return Array.from({ length: clients }, (_, number) => {
    const steps: ClientStep[] = [];
    for (let atMs = 3_000; atMs < 60_000; atMs += writeEveryMs) {
      const path = `/c${number}-${atMs}`;
      steps.push(ask(atMs, create(path, steps.length % 4 === 3 ? 'EPHEMERAL' : 'PERSISTENT')));
    }
    const own = (number % size) + 1;
    const others = Array.from({ length: size - 1 }, (_, i) => ((own + i) % size) + 1);
    return zk.lab.startClient({ connectString: zk.addresses(own, ...others), sessionTimeoutMs: 6_000, steps });
  });
}

function strike(zk: Ensemble, fault: Fault, size: number): void {
  const servers = Array.from({ length: size }, (_, i) => i + 1);
  if (fault.kind === 'blackout') {
    zk.kill(...servers);
    return zk.start(...servers);
  }
  const server = victimOf(zk, fault.server, size);
  switch (fault.kind) {
    case 'kill':
      return zk.kill(server);
    case 'start':
      return zk.isRunning(server) ? undefined : zk.start(server);
    case 'pause':
      return zk.isRunning(server) ? zk.pause(server) : undefined;
    case 'resume':
      return zk.isRunning(server) ? zk.resume(server) : undefined;
    case 'isolate':
    case 'rejoin':
      for (const other of servers) setLink(zk, server, other, { isCut: fault.kind === 'isolate' });
      return;
    case 'slow':
      for (const other of servers) setLink(zk, server, other, { latencyMs: fault.latencyMs });
      return;
    case 'cut':
    case 'mend':
      return setLink(zk, server, (fault.other % size) + 1, { isCut: fault.kind === 'cut' });
  }
}

function victimOf(zk: Ensemble, victim: Victim, size: number): number {
  const leader = zk.roles().findIndex((role) => role.startsWith('leader')) + 1;
  return victim === 'leader' ? Math.max(1, leader) : (victim % size) + 1;
}

function setLink(
  zk: Ensemble,
  one: number,
  other: number,
  link: { readonly isCut?: boolean; readonly latencyMs?: number },
): void {
  if (one !== other && zk.isRunning(one) && zk.isRunning(other))
    zk.setLink(one, other, link.isCut ?? false, link.latencyMs);
}

/** Persistent znodes whose creation was answered. */
const acknowledgedBy = (zk: Ensemble, client: ProcessId): readonly string[] =>
  zk.lab
    .client(client)
    .heard.flatMap((heard) =>
      'error' in heard &&
      heard.error === 'OK' &&
      heard.response?.op === 'create' &&
      heard.response.stat.ephemeralOwner === '0x0'
        ? [heard.response.path]
        : [],
    );

const snapshotsOf = (zk: Ensemble): number =>
  zk.lab.factsOf('printed').filter(({ text }) => text.includes('Getting a snapshot from leader')).length;

class Watch {
  /** Who led, by epoch. */
  readonly leaders = new Map<number, number>();
  readonly #zk: Ensemble;
  readonly #size: number;
  /** What was applied as committed, by zxid. */
  readonly #committed = new Map<number, LoggedTxn>();
  /** By server, as it serves: where it was last. */
  readonly #lastZxid = new Map<number, number>();

  constructor(zk: Ensemble, size: number) {
    this.#zk = zk;
    this.#size = size;
  }

  waitFor(durationMs: number): void {
    const { simulation } = this.#zk.lab;
    const until = simulation.world.now + ms(durationMs);
    for (let next = simulation.nextEventAt(); next !== undefined && next <= until; next = simulation.nextEventAt()) {
      simulation.step();
      this.#check();
    }
    this.#zk.lab.runUntil(until);
  }

  #check(): void {
    for (let server = 1; server <= this.#size; server++) {
      const serving = this.#zk.serving(server);
      if (serving === null) {
        this.#lastZxid.delete(server);
        continue;
      }
      const { leading } = this.#zk.peer(server);
      if (leading !== null) this.#checkLeader(leading.newEpoch ?? 0, server);
      const { lastZxid, applied } = serving.database;
      const before = this.#lastZxid.get(server);
      if (before === lastZxid) continue;
      this.#lastZxid.set(server, lastZxid);
      if (before !== undefined && lastZxid < before)
        throw new Error(`Zxids of server ${server} went back: ${before} to ${lastZxid}.`);
      // What it had when it began to serve was agreed with the leader, too.
      for (let log = applied; log !== null && log.txn.zxid > (before ?? 0); log = log.previous)
        this.#commit(log.txn, server);
    }
  }

  #checkLeader(epoch: number, server: number): void {
    const known = this.leaders.get(epoch);
    if (known !== undefined && known !== server) throw new Error(`Servers ${known} and ${server} lead epoch ${epoch}.`);
    this.leaders.set(epoch, server);
  }

  #commit(txn: LoggedTxn, server: number): void {
    const known = this.#committed.get(txn.zxid);
    if (known === undefined) this.#committed.set(txn.zxid, txn);
    else if (known !== txn && JSON.stringify(known) !== JSON.stringify(txn))
      throw new Error(`Server ${server} has committed another transaction ${txn.zxid} than others.`);
  }

  /** All serve, with the same tree, in which nothing that was acknowledged is missing. */
  checkEnd(acknowledged: readonly string[]): void {
    const servers = Array.from({ length: this.#size }, (_, i) => i + 1);
    const roles = this.#zk.roles();
    if (
      roles.filter((role) => role === 'leader').length !== 1 ||
      roles.filter((role) => role === 'follower').length !== this.#size - 1
    )
      throw new Error(`In the calm at the end: ${roles.join(', ')}.`);
    const digests = new Set(servers.map((server) => treeDigest(this.#zk.serving(server)!.database.tree)));
    if (digests.size !== 1) throw new Error(`Servers have different trees at the end: ${[...digests].join(', ')}.`);
    for (const path of acknowledged)
      for (const server of servers)
        if (!this.#zk.has(server, path)) throw new Error(`Server ${server} has lost ${path}.`);
  }
}
