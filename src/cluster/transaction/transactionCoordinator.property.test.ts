import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BrokerId } from '../../kafka/ids.ts';
import { readTransactions } from './loading.ts';
import { isExpirationAllowed } from './transactionState.ts';
import { addOf, initOf, type ProducerOf, producerOf, TransactionLaboratory } from './testing/transactionLaboratory.ts';

const topics = ['t', 'u', 'v'];

/** What one of the producers of `tx` does next, with the epoch that it got; or what happens to the cluster. */
type Move =
  | { readonly by: number; readonly do: 'init' | 'commit' | 'abort' }
  | { readonly by: number; readonly do: 'add'; readonly topic: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hold' | 'release' | 'fail' | 'holdMarkers' | 'releaseMarkers' | 'loseMarkers' | 'moveCoordinator' }
  | { readonly do: 'leader'; readonly topic: number; readonly is: 'noNode' | 'back' };

const by = fc.integer({ min: 0, max: 1 });
const topic = fc.integer({ min: 0, max: topics.length - 1 });
const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ by, do: fc.constantFrom('init', 'commit', 'commit', 'abort' as const) }) },
    { weight: 5, arbitrary: fc.record({ by, do: fc.constant('add' as const), topic }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 70_000 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom(
          ...(['hold', 'release', 'fail', 'holdMarkers', 'releaseMarkers', 'loseMarkers', 'moveCoordinator'] as const),
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('leader' as const),
        topic,
        is: fc.constantFrom('noNode', 'back' as const),
      }),
    },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);

class Players {
  readonly lab = new TransactionLaboratory();
  readonly tags: number[] = [];
  /** What InitProducerId gave, in order. */
  readonly epochs: number[] = [];
  /** Ends that were answered with NONE. */
  readonly decided: { readonly epoch: number; readonly isCommit: boolean }[] = [];
  readonly #producers: (ProducerOf | null)[] = [null, null, null];
  readonly #awaited: { readonly tag: number; readonly proceed: (errorCode: unknown, body: unknown) => void }[] = [];

  play(move: Move): void {
    const { lab } = this;
    switch (move.do) {
      case 'init':
        this.#hear(lab.send('InitProducerId', initOf('tx')), (errorCode, body) => {
          if (errorCode !== 'NONE') return;
          const { producerId, producerEpoch } = body as ProducerOf;
          this.epochs.push(producerEpoch);
          this.#producers[move.by] = producerOf('tx', producerId, producerEpoch);
        });
        break;
      case 'add': {
        const producer = this.#producers[move.by];
        if (producer != null) this.tags.push(lab.send('AddPartitionsToTxn', addOf(producer, [topics[move.topic]!])));
        break;
      }
      case 'commit':
      case 'abort': {
        const producer = this.#producers[move.by];
        const isCommit = move.do === 'commit';
        if (producer == null) break;
        this.#hear(lab.send('EndTxn', { ...producer, committed: isCommit }), (errorCode) => {
          if (errorCode === 'NONE') this.decided.push({ epoch: producer.producerEpoch, isCommit });
        });
        break;
      }
      case 'wait':
        lab.wait(move.ms);
        break;
      case 'hold':
        lab.holdsCommits = true;
        break;
      case 'release':
      case 'fail':
        lab.holdsCommits = false;
        lab.release(move.do === 'fail' ? 'NOT_ENOUGH_REPLICAS' : 'NONE');
        break;
      case 'holdMarkers':
        lab.holdsMarkers = true;
        break;
      case 'releaseMarkers':
      case 'loseMarkers':
        lab.holdsMarkers = false;
        lab.releaseMarkers(move.do === 'loseMarkers' ? 'lost' : 'NONE');
        break;
      case 'moveCoordinator':
        lab.release('NOT_LEADER_OR_FOLLOWER');
        lab.resign();
        lab.elect();
        break;
      case 'leader':
        lab.leaders.set(topics[move.topic]!, move.is === 'back' ? (2 as BrokerId) : 'noNode');
        break;
    }
    this.listen();
  }

  #hear(tag: number, proceed: (errorCode: unknown, body: unknown) => void): void {
    this.tags.push(tag);
    this.#awaited.push({ tag, proceed });
  }

  listen(): void {
    for (const awaited of this.#awaited.splice(0)) {
      const body = this.lab.reply(awaited.tag);
      if (body === undefined) this.#awaited.push(awaited);
      else awaited.proceed((body as { readonly errorCode: unknown }).errorCode, body);
    }
  }

  /** Everything comes back, and time passes. */
  settle(): void {
    for (const name of topics) this.lab.leaders.delete(name);
    this.lab.holdsCommits = false;
    this.lab.holdsMarkers = false;
    this.lab.release();
    this.lab.releaseMarkers();
    this.lab.wait(200_000);
    this.listen();
  }
}

describe('under random requests and faults', () => {
  test('a transaction keeps its promises, and ends', () => {
    let [committed, fenced] = [0, 0];
    fc.assert(
      fc.property(moves, (script) => {
        const players = new Players();
        const notStored: string[] = [];
        for (const move of script) {
          players.play(move);
          const metadata = players.lab.transaction('tx');
          // What is in force is what a successor would read: only what is pending differs.
          if (metadata === undefined || metadata.pendingState !== null || metadata.producerEpoch < 0) continue;
          if (readTransactions(players.lab.log).get('tx')?.state !== metadata.state) notStored.push(metadata.state);
        }
        players.settle();

        const { lab } = players;
        expect(players.tags.filter((tag) => lab.reply(tag) === undefined)).toEqual([]);
        expect(notStored).toEqual([]);
        expect(players.epochs).toEqual([...new Set(players.epochs)].sort((a, b) => a - b));
        const { state = 'Empty', pendingState = null, topicPartitions = [] } = lab.transaction('tx') ?? {};
        expect([isExpirationAllowed(state), pendingState, topicPartitions]).toEqual([true, null, []]);
        const epochs = lab.markers.map(({ producerEpoch }) => producerEpoch as number);
        expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
        const ends = new Set(lab.markers.map((marker) => `${marker.producerEpoch} ${marker.transactionResult}`));
        expect(players.decided.filter(({ epoch, isCommit }) => !ends.has(`${epoch} ${isCommit}`))).toEqual([]);
        committed += players.decided.filter(({ isCommit }) => isCommit).length;
        fenced += epochs.filter((epoch) => epoch > 0).length;
        expect(lab.coordinator).toMatchObject({ delayedMarkers: [], delayedCompletions: [] });
        expect([
          lab.coordinator.completions.size,
          lab.coordinator.inFlight.size,
          lab.coordinator.pendingAppends.size,
        ]).toEqual([0, 0, 0]);
      }),
      { numRuns: 300, seed: 20_250_519 },
    );
    // The scripts do come that far.
    expect(committed).toBeGreaterThan(50);
    expect(fenced).toBeGreaterThan(50);
  });
});
