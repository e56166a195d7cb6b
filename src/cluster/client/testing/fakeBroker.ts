/** For tests: a broker that answers as its script says. */
import type { AnyStateMachine } from 'xstate';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch } from '../../../kafka/ids.ts';
import type { KernelEffect } from '../../../kernel/effects.ts';
import type { Socket } from '../../../kernel/events.ts';
import type { KafkaRequest, KafkaResponse } from '../../protocol/kafka/kafkaMessage.ts';
import type { MetadataResponse } from '../../protocol/kafka/metadata.ts';
import { reducer } from './reducer.ts';

/** What a script does with a request: the body of an answer, perhaps after a while; silence; or the end of the connection. */
export type Deed = { readonly answer: KafkaResponse['body']; readonly afterUs?: number } | 'silence' | 'disconnect';
interface Scripted<State> {
  readonly state: State;
  readonly deed: Deed;
}
/** `count`: how many requests of that API the broker has had before. */
export type Script<State> = (
  state: State,
  request: KafkaRequest,
  at: { readonly count: number; readonly now: number },
) => Scripted<State>;

interface Broker<State> {
  readonly script: State;
  readonly counts: Readonly<Record<string, number>>;
  readonly later: Readonly<Record<string, KernelEffect>>;
  readonly nextLater: number;
  /** By socket: requests of a connection are answered in order. */
  readonly freeAt: Readonly<Record<number, number>>;
}

export function fakeBroker<State>(port: number, initial: State, script: Script<State>): AnyStateMachine {
  return reducer<Broker<State>>(
    () => ({
      state: { script: initial, counts: {}, later: {}, nextLater: 0, freeAt: {} },
      effects: [{ type: 'listen', params: { port } }],
    }),
    (state, event) => {
      if (event.type === 'WAKE') {
        const { [event.what]: effect, ...later } = state.later;
        return { state: { ...state, later }, effects: effect === undefined ? [] : [effect] };
      }
      if (event.type !== 'MESSAGE') return { state, effects: [] };
      const request = event.message as KafkaRequest;
      const count = state.counts[request.api] ?? 0;
      const counts = { ...state.counts, [request.api]: count + 1 };
      const { state: next, deed } = script(state.script, request, { count, now: event.now });
      const after = { ...state, script: next, counts };
      if (deed === 'silence') return { state: after, effects: [] };
      if (deed === 'disconnect') {
        return { state: after, effects: [{ type: 'close', params: { socket: event.socket } }] };
      }
      const answer = respond(event.socket, request, deed.answer);
      const readyAt = Math.max(event.now + (deed.afterUs ?? 0), state.freeAt[event.socket] ?? 0);
      const busy = { ...after, freeAt: { ...state.freeAt, [event.socket]: readyAt } };
      if (readyAt === event.now) return { state: busy, effects: [answer] };
      const what = `later ${state.nextLater}`;
      return {
        state: { ...busy, later: { ...state.later, [what]: answer }, nextLater: state.nextLater + 1 },
        effects: [
          {
            type: 'setTimer',
            params: { id: what, delayUs: readyAt - event.now, event: { type: 'WAKE', what } as { type: string } },
          },
        ],
      };
    },
  );
}

function respond(socket: Socket, { api, correlationId }: KafkaRequest, body: unknown): KernelEffect {
  return {
    type: 'send',
    params: { socket, message: { name: api, kind: 'response', api, correlationId, body } as { name: string } },
  };
}

interface FakePartition {
  readonly leader: number;
  readonly epoch?: number;
  readonly error?: ErrorName;
}
/** Topics by name: their partitions, or the error that a question for them gets. */
export type FakeTopics = Readonly<Record<string, readonly FakePartition[] | ErrorName>>;

export const apiVersionsAnswer = {
  errorCode: 'NONE' as const,
  apiKeys: [],
  supportedFeatures: [],
  finalizedFeaturesEpoch: -1,
};

/** Brokers listen on port 9092 + id. */
export function metadataAnswer(
  request: KafkaRequest,
  {
    brokers,
    topics,
    controller = brokers[0] ?? -1,
  }: { readonly brokers: readonly number[]; readonly topics: FakeTopics; readonly controller?: number },
): MetadataResponse {
  const asked = request.api === 'Metadata' ? request.body.topics : null;
  const names = asked === null ? Object.keys(topics) : asked.map(({ name }) => name ?? '');
  return {
    brokers: brokers.map((id) => ({ nodeId: id as BrokerId, host: 'localhost', port: 9092 + id, rack: null })),
    clusterId: 'cluster',
    controllerId: controller as BrokerId,
    topics: names.map((name) => {
      const known = topics[name] ?? 'UNKNOWN_TOPIC_OR_PARTITION';
      return {
        name,
        topicId: `id-of-${name}`,
        isInternal: name.startsWith('__'),
        topicAuthorizedOperations: -2147483648,
        errorCode: typeof known === 'string' ? known : ('NONE' as const),
        partitions:
          typeof known === 'string'
            ? []
            : known.map(({ leader, epoch = 0, error = 'NONE' }, partitionIndex) => ({
                partitionIndex,
                errorCode: error,
                leaderId: leader as BrokerId,
                leaderEpoch: epoch as LeaderEpoch,
                replicaNodes: brokers.map((id) => id as BrokerId),
                isrNodes: brokers.map((id) => id as BrokerId),
                offlineReplicas: [],
              })),
      };
    }),
  };
}
