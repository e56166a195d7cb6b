/** For tests: a coordinator with a clock, timers, a log of `__transaction_state`, and leaders that write markers when they are told. */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch, Offset, ProducerEpoch, ProducerId } from '../../../kafka/ids.ts';
import type { Settings } from '../../../kafka/config/settings.ts';
import { createBatch, type RecordBatch } from '../../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../../kernel/effects.ts';
import type { Socket } from '../../../kernel/events.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import type { RequestBody } from '../../protocol/kafka/kafkaMessage.ts';
import type { WriteTxnMarkersRequest } from '../../protocol/kafka/transactions.ts';
import type {
  MarkerRequest,
  Surroundings,
  TransactionApi,
  TransactionAppend,
  TransactionCoordinator,
  TransactionReply,
  TransactionTimerEvent,
} from '../coordinatorTurn.ts';
import type { TransactionMetadata } from '../transactionMetadata.ts';
import {
  completeMarkers,
  completeTransactionAppend,
  createTransactionCoordinator,
  handleTransactionRequest,
  onTransactionLogFollower,
  onTransactionLogLeader,
  onTransactionTimer,
  startTransactionCoordinator,
  transactionCoordinatorConfig,
  type TransactionOutcome,
} from '../transactionCoordinator.ts';

type Leader = ReturnType<Surroundings['leaderOf']>;

export class TransactionLaboratory {
  coordinator: TransactionCoordinator;
  /** Of the one partition of `__transaction_state`. */
  readonly log: RecordBatch[] = [];
  /** What leaders have written, in order. */
  readonly markers: WriteTxnMarkersRequest['markers'][number][] = [];
  readonly lines: string[] = [];
  /** Batches that wait to be committed, when commits are held back. */
  readonly held: TransactionAppend[] = [];
  holdsCommits = false;
  /** Requests for markers that nobody answers yet, when markers are held back. */
  readonly heldMarkers: MarkerRequest[] = [];
  holdsMarkers = false;
  /** Who leads partitions of topics; broker 1, unless told. */
  readonly leaders = new Map<string, Leader>();
  #nowUs = 0;
  #nextTag = 1;
  #nextProducerId = 0;
  #epoch = 0;
  readonly #timers = new Map<string, { readonly dueUs: number; readonly event: TransactionTimerEvent }>();
  readonly #replies = new Map<number, TransactionReply>();

  constructor(settings: Settings = {}) {
    this.coordinator = createTransactionCoordinator(0 as BrokerId, transactionCoordinatorConfig(settings));
    this.#take(startTransactionCoordinator(this.coordinator, this.#surroundings));
    this.elect();
  }

  get #surroundings(): Surroundings {
    return {
      now: this.#nowUs as VirtualTimeUs,
      clock: this.#nowUs as VirtualTimeUs,
      partitionCount: 1,
      leaderOf: ({ topic }: TopicPartition) => this.leaders.get(topic) ?? (1 as BrokerId),
      nextProducerId: () => this.#nextProducerId++ as ProducerId,
    };
  }

  send<A extends TransactionApi>(api: A, body: RequestBody<A>): number {
    const tag = this.#nextTag++;
    const to = { socket: 1 as Socket, correlationId: tag };
    const request = { api, to, body } as Parameters<typeof handleTransactionRequest>[1];
    const offsetsPartitionFor = (): TopicPartition => ({ topic: '__consumer_offsets', partition: 7 });
    this.#take(handleTransactionRequest(this.coordinator, request, { ...this.#surroundings, offsetsPartitionFor }));
    return tag;
  }
  /** Undefined while the request waits. */
  reply(tag: number): unknown {
    return this.#replies.get(tag)?.body;
  }
  ask<A extends TransactionApi>(api: A, body: RequestBody<A>): unknown {
    return this.reply(this.send(api, body));
  }

  /** The coordinator's partition is led from here, under the next epoch. */
  elect(): void {
    const log = { epoch: this.#epoch++, batches: this.log };
    this.#take(onTransactionLogLeader(this.coordinator, 0, log, this.#surroundings));
  }
  resign(): void {
    this.#take(onTransactionLogFollower(this.coordinator, 0, this.#epoch++, this.#surroundings));
  }

  /** Moves the clock on; timers fire in their order. */
  wait(milliseconds: number): void {
    const until = this.#nowUs + ms(milliseconds);
    for (;;) {
      const [next] = [...this.#timers].sort(([, a], [, b]) => a.dueUs - b.dueUs);
      if (next === undefined || next[1].dueUs > until) break;
      this.#timers.delete(next[0]);
      this.#nowUs = next[1].dueUs;
      this.#take(onTransactionTimer(this.coordinator, next[1].event, this.#surroundings));
    }
    this.#nowUs = until;
  }

  /** Ends the appends that wait: committed, or with an error. */
  release(error: ErrorName = 'NONE'): void {
    for (const append of this.held.splice(0)) this.#finish(append, error);
  }
  /** Leaders answer for the markers that wait; `lost`: their connections are gone instead. */
  releaseMarkers(error: ErrorName | 'lost' = 'NONE'): void {
    for (const request of this.heldMarkers.splice(0)) this.#answerMarkers(request, error);
  }

  transaction(transactionalId: string): TransactionMetadata | undefined {
    return this.coordinator.owned.get(0)?.transactions.get(transactionalId);
  }

  #take({ coordinator, replies, appends, markerRequests, effects, lines }: TransactionOutcome): void {
    this.coordinator = coordinator;
    for (const reply of replies) this.#replies.set(reply.to.correlationId, reply);
    for (const effect of effects) this.#perform(effect);
    this.lines.push(...lines.map(({ text }) => text));
    for (const append of appends) {
      if (this.holdsCommits) this.held.push(append);
      else this.#finish(append, 'NONE');
    }
    for (const request of markerRequests) {
      if (this.holdsMarkers) this.heldMarkers.push(request);
      else this.#answerMarkers(request, 'NONE');
    }
  }

  #perform(effect: KernelEffect): void {
    if (effect.type !== 'setTimer') return;
    const event = effect.params.event as TransactionTimerEvent;
    this.#timers.set(effect.params.id, { dueUs: this.#nowUs + effect.params.delayUs, event });
  }

  #finish({ append, batch }: TransactionAppend, error: ErrorName): void {
    if (error === 'NONE') {
      const baseOffset = this.log.reduce((end, { records }) => end + records.length, 0) as Offset;
      this.log.push(createBatch(batch.records, { baseOffset, partitionLeaderEpoch: 0 as LeaderEpoch }));
    }
    this.#take(completeTransactionAppend(this.coordinator, append, error, this.#surroundings));
  }

  #answerMarkers({ broker, body }: MarkerRequest, error: ErrorName | 'lost'): void {
    if (error === 'lost') return this.#take(completeMarkers(this.coordinator, broker, null, this.#surroundings));
    if (error === 'NONE') this.markers.push(...body.markers);
    const markers = body.markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode: error })),
      })),
    }));
    this.#take(completeMarkers(this.coordinator, broker, { markers }, this.#surroundings));
  }
}

/** InitProducerId of a producer that comes new. */
export const initOf = (transactionalId: string, transactionTimeoutMs = 60_000) => ({
  transactionalId,
  transactionTimeoutMs,
  producerId: -1 as ProducerId,
  producerEpoch: -1 as ProducerEpoch,
});

/** Partition 0 of the topics. */
export const addOf = (producer: ProducerOf, topics: readonly string[], verifyOnly = false) => ({
  transactions: [{ ...producer, verifyOnly, topics: topics.map((name) => ({ name, partitions: [0] })) }],
});

export interface ProducerOf {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
}
export const producerOf = (transactionalId: string, producerId: number, producerEpoch: number): ProducerOf => ({
  transactionalId,
  producerId: producerId as ProducerId,
  producerEpoch: producerEpoch as ProducerEpoch,
});

/** What AddPartitionsToTxn is answered for its first partition. */
export const added = (errorCode: ErrorName) => ({
  resultsByTransaction: [{ topicResults: [{ partitions: [{ errorCode }] }] }],
});
