/** For tests: a process that is nothing but a ZooKeeper client; asks what it is told when it is told, and remembers what it hears. */
import { assign, setup } from 'xstate';
import { kernelActions } from '../../../kernel/effects.ts';
import type { Delivered, KernelEvent, ProcessId } from '../../../kernel/events.ts';
import { changeFiles, emptyDirectory } from '../../../kernel/fileSystem.ts';
import type { ProcessInput, Programs } from '../../../kernel/process.ts';
import type { Laboratory } from '../../../kernel/testing/laboratory.ts';
import { laboratory } from '../../../kernel/testing/laboratory.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { ms, timeZero } from '../../../kernel/time.ts';
import type { WatchedEvent, ZkErrorName, ZkRequest, ZkResponse } from '../../protocol/zookeeper.ts';
import type { ZkClientState, ZkOutcome, ZkTimerEvent } from '../client.ts';
import { zkAddAuth, zkClient, zkClose, zkConnect, zkHandle, zkRequest } from '../client.ts';
import { zookeeperServer } from '../server.ts';

/** Instants in milliseconds since the process began. */
export type ClientStep = { readonly atMs: number } & (
  | { readonly do: 'ask'; readonly request: ZkRequest }
  | { readonly do: 'addAuth'; readonly scheme: string; readonly auth: string }
  | { readonly do: 'close' }
  | { readonly do: 'connect' }
);
export interface ClientScript {
  readonly connectString?: string;
  readonly sessionTimeoutMs?: number;
  readonly steps: readonly ClientStep[];
}
/** What a client hears, in the order in which it hears it. */
export type ClientHeard =
  | { readonly response: ZkResponse | null; readonly error: ZkErrorName }
  | { readonly watch: WatchedEvent }
  | { readonly session: string };

interface ClientContext {
  readonly client: ZkClientState<number>;
  readonly steps: readonly ClientStep[];
  readonly heard: readonly (ClientHeard & { readonly atMs: number })[];
  readonly lines: readonly string[];
  readonly startedAt: VirtualTimeUs;
}
type Step = { readonly type: 'STEP'; readonly at: number };
type ClientEvent = Delivered<KernelEvent | ZkTimerEvent | Step>;

const client = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ProcessInput },
  actions: {
    ...kernelActions,
    keep: assign(({ context }, { outcome, atMs }: { outcome: ZkOutcome<number>; atMs: number }) => ({
      client: outcome.state,
      heard: [
        ...context.heard,
        ...outcome.responses.map(({ result }) => ({ ...result, atMs })),
        ...outcome.watchEvents.map((watch) => ({ watch, atMs })),
        ...outcome.sessionEvents.map((session) => ({ session, atMs })),
      ],
      lines: [...context.lines, ...outcome.logs.map(({ level, text }) => `${level} ${text}`)],
    })),
  },
});

const setUp = client.enqueueActions(({ context, enqueue }) => {
  const outcome = zkConnect(context.client, context.startedAt);
  enqueue({ type: 'keep', params: { outcome, atMs: 0 } });
  for (const effect of outcome.effects) enqueue(effect);
  context.steps.forEach(({ atMs }, at) => {
    const event: Step = { type: 'STEP', at };
    enqueue({ type: 'setTimer', params: { id: `step ${at}`, delayUs: ms(atMs), event } });
  });
});

function outcomeOf(context: ClientContext, event: ClientEvent): ZkOutcome<number> | null {
  if (event.type !== 'STEP') return zkHandle(context.client, event);
  const step = context.steps[event.at];
  if (step?.do === 'ask') return zkRequest(context.client, step.request, event.at, event.now);
  if (step?.do === 'addAuth') return zkAddAuth(context.client, step, event.now);
  return step?.do === 'close' ? zkClose(context.client, event.now) : zkConnect(context.client, event.now);
}

const handle = client.enqueueActions(({ context, event, enqueue }) => {
  const outcome = outcomeOf(context, event);
  if (outcome === null) return;
  enqueue({ type: 'keep', params: { outcome, atMs: Math.floor(event.now / 1000) } });
  for (const effect of outcome.effects) enqueue(effect);
});

const scriptedClient = client.createMachine({
  id: 'zk-client',
  context: ({ input }) => {
    const script = JSON.parse(input.argv[1] ?? '{}') as ClientScript;
    return {
      client: zkClient<number>({
        process: input.process,
        connectString: script.connectString ?? 'localhost:2181',
        sessionTimeoutMs: script.sessionTimeoutMs ?? 18_000,
        seed: input.seed,
        sockets: { first: 1, count: 1000 },
      }),
      steps: script.steps,
      heard: [],
      lines: [],
      startedAt: input.now,
    };
  },
  entry: setUp,
  on: { '*': { actions: handle } },
});

export const zookeeperProperties =
  'dataDir=/tmp/zookeeper\nclientPort=2181\nmaxClientCnxns=0\nadmin.enableServer=false\n';

export interface ZkLaboratory extends Laboratory {
  startServer(path?: string): ProcessId;
  startClient(script: ClientScript): ProcessId;
  /** Moves on by so many milliseconds. */
  wait(durationMs: number): void;
  kill(process: ProcessId): void;
  client(process: ProcessId): ClientContext;
  /** Answers and watches, without their instants. */
  answers(process: ProcessId): readonly ClientHeard[];
  printed(process: ProcessId): string;
}

/** A machine with ZooKeeper's shipped configuration at `/zookeeper.properties`, and other files as told. */
export function zkLaboratory(
  others: Readonly<Record<string, string>> = {},
  seed = 1,
  programs: Programs = {},
): ZkLaboratory {
  let files = changeFiles(emptyDirectory(timeZero), { kind: 'makeDirectory', path: '/tmp' }, timeZero);
  for (const [path, text] of Object.entries({ '/zookeeper.properties': zookeeperProperties, ...others }))
    files = changeFiles(files, { kind: 'write', path, text }, timeZero);
  const lab = laboratory(
    { 'zookeeper-server': zookeeperServer, 'zk-client': scriptedClient, ...programs },
    { seed, files },
  );
  const context = (process: ProcessId): ClientContext => lab.simulation.world.processes[process]!.snapshot.context;
  return {
    ...lab,
    startServer: (path = './zookeeper.properties') => lab.start('zookeeper-server', path),
    startClient: (script) => lab.start('zk-client', JSON.stringify(script)),
    wait: (durationMs) => lab.runUntil(lab.simulation.world.now + ms(durationMs)),
    kill: (process) => lab.apply({ kind: 'signal', process, signal: 'SIGKILL' }),
    client: context,
    answers: (process) => context(process).heard.map(({ atMs: _atMs, ...heard }) => heard),
    printed: (process) =>
      lab.facts
        .flatMap((fact) => (fact.process === process && fact.what.kind === 'printed' ? [fact.what.text] : []))
        .join(''),
  };
}

export const ask = (atMs: number, request: ZkRequest): ClientStep => ({ atMs, do: 'ask', request });
export const create = (path: string, mode: 'PERSISTENT' | 'EPHEMERAL' | 'PERSISTENT_SEQUENTIAL' = 'PERSISTENT') =>
  ({ op: 'create', path, data: '', mode }) as const;
