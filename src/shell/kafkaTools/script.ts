/**
 * A tool as a script: a generator that reads like the tool's `main`, asks for what takes time (calls of the admin client) and prints. Its
 * state is plain data, the answers it has had: at each event the script runs again from its beginning through the answers
 * known, which always leads to the same place, and goes on from there.
 */
import type { AdminClient } from '../../cluster/client/admin/adminClient.ts';
import { callAdmin, closeAdmin, createAdminClient, handleAdmin } from '../../cluster/client/admin/adminClient.ts';
import type {
  AdminCall,
  AdminMethod,
  AdminResult,
  ArgsOf,
  Outcome,
  ResultOf,
} from '../../cluster/client/admin/adminMethods.ts';
import type { ClientLog, ClientTimer } from '../../cluster/client/clientStep.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import { exceptionText } from '../../cluster/client/javaException.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ms, timestampMsAt } from '../../kernel/time.ts';
import { cancelTimer, exit, print, printError, read, setTimer } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { isClientEvent } from './clientEvents.ts';
import { logText, warningsOf } from './clientLogText.ts';
import { ToolExit } from './commandLine.ts';
import { Thrown, stackTrace, thrown } from './stackTrace.ts';

type Request =
  | { readonly kind: 'print'; readonly to: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'log'; readonly log: ClientLog }
  | { readonly kind: 'createAdmin'; readonly properties: Readonly<Record<string, string>> }
  /** Given up after `limitMs`, if told. */
  | { readonly kind: 'calls'; readonly calls: readonly AdminCall[]; readonly limitMs: number | null }
  | { readonly kind: 'line' }
  | { readonly kind: 'now' }
  | { readonly kind: 'sleep'; readonly ms: number };

/** What a request is answered with: why no admin client was created or a call was given up, or the results of calls in their order. */
interface Answer {
  readonly problem?: JavaException;
  readonly results?: readonly AdminResult[];
  readonly at?: VirtualTimeUs;
  /** Null at the end of the input. */
  readonly line?: string | null;
}

/** Returns the exit code. */
export type Script<Result = number> = Generator<Request, Result, Answer>;

/** `System.out.print`. */
export function* out(text: string): Script<void> {
  yield { kind: 'print', to: 'stdout', text };
}
/** `System.err.print`. */
export function* err(text: string): Script<void> {
  yield { kind: 'print', to: 'stderr', text };
}
/** A line of the tool's own logger. */
export function* log(level: ClientLog['level'], text: string, className: string): Script<void> {
  yield { kind: 'log', log: { level, text, class: className } };
}
/** A line of the standard input, without its end; null when there is none left. */
export function* readLine(): Script<string | null> {
  const { line } = yield { kind: 'line' };
  return line ?? null;
}
/** Milliseconds since 1970. */
export function* currentTimeMs(): Script {
  const { at } = yield { kind: 'now' };
  return timestampMsAt(at!);
}
/** `Thread.sleep`. */
export function* sleep(sleepMs: number): Script<void> {
  yield { kind: 'sleep', ms: sleepMs };
}
/** `Admin.create`; throws what it throws. */
export function* createAdmin(properties: Readonly<Record<string, string>>): Script<void> {
  const { problem } = yield { kind: 'createAdmin', properties };
  if (problem !== undefined) throw new Thrown(problem);
}
/** One method of the admin client, and its result. */
export function* admin<M extends AdminMethod>(method: M, args: ArgsOf<M>, timeoutMs?: number): Script<ResultOf<M>> {
  return yield* call(method, { args, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, null);
}

/** One method, waited for so long at most (`KafkaFuture.get(timeout)`): then a `java.util.concurrent.TimeoutException`. */
export function* adminWithin<M extends AdminMethod>(limitMs: number, method: M, args: ArgsOf<M>): Script<ResultOf<M>> {
  return yield* call(method, { args }, limitMs);
}

function* call<M extends AdminMethod>(
  method: M,
  parameters: { readonly args: ArgsOf<M>; readonly timeoutMs?: number },
  limitMs: number | null,
): Script<ResultOf<M>> {
  // The method ties arguments and result together; a union does not show it.
  const asked = { method, tag: '0', ...parameters } as unknown as AdminCall;
  const { results, problem } = yield { kind: 'calls', calls: [asked], limitMs };
  if (problem !== undefined) throw new Thrown(problem);
  return results![0]!.result;
}

/** `KafkaFuture.get()`: the value, or its exception thrown. */
export function get<T>(outcome: Outcome<T>): T {
  if (outcome.outcome === 'failed') throw new Thrown(outcome.exception);
  return outcome.value;
}

/** The same as the tools see it that do not look for the cause: an ExecutionException. */
export function getOrWrap<T>(outcome: Outcome<T>): T {
  if (outcome.outcome === 'succeeded') return outcome.value;
  throw thrown('java.util.concurrent.ExecutionException', exceptionText(outcome.exception), outcome.exception);
}

/** The `main` of tools that catch every exception: its message and its stack trace, exit code 1. */
export function* mainThatPrints(mainFrame: string, run: Script<void>): Script {
  try {
    yield* run;
    return 0;
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    yield* err(`${problem.exception.message ?? 'null'}\n${stackTrace(problem.exception, mainFrame)}\n`);
    return 1;
  }
}

interface Running {
  readonly input: ProcessInput;
  readonly answers: readonly Answer[];
  readonly admin: AdminClient | null;
  /** Of the calls being made, the results so far. */
  readonly results: readonly AdminResult[];
  readonly awaited: number;
  /** Of the standard input, what was read and not taken as a line yet. */
  readonly typed: string;
  readonly awaitsLine: boolean;
}

/** `mainFrame`: where Java's stack traces of this tool end. */
export function scriptProgram(mainFrame: string, main: (input: ProcessInput) => Script): Program {
  return defineProgram<Running, ClientTimer | { readonly type: 'GIVEN_UP' | 'WOKEN' }>({
    startUpUs: startUpUsOf.kafkaTool,
    start: (input) => {
      const state = { input, answers: [], admin: null, results: [], awaited: 0, typed: '', awaitsLine: false };
      return goOn(state, [], input.now, mainFrame, main);
    },
    handle(state, event) {
      if (event.type === 'GIVEN_UP') {
        const problem: JavaException = { class: 'java.util.concurrent.TimeoutException', message: null };
        return goOn(answered(state, { problem }), [], event.now, mainFrame, main);
      }
      if (event.type === 'WOKEN') return goOn(answered(state, {}), [], event.now, mainFrame, main);
      if (event.type === 'STDIN' || event.type === 'STDIN_CLOSED') {
        const typed = event.type === 'STDIN' ? { ...state, typed: state.typed + event.text } : state;
        const line = lineOf(typed.typed, event.type === 'STDIN_CLOSED');
        if (!state.awaitsLine || line === undefined) return { state: typed, effects: [read] };
        const rest = { ...typed, typed: typed.typed.slice((line ?? '').length + 1), awaitsLine: false };
        return goOn(answered(rest, { line }), [], event.now, mainFrame, main);
      }
      if (state.admin === null || !isClientEvent(event)) return { state, effects: [] };
      const step = handleAdmin(state.admin, event);
      const collected = { ...state, admin: step.state, results: [...state.results, ...step.results] };
      const effects = [...warningsOf(step.logs, event.now, mainFrame), ...step.effects];
      return collect(collected, effects, event.now, mainFrame, main);
    },
  });
}

/** Undefined: the line has not ended yet. */
function lineOf(typed: string, isClosed: boolean): string | null | undefined {
  const end = typed.indexOf('\n');
  if (end >= 0) return typed.slice(0, end);
  if (!isClosed) return undefined;
  return typed === '' ? null : typed;
}

type Next = { readonly state: Running; readonly effects: readonly KernelEffect[] };

const answered = (state: Running, answer: Answer): Running => ({
  ...state,
  answers: [...state.answers, answer],
  results: [],
  awaited: 0,
});

function collect(
  state: Running,
  effects: readonly KernelEffect[],
  now: VirtualTimeUs,
  mainFrame: string,
  main: (input: ProcessInput) => Script,
): Next {
  if (state.awaited === 0 || state.results.length < state.awaited) return { state, effects };
  const results = [...state.results].sort((a, b) => Number(a.tag) - Number(b.tag));
  return goOn(answered(state, { results }), [...effects, cancelTimer('limit')], now, mainFrame, main);
}

/** Runs the script up to the next thing that takes time. */
function goOn(
  before: Running,
  earlier: readonly KernelEffect[],
  now: VirtualTimeUs,
  mainFrame: string,
  main: (input: ProcessInput) => Script,
): Next {
  const effects = [...earlier];
  let state = before;
  const script = withLastWords(main(state.input), mainFrame);
  let next = script.next();
  for (const answer of state.answers) next = script.next(answer);
  while (next.done !== true) {
    const request = next.value;
    if (request.kind === 'print') {
      effects.push(request.to === 'stdout' ? print(request.text) : printError(request.text));
    } else if (request.kind === 'log') {
      effects.push(printError(logText(request.log, now, mainFrame)));
    } else if (request.kind === 'line') {
      const line = lineOf(state.typed, false);
      if (line === undefined) return { state: { ...state, awaitsLine: true }, effects: [...effects, read] };
      const answer = { line };
      state = answered({ ...state, typed: state.typed.slice((line ?? '').length + 1) }, answer);
      next = script.next(answer);
      continue;
    } else if (request.kind === 'sleep') {
      return { state, effects: [...effects, setTimer('sleep', ms(request.ms), { type: 'WOKEN' })] };
    } else if (request.kind === 'now') {
      state = answered(state, { at: now });
      next = script.next({ at: now });
      continue;
    } else if (request.kind === 'createAdmin') {
      const created = createAdminClient({ properties: request.properties, slot: 0, seed: state.input.seed, now });
      effects.push(...warningsOf(created.logs, now, mainFrame));
      if (created.outcome === 'created') {
        effects.push(...created.effects);
        state = answered({ ...state, admin: created.state }, {});
        next = script.next({});
      } else {
        state = answered(state, { problem: created.exception });
        next = script.next({ problem: created.exception });
      }
      continue;
    } else {
      if (request.limitMs !== null) effects.push(setTimer('limit', ms(request.limitMs), { type: 'GIVEN_UP' }));
      let client = state.admin!;
      const results: AdminResult[] = [];
      for (const call of request.calls) {
        const step = callAdmin(client, call, now);
        client = step.state;
        results.push(...step.results);
        effects.push(...warningsOf(step.logs, now, mainFrame), ...step.effects);
      }
      return collect(
        { ...state, admin: client, results, awaited: request.calls.length },
        effects,
        now,
        mainFrame,
        main,
      );
    }
    state = answered(state, {});
    next = script.next({});
  }
  if (state.admin !== null) effects.push(...closeAdmin(state.admin, now).effects);
  effects.push(exit(next.value));
  return { state, effects };
}

/** `Exit.exit` and what Java says of an exception that nobody caught. */
function* withLastWords(script: Script, mainFrame: string): Script {
  try {
    return yield* script;
  } catch (problem) {
    if (problem instanceof ToolExit) {
      if (problem.stdout !== '') yield* out(problem.stdout);
      if (problem.stderr !== '') yield* err(problem.stderr);
      return problem.code;
    }
    if (!(problem instanceof Thrown)) throw problem;
    yield* err(`Exception in thread "main" ${stackTrace(problem.exception, mainFrame)}`);
    return 1;
  }
}
