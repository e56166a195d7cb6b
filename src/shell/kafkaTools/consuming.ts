/** A tool that polls and counts: what kafka-consumer-perf-test and kafka-verifiable-consumer have in common. */
import type { ClientTimer } from '../../cluster/client/clientStep.ts';
import type { ConsumerStep } from '../../cluster/client/consumer/consumer.ts';
import {
  closeConsumer,
  commitAsync,
  commitSync,
  createConsumer,
  handleConsumer,
  isClosed,
  isPolling,
  poll,
  subscribe,
  wakeUp,
} from '../../cluster/client/consumer/consumer.ts';
import type {
  Consumer,
  ConsumerCallResult,
  ConsumerRecord,
  OffsetToCommit,
  RebalanceNotice,
} from '../../cluster/client/consumer/consumerState.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import type { Process, ProcessInput, Program } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { exit, print, printError } from '../effects.ts';
import { defineProgram, startUpUsOf, stateIn } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { warningsOf } from './clientLogText.ts';
import { ToolExit, farewell } from './commandLine.ts';
import { Thrown, stackTrace } from './stackTrace.ts';

/** What follows from records, or from none. */
export interface Reaction<Data> {
  readonly data: Data;
  readonly text?: string;
  readonly commit?: { readonly offsets: readonly OffsetToCommit[]; readonly isAwaited: boolean };
  readonly isFinished?: boolean;
}

/** `Data`: the tool's own, plain data. */
export interface ConsumingTool<Data> {
  readonly mainFrame: string;
  readonly catches: readonly CaughtSignal[];
  /** Throws a `ToolExit`, or a `Thrown`. */
  begin(input: ProcessInput): {
    readonly data: Data;
    readonly properties: Readonly<Record<string, string>>;
    readonly topic: string;
    readonly pollMs: number;
  };
  started(data: Data, now: VirtualTimeUs): string;
  received(data: Data, records: readonly ConsumerRecord[], now: VirtualTimeUs): Reaction<Data>;
  rebalanced(data: Data, notice: RebalanceNotice, now: VirtualTimeUs): { readonly data: Data; readonly text: string };
  committed?(data: Data, call: ConsumerCallResult, now: VirtualTimeUs): string;
  /** Before the consumer is closed. */
  ending?(data: Data, now: VirtualTimeUs): string;
  ended?(data: Data, now: VirtualTimeUs): string;
  failed(exception: JavaException, now: VirtualTimeUs): { readonly text: string; readonly exitCode: number };
}

interface ConsumingState<Data> {
  readonly data: Data;
  readonly consumer: Consumer;
  readonly pollMs: number;
  /** A commit that is waited for. */
  readonly isCommitting: boolean;
  readonly exitCode: number | null;
}

export function consumingProgram<Data>(tool: ConsumingTool<Data>): Program {
  return defineProgram<ConsumingState<Data> | null, ClientTimer>({
    startUpUs: startUpUsOf.kafkaTool,
    catches: tool.catches,
    start(input) {
      try {
        const { data, properties, topic, pollMs } = tool.begin(input);
        const { seed, now } = input;
        const created = createConsumer({ properties, slot: 0, seed, now });
        if (created.outcome === 'failed') throw new Thrown(created.exception);
        const consumer = subscribe(created.state, [topic]);
        const turn = new Turn(tool, { data, consumer, pollMs, isCommitting: false, exitCode: null }, now);
        turn.effects.push(...warningsOf(created.logs, now, tool.mainFrame), ...created.effects);
        turn.say(tool.started(data, now));
        turn.goOn();
        return { state: turn.state, effects: turn.effects };
      } catch (problem) {
        return { state: null, effects: lastWords(problem, tool.mainFrame) };
      }
    },
    handle(state, event) {
      if (state === null) return { state, effects: [] };
      const turn = new Turn(tool, state, event.now);
      if (event.type === 'SIGNAL') turn.stop(exitCodeOf[event.signal]);
      else if (isClientEvent(event)) turn.take(handleConsumer(state.consumer, event));
      turn.goOn();
      return { state: turn.state, effects: turn.effects };
    },
  });
}

function lastWords(problem: unknown, mainFrame: string): readonly KernelEffect[] {
  if (problem instanceof ToolExit) return farewell(problem);
  if (!(problem instanceof Thrown)) throw problem;
  return [printError(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`), exit(1)];
}

class Turn<Data> {
  state: ConsumingState<Data>;
  readonly effects: KernelEffect[] = [];
  readonly #tool: ConsumingTool<Data>;
  readonly #now: VirtualTimeUs;

  constructor(tool: ConsumingTool<Data>, state: ConsumingState<Data>, now: VirtualTimeUs) {
    this.#tool = tool;
    this.state = state;
    this.#now = now;
  }

  say(text: string): void {
    if (text !== '') this.effects.push(print(text));
  }

  stop(exitCode: number): void {
    if (this.state.exitCode !== null) return;
    this.state = { ...this.state, exitCode };
    this.take(wakeUp(this.state.consumer, this.#now));
  }

  take({ state, effects, logs, polled, calls, rebalances }: ConsumerStep): void {
    this.state = { ...this.state, consumer: state };
    this.effects.push(...warningsOf(logs, this.#now, this.#tool.mainFrame), ...effects);
    for (const notice of rebalances) {
      const { data, text } = this.#tool.rebalanced(this.state.data, notice, this.#now);
      this.state = { ...this.state, data };
      this.say(text);
    }
    for (const call of calls) {
      this.state = { ...this.state, isCommitting: false };
      this.say(this.#tool.committed?.(this.state.data, call, this.#now) ?? '');
    }
    if (polled === null || this.state.exitCode !== null) return;
    if (polled.exception !== null) this.#fail(polled.exception);
    else this.#receive(polled.records);
  }

  #fail(exception: JavaException): void {
    const { text, exitCode } = this.#tool.failed(exception, this.#now);
    if (text !== '') this.effects.push(printError(text));
    this.state = { ...this.state, exitCode };
  }

  #receive(records: readonly ConsumerRecord[]): void {
    const { data, text = '', commit } = this.#tool.received(this.state.data, records, this.#now);
    this.state = { ...this.state, data };
    this.say(text);
    if (commit !== undefined) {
      this.state = { ...this.state, isCommitting: commit.isAwaited };
      const start = commit.isAwaited ? commitSync : commitAsync;
      this.take(start(this.state.consumer, commit.offsets, 'commit', this.#now));
    }
  }

  goOn(): void {
    while (this.state.exitCode === null && !this.state.isCommitting) {
      if (this.#isFinished()) {
        this.state = { ...this.state, exitCode: 0 };
      } else {
        if (isPolling(this.state.consumer)) return;
        this.take(poll(this.state.consumer, this.state.pollMs, this.#now));
      }
    }
    if (this.state.exitCode === null) return;
    if (this.state.consumer.closing === 'no') {
      this.say(this.#tool.ending?.(this.state.data, this.#now) ?? '');
      this.take(closeConsumer(this.state.consumer, this.#now));
    }
    if (!isClosed(this.state.consumer)) return;
    this.say(this.#tool.ended?.(this.state.data, this.#now) ?? '');
    this.effects.push(exit(this.state.exitCode));
  }

  /** Asked before every poll, by showing it no records. */
  #isFinished(): boolean {
    return !isPolling(this.state.consumer) && this.#tool.received(this.state.data, [], this.#now).isFinished === true;
  }
}

const consumingPrograms: ReadonlySet<string> = new Set(['kafka-consumer-perf-test', 'kafka-verifiable-consumer']);
/** The consumer of a process of these tools; null before it has begun, and for other programs. */
export function consumerIn({ program, snapshot }: Process): Consumer | null {
  if (!consumingPrograms.has(program)) return null;
  // The program's name proves whose snapshot it is.
  return (stateIn(snapshot) as ConsumingState<unknown> | null | undefined)?.consumer ?? null;
}
