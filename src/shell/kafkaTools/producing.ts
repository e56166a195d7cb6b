/**
 * A tool that makes up records and sends them, as fast as it is told or as it can: what kafka-producer-perf-test and
 * kafka-verifiable-producer have in common.
 */
import type { ClientTimer } from '../../cluster/client/clientStep.ts';
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
import {
  type Begun,
  beginTransaction,
  commitTransaction,
  initTransactions,
} from '../../cluster/client/producer/transactions.ts';
import { dated } from '../../cluster/client/producer/producerState.ts';
import type { Producer, RecordForTopic, SendResult } from '../../cluster/client/producer/producerState.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import type { Process, ProcessInput, Program } from '../../kernel/process.ts';
import type { Circumstances } from '../../kernel/events.ts';
import { clockReading } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds, timestampMsAt } from '../../kernel/time.ts';
import { exit, print, printError, setTimer } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf, stateIn } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { warningsOf } from './clientLogText.ts';
import { ToolExit, farewell } from './commandLine.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

/** `Data`: the tool's own, plain data. */
export interface ProducingTool<Data> {
  readonly mainFrame: string;
  /** Signals after which its shutdown hook closes the producer; a tool without hook dies at once, and at an exception of its own. */
  readonly catches: readonly CaughtSignal[];
  /** Throws a `ToolExit`, or a `Thrown`. */
  begin(input: ProcessInput): {
    readonly data: Data;
    readonly properties: Readonly<Record<string, string>>;
    /** Null: without end. */
    readonly total: number | null;
    /** Records a second; below 0: as fast as it goes. */
    readonly throughput: number;
    /** Records are sent in transactions that are committed when they are so old. */
    readonly transactionDurationMs?: number;
  };
  /** What is printed once the producer is there. */
  started?(data: Data, now: VirtualTimeUs): string;
  /** The first record is about to be sent. */
  looping?(data: Data, now: VirtualTimeUs): Data;
  record(data: Data, index: number): { readonly data: Data; readonly record: RecordForTopic };
  /** A callback; `problem` goes to standard error. */
  heard(
    data: Data,
    result: SendResult,
    now: VirtualTimeUs,
  ): { readonly data: Data; readonly text: string; readonly problem?: string };
  ended(data: Data, run: { readonly startedAt: VirtualTimeUs; readonly sent: number }, now: VirtualTimeUs): string;
}

/** Where the tool's loop stands: inside a call that blocks, asleep, or before the next thing to do. */
type Step = 'initTransactions' | 'record' | 'sent' | 'commit' | 'throttle' | 'asleep' | 'lastCommit' | 'close';

interface ProducingState<Data> {
  readonly data: Data;
  readonly producer: Producer;
  readonly total: number | null;
  readonly throughput: number;
  readonly sent: number;
  readonly startedAt: VirtualTimeUs;
  readonly step: Step;
  /** When the last record was handed to `send`. */
  readonly sentAt: VirtualTimeUs;
  /** What `ThroughputThrottler` owes; it sleeps from 2 ms on. */
  readonly sleepDeficitUs: number;
  /** Null without transactions. */
  readonly transaction: {
    readonly durationMs: number;
    readonly size: number;
    readonly startedAt: VirtualTimeUs;
  } | null;
  readonly exitCode: number | null;
  readonly failure: JavaException | null;
}

type Pause = { readonly type: 'GO_ON' };

/** How many records a tool makes without a pause of its own; a real one takes some time for each. */
const BURST = 200;
const BURST_US = 1000;
const MIN_SLEEP_US = 2000;

export function producingProgram<Data>(tool: ProducingTool<Data>): Program {
  return defineProgram<ProducingState<Data> | null, ClientTimer | Pause>({
    startUpUs: startUpUsOf.kafkaTool,
    catches: tool.catches,
    start(input) {
      try {
        return begin(tool, input);
      } catch (problem) {
        return { state: null, effects: lastWords(problem, tool.mainFrame) };
      }
    },
    handle(state, event) {
      if (state === null) return { state, effects: [] };
      const turn = new Turn(tool, state, event);
      if (event.type === 'SIGNAL') turn.stop(exitCodeOf[event.signal]);
      else if (event.type === 'GO_ON') turn.state = { ...turn.state, step: 'record' };
      else if (isClientEvent(event)) turn.take(handleProducer(state.producer, event));
      turn.goOn();
      return { state: turn.state, effects: turn.effects };
    },
  });
}

function begin<Data>(tool: ProducingTool<Data>, input: ProcessInput): Outcome<ProducingState<Data> | null> {
  const { data, properties, total, throughput, transactionDurationMs = 0 } = tool.begin(input);
  const { seed, now } = input;
  const created = createProducer({ properties, slot: 0, seed, now });
  const warnings = warningsOf(created.logs, now, tool.mainFrame);
  if (created.outcome === 'failed') {
    const text = `Exception in thread "main" ${stackTrace(created.exception, tool.mainFrame)}`;
    return { state: null, effects: [...warnings, printError(text), exit(1)] };
  }
  const state: ProducingState<Data> = {
    data,
    producer: created.state,
    total,
    throughput,
    sent: 0,
    startedAt: now,
    step: 'record',
    sentAt: now,
    sleepDeficitUs: 0,
    transaction: transactionDurationMs > 0 ? { durationMs: transactionDurationMs, size: 0, startedAt: now } : null,
    exitCode: null,
    failure: null,
  };
  const turn = new Turn(tool, state, input);
  turn.effects.push(...warnings, ...created.effects);
  const greeting = tool.started?.(data, now) ?? '';
  if (greeting !== '') turn.effects.push(print(greeting));
  turn.begin();
  turn.goOn();
  return { state: turn.state, effects: turn.effects };
}

function lastWords(problem: unknown, mainFrame: string): readonly KernelEffect[] {
  if (problem instanceof ToolExit) return farewell(problem);
  if (!(problem instanceof Thrown)) throw problem;
  return [printError(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`), exit(1)];
}

class Turn<Data> {
  state: ProducingState<Data>;
  readonly effects: KernelEffect[] = [];
  readonly #tool: ProducingTool<Data>;
  readonly #now: VirtualTimeUs;
  /** What the wall clock of the host shows. */
  readonly #clock: VirtualTimeUs;

  constructor(
    tool: ProducingTool<Data>,
    state: ProducingState<Data>,
    { now, host }: Pick<Circumstances, 'now' | 'host'>,
  ) {
    this.#tool = tool;
    this.state = state;
    this.#now = now;
    this.#clock = clockReading(now, host);
  }

  stop(exitCode: number, failure: JavaException | null = null): void {
    if (this.state.exitCode === null) this.state = { ...this.state, exitCode, failure, step: 'close' };
  }

  begin(): void {
    if (this.state.transaction === null) return this.#loop();
    this.#to('initTransactions');
    this.#call(initTransactions(this.state.producer, 'init', this.#now));
  }

  #loop(): void {
    const { data } = this.state;
    this.state = {
      ...this.state,
      data: this.#tool.looping?.(data, this.#now) ?? data,
      startedAt: this.#now,
      step: 'record',
    };
  }

  #to(step: Step): void {
    this.state = { ...this.state, step };
  }

  /** A call that blocks until it has ended; the end comes in a step of the producer. */
  #call({ producer, failure }: Begun): void {
    this.state = { ...this.state, producer };
    if (failure !== null) this.stop(1, failure);
    else this.take(runProducer(producer, this.#now));
  }

  take({ state, effects, logs, results, thrown, calls }: ProducerStep): void {
    this.state = { ...this.state, producer: state };
    this.effects.push(...warningsOf(logs, this.#clock, this.#tool.mainFrame), ...effects);
    for (const result of results) {
      const { data, text, problem = '' } = this.#tool.heard(this.state.data, result, this.#clock);
      this.state = { ...this.state, data };
      if (text !== '') this.effects.push(print(text));
      if (problem !== '') this.effects.push(printError(problem));
    }
    if (thrown !== null) this.stop(1, thrown);
    for (const { exception } of calls) this.#afterCall(exception);
  }

  #afterCall(exception: JavaException | null): void {
    const { step, transaction } = this.state;
    if (exception !== null) return this.stop(1, exception);
    if (transaction !== null) this.state = { ...this.state, transaction: { ...transaction, size: 0 } };
    if (step === 'initTransactions') this.#loop();
    else if (step === 'commit') this.#to('throttle');
    else if (step === 'lastCommit') this.stop(0);
  }

  goOn(): void {
    for (let made = 0; this.state.exitCode === null; ) {
      const { step, producer } = this.state;
      if (step === 'record') {
        if (made >= BURST) return this.#sleep(BURST_US);
        made++;
        this.#record();
      } else if (step === 'sent') {
        if (isBlocked(producer)) return;
        this.#afterSend();
      } else if (step === 'throttle') this.#throttle();
      else return;
    }
    this.#close();
  }

  #record(): void {
    const { sent, total, data, producer } = this.state;
    if (total !== null && sent >= total) return this.#endLoop();
    const { data: next, record } = this.#tool.record(data, sent);
    this.state = { ...this.state, data: next };
    if (this.state.transaction?.size === 0) {
      const begun = beginTransaction(producer);
      this.state = {
        ...this.state,
        producer: begun.producer,
        transaction: { ...this.state.transaction, startedAt: this.#now },
      };
      if (begun.failure !== null) return this.stop(1, begun.failure);
    }
    this.state = { ...this.state, sent: sent + 1, sentAt: this.#now, step: 'sent' };
    this.take(sendRecord(this.state.producer, dated(record, this.#clock), sent, this.#now));
  }

  #afterSend(): void {
    const { transaction, sentAt } = this.state;
    this.#to('throttle');
    if (transaction === null) return;
    const { durationMs, startedAt, size } = transaction;
    this.state = { ...this.state, transaction: { ...transaction, size: size + 1 } };
    if (durationMs > timestampMsAt(sentAt) - timestampMsAt(startedAt)) return;
    this.#to('commit');
    this.#call(commitTransaction(this.state.producer, 'commit', this.#now));
  }

  #endLoop(): void {
    const { transaction, producer } = this.state;
    if (transaction === null || transaction.size === 0) return this.stop(0);
    this.#to('lastCommit');
    this.#call(commitTransaction(producer, 'commit', this.#now));
  }

  /** `ThroughputThrottler`, of org.apache.kafka.server.util: its clock decides, so that a throughput of 0 lets two records through. */
  #throttle(): void {
    const { throughput, sent, sentAt, startedAt, sleepDeficitUs } = this.state;
    const elapsedSec = (timestampMsAt(sentAt) - timestampMsAt(startedAt)) / 1000;
    if (throughput < 0 || elapsedSec <= 0 || (sent - 1) / elapsedSec <= throughput) return this.#to('record');
    if (throughput === 0) return this.#to('asleep');
    const deficitUs = sleepDeficitUs + Math.round(seconds(1) / throughput);
    if (deficitUs < MIN_SLEEP_US) {
      this.state = { ...this.state, sleepDeficitUs: deficitUs, step: 'record' };
      return;
    }
    this.state = { ...this.state, sleepDeficitUs: 0 };
    this.#sleep(deficitUs);
  }

  #sleep(durationUs: number): void {
    this.#to('asleep');
    this.effects.push(setTimer('next record', durationUs, { type: 'GO_ON' }));
  }

  #close(): void {
    const { producer, failure } = this.state;
    const diesAtOnce = failure !== null && this.#tool.catches.length === 0;
    if (!diesAtOnce && producer.life === 'open') this.take(closeProducer(producer, this.#now));
    if (diesAtOnce || isClosed(this.state.producer)) this.#end(diesAtOnce);
  }

  #end(diesAtOnce: boolean): void {
    const { data, startedAt, sent, exitCode, failure } = this.state;
    if (failure !== null) {
      this.effects.push(printError(`Exception in thread "main" ${stackTrace(failure, this.#tool.mainFrame)}`));
    }
    const text = diesAtOnce ? '' : this.#tool.ended(data, { startedAt, sent }, this.#now);
    if (text !== '') this.effects.push(print(text));
    this.effects.push(exit(exitCode ?? 0));
  }
}

const producingPrograms: ReadonlySet<string> = new Set(['kafka-producer-perf-test', 'kafka-verifiable-producer']);
/** The producer of a process of these tools; null before it has begun, and for other programs. */
export function producerIn({ program, snapshot }: Process): Producer | null {
  if (!producingPrograms.has(program)) return null;
  // The program's name proves whose snapshot it is.
  return (stateIn(snapshot) as ProducingState<unknown> | null | undefined)?.producer ?? null;
}
