/**
 * How one method of the admin client is carried out: which brokers its keys are asked from, with which request, and what an answer means.
 * The engine (`adminClient.ts`) does the rest for all methods alike.
 *
 * Follows the `Call`s of `KafkaAdminClient` and the `AdminApiHandler`s of `org.apache.kafka.clients.admin.internals` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { Api, KafkaResponse, RequestBody, ResponseBody } from '../../protocol/kafka/kafkaMessage.ts';
import type { ApiVersionsResponse } from '../../protocol/kafka/connection.ts';
import { exceptionOf, type JavaException } from '../javaException.ts';
import type { Node } from '../node.ts';
import type { AdminMethod, ArgsOf, GroupListing, Outcome, ResultOf, TransactionListing } from './adminMethods.ts';

/** Where the keys of a method are asked. The last three are looked up first (`AdminApiDriver`). */
export type Route =
  | 'controller'
  | 'leastLoaded'
  /** Each key names its broker, or any will do. */
  | 'broker'
  /** The keys are the brokers. */
  | 'allBrokers'
  | 'groupCoordinator'
  | 'transactionCoordinator'
  | 'partitionLeader';

/** What one key yields: the value of the result, but for methods that gather answers of all brokers. */
export type PartOf<M extends AdminMethod> = M extends keyof PartsOfBrokers ? PartsOfBrokers[M] : ValueIn<ResultOf<M>>;
interface PartsOfBrokers {
  readonly listConsumerGroups: readonly GroupListing[];
  readonly listTransactions: readonly TransactionListing[];
  readonly apiVersions: ApiVersionsResponse;
}
type ValueIn<Result> = [Result] extends [readonly { readonly outcome: infer O }[]]
  ? SucceededValue<O>
  : SucceededValue<Result>;
type SucceededValue<O> = Extract<O, { readonly outcome: 'succeeded' }> extends { readonly value: infer T } ? T : never;

export type Outcomes<T> = ReadonlyMap<string, Outcome<T>>;

export type Question = { readonly [A in Api]: { readonly api: A; readonly body: RequestBody<A> } }[Api];
export function question<A extends Api>(
  api: A,
  body: RequestBody<A>,
): { readonly api: A; readonly body: RequestBody<A> } {
  return { api, body };
}

/** What an answer says of the keys that were asked for. Keys it leaves open are asked again after a backoff. */
export interface Reading<T> {
  readonly outcomes: Outcomes<T>;
  /** Their coordinator or leader has moved. */
  readonly lookAgain?: readonly string[];
  /** The whole call fails; again, if the exception is retriable. */
  readonly failure?: JavaException;
  readonly isNotController?: boolean;
  /** Lines that the handler logs as ERROR. */
  readonly complaints?: readonly Complaint[];
}
export interface Complaint {
  readonly text: string;
  /** Simple name of the class in `org.apache.kafka.clients.admin.internals`. */
  readonly by: string;
  readonly exception?: JavaException;
}

export interface Definition<M extends AdminMethod> {
  readonly route: Route;
  /** Kafka's name for the call; with `(api=…)` added where keys are looked up. */
  readonly callName: string;
  /** One for each thing asked about; `''` alone when the result is one. Of `allBrokers`: the brokers, found out by the engine. */
  keys(args: ArgsOf<M>): readonly string[];
  /** Of `broker`: the broker of a key; null: any. Of coordinators: see `ofCoordinator`. */
  brokerOf?(key: string): number | null;
  /** The group or transactional id whose coordinator a key needs, where the key is not that itself. */
  ofCoordinator?(args: ArgsOf<M>): string;
  ask(args: ArgsOf<M>, keys: readonly string[], timeoutMs: number): Question;
  read(args: ArgsOf<M>, keys: readonly string[], answer: KafkaResponse, from: Node): Reading<PartOf<M>>;
  result(args: ArgsOf<M>, outcomes: Outcomes<PartOf<M>>, nodes: readonly Node[]): ResultOf<M>;
}
export type Definitions = { readonly [M in AdminMethod]: Definition<M> };

export function succeeded<T>(value: T): Outcome<T> {
  return { outcome: 'succeeded', value };
}
export function failed(exception: JavaException): { readonly outcome: 'failed'; readonly exception: JavaException } {
  return { outcome: 'failed', exception };
}
/** Of an error code: failed, or with the value. */
export function outcomeOf<T>(
  { errorCode, errorMessage }: { readonly errorCode: ErrorName; readonly errorMessage?: string | null },
  value: T,
): Outcome<T> {
  return errorCode === 'NONE' ? succeeded(value) : failed(exceptionOf(errorCode, errorMessage));
}

/** The body of an answer to a request of that API: what a broker sends back. */
export function bodyOf<A extends Api>(api: A, answer: KafkaResponse): ResponseBody<A> {
  if (!isAnswerOf(api, answer)) throw new Error(`A request of ${api} was answered by ${answer.api}.`);
  return answer.body;
}
function isAnswerOf<A extends Api>(
  api: A,
  answer: KafkaResponse,
): answer is KafkaResponse & { readonly api: A; readonly body: ResponseBody<A> } {
  return answer.api === api;
}

const noAnswer: JavaException = {
  class: 'org.apache.kafka.common.errors.ApiException',
  message: 'The server response did not contain a result for this key.',
};
/** Outcome of a key; a broker that forgot one is told so. */
export function outcomeFor<T>(outcomes: Outcomes<T>, key: string): Outcome<T> {
  return outcomes.get(key) ?? failed(noAnswer);
}
/** The one outcome of a method without keys. */
export function single<T>(outcomes: Outcomes<T>): Outcome<T> {
  return outcomeFor(outcomes, '');
}

/** Groups entries by topic, in the order in which topics first come. */
export function byTopic<T extends { readonly topic: string }>(entries: readonly T[]): [topic: string, entries: T[]][] {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.topic);
    if (group === undefined) groups.set(entry.topic, [entry]);
    else group.push(entry);
  }
  return [...groups];
}
