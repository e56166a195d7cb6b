/** For tests: ZooKeeper, brokers, and clients that are nothing but connections: they ask what they are told when they are told. */
import { setup } from 'xstate';
import { type ChunkedList, emptyList, itemsFrom, push } from '../../../kafka/log/chunkedList.ts';
import { kernelActions } from '../../../kernel/effects.ts';
import type { Delivered, KernelEvent, ProcessId, Socket } from '../../../kernel/events.ts';
import type { FileSystem } from '../../../kernel/fileSystem.ts';
import { changeFiles, emptyDirectory, readText } from '../../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../../kernel/process.ts';
import { type Laboratory, laboratory } from '../../../kernel/testing/laboratory.ts';
import { ms, seconds, timeZero } from '../../../kernel/time.ts';
import {
  type Api,
  isKafkaMessage,
  type RequestBody,
  type ResponseBody,
  sendRequest,
} from '../../protocol/kafka/kafkaMessage.ts';
import { servers } from '../../servers.ts';
import type { Broker } from '../broker.ts';

type Ask = {
  readonly [A in Api]: {
    readonly port: number;
    readonly api: A;
    readonly body: RequestBody<A>;
    readonly clientId: string;
    /** Requests on one connection are answered one after the other. */
    readonly connection: string;
  };
}[Api];
/** The answer to the ask of that number; null: the connection was lost. */
interface Answered {
  readonly ask: number;
  readonly atMs: number;
  readonly response: { readonly api: Api; readonly body: unknown } | null;
}
interface ClientContext {
  readonly askCount: number;
  /** Asked of ports whose connection is not there yet. */
  readonly waiting: readonly { readonly number: number; readonly ask: Ask }[];
  readonly answers: ChunkedList<Answered>;
  /** Socket n is the n-th connection, from 1. */
  readonly connections: readonly string[];
  readonly open: readonly string[];
}
type ClientEvent = Delivered<KernelEvent | { readonly type: 'ASK'; readonly ask: Ask }>;

const client = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ProcessInput },
  actions: kernelActions,
});

const work = client.enqueueActions(({ context, event, enqueue }) => {
  const { connections, open, waiting, askCount } = context;
  const keyOf = ({ port, connection }: Ask) => `${port} ${connection}`;
  if (event.type === 'ASK') {
    const { ask } = event;
    enqueue.assign({ askCount: askCount + 1 });
    const key = keyOf(ask);
    if (open.includes(key)) return enqueue(requestOf((connections.indexOf(key) + 1) as Socket, askCount, ask));
    enqueue.assign({ waiting: [...waiting, { number: askCount, ask }] });
    if (connections.includes(key)) return;
    enqueue.assign({ connections: [...connections, key] });
    enqueue({ type: 'connect', params: { socket: (connections.length + 1) as Socket, port: ask.port } });
  } else if (event.type === 'CONNECTED') {
    const key = connections[event.socket - 1]!;
    for (const { number, ask } of waiting) if (keyOf(ask) === key) enqueue(requestOf(event.socket, number, ask));
    enqueue.assign({ open: [...open, key], waiting: waiting.filter(({ ask }) => keyOf(ask) !== key) });
  } else if (event.type === 'MESSAGE' && isKafkaMessage(event.message) && event.message.kind === 'response') {
    const { correlationId, api, body } = event.message;
    const answer = { ask: correlationId, atMs: Math.floor(event.now / 1000), response: { api, body } };
    enqueue.assign({ answers: push(context.answers, answer) });
  }
});

function requestOf(socket: Socket, correlationId: number, { api, body, clientId }: Ask) {
  return sendRequest(socket, api as 'Metadata', { correlationId, clientId }, body as RequestBody<'Metadata'>);
}

const scriptedClient = client.createMachine({
  id: 'client',
  context: { askCount: 0, waiting: [], answers: emptyList(), connections: [], open: [] },
  on: { '*': { actions: work } },
});

const KAFKA = '/kafka';

export interface ClusterLaboratory extends Laboratory {
  readonly zookeeper: ProcessId;
  /** Starts broker `id` on port 9092 + id; further settings as lines of its properties. */
  startBroker(id: number, ...settings: readonly string[]): ProcessId;
  /** What that process knows. */
  broker(process: ProcessId): Broker;
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): void;
  /** Asks broker `id`, without waiting. */
  send<A extends Api>(id: number, api: A, body: RequestBody<A>, connection?: string): number;
  /** Asks broker `id` and lets time pass until the answer is there, 30 s at most. */
  ask<A extends Api>(id: number, api: A, body: RequestBody<A>): ResponseBody<A>;
  /** The answer to a request that was sent; undefined while there is none. */
  answerTo<A extends Api>(ask: number, api: A): ResponseBody<A> | undefined;
  printedBy(process: ProcessId): string;
}

function kafkaFiles(): FileSystem {
  let files: FileSystem = emptyDirectory(timeZero);
  for (const path of ['/tmp', KAFKA, `${KAFKA}/config`, `${KAFKA}/logs`])
    files = changeFiles(files, { kind: 'makeDirectory', path }, timeZero);
  const text = 'dataDir=/tmp/zookeeper\nclientPort=2181\nmaxClientCnxns=0\n';
  return changeFiles(files, { kind: 'write', path: `${KAFKA}/config/zookeeper.properties`, text }, timeZero);
}

/** A cluster whose ZooKeeper serves and whose brokers are to be started. */
export function clusterLaboratory({ seed = 1 }: { readonly seed?: number } = {}): ClusterLaboratory {
  const lab = laboratory({ ...servers, client: scriptedClient }, { seed, files: kafkaFiles() });
  const { simulation } = lab;
  const start = (program: string, ...argv: readonly string[]): ProcessId => {
    const id = simulation.world.processes.length as ProcessId;
    const outputFile = `/tmp/out-${id}`;
    simulation.apply({ kind: 'start', program, argv: [program, ...argv], cwd: KAFKA, env: {}, outputFile });
    return id;
  };
  const pass = (milliseconds: number) => lab.runUntil(simulation.world.now + ms(milliseconds));
  const zookeeper = start('zookeeper-server', 'config/zookeeper.properties');
  pass(3000);
  const clientProcess = start('client');
  const context = (): ClientContext => simulation.world.processes[clientProcess]!.snapshot.context as ClientContext;
  const send = <A extends Api>(id: number, api: A, body: RequestBody<A>, connection = ''): number => {
    const number = context().askCount;
    const ask = { port: 9092 + id, api, body, clientId: 'test', connection };
    const fact = simulation.record(clientProcess, [], { kind: 'signalled', signal: 'SIGCONT' });
    const event = { type: 'ASK', ask } as unknown as KernelEvent;
    const place = { at: simulation.world.now, sequence: simulation.nextSequence() };
    simulation.schedule({ ...place, kind: 'tell', toProcess: clientProcess, event, fact });
    pass(0);
    return number;
  };
  const answerTo = <A extends Api>(ask: number, api: A): ResponseBody<A> | undefined => {
    const found = [...itemsFrom(context().answers)].findLast((answer) => answer.ask === ask);
    return found?.response?.api === api ? (found.response.body as ResponseBody<A>) : undefined;
  };
  return {
    ...lab,
    zookeeper,
    startBroker(id, ...settings) {
      const path = `${KAFKA}/config/server-${id}.properties`;
      const text = [
        `broker.id=${id}`,
        `listeners=PLAINTEXT://localhost:${9092 + id}`,
        `log.dirs=/tmp/kafka-logs-${id}`,
        'zookeeper.connect=localhost:2181',
        'zookeeper.connection.timeout.ms=18000',
        'offsets.topic.replication.factor=1',
        'group.initial.rebalance.delay.ms=0',
        ...settings,
      ].join('\n');
      simulation.apply({ kind: 'changeFile', change: { kind: 'write', path, text } });
      return start('kafka-server', path);
    },
    broker: (process) => simulation.world.processes[process]!.snapshot.context as Broker,
    pass,
    send,
    ask(id, api, body) {
      const number = send(id, api, body);
      for (let waited = 0; waited < seconds(30); waited += ms(1)) {
        const answer = answerTo(number, api);
        if (answer !== undefined) return answer;
        pass(1);
      }
      throw new Error(`Broker ${id} has not answered ${api}.`);
    },
    answerTo,
    printedBy: (process) => readText(simulation.world.files, `/tmp/out-${process}`) ?? '',
  };
}
