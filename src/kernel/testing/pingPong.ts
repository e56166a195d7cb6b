/** For tests and the benchmark: a small busy world of servers that answer and gossip, and clients that ask, drawn by chance. */
import type { AnyStateMachine } from 'xstate';
import { assign, setup } from 'xstate';
import { kernelActions } from '../effects.ts';
import type { Circumstances, KernelEvent, Message, Socket } from '../events.ts';
import type { Input } from '../input.ts';
import type { Programs } from '../process.ts';
import type { ProcessInput } from '../process.ts';
import type { RandomState } from '../random.ts';
import { nextBelow, nextBetween, streamOf } from '../random.ts';
import { ms } from '../time.ts';

interface Exchange extends Message {
  readonly number: number;
}
interface ClientContext {
  readonly asked: number;
  readonly random: RandomState;
  readonly port: number;
}
interface ServerContext {
  readonly port: number;
  /** Sealed chunks and a tail, as a partition log is kept. */
  readonly sealed: readonly (readonly number[])[];
  readonly tail: readonly number[];
}
type Delivery = Circumstances & (KernelEvent | { readonly type: 'ASK' });

const socket = 1 as Socket;
const exchange = (name: string, number: number): Exchange => ({ name, number });

const clientSetup = setup({
  types: { context: {} as ClientContext, events: {} as Delivery, input: {} as ProcessInput },
  actions: {
    ...kernelActions,
    draw: assign(({ context }) => ({ asked: context.asked + 1, random: nextBelow(context.random, 2)[1] })),
  },
});
const ask = clientSetup.enqueueActions(({ context, enqueue }) => {
  enqueue('draw');
  enqueue({ type: 'send', params: { socket, message: exchange('Ask', context.asked) } });
  if (context.asked % 500 === 0) {
    enqueue({ type: 'fact', params: { name: 'milestone', mark: 'milestone', detail: { asked: context.asked } } });
  }
});
/** Asks, waits for the answer, thinks for up to two milliseconds, asks again. */
const client: AnyStateMachine = clientSetup.createMachine({
  context: ({ input }) => ({ asked: 0, random: streamOf(input.seed, 'client'), port: Number(input.argv[1]) }),
  entry: { type: 'connect', params: ({ context }) => ({ socket, port: context.port }) },
  initial: 'connecting',
  states: {
    connecting: { on: { CONNECTED: 'asking' } },
    asking: { entry: ask, on: { MESSAGE: 'thinking' } },
    thinking: {
      entry: {
        type: 'setTimer',
        params: ({ context }) => ({
          id: 'think',
          delayUs: nextBetween(context.random, 0, ms(2))[0],
          event: { type: 'ASK' },
        }),
      },
      on: { ASK: 'asking' },
    },
  },
});

const serverSetup = setup({
  types: { context: {} as ServerContext, events: {} as Delivery, input: {} as ProcessInput },
  actions: {
    ...kernelActions,
    append: assign(({ context: { sealed, tail } }, number: number) =>
      tail.length < 64 ? { tail: [...tail, number] } : { sealed: [...sealed, tail], tail: [number] },
    ),
  },
});
/** Appends each number and answers. */
const server: AnyStateMachine = serverSetup.createMachine({
  context: ({ input }) => ({ port: Number(input.argv[1]), sealed: [], tail: [] }),
  entry: { type: 'listen', params: ({ context }) => ({ port: context.port }) },
  on: {
    MESSAGE: {
      actions: [
        { type: 'append', params: ({ context }) => context.tail.length },
        {
          type: 'fact',
          params: ({ context: { sealed, tail } }) => ({
            name: 'recordAppended',
            detail: { offset: sealed.length * 64 + tail.length },
          }),
        },
        {
          type: 'send',
          params: ({ event, context }) => ({
            socket: event.socket,
            message: exchange('Answer', context.tail.length),
          }),
        },
      ],
    },
  },
});

export const pingPongPrograms: Programs = { client, server };

/** The inputs that start three servers, and clients of each. */
export function pingPongInputs(clientsOfEach: number): readonly Input[] {
  const start = (program: string, port: number): Input => ({
    kind: 'start',
    program,
    argv: [program, String(port)],
    cwd: '/',
    env: {},
    outputFile: '/out',
  });
  return [9092, 9093, 9094].flatMap((port) => [
    start('server', port),
    ...Array.from({ length: clientsOfEach }, () => start('client', port)),
  ]);
}
