/** After all has healed: what was acknowledged with acks=all is there, and a transactional copy is its original. */
import { InvariantBroken } from '../../cluster/invariants/invariant.ts';
import type { PartitionHistories } from '../../cluster/invariants/partitionHistories.ts';
import { seconds } from '../../kernel/time.ts';
import type { Stage } from '../stage.ts';
import { runUntil } from '../stage.ts';
import type { Terminals } from '../terminals.ts';
import { copyOnce, copyTransactionalId, readPartition } from './commands.ts';
import type { DeposedBrokers } from './deposedBrokers.ts';
import type { TopicPlan, TorturePlan } from './plan.ts';
import type { Told } from './told.ts';

export interface Witnesses {
  readonly told: Told;
  readonly histories: PartitionHistories;
  readonly deposed: DeposedBrokers;
}

export class ReadBack {
  readonly #plan: TorturePlan;
  readonly #stage: Stage;
  readonly #terminals: Terminals;
  readonly #told: Told;
  readonly #histories: PartitionHistories;
  readonly #deposed: DeposedBrokers;

  constructor(plan: TorturePlan, stage: Stage, terminals: Terminals, { told, histories, deposed }: Witnesses) {
    this.#plan = plan;
    this.#stage = stage;
    this.#terminals = terminals;
    this.#told = told;
    this.#histories = histories;
    this.#deposed = deposed;
  }

  /**
   * Consumers without group read everything: what was acknowledged is there, unless its settings allow that it is not. The answer: how many
   * records are gone as those allow.
   */
  readAll(): number {
    let problem: string | null = null;
    // A leader may move while it is read: what is lost is found by no attempt.
    for (let attempt = 1; attempt <= 3; attempt++) {
      this.#read(this.#plan.topics);
      problem = this.#missing() ?? this.#badCopy();
      if (problem === null) break;
    }
    if (problem !== null) throw new InvariantBroken(problem);
    return this.#plan.topics.reduce((lost, topic) => lost + this.#lostOf(topic), 0);
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
  finishCopies(): void {
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
      const isUnclean = (name: string): boolean => this.#histories.of({ topic: name, partition }).uncleanEpoch >= 0;
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
      const mayBeLost = acks !== '-1' || this.#histories.of({ topic, partition }).uncleanEpoch >= 0;
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
}

/** An acknowledged record that is not where it was acknowledged. */
interface Absent {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly there: string;
  readonly mayBeLost: boolean;
}
