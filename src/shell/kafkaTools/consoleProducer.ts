/**
 * kafka-console-producer (`kafka.tools.ConsoleProducer`, 3.9.0): every line read is a record. Lines that linger are lost by Ctrl-C, which
 * nothing catches, and sent at the end of the input.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { ClientTimer } from '../../cluster/client/clientStep.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import { exceptionText } from '../../cluster/client/javaException.ts';
import type { ProducerStep } from '../../cluster/client/producer/producer.ts';
import {
  closeProducer,
  createProducer,
  handleProducer,
  isBlocked,
  isClosed,
  sendRecord,
} from '../../cluster/client/producer/producer.ts';
import { dated } from '../../cluster/client/producer/producerState.ts';
import type { Producer, SendResult } from '../../cluster/client/producer/producerState.ts';
import { sizeOf } from '../../kafka/bytes.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { Circumstances } from '../../kernel/events.ts';
import { clockReading } from '../../kernel/host.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { exit, print, printError, read } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf, stateIn } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { logText, warningsOf } from './clientLogText.ts';
import { ToolExit, farewell } from './commandLine.ts';
import { parseProducerArguments, producerProperties, readerProperties } from './consoleProducer/arguments.ts';
import type { LineReader } from './consoleProducer/lineReader.ts';
import { lineReaderOf, readRecord } from './consoleProducer/lineReader.ts';
import { OptionException } from './optionParser.ts';
import { Thrown, stackTrace, thrown } from './stackTrace.ts';

const mainFrame = 'kafka.tools.ConsoleProducer.main(ConsoleProducer.scala)';
const lineMessageReader = 'kafka.tools.ConsoleProducer$LineMessageReader';

interface ConsoleProducerState {
  readonly topic: string;
  readonly isSync: boolean;
  readonly prompts: boolean;
  readonly reader: LineReader;
  readonly producer: Producer;
  /** Read and not yet sent; what comes after the last line end waits in `remainder`. */
  readonly lines: readonly string[];
  /** Index in `lines` of the first one not yet sent. */
  readonly nextLine: number;
  readonly remainder: string;
  readonly hasEnded: boolean;
  /** Of the line that is awaited, or was read last. */
  readonly lineNumber: number;
  /** That line has been asked for and has not come. */
  readonly isPrompted: boolean;
  readonly isReading: boolean;
  /** With `--sync`, the line whose answer is awaited. */
  readonly awaited: number | null;
  /** What ended the loop before the end of the input. */
  readonly failure: JavaException | null;
}

export const consoleProducer = defineProgram<ConsoleProducerState | null, ClientTimer>({
  startUpUs: startUpUsOf.kafkaTool,
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
    if (event.type === 'STDIN') turn.takeText(event.text);
    else if (event.type === 'STDIN_CLOSED') turn.takeEnd();
    else if (isClientEvent(event)) turn.take(handleProducer(state.producer, event));
    turn.goOn();
    return turn.outcome();
  },
});

function begin(input: ProcessInput): Outcome<ConsoleProducerState> {
  const { topic, isSync, readerClass, options } = parseProducerArguments(input.argv.slice(1));
  const properties = producerProperties(input, options);
  const { seed, now } = input;
  const created = createProducer({ properties, slot: 0, seed, now });
  const warnings = warningsOf(created.logs, now, mainFrame);
  if (created.outcome === 'failed') throw new Failed(warnings, created.exception);
  let reader = lineReaderOf({});
  let failure: JavaException | null = null;
  try {
    if (readerClass !== lineMessageReader) throw thrown('java.lang.ClassNotFoundException', readerClass);
    reader = lineReaderOf(readerProperties(input, options));
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    failure = problem.exception;
  }
  const turn = new Turn(
    {
      topic,
      isSync,
      prompts: input.stdinIsTerminal && input.stdoutIsTerminal,
      reader,
      producer: created.state,
      lines: [],
      nextLine: 0,
      remainder: '',
      hasEnded: false,
      lineNumber: 0,
      isPrompted: false,
      isReading: false,
      awaited: null,
      failure: null,
    },
    input,
  );
  turn.effects.push(...warnings, ...created.effects);
  if (failure !== null) turn.fail(failure);
  turn.goOn();
  return turn.outcome();
}

/** The producer could not be made. */
class Failed extends Thrown {
  readonly before: readonly KernelEffect[];

  constructor(before: readonly KernelEffect[], exception: JavaException) {
    super(exception);
    this.before = before;
  }
}

function lastWords(problem: unknown): readonly KernelEffect[] {
  if (problem instanceof ToolExit) return farewell(problem);
  if (problem instanceof OptionException) return [printError(`${problem.exception.message ?? ''}\n`), exit(1)];
  if (!(problem instanceof Thrown)) throw problem;
  const before = problem instanceof Failed ? problem.before : [];
  return [...before, printError(stackTrace(problem.exception, mainFrame)), exit(1)];
}

/** One event: the state as it becomes, and what is asked of the kernel on the way. */
class Turn {
  state: ConsoleProducerState;
  readonly effects: KernelEffect[] = [];
  readonly #now: VirtualTimeUs;
  /** What the wall clock of the host shows. */
  readonly #clock: VirtualTimeUs;

  constructor(state: ConsoleProducerState, { now, host }: Pick<Circumstances, 'now' | 'host'>) {
    this.state = state;
    this.#now = now;
    this.#clock = clockReading(now, host);
  }

  outcome(): Outcome<ConsoleProducerState> {
    return { state: this.state, effects: this.effects };
  }

  takeText(text: string): void {
    const lines = (this.state.remainder + text).split(/\r\n|\n|\r/);
    const remainder = lines.pop() ?? '';
    this.#addLines(lines);
    this.state = { ...this.state, remainder, isReading: false };
  }

  takeEnd(): void {
    const { remainder } = this.state;
    this.#addLines(remainder === '' ? [] : [remainder]);
    this.state = { ...this.state, remainder: '', hasEnded: true, isReading: false };
  }

  /** What has been sent is forgotten, so that a long input is not copied at each line. */
  #addLines(added: readonly string[]): void {
    const { lines, nextLine } = this.state;
    this.state = { ...this.state, lines: [...lines.slice(nextLine), ...added], nextLine: 0 };
  }

  take({ state, effects, logs, results, thrown: refused }: ProducerStep): void {
    this.state = { ...this.state, producer: state };
    const logsAfter = (count: number): void => {
      const there = logs.filter(({ afterResults = 0 }) => afterResults === count);
      this.effects.push(...warningsOf(there, this.#clock, mainFrame));
    };
    logsAfter(0);
    this.effects.push(...effects);
    for (const [index, result] of results.entries()) {
      this.#hearOf(result);
      logsAfter(index + 1);
    }
    if (refused !== null) this.fail(refused);
  }

  /** Closes the producer, then says why; exit 1. */
  fail(exception: JavaException): void {
    this.state = { ...this.state, failure: exception, hasEnded: true, lines: [], nextLine: 0, awaited: null };
  }

  /** Sends what there is, as long as `send` does not block. */
  goOn(): void {
    for (;;) {
      const { producer, lines, nextLine, hasEnded, isReading, awaited, failure } = this.state;
      if (producer.life === 'open' && failure === null && (isBlocked(producer) || awaited !== null)) return;
      if (failure === null && producer.life === 'open' && !this.state.isPrompted) this.#prompt();
      const line = lines[nextLine];
      if (line !== undefined) {
        this.state = { ...this.state, nextLine: nextLine + 1, isPrompted: false };
        this.#send(line);
        continue;
      }
      if (!hasEnded) {
        if (!isReading) this.effects.push(read);
        this.state = { ...this.state, isReading: true };
        return;
      }
      if (producer.life === 'open') this.take(closeProducer(producer, this.#now));
      if (isClosed(this.state.producer)) this.#end();
      return;
    }
  }

  #prompt(): void {
    this.state = { ...this.state, lineNumber: this.state.lineNumber + 1, isPrompted: true };
    if (this.state.prompts) this.effects.push(print('>'));
  }

  #send(line: string): void {
    const { reader, topic, isSync, producer } = this.state;
    try {
      const record = readRecord(reader, line, this.state.lineNumber);
      const tag = this.state.lineNumber;
      if (isSync) this.state = { ...this.state, awaited: tag };
      this.take(sendRecord(producer, dated({ topic, ...record }, this.#clock), tag, this.#now));
    } catch (problem) {
      if (!(problem instanceof Thrown)) throw problem;
      this.fail(problem.exception);
    }
  }

  #hearOf({ tag, topic, record, outcome }: SendResult): void {
    const { isSync, awaited } = this.state;
    if (isSync) {
      if (tag !== awaited) return;
      this.state = { ...this.state, awaited: null };
      if (outcome.outcome === 'failed') {
        const { exception } = outcome;
        const message = exceptionText(exception);
        this.fail({ class: 'java.util.concurrent.ExecutionException', message, cause: exception });
      }
      return;
    }
    if (outcome.outcome !== 'failed') return;
    const size = (bytes: typeof record.key): string => (bytes === null ? 'null' : `${sizeOf(bytes)} bytes`);
    const text = `Error when sending message to topic ${topic} with key: ${size(record.key)}, value: ${size(record.value)} with error:`;
    const logger = 'org.apache.kafka.clients.producer.internals.ErrorLoggingCallback';
    const log = { level: 'ERROR', text, class: logger, exception: outcome.exception } as const;
    this.effects.push(printError(logText(log, this.#clock, mainFrame)));
  }

  #end(): void {
    const { failure } = this.state;
    if (failure === null) this.effects.push(exit(0));
    else this.effects.push(printError(stackTrace(failure, mainFrame)), exit(1));
  }
}

/** What a console producer is about, read from its process's snapshot; null before it has begun, or when its arguments were wrong. */
export function consoleProducerIn(
  snapshot: AnyMachineSnapshot,
): { readonly topic: string; readonly producer: Producer } | null {
  // Only this program's snapshots are handed in.
  return (stateIn(snapshot) as ConsoleProducerState | null | undefined) ?? null;
}
