/** Does the faults of a plan at what runs under their targets' names, takes them back, and starts again who was killed. */
import { pendingTimers } from '../../kernel/choosing.ts';
import type { ProcessId, Signal } from '../../kernel/events.ts';
import type { DiskCondition } from '../../kernel/host.ts';
import { soundDisk } from '../../kernel/host.ts';
import type { LinkCondition } from '../../kernel/network.ts';
import { healthyLink, ownerOfEnd } from '../../kernel/network.ts';
import { later, seconds } from '../../kernel/time.ts';
import type { Cluster } from '../cluster.ts';
import type { Stage } from '../stage.ts';
import type { Terminals } from '../terminals.ts';
import { clientCommand } from './commands.ts';
import type { Fault, TorturePlan } from './plan.ts';

export class Disturber {
  readonly #plan: TorturePlan;
  readonly #stage: Stage;
  readonly #cluster: Cluster;
  readonly #terminals: Terminals;
  readonly #links = new Map<Fault, readonly [ProcessId, ProcessId]>();

  constructor(plan: TorturePlan, stage: Stage, cluster: Cluster, terminals: Terminals) {
    this.#plan = plan;
    this.#stage = stage;
    this.#cluster = cluster;
    this.#terminals = terminals;
  }

  /** Unless it runs already. */
  startClient(name: string): void {
    const client = this.#plan.clients.find((other) => other.name === name);
    if (client !== undefined && !this.#terminals.isBusy(name))
      this.#terminals.run(name, clientCommand(client, this.#plan));
  }

  begin(fault: Fault): void {
    switch (fault.kind) {
      case 'kill':
        return this.signal(fault.target, 'SIGKILL');
      case 'killAll':
        for (const target of fault.targets) this.signal(target, 'SIGKILL');
        return;
      case 'stop':
        return this.signal(fault.target, 'SIGTERM');
      case 'interrupt':
        return this.#terminals.interrupt(fault.target);
      case 'pause':
        return this.signal(fault.target, 'SIGSTOP');
      case 'link':
        return this.#setLink(fault, fault);
      case 'lose':
        return this.#lose(fault);
      case 'hurry':
        return this.#hurry(fault);
      case 'disk':
        return this.#setDisk(fault.target, { state: fault.state, extraLatencyUs: fault.extraLatencyUs });
      case 'clock':
        return this.#setClock(fault.target, fault.offsetMs);
    }
  }

  end(fault: Fault): void {
    switch (fault.kind) {
      case 'kill':
      case 'stop':
      case 'interrupt':
        return this.#restart(fault.target);
      case 'killAll':
        for (const target of fault.targets) this.#restart(target);
        return;
      case 'pause':
        return this.signal(fault.target, 'SIGCONT');
      case 'link':
        return this.#setLink(fault, healthyLink);
      case 'disk':
        return this.#setDisk(fault.target, soundDisk);
      case 'clock':
        return this.#setClock(fault.target, 0);
      case 'lose':
      case 'hurry':
        return;
    }
  }

  #lose({ target, place, outcome }: Extract<Fault, { kind: 'lose' }>): void {
    const process = this.#processOf(target);
    const underWay = this.#stage.world.queue
      .entries()
      .flatMap((entry) =>
        entry.kind === 'segment' &&
        entry.segment.kind === 'message' &&
        (entry.toProcess === process || ownerOfEnd(entry.from) === process)
          ? [{ at: entry.at, sequence: entry.sequence, message: entry.segment.fact }]
          : [],
      )
      .sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    const chosen = underWay[place % underWay.length];
    if (chosen !== undefined) this.#stage.apply({ kind: 'loseMessage', message: chosen.message, outcome });
  }

  /** Of the timers that are due soon: it stops the rest of the world until then. */
  #hurry({ target, place }: Extract<Fault, { kind: 'hurry' }>): void {
    const { world } = this.#stage;
    const process = this.#processOf(target);
    const soon = pendingTimers(world).filter(
      (timer) => timer.process === process && timer.entry.at <= later(world.now, seconds(4)),
    );
    const chosen = soon[place % soon.length];
    if (chosen !== undefined) this.#stage.apply({ kind: 'fireTimer', process: chosen.process, timer: chosen.timer });
  }

  #setDisk(broker: string, condition: DiskCondition): void {
    const id = broker.slice(broker.lastIndexOf('-') + 1);
    const directory = id === '0' ? '/tmp/kafka-logs' : `/tmp/kafka-logs-${id}`;
    this.#stage.apply({ kind: 'setDisk', directory, condition });
  }

  #setClock(name: string, offsetMs: number): void {
    const process = this.#processOf(name);
    if (process !== undefined) this.#stage.apply({ kind: 'setClock', process, offsetMs });
  }

  #isServer(name: string): boolean {
    return /^(broker|zookeeper)-\d+$/.test(name);
  }

  /** Of a server or a client that runs. */
  #processOf(name: string): ProcessId | undefined {
    if (this.#isServer(name)) return this.#cluster.processOf(name);
    const { processes } = this.#stage.world;
    return processes.findLast(
      ({ terminal, status, program }) =>
        terminal === name &&
        status !== 'exited' &&
        /^(kafka-(console|verifiable)|transactional-message-copier)/.test(program),
    )?.id;
  }

  /** To a server or a client that runs. */
  signal(name: string, signal: Signal): void {
    const process = this.#processOf(name);
    if (process === undefined) return;
    this.#stage.apply({ kind: 'signal', process, signal });
  }

  #restart(name: string): void {
    if (!this.#isServer(name)) return this.startClient(name);
    // One that is still on its way down is started when all heals.
    if (this.#cluster.processOf(name) === undefined) this.#cluster.launch(name);
  }

  /** Between the processes that run when it begins; it ends between the same ones. */
  #setLink(fault: Extract<Fault, { kind: 'link' }>, condition: LinkCondition): void {
    const { from, to, isBothWays } = fault;
    const [a, b] = this.#links.get(fault) ?? [this.#processOf(from), this.#processOf(to)];
    if (a === undefined || b === undefined || a === b) return;
    this.#links.set(fault, [a, b]);
    const { isCut, extraLatencyUs, lossPerMille } = condition;
    this.#stage.apply({ kind: 'setLink', from: a, to: b, condition: { isCut, extraLatencyUs, lossPerMille } });
    if (isBothWays)
      this.#stage.apply({ kind: 'setLink', from: b, to: a, condition: { isCut, extraLatencyUs, lossPerMille } });
  }

  /** All links, disks, clocks and processes are sound again; servers that are down are not. */
  heal(): void {
    const { world } = this.#stage;
    const impaired = [...world.links.impaired()];
    for (const { from, to } of impaired) this.#stage.apply({ kind: 'setLink', from, to, condition: healthyLink });
    for (const { id, status } of world.processes)
      if (status === 'paused') this.#stage.apply({ kind: 'signal', process: id, signal: 'SIGCONT' });
    for (const fault of this.#plan.faults) if (fault.kind === 'disk') this.#setDisk(fault.target, soundDisk);
    for (const { id } of world.processes)
      if (world.clocks.has(id)) this.#stage.apply({ kind: 'setClock', process: id, offsetMs: 0 });
  }

  /** Servers that do not run. */
  startServers(): void {
    const { zookeepers, brokers } = this.#plan.cluster;
    const servers = [
      ...Array.from({ length: zookeepers }, (_, index) => `zookeeper-${index + 1}`),
      ...brokers.map((id) => `broker-${id}`),
    ];
    for (const name of servers) if (this.#cluster.processOf(name) === undefined) this.#cluster.launch(name);
  }
}
