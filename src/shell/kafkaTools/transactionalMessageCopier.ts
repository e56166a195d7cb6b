/**
 * `org.apache.kafka.tools.TransactionalMessageCopier` (3.9.0), by kafka-run-class.sh: copies a partition to a topic, what it read and how
 * far it came in one transaction. It is told which partition; as a member of a group (`--group-mode`) it is not modelled.
 */
import type { AdminClient } from '../../cluster/client/admin/adminClient.ts';
import { callAdmin, closeAdmin, createAdminClient, handleAdmin } from '../../cluster/client/admin/adminClient.ts';
import type { AdminResult } from '../../cluster/client/admin/adminMethods.ts';
import type { ClientLog, ClientStep, ClientTimer } from '../../cluster/client/clientStep.ts';
import type { ConsumerStep } from '../../cluster/client/consumer/consumer.ts';
import {
  assign,
  closeConsumer,
  createConsumer,
  handleConsumer,
  isClosed as isConsumerClosed,
  isPolling,
  poll,
  positionOf,
  seek,
  wakeUp,
} from '../../cluster/client/consumer/consumer.ts';
import type { Consumer, ConsumerRecord } from '../../cluster/client/consumer/consumerState.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import { simpleName } from '../../cluster/client/javaException.ts';
import type { ProducerStep } from '../../cluster/client/producer/producer.ts';
import {
  closeProducer,
  createProducer,
  handleProducer,
  isBlocked,
  isClosed,
  runProducer,
  sendRecord,
} from '../../cluster/client/producer/producer.ts';
import { dated } from '../../cluster/client/producer/producerState.ts';
import type { Producer } from '../../cluster/client/producer/producerState.ts';
import type { Begun } from '../../cluster/client/producer/transactions.ts';
import {
  beginAbort,
  beginTransaction,
  commitTransaction,
  initTransactions,
  sendOffsetsToTransaction,
} from '../../cluster/client/producer/transactions.ts';
import { tell } from '../../cluster/facts.ts';
import { logTimestamp } from '../../cluster/zookeeper/logLine.ts';
import { LATEST_TIMESTAMP } from '../../kafka/log/offsetForTimestamp.ts';
import type { Offset } from '../../kafka/ids.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { RandomState } from '../../kernel/random.ts';
import { nextBelow, streamOf } from '../../kernel/random.ts';
import type { Circumstances } from '../../kernel/events.ts';
import { clockReading } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { exit, print, printError } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { parseArguments } from './argParser.ts';
import { isClientEvent } from './clientEvents.ts';
import { logText, warningsOf } from './clientLogText.ts';
import { ToolExit, farewell } from './commandLine.ts';
import { Thrown } from './stackTrace.ts';
import { copierParser } from './transactionalMessageCopier/arguments.ts';

const className = 'org.apache.kafka.tools.TransactionalMessageCopier';
const mainFrame = `${className}.main(TransactionalMessageCopier.java:277)`;

/** Where its loop stands. */
type Step = 'position' | 'endOffsets' | 'initTransactions' | 'polling' | 'sending' | 'offsets' | 'ending' | 'closing';

interface CopierState {
  readonly input: TopicPartition;
  readonly outputTopic: string;
  readonly groupId: string;
  readonly transactionalId: string;
  readonly abortsAtRandom: boolean;
  readonly random: RandomState;
  readonly producer: Producer;
  readonly consumer: Consumer;
  /** Asks for the end of the partition, as the consumer does in Java. */
  readonly admin: AdminClient | null;
  readonly step: Step;
  /** What a poll has returned before the loop could take it. */
  readonly held: readonly ConsumerRecord[];
  /** The last poll has returned, with records or without. */
  readonly hasPolled: boolean;
  /** Of the transaction under way. */
  readonly records: readonly ConsumerRecord[];
  readonly sent: number;
  readonly isAborting: boolean;
  /** Where that transaction began to read: an abort goes back to it. */
  readonly from: number;
  readonly remaining: number;
  readonly processed: number;
  readonly exitCode: number;
  readonly failure: JavaException | null;
}

const CALL = 'call';
const POLL_MS = 200;

export const transactionalMessageCopier = defineProgram<CopierState | null, ClientTimer>({
  startUpUs: startUpUsOf.kafkaTool,
  catches: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  start(input) {
    try {
      return begin(input);
    } catch (problem) {
      return { state: null, effects: lastWords(problem) };
    }
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    const turn = new Turn(state, event);
    if (event.type === 'SIGNAL') turn.stop(exitCodeOf[event.signal]);
    else if (isClientEvent(event)) {
      turn.takeConsumer(handleConsumer(turn.state.consumer, event));
      turn.takeProducer(handleProducer(turn.state.producer, event));
      if (turn.state.admin !== null) turn.takeAdmin(handleAdmin(turn.state.admin, event));
    }
    turn.goOn();
    return { state: turn.state, effects: turn.effects };
  },
});

function begin(input: ProcessInput): Outcome<CopierState> {
  const args = parseArguments(copierParser, input.argv.slice(1));
  if (args.has('--group-mode')) {
    throw new ToolExit(1, { stderr: 'The simulator does not have this tool with --group-mode.\n' });
  }
  const { seed, now } = input;
  const of = (flag: string): string => args.valueOf(flag) ?? '';
  const servers = { 'bootstrap.servers': of('--broker-list') };
  const producer = createProducer({
    properties: {
      ...servers,
      'transactional.id': of('--transactional-id'),
      'batch.size': '512',
      'max.in.flight.requests.per.connection': '5',
      'transaction.timeout.ms': of('--transaction-timeout'),
    },
    slot: 0,
    seed,
    now,
  });
  const consumer = createConsumer({
    properties: {
      ...servers,
      'group.id': of('--consumer-group'),
      'isolation.level': 'read_committed',
      'max.poll.records': of('--transaction-size'),
      'enable.auto.commit': 'false',
      'session.timeout.ms': '10000',
      'max.poll.interval.ms': '180000',
      'heartbeat.interval.ms': '3000',
      'auto.offset.reset': 'earliest',
    },
    slot: 1,
    seed,
    now,
  });
  const admin = createAdminClient({ properties: servers, slot: 2, seed, now });
  for (const created of [producer, consumer, admin])
    if (created.outcome === 'failed') throw new Thrown(created.exception);
  if (producer.outcome === 'failed' || consumer.outcome === 'failed' || admin.outcome === 'failed')
    throw new Error('A client that could not be made was made.');
  const place = { topic: of('--input-topic'), partition: Number(of('--input-partition')) };
  const maximum = Number(of('--max-messages'));
  const state: CopierState = {
    input: place,
    outputTopic: of('--output-topic'),
    groupId: of('--consumer-group'),
    transactionalId: of('--transactional-id'),
    abortsAtRandom: args.has('--enable-random-aborts'),
    random: streamOf(seed, 'random aborts'),
    producer: producer.state,
    consumer: assign(consumer.state, [place]),
    admin: admin.state,
    step: 'position',
    held: [],
    hasPolled: false,
    records: [],
    sent: 0,
    isAborting: false,
    from: 0,
    remaining: maximum === -1 ? Infinity : maximum,
    processed: 0,
    exitCode: 0,
    failure: null,
  };
  const turn = new Turn(state, input);
  turn.effects.push(...producer.effects, ...consumer.effects, ...admin.effects);
  turn.goOn();
  return { state: turn.state, effects: turn.effects };
}

function lastWords(problem: unknown): readonly KernelEffect[] {
  if (problem instanceof ToolExit) return farewell(problem);
  if (!(problem instanceof Thrown)) throw problem;
  return [printError(shuttingDown(problem.exception)), exit(1)];
}

const shuttingDown = (exception: JavaException): string =>
  `Shutting down after unexpected error ${simpleName(exception)}: ${exception.message ?? 'null'} (see the log for additional detail)\n`;

class Turn {
  state: CopierState;
  readonly effects: KernelEffect[] = [];
  readonly #now: VirtualTimeUs;
  /** What the wall clock of the host shows. */
  readonly #clock: VirtualTimeUs;

  constructor(state: CopierState, { now, host }: Pick<Circumstances, 'now' | 'host'>) {
    this.state = state;
    this.#now = now;
    this.#clock = clockReading(now, host);
  }

  #change(change: Partial<CopierState>): void {
    this.state = { ...this.state, ...change };
  }

  #log(step: ClientStep<unknown>): void {
    const logs: readonly ClientLog[] = step.logs;
    this.effects.push(...warningsOf(logs, this.#clock, mainFrame), ...step.effects);
  }

  takeConsumer(step: ConsumerStep): void {
    this.#change({ consumer: step.state });
    this.#log(step);
    if (step.polled === null) return;
    const { records, exception } = step.polled;
    if (exception !== null) this.#fail(exception);
    else this.#change({ held: [...this.state.held, ...records], hasPolled: true });
  }

  takeProducer(step: ProducerStep): void {
    this.#change({ producer: step.state });
    this.#log(step);
    if (step.thrown !== null) this.#abortAfter(step.thrown);
    for (const { exception } of step.calls) this.#afterCall(exception);
  }

  takeAdmin(step: ClientStep<AdminClient> & { readonly results: readonly AdminResult[] }): void {
    this.#change({ admin: step.state });
    this.#log(step);
    for (const result of step.results) {
      if (result.method !== 'listOffsets') continue;
      const [listed] = result.result;
      if (listed?.outcome.outcome === 'failed') this.#fail(listed.outcome.exception);
      else if (listed !== undefined) this.#begin(Number(listed.outcome.value.offset));
    }
  }

  stop(exitCode: number): void {
    if (this.state.step === 'closing') return;
    this.#change({ step: 'closing', exitCode });
    this.takeConsumer(wakeUp(this.state.consumer, this.#now));
  }

  #fail(exception: JavaException): void {
    if (this.state.step !== 'closing') this.#change({ step: 'closing', exitCode: 1, failure: exception });
  }

  /** The end of the partition is known: so much is to be copied. */
  #begin(end: number): void {
    const { admin, remaining, from } = this.state;
    if (admin !== null) this.effects.push(...closeAdmin(admin, this.#now).effects);
    this.#change({ admin: null, remaining: Math.min(end - from, remaining), step: 'initTransactions' });
    this.#call(initTransactions(this.state.producer, CALL, this.#now));
  }

  #call({ producer, failure }: Begun): void {
    this.#change({ producer });
    if (failure !== null) this.#abortAfter(failure);
    else this.takeProducer(runProducer(producer, this.#now));
  }

  #afterCall(exception: JavaException | null): void {
    const { step, records, isAborting, producer } = this.state;
    if (exception !== null) return step === 'initTransactions' ? this.#fail(exception) : this.#abortAfter(exception);
    if (step === 'initTransactions') return this.#loop();
    if (step === 'offsets') return this.#decide();
    if (step !== 'ending') return;
    const { processed, remaining, consumer, input, from } = this.state;
    if (isAborting) {
      this.#change({ consumer: seek(consumer, input, from), held: [], isAborting: false });
      this.effects.push(tell('positionReset', { client: consumer.clientId, ...input, to: from }));
    } else this.#change({ processed: processed + records.length, remaining: remaining - records.length, producer });
    this.#loop();
  }

  /** What a transaction fails by aborts it; a successor under the same id ends the tool. */
  #abortAfter(exception: JavaException): void {
    const { step, transactionalId, producer, isAborting } = this.state;
    if (step === 'closing') return;
    const isFenced = simpleName(exception) === 'ProducerFencedException';
    if (isFenced && !isAborting) {
      const message = `The transactional.id ${transactionalId} has been claimed by another process`;
      return this.#fail({ class: 'org.apache.kafka.common.KafkaException', message, cause: exception });
    }
    if (isAborting || step === 'initTransactions') return this.#fail(exception);
    this.#change({ step: 'ending', isAborting: true });
    this.#call(beginAbort(producer, CALL, this.#now));
  }

  #decide(): void {
    const { abortsAtRandom, random, producer } = this.state;
    const [drawn, next] = nextBelow(random, 3);
    const isAborting = abortsAtRandom && drawn === 0;
    this.#change({ step: 'ending', random: abortsAtRandom ? next : random, isAborting });
    this.#call(isAborting ? beginAbort(producer, CALL, this.#now) : commitTransaction(producer, CALL, this.#now));
  }

  #loop(): void {
    if (this.state.remaining <= 0) return this.#change({ step: 'closing' });
    this.#say('ProcessLoop');
    this.#change({ step: 'polling' });
  }

  goOn(): void {
    for (;;) {
      const { step, consumer, producer, held, sent, records } = this.state;
      switch (step) {
        case 'position': {
          const position = positionOf(consumer, this.state.input);
          if (position !== null) {
            this.#askForEnd(position);
            break;
          }
          if (isPolling(consumer)) return;
          this.#change({ hasPolled: false });
          this.takeConsumer(poll(consumer, POLL_MS, this.#now));
          break;
        }
        case 'endOffsets':
        case 'initTransactions':
        case 'offsets':
        case 'ending':
          return;
        case 'polling':
          if (held.length > 0) {
            this.#open(held);
            break;
          }
          if (isPolling(consumer)) return;
          if (this.state.hasPolled) {
            // It brought nothing: another round of the loop.
            this.#change({ hasPolled: false });
            this.#loop();
          } else this.takeConsumer(poll(consumer, POLL_MS, this.#now));
          break;
        case 'sending':
          if (isBlocked(producer)) return;
          if (sent < records.length) this.#send(records[sent]!);
          else this.#sendOffsets();
          break;
        case 'closing':
          return this.#close();
      }
    }
  }

  #askForEnd(from: number): void {
    this.#change({ from, step: 'endOffsets' });
    const partitions = [{ ...this.state.input, timestamp: LATEST_TIMESTAMP }];
    const args = { partitions, isolationLevel: 'read_committed' } as const;
    if (this.state.admin === null) return;
    this.takeAdmin(callAdmin(this.state.admin, { method: 'listOffsets', tag: 'end', args }, this.#now));
  }

  #open(held: readonly ConsumerRecord[]): void {
    this.#change({ records: held, held: [], hasPolled: false, sent: 0, from: held[0]!.offset, step: 'sending' });
    const { producer, failure } = beginTransaction(this.state.producer);
    this.#change({ producer });
    if (failure !== null) this.#abortAfter(failure);
  }

  #send({ partition, key, value }: ConsumerRecord): void {
    const { outputTopic: topic, sent, producer } = this.state;
    this.#change({ sent: sent + 1 });
    this.takeProducer(sendRecord(producer, dated({ topic, partition, key, value }, this.#clock), sent, this.#now));
  }

  #sendOffsets(): void {
    const { input, groupId, consumer, producer } = this.state;
    this.#change({ step: 'offsets' });
    const offset = (positionOf(consumer, input) ?? 0) as Offset;
    const offsets = [{ ...input, offset, leaderEpoch: null, metadata: '' }];
    const group = { groupId, generationId: -1, memberId: '', groupInstanceId: null };
    this.#call(sendOffsetsToTransaction(producer, offsets, group, CALL, this.#now));
  }

  #close(): void {
    const { producer, consumer } = this.state;
    if (producer.life === 'open') this.takeProducer(closeProducer(producer, this.#now));
    if (!isClosed(this.state.producer)) return;
    if (consumer.closing === 'no') this.takeConsumer(closeConsumer(consumer, this.#now));
    if (!isConsumerClosed(this.state.consumer)) return;
    const { failure, exitCode } = this.state;
    if (failure !== null) {
      const text = 'Shutting down after unexpected error in event loop';
      const log = { level: 'ERROR', text, class: className, exception: failure } as const;
      this.effects.push(printError(logText(log, this.#clock, mainFrame)), printError(shuttingDown(failure)));
    }
    this.#say('ShutdownComplete');
    this.effects.push(exit(exitCode));
  }

  #say(stage: string): void {
    const { transactionalId, processed, remaining } = this.state;
    const time = logTimestamp(this.#clock).replace(',', ':');
    const status = { transactionalId, stage, time, totalProcessed: processed, consumed: processed, remaining };
    this.effects.push(print(`${JSON.stringify(status)}\n`));
  }
}
