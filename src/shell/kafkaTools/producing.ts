/**
 * A tool that makes up records and sends them, as fast as it is told or as it can: what kafka-producer-perf-test and
 * kafka-verifiable-producer have in common.
 */
import type { AnyStateMachine } from 'xstate';
import type { ClientTimer } from '../../cluster/client/clientStep.ts';
import type { ProducerStep } from '../../cluster/client/producer/producer.ts';
import {
  closeProducer,
  createProducer,
  handleProducer,
  isBlocked,
  isClosed,
  sendRecord,
} from '../../cluster/client/producer/producer.ts';
import type { Producer, RecordForTopic, SendResult } from '../../cluster/client/producer/producerState.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import { exit, print, printError, setTimer } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { warningsOf } from './clientLogText.ts';
import { ToolExit } from './commandLine.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

/** `Data`: the tool's own, plain data. */
export interface ProducingTool<Data> {
  readonly mainFrame: string;
  readonly catches: readonly CaughtSignal[];
  /** Throws a `ToolExit`, or a `Thrown`. */
  begin(input: ProcessInput): {
    readonly data: Data;
    readonly properties: Readonly<Record<string, string>>;
    /** Null: without end. */
    readonly total: number | null;
    /** Records a second; below 0: as fast as it goes. */
    readonly throughput: number;
  };
  /** What is printed once the producer is there. */
  started?(data: Data, now: VirtualTimeUs): string;
  record(data: Data, index: number): { readonly data: Data; readonly record: RecordForTopic };
  /** A callback. */
  heard(data: Data, result: SendResult, now: VirtualTimeUs): { readonly data: Data; readonly text: string };
  ended(data: Data, run: { readonly startedAt: VirtualTimeUs; readonly sent: number }, now: VirtualTimeUs): string;
}

interface ProducingState<Data> {
  readonly data: Data;
  readonly producer: Producer;
  readonly total: number | null;
  readonly throughput: number;
  readonly sent: number;
  readonly startedAt: VirtualTimeUs;
  /** Until the timer for the next record. */
  readonly isPausing: boolean;
  readonly exitCode: number | null;
  readonly failure: JavaException | null;
}

type Pause = { readonly type: 'GO_ON' };

/** How many records a tool makes without a pause of its own; a real one takes some time for each. */
const BURST = 200;
const BURST_US = 1000;

export function producingProgram<Data>(tool: ProducingTool<Data>): AnyStateMachine {
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
      const turn = new Turn(tool, state, event.now);
      if (event.type === 'SIGNAL') turn.stop(exitCodeOf[event.signal]);
      else if (event.type === 'GO_ON') turn.state = { ...turn.state, isPausing: false };
      else if (isClientEvent(event)) turn.take(handleProducer(state.producer, event));
      turn.goOn();
      return { state: turn.state, effects: turn.effects };
    },
  });
}

function begin<Data>(tool: ProducingTool<Data>, input: ProcessInput): Outcome<ProducingState<Data> | null> {
  const { data, properties, total, throughput } = tool.begin(input);
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
    isPausing: false,
    exitCode: null,
    failure: null,
  };
  const turn = new Turn(tool, state, now);
  turn.effects.push(...warnings, ...created.effects);
  const greeting = tool.started?.(data, now) ?? '';
  if (greeting !== '') turn.effects.push(print(greeting));
  turn.goOn();
  return { state: turn.state, effects: turn.effects };
}

function lastWords(problem: unknown, mainFrame: string): readonly KernelEffect[] {
  if (problem instanceof ToolExit) {
    return [
      ...(problem.stdout === '' ? [] : [print(problem.stdout)]),
      ...(problem.stderr === '' ? [] : [printError(problem.stderr)]),
      exit(problem.code),
    ];
  }
  if (!(problem instanceof Thrown)) throw problem;
  return [printError(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`), exit(1)];
}

class Turn<Data> {
  state: ProducingState<Data>;
  readonly effects: KernelEffect[] = [];
  readonly #tool: ProducingTool<Data>;
  readonly #now: VirtualTimeUs;

  constructor(tool: ProducingTool<Data>, state: ProducingState<Data>, now: VirtualTimeUs) {
    this.#tool = tool;
    this.state = state;
    this.#now = now;
  }

  stop(exitCode: number, failure: JavaException | null = null): void {
    if (this.state.exitCode === null) this.state = { ...this.state, exitCode, failure };
  }

  take({ state, effects, logs, results, thrown }: ProducerStep): void {
    this.state = { ...this.state, producer: state };
    this.effects.push(...warningsOf(logs, this.#now, this.#tool.mainFrame), ...effects);
    for (const result of results) {
      const { data, text } = this.#tool.heard(this.state.data, result, this.#now);
      this.state = { ...this.state, data };
      if (text !== '') this.effects.push(print(text));
    }
    if (thrown !== null) this.stop(1, thrown);
  }

  goOn(): void {
    for (let made = 0; this.state.exitCode === null; made++) {
      const { sent, total, producer, isPausing, data } = this.state;
      if (isPausing || isBlocked(producer)) return;
      if (total !== null && sent >= total) this.stop(0);
      else if (this.#mustPause(made)) return;
      else {
        const { data: next, record } = this.#tool.record(data, sent);
        this.state = { ...this.state, data: next, sent: sent + 1 };
        this.take(sendRecord(producer, record, sent, this.#now));
      }
    }
    const { producer } = this.state;
    if (producer.life === 'open') this.take(closeProducer(producer, this.#now));
    if (isClosed(this.state.producer)) this.#end();
  }

  /** Between records as the throughput wants it, else now and then for a moment. */
  #mustPause(made: number): boolean {
    const { throughput, sent, startedAt } = this.state;
    let delayUs = 0;
    if (throughput === 0 && sent > 0) delayUs = seconds(3600);
    else if (throughput > 0) delayUs = startedAt + Math.ceil((sent * seconds(1)) / throughput) - this.#now;
    else if (made >= BURST) delayUs = BURST_US;
    if (delayUs <= 0) return false;
    this.state = { ...this.state, isPausing: true };
    this.effects.push(setTimer('next record', delayUs, { type: 'GO_ON' }));
    return true;
  }

  #end(): void {
    const { data, startedAt, sent, exitCode, failure } = this.state;
    if (failure !== null) {
      this.effects.push(printError(`Exception in thread "main" ${stackTrace(failure, this.#tool.mainFrame)}`));
    }
    const text = this.#tool.ended(data, { startedAt, sent }, this.#now);
    if (text !== '') this.effects.push(print(text));
    this.effects.push(exit(exitCode ?? 0));
  }
}
