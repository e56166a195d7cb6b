/**
 * Plays a plan: starts the cluster and the clients, does the faults at their instants with every invariant looked at after every event, heals
 * everything, and looks whether the cluster gets well: all partitions led, ISRs full, replicas equal, what was acknowledged with acks=all readable.
 */
import type { ClusterInvariants as Invariants, Totals } from '../../cluster/invariants/clusterInvariants.ts';
import { ClusterInvariants } from '../../cluster/invariants/clusterInvariants.ts';
import { InvariantBroken } from '../../cluster/invariants/invariant.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Programs } from '../../kernel/process.ts';
import { Simulation } from '../../kernel/simulation.ts';
import type { Steppers } from '../../kernel/stepper.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms, seconds } from '../../kernel/time.ts';
import { Cluster } from '../cluster.ts';
import { clusterFiles } from '../clusterFiles.ts';
import { runFor, runUntil, type Stage } from '../stage.ts';
import { Terminals } from '../terminals.ts';
import { clientFiles, createTopics } from './commands.ts';
import { DeposedBrokers } from './deposedBrokers.ts';
import { Disturber } from './disturber.ts';
import type { TorturePlan } from './plan.ts';
import { ReadBack } from './readBack.ts';
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
  readonly #disturber: Disturber;
  readonly #invariants: Invariants = new ClusterInvariants();
  readonly #deposed: DeposedBrokers;
  readonly #told = new Told();
  /** Of the event that is being handled. */
  #facts: Fact[] = [];
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
    this.#disturber = new Disturber(plan, this.#stage, this.#cluster, this.#terminals);
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
    const readBack = new ReadBack(this.#plan, this.#stage, this.#terminals, {
      told: this.#told,
      histories: this.#invariants.histories,
      deposed: this.#deposed,
    });
    readBack.finishCopies();
    this.#lostAsAllowed = readBack.readAll();
  }

  #work(): void {
    const began = this.#simulation.world.now;
    const actions = [
      ...this.#plan.clients.map(({ name, startsAtMs }) => ({
        atMs: startsAtMs,
        act: () => this.#disturber.startClient(name),
      })),
      ...this.#plan.faults.flatMap((fault) => [
        { atMs: fault.atMs, act: () => this.#disturber.begin(fault) },
        { atMs: fault.atMs + fault.forMs, act: () => this.#disturber.end(fault) },
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

  #heal(): void {
    this.#disturber.heal();
    const isWell = (): boolean => {
      this.#disturber.startServers();
      return unwell(this.#simulation.world, this.#plan) === null;
    };
    const hasWorked = (): boolean => this.#told.acknowledged >= 100;
    for (let waited = 0; waited < 130 && !(isWell() && hasWorked()); waited++) runFor(this.#stage, lookAgainUs);
    for (const { kind, name } of this.#plan.clients) if (kind === 'producer') this.#disturber.signal(name, 'SIGTERM');
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
