/**
 * Plays a plan: starts the cluster and the clients, does the faults at their instants with every invariant looked at after every event, heals
 * everything, and looks whether the cluster gets well: all partitions led, ISRs full, replicas equal, what was acknowledged with acks=all readable.
 */
import type { ClusterInvariants as Invariants, Totals } from '../../cluster/invariants/clusterInvariants.ts';
import { ClusterInvariants } from '../../cluster/invariants/clusterInvariants.ts';
import { InvariantBroken } from '../../cluster/invariants/invariant.ts';
import { pendingTimers } from '../../kernel/choosing.ts';
import type { ProcessId, Signal } from '../../kernel/events.ts';
import type { LinkCondition } from '../../kernel/network.ts';
import { healthyLink } from '../../kernel/network.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { DiskCondition } from '../../kernel/host.ts';
import { soundDisk } from '../../kernel/host.ts';
import { ownerOfEnd } from '../../kernel/network.ts';
import type { Programs } from '../../kernel/process.ts';
import { Simulation } from '../../kernel/simulation.ts';
import type { Steppers } from '../../kernel/stepper.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms, seconds } from '../../kernel/time.ts';
import { Cluster } from '../cluster.ts';
import { clusterFiles } from '../clusterFiles.ts';
import { runFor, runUntil, type Stage } from '../stage.ts';
import { Terminals } from '../terminals.ts';
import { clientCommand, clientFiles, copyOnce, copyTransactionalId, createTopics, readPartition } from './commands.ts';
import { DeposedBrokers } from './deposedBrokers.ts';
import type { Fault, TopicPlan, TorturePlan } from './plan.ts';
import { Told } from './told.ts';
import { unwell } from './wellness.ts';

export interface TortureResult {
  readonly seed: number;
  /** What is wrong; null: nothing. */
  readonly failure: string | null;
  readonly totals: Totals;
  readonly faults: number;
  readonly events: number;
  readonly virtualSeconds: number;
  /** Acknowledged with acks 0 or 1, or under unclean elections, and gone: the settings allow it. */
  readonly lostAsAllowed: number;
}

/** `onFact` is told everything that happens: to look at a play closely. */
export function torture(
  plan: TorturePlan,
  programs: Programs | Steppers,
  onFact: (fact: Fact) => void = () => {},
): TortureResult {
  const run = new Torture(plan, programs, onFact);
  let failure: string | null = null;
  try {
    run.play();
  } catch (problem) {
    failure = run.describe(problem);
  }
  return { seed: plan.seed, failure, ...run.results() };
}

class Torture {
  readonly #plan: TorturePlan;
  readonly #simulation: Simulation;
  readonly #stage: Stage;
  readonly #cluster: Cluster;
  readonly #terminals: Terminals;
  readonly #invariants: Invariants = new ClusterInvariants();
  readonly #deposed: DeposedBrokers;
  readonly #told = new Told();
  /** Of the event that is being handled. */
  #facts: Fact[] = [];
  readonly #down = new Set<string>();
  readonly #links = new Map<Fault, readonly [ProcessId, ProcessId]>();
  #lostAsAllowed = 0;

  constructor(plan: TorturePlan, programs: Programs | Steppers, onFact: (fact: Fact) => void) {
    this.#plan = plan;
    this.#deposed = new DeposedBrokers(
      this.#invariants.histories,
      Number(plan.cluster.brokerConfig['offsets.topic.num.partitions'] ?? 50),
    );
    const listen = (fact: Fact): void => {
      this.#facts.push(fact);
      this.#told.note(fact);
      onFact(fact);
    };
    this.#simulation = new Simulation(programs, plan.seed, listen, clusterFiles(plan.cluster, clientFiles(plan)));
    this.#stage = this.#checkedStage();
    this.#cluster = new Cluster(this.#stage, plan.cluster);
    this.#terminals = new Terminals(this.#stage);
  }

  /** The simulation, with the invariants looked at after every event and input. */
  #checkedStage(): Stage {
    const simulation = this.#simulation;
    let [instant, eventsAtOnce] = [simulation.world.now, 0];
    const check = (): void => {
      const facts = this.#facts;
      this.#facts = [];
      const { now } = simulation.world;
      eventsAtOnce = now === instant ? eventsAtOnce + 1 : 0;
      instant = now;
      if (eventsAtOnce > mostEventsAtOnce) throw new InvariantBroken('Time stands still: somebody is never done.');
      this.#invariants.afterEvent(simulation.world, facts);
      this.#deposed.afterEvent(simulation.world, facts);
    };
    return {
      get world() {
        return simulation.world;
      },
      nextEventAt: () => simulation.nextEventAt(),
      advanceTo: (at) => simulation.advanceTo(at),
      apply: (input) => {
        simulation.apply(input);
        check();
      },
      step: () => {
        const hasStepped = simulation.step();
        if (hasStepped) check();
        return hasStepped;
      },
    };
  }

  play(): void {
    this.#cluster.start();
    this.#terminals.run('admin', createTopics(this.#plan));
    runUntil(this.#stage, () => !this.#terminals.isBusy('admin'), seconds(60));
    this.#work();
    this.#heal();
    this.#finishCopies();
    this.#readBack();
  }

  #work(): void {
    const began = this.#simulation.world.now;
    const actions = [
      ...this.#plan.clients.map(({ name, startsAtMs }) => ({ atMs: startsAtMs, act: () => this.#startClient(name) })),
      ...this.#plan.faults.flatMap((fault) => [
        { atMs: fault.atMs, act: () => this.#begin(fault) },
        { atMs: fault.atMs + fault.forMs, act: () => this.#end(fault) },
      ]),
    ].sort((a, b) => a.atMs - b.atMs);
    for (const { atMs, act } of actions) {
      if (atMs > this.#plan.durationMs) break;
      this.#runTo(later(began, ms(atMs)));
      act();
    }
    this.#runTo(later(began, ms(this.#plan.durationMs)));
  }

  #runTo(at: VirtualTimeUs): void {
    if (at > this.#simulation.world.now) runFor(this.#stage, at - this.#simulation.world.now);
  }

  #startClient(name: string): void {
    const client = this.#plan.clients.find((other) => other.name === name);
    if (client !== undefined && !this.#terminals.isBusy(name))
      this.#terminals.run(name, clientCommand(client, this.#plan));
  }

  #begin(fault: Fault): void {
    switch (fault.kind) {
      case 'kill':
        return this.#signal(fault.target, 'SIGKILL');
      case 'killAll':
        for (const target of fault.targets) this.#signal(target, 'SIGKILL');
        return;
      case 'stop':
        return this.#signal(fault.target, 'SIGTERM');
      case 'interrupt':
        return this.#terminals.interrupt(fault.target);
      case 'pause':
        return this.#signal(fault.target, 'SIGSTOP');
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

  #end(fault: Fault): void {
    switch (fault.kind) {
      case 'kill':
      case 'stop':
      case 'interrupt':
        return this.#restart(fault.target);
      case 'killAll':
        for (const target of fault.targets) this.#restart(target);
        return;
      case 'pause':
        return this.#signal(fault.target, 'SIGCONT');
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
    const underWay = this.#simulation.world.queue
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
    const { world } = this.#simulation;
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
    const { processes } = this.#simulation.world;
    return processes.findLast(
      ({ terminal, status, program }) =>
        terminal === name &&
        status !== 'exited' &&
        /^(kafka-(console|verifiable)|transactional-message-copier)/.test(program),
    )?.id;
  }

  #signal(name: string, signal: Signal): void {
    const process = this.#processOf(name);
    if (process === undefined) return;
    this.#stage.apply({ kind: 'signal', process, signal });
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.#down.add(name);
  }

  #restart(name: string): void {
    this.#down.delete(name);
    if (!this.#isServer(name)) return this.#startClient(name);
    // One that is still on its way down is started once it has gone.
    if (this.#cluster.processOf(name) === undefined) this.#cluster.launch(name);
    else this.#down.add(name);
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

  #heal(): void {
    const { world } = this.#simulation;
    const impaired = [...world.links.impaired()];
    for (const { from, to } of impaired) this.#stage.apply({ kind: 'setLink', from, to, condition: healthyLink });
    for (const { id, status } of world.processes)
      if (status === 'paused') this.#stage.apply({ kind: 'signal', process: id, signal: 'SIGCONT' });
    for (const fault of this.#plan.faults) if (fault.kind === 'disk') this.#setDisk(fault.target, soundDisk);
    for (const { id } of world.processes)
      if (world.clocks.has(id)) this.#stage.apply({ kind: 'setClock', process: id, offsetMs: 0 });
    const { zookeepers, brokers } = this.#plan.cluster;
    const servers = [
      ...Array.from({ length: zookeepers }, (_, index) => `zookeeper-${index + 1}`),
      ...brokers.map((id) => `broker-${id}`),
    ];
    const isWell = (): boolean => {
      for (const name of servers) if (this.#cluster.processOf(name) === undefined) this.#cluster.launch(name);
      return unwell(this.#simulation.world, this.#plan) === null;
    };
    const hasWorked = (): boolean => this.#told.acknowledged >= 100;
    for (let waited = 0; waited < 130 && !(isWell() && hasWorked()); waited++) runFor(this.#stage, lookAgainUs);
    for (const { kind, name } of this.#plan.clients) if (kind === 'producer') this.#signal(name, 'SIGTERM');
    for (let waited = 0; waited < 65 && !(this.#areProducersDone() && isWell()); waited++)
      runFor(this.#stage, lookAgainUs);
    const ill = unwell(this.#simulation.world, this.#plan);
    if (ill !== null) throw new InvariantBroken(`Healed for 120 s, and ${ill}`);
    if (!hasWorked()) throw new InvariantBroken(`Only ${this.#told.acknowledged} records were acknowledged.`);
    for (const { kind, name } of this.#plan.clients) if (kind === 'consumer') this.#terminals.interrupt(name);
    runFor(this.#stage, seconds(3));
  }

  #areProducersDone(): boolean {
    return this.#plan.clients.every(({ kind, name }) => kind !== 'producer' || !this.#terminals.isBusy(name));
  }

  /** Consumers without group read everything: what was acknowledged is there, unless its settings allow that it is not. */
  #readBack(): void {
    let problem: string | null = null;
    // A leader may move while it is read: what is lost is found by no attempt.
    for (let attempt = 1; attempt <= 3; attempt++) {
      this.#read(this.#plan.topics);
      problem = this.#missing() ?? this.#badCopy();
      if (problem === null) break;
    }
    if (problem !== null) throw new InvariantBroken(problem);
    for (const topic of this.#plan.topics) this.#lostAsAllowed += this.#lostOf(topic);
  }

  #read(topics: readonly TopicPlan[]): void {
    const terminals = topics.flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => {
        const terminal = `read-${name}-${partition}`;
        this.#terminals.run(terminal, readPartition(name, partition, this.#plan));
        return terminal;
      }),
    );
    this.#await(terminals, 60);
  }

  #await(terminals: readonly string[], longestSeconds: number): void {
    const areDone = (): boolean => !terminals.some((terminal) => this.#terminals.isBusy(terminal));
    runUntil(this.#stage, areDone, seconds(longestSeconds));
  }

  /** Every partition is copied to its end, by nobody but one copier each. */
  #finishCopies(): void {
    const copiers = this.#plan.clients.filter((client) => client.kind === 'copier');
    const last = new Map(copiers.map((copier) => [copier.partition, { ...copier, abortsAtRandom: false }]));
    for (const { name } of copiers) this.#terminals.kill(name);
    const terminals = [...last.values()].flatMap((copier) => {
      const id = copyTransactionalId(copier);
      const terminal = `copy-${id}`;
      this.#terminals.run(terminal, `until ${copyOnce(copier, this.#plan)}; do sleep 1; done`);
      return this.#told.hasSkippedMarkers(id) ? [] : [terminal];
    });
    this.#await(terminals, 120);
    const busy = terminals.find((terminal) => this.#terminals.isBusy(terminal));
    if (busy !== undefined) throw new InvariantBroken(`The copy at ${busy} does not end.`);
  }

  /** Exactly once: what read_committed shows of the copy is the original, record by record. */
  #badCopy(): string | null {
    const copiers = this.#plan.clients.filter((client) => client.kind === 'copier');
    for (const { name, topic, output, partition } of copiers) {
      // The tool looks for its place before it fences its predecessor, who may still go on from there.
      if (copiers.some((other) => other.name !== name && other.partition === partition)) continue;
      const isUnclean = (name: string): boolean =>
        this.#invariants.histories.of({ topic: name, partition }).uncleanEpoch >= 0;
      if (isUnclean(topic) || isUnclean(output)) continue;
      if (this.#told.hasSkippedMarkers(copyTransactionalId({ output, partition }))) continue;
      // From where it is sent so it copies again what has been copied already.
      if (this.#deposed.haveMisled({ topic, partition })) continue;
      const original = [...this.#told.readOf(topic, partition).values()];
      const copy = [...this.#told.readOf(output, partition).values()];
      const at = original.findIndex((value, index) => copy[index] !== value);
      if (at >= 0)
        return `Record number ${at} of ${topic}-${partition} is ${original[at]}, of its transactional copy ${output}-${partition} ${copy[at] ?? 'missing'}.`;
      if (copy.length > original.length)
        return `${output}-${partition} has ${copy.length} records copied from ${original.length} of ${topic}-${partition}.`;
    }
    return null;
  }

  /** Every acknowledged record that is not where it was. */
  *#absentFrom({ name: topic, configs }: TopicPlan): Generator<Absent, void, undefined> {
    if (configs['cleanup.policy'] === 'compact') return;
    for (const [place, { value, acks, offset }] of this.#told.acknowledgedIn(topic)) {
      const partition = Number(place.slice(0, place.indexOf(' ')));
      const there = this.#told.readOf(topic, partition).get(place);
      if (there === value) continue;
      const mayBeLost = acks !== '-1' || this.#invariants.histories.of({ topic, partition }).uncleanEpoch >= 0;
      yield { partition, offset, value, there: there ?? 'nothing', mayBeLost };
    }
  }

  #missing(): string | null {
    for (const topic of this.#plan.topics)
      for (const { partition, offset, value, there, mayBeLost } of this.#absentFrom(topic))
        if (!mayBeLost)
          return `Record ${offset} of ${topic.name}-${partition}, ${value}, was acknowledged with acks=all and cannot be read: ${there} is there.`;
    return null;
  }

  /** With acks=0 nobody knows the offset: the value may be anywhere. */
  #lostOf(topic: TopicPlan): number {
    const values = new Set<string>();
    for (let partition = 0; partition < topic.partitions; partition++)
      for (const value of this.#told.readOf(topic.name, partition).values()) values.add(value);
    return [...this.#absentFrom(topic)].filter(({ value }) => !values.has(value)).length;
  }

  describe(problem: unknown): string {
    const { eventCount, now } = this.#simulation.world;
    const text =
      problem instanceof Error
        ? problem instanceof InvariantBroken
          ? problem.message
          : (problem.stack ?? problem.message)
        : String(problem);
    return `seed ${this.#plan.seed}, event ${eventCount}, at ${(now / 1_000_000).toFixed(3)} s: ${text}`;
  }

  results(): Omit<TortureResult, 'seed' | 'failure'> {
    const { eventCount, now } = this.#simulation.world;
    return {
      totals: { ...this.#invariants.totals(), acknowledged: this.#told.acknowledged },
      faults: this.#plan.faults.length,
      events: eventCount,
      virtualSeconds: Math.round(now / 1_000_000),
      lostAsAllowed: this.#lostAsAllowed,
    };
  }
}

/** Not a second, which is the period of many a client: what they do would always be half done. */
const lookAgainUs = ms(937);

/** Of one instant: far more than any has. */
const mostEventsAtOnce = 20_000;

/** An acknowledged record that is not where it was acknowledged. */
interface Absent {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly there: string;
  readonly mayBeLost: boolean;
}
