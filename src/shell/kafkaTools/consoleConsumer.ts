/**
 * kafka-console-consumer (`org.apache.kafka.tools.consumer.ConsoleConsumer`, 3.9.0): prints what it reads. A signal wakes its `poll` up; it
 * then leaves its group as at any other end, and says how many records it had.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { ClientTimer } from '../../cluster/client/clientStep.ts';
import type { ConsumerStep } from '../../cluster/client/consumer/consumer.ts';
import {
  assign,
  closeConsumer,
  createConsumer,
  handleConsumer,
  isClosed,
  isPolling,
  poll,
  seek,
  seekTo,
  subscribe,
  subscribePattern,
  wakeUp,
} from '../../cluster/client/consumer/consumer.ts';
import type { Consumer, ConsumerRecord, PollResult } from '../../cluster/client/consumer/consumerState.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import { simpleName } from '../../cluster/client/javaException.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import { exitCodeOf } from '../../kernel/effects.ts';
import type { CaughtSignal } from '../../kernel/events.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms, timestampMsAt } from '../../kernel/time.ts';
import { exit, print, printError } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf, stateIn } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { logText, warningsOf } from './clientLogText.ts';
import { ToolExit, farewell } from './commandLine.ts';
import type { ConsumerArguments } from './consoleConsumer/arguments.ts';
import { includedTopics, parseConsumerArguments } from './consoleConsumer/arguments.ts';
import type { FormatterChoice } from './consoleConsumer/formatter.ts';
import { formatterOf } from './consoleConsumer/formatter.ts';
import { OptionException } from './optionParser.ts';
import { Thrown, illegalArgument, stackTrace, thrown } from './stackTrace.ts';
import { patternSyntaxError } from './patternSyntaxError.ts';
import { compileRegex } from './topicFilter.ts';

const mainFrame = 'org.apache.kafka.tools.consumer.ConsoleConsumer.main(ConsoleConsumer.java:53)';
const logger = 'org.apache.kafka.tools.consumer.ConsoleConsumer';

interface ConsoleConsumerState {
  /** Null: those that match `--include`. */
  readonly topic: string | null;
  readonly consumer: Consumer;
  readonly formatter: FormatterChoice;
  readonly skipsErrors: boolean;
  readonly tellsSystemTests: boolean;
  /** Null: for ever. */
  readonly timeoutMs: number | null;
  /** Null: as many as there are. */
  readonly maxMessages: number | null;
  readonly consumed: number;
  /** Unix milliseconds. */
  readonly begunAtMs: number;
  /** Of those consumed, records written since it began. */
  readonly live: number;
  /** Since when the next record is awaited. */
  readonly awaitedSince: VirtualTimeUs;
  /** The consumer is being closed, or will be at the end of this turn. */
  readonly ending: Ending | null;
}

interface Ending {
  readonly exitCode: number;
  /** What `main` says of it last. */
  readonly failure: JavaException | null;
}

export const consoleConsumer = defineProgram<ConsoleConsumerState | null, ClientTimer>({
  startUpUs: startUpUsOf.kafkaTool,
  catches: ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'],
  start(input) {
    try {
      return begin(input);
    } catch (problem) {
      return { state: null, effects: lastWords(problem) };
    }
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    const turn = new Turn(state, event.now);
    if (event.type === 'SIGNAL') turn.takeSignal(event.signal);
    else if (isClientEvent(event)) turn.take(handleConsumer(state.consumer, event));
    turn.goOn();
    return turn.outcome();
  },
});

function begin(input: ProcessInput): Outcome<ConsoleConsumerState> {
  const parsed = parseConsumerArguments(input);
  const { options, properties, formatter, timeoutMs, warning } = parsed;
  const { seed, now } = input;
  const effects: KernelEffect[] = warning === '' ? [] : [printError(warning)];
  for (const { text, exception } of formatterOf(formatter)?.problems ?? []) {
    const log = { level: 'ERROR', text, class: formatter.className, exception } as const;
    effects.push(printError(logText(log, now, mainFrame)));
  }
  const created = createConsumer({ properties, slot: 0, seed, now });
  effects.push(...warningsOf(created.logs, now, mainFrame));
  if (created.outcome === 'failed') return failedBeforeReading(effects, created.exception, now);
  effects.push(...created.effects);
  let consumer: Consumer;
  try {
    consumer = interested(created.state, parsed);
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    return failedBeforeReading(effects, problem.exception, now);
  }
  const state: ConsoleConsumerState = {
    topic: options.valueOf('topic') ?? null,
    consumer,
    formatter,
    skipsErrors: options.has('skip-message-on-error'),
    tellsSystemTests: options.has('enable-systest-events'),
    timeoutMs,
    maxMessages: null,
    consumed: 0,
    begunAtMs: timestampMsAt(now),
    live: 0,
    awaitedSince: now,
    ending: null,
  };
  const turn = new Turn(withMaximum(state, parsed), now);
  turn.effects.push(...effects);
  turn.goOn();
  return turn.outcome();
}

/** What is wrong with `--max-messages` is seen when reading begins. */
function withMaximum(state: ConsoleConsumerState, { options }: ConsumerArguments): ConsoleConsumerState {
  try {
    const given = options.integerOf('max-messages') ?? -1;
    return { ...state, maxMessages: given === -1 ? null : given };
  } catch (problem) {
    if (!(problem instanceof OptionException)) throw problem;
    return { ...state, ending: { exitCode: 1, failure: problem.exception } };
  }
}

function interested(consumer: Consumer, { options, startOffset }: ConsumerArguments): Consumer {
  const topic = options.valueOf('topic');
  if (topic === undefined) {
    const pattern = includedTopics(options) ?? '';
    if (compileRegex(pattern) === undefined) {
      throw thrown('java.util.regex.PatternSyntaxException', patternSyntaxError(pattern));
    }
    return subscribePattern(consumer, pattern);
  }
  const partition = options.integerOf('partition');
  if (partition === undefined) {
    if (topic.trim() === '') {
      throw illegalArgument('Topic collection to subscribe to cannot contain null or empty topic');
    }
    return subscribe(consumer, [topic]);
  }
  const place = { topic, partition };
  const assigned = assign(consumer, [place]);
  return typeof startOffset === 'number' ? seek(assigned, place, startOffset) : seekTo(assigned, [place], startOffset);
}

function failedBeforeReading(
  effects: readonly KernelEffect[],
  exception: JavaException,
  now: VirtualTimeUs,
): Outcome<never> {
  // Nothing has been read: there is no state.
  return { state: null as never, effects: [...effects, printError(unknownError(exception, now)), exit(1)] };
}

function lastWords(problem: unknown): readonly KernelEffect[] {
  if (problem instanceof ToolExit) return farewell(problem);
  if (problem instanceof OptionException || problem instanceof Thrown) {
    return [printError(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`), exit(1)];
  }
  throw problem;
}

const unknownError = (exception: JavaException, now: VirtualTimeUs): string =>
  logText({ level: 'ERROR', text: 'Unknown error when running consumer: ', class: logger, exception }, now, mainFrame);

/** One event: the state as it becomes, and what is asked of the kernel on the way. */
class Turn {
  state: ConsoleConsumerState;
  readonly effects: KernelEffect[] = [];
  readonly #now: VirtualTimeUs;
  #polled: PollResult | null = null;

  constructor(state: ConsoleConsumerState, now: VirtualTimeUs) {
    this.state = state;
    this.#now = now;
  }

  outcome(): Outcome<ConsoleConsumerState> {
    return { state: this.state, effects: this.effects };
  }

  take({ state, effects, logs, polled }: ConsumerStep): void {
    this.state = { ...this.state, consumer: state };
    this.effects.push(...warningsOf(logs, this.#now, mainFrame), ...effects);
    this.#polled = polled ?? this.#polled;
  }

  /** The shutdown hook; a second signal finds it at work. */
  takeSignal(signal: CaughtSignal): void {
    if (this.state.ending !== null) return;
    if (signal === 'SIGPIPE') {
      this.effects.push(printError('Unable to write to standard out, closing consumer.\n'));
      this.#endWith(0);
    } else this.#endWith(exitCodeOf[signal]);
    this.take(wakeUp(this.state.consumer, this.#now));
  }

  #endWith(exitCode: number, failure: JavaException | null = null): void {
    this.state = { ...this.state, ending: { exitCode, failure } };
  }

  /** Reads until a poll has to wait, then closes if there is an end. */
  goOn(): void {
    while (this.state.ending === null) {
      const polled = this.#polled;
      this.#polled = null;
      if (polled !== null) this.#receive(polled);
      const { consumed, maxMessages, ending } = this.state;
      if (ending !== null) break;
      if (maxMessages !== null && consumed >= maxMessages) {
        this.#endWith(0);
        break;
      }
      if (isPolling(this.state.consumer)) return;
      const timeoutMs = this.state.timeoutMs ?? Number.MAX_SAFE_INTEGER;
      this.take(poll(this.state.consumer, timeoutMs, this.#now));
    }
    if (this.state.consumer.closing === 'no') this.take(closeConsumer(this.state.consumer, this.#now));
    if (isClosed(this.state.consumer)) this.#end();
  }

  #receive({ records, exception }: PollResult): void {
    const { timeoutMs, awaitedSince } = this.state;
    if (exception !== null) this.#terminate(exception);
    else if (records.length > 0) this.#print(records);
    else if (timeoutMs !== null && this.#now - awaitedSince >= ms(timeoutMs)) {
      this.#terminate({ class: 'org.apache.kafka.common.errors.TimeoutException', message: null });
    }
  }

  #terminate(exception: JavaException): void {
    if (simpleName(exception) !== 'WakeupException') {
      this.#logError('Error processing message, terminating consumer process: ', exception);
    }
    this.#endWith(0);
  }

  #print(records: readonly ConsumerRecord[]): void {
    const { formatter, skipsErrors, maxMessages } = this.state;
    const formatting = formatterOf(formatter)!;
    let text = '';
    const flush = (): void => {
      if (text !== '') this.effects.push(print(text));
      text = '';
    };
    let { consumed, live } = this.state;
    const wanted = maxMessages === null ? records : records.slice(0, Math.max(0, maxMessages - consumed));
    let failure: JavaException | null = null;
    for (const [index, record] of wanted.entries()) {
      consumed++;
      if (record.timestamp >= this.state.begunAtMs) live++;
      const written = formatting.format(record);
      text += written.text;
      if (written.exception === null) continue;
      flush();
      if (skipsErrors) this.#logError('Error processing message, skipping this message: ', written.exception);
      else {
        failure = written.exception;
        this.#forget(records.slice(index + 1));
        break;
      }
    }
    flush();
    this.state = { ...this.state, consumed, live, awaitedSince: this.#now };
    if (failure !== null) this.#endWith(1, failure);
    else this.#forget(records.slice(wanted.length));
  }

  /** Positions return to the first record of each partition that was not printed: nobody shall commit beyond it. */
  #forget(records: readonly ConsumerRecord[]): void {
    const known = new Set<string>();
    let { consumer } = this.state;
    for (const { topic, partition, offset } of records) {
      const name = `${topic}-${partition}`;
      if (!known.has(name)) consumer = seek(consumer, { topic, partition }, offset);
      known.add(name);
    }
    this.state = { ...this.state, consumer };
  }

  #logError(text: string, exception: JavaException): void {
    const log = { level: 'ERROR', text, class: logger, exception } as const;
    this.effects.push(printError(logText(log, this.#now, mainFrame)));
  }

  #end(): void {
    const { consumed, ending, tellsSystemTests } = this.state;
    const { exitCode, failure } = ending!;
    this.effects.push(printError(`Processed a total of ${consumed} messages\n`));
    if (failure !== null) this.effects.push(printError(unknownError(failure, this.#now)));
    if (tellsSystemTests) this.effects.push(print('shutdown_complete\n'));
    this.effects.push(exit(exitCode));
  }
}

/**
 * What a console consumer reads (empty: not one topic), how many records it has printed, and how many of them were written since it began,
 * read from its process's snapshot.
 */
export function consumedByConsole(
  snapshot: AnyMachineSnapshot,
): Pick<ConsoleConsumerState, 'consumed' | 'live'> & { readonly topic: string } {
  const { topic, consumed, live } = consoleConsumerIn(snapshot) ?? { topic: null, consumed: 0, live: 0 };
  return { topic: topic ?? '', consumed, live };
}

/** Null before it has begun, or when its arguments were wrong. */
export function consoleConsumerIn(
  snapshot: AnyMachineSnapshot,
): Pick<ConsoleConsumerState, 'topic' | 'consumed' | 'live' | 'consumer'> | null {
  // Only this program's snapshots are handed in.
  return (stateIn(snapshot) as ConsoleConsumerState | null | undefined) ?? null;
}
