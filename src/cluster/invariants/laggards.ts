/**
 * A replica that lags leaves the ISR: when a follower has not caught up for `replica.lag.time.max.ms`, its leader, which looks every half of
 * that time, proposes an ISR without it.
 *
 * Follows `Partition#maybeShrinkIsr` and the task `isr-expiration` of `ReplicaManager` (3.9.0).
 */
import type { BrokerId, LeaderEpoch, Offset } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Process } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms } from '../../kernel/time.ts';
import type { World } from '../../kernel/world.ts';
import type { HostedPartition } from '../broker/hostedPartition.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { NowAndThen } from './nowAndThen.ts';
import type { Observation, ReplicaChange } from './observation.ts';

interface Lag {
  readonly follower: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  /** The leader's log end when it began: the follower has not come so far. */
  readonly target: Offset;
  readonly since: VirtualTimeUs;
}

export class Laggards implements Invariant {
  readonly #looks = new NowAndThen();
  /** By leader, and by partition and follower. */
  readonly #lags = new Map<ProcessId, Map<string, Lag>>();
  /** By broker and partition: when an ISR was last proposed. */
  readonly #proposed = new Map<string, VirtualTimeUs>();
  /** Whose clocks have jumped: what they take for the last time may be any. */
  readonly #misled = new Set<ProcessId>();

  afterEvent({ world, replicas }: Observation): void {
    for (const process of world.clocks.keys()) this.#misled.add(process);
    for (const change of replicas) this.#noteProposal(change, world.now);
    if (!this.#looks.isDue()) return;
    for (const process of world.processes) this.#look(process, world);
  }

  #noteProposal({ after: { broker, hosted } }: ReplicaChange, now: VirtualTimeUs): void {
    if (hosted.pendingIsr !== null) this.#proposed.set(`${broker.brokerId} ${topicPartitionName(hosted)}`, now);
  }

  #look(process: Process, { now }: World): void {
    const broker = process.status === 'running' && !this.#misled.has(process.id) ? brokerIn(process) : null;
    if (broker === null || !broker.isServing || broker.stopping.step !== 'no') {
      this.#lags.delete(process.id);
      return;
    }
    const known = this.#lags.get(process.id);
    const lags = new Map<string, Lag>();
    const longestMs = 1.5 * broker.settings.replicaLagTimeMaxMs + graceMs;
    for (const hosted of broker.partitions) {
      if (hosted?.role !== 'leader' || hosted.pendingIsr !== null) continue;
      const proposedAt = this.#proposed.get(`${broker.brokerId} ${topicPartitionName(hosted)}`);
      for (const [key, lag] of lagsOf(hosted, known, now)) {
        lags.set(key, lag);
        const since = proposedAt !== undefined && proposedAt > lag.since ? proposedAt : lag.since;
        if (now > later(since, ms(longestMs))) staysInIsr(hosted, lag, longestMs);
      }
    }
    this.#lags.set(process.id, lags);
  }
}

function* lagsOf(
  { topic, partition, log, followers, isr, leaderEpoch }: HostedPartition,
  known: ReadonlyMap<string, Lag> | undefined,
  now: VirtualTimeUs,
): Generator<[string, Lag], void, undefined> {
  if (log === null) return;
  for (const { brokerId, logEndOffset } of followers) {
    if (!isr.includes(brokerId) || logEndOffset >= log.logEndOffset) continue;
    const key = `${topic} ${partition} ${brokerId}`;
    const before = known?.get(key);
    const goesOn = before?.leaderEpoch === leaderEpoch && logEndOffset < before.target;
    yield [key, goesOn ? before : { follower: brokerId, leaderEpoch, target: log.logEndOffset, since: now }];
  }
}

function staysInIsr(hosted: HostedPartition, { follower, target }: Lag, waitedMs: number): never {
  return broken(
    `Replica ${follower} of ${topicPartitionName(hosted)} has not reached offset ${target} for ${waitedMs} ms, and is in the ISR ${hosted.isr.join(',')} still.`,
  );
}

/** A timer that was made to come first holds up the others so long. */
const graceMs = 6000;
