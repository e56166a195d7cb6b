/** One method call while its keys are being asked for: what is known, what is still open, whom to ask next. */
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import type { Node } from '../node.ts';
import type { Outcomes, PartOf, Route } from './adminDefinition.ts';
import { failed } from './adminDefinition.ts';
import type { AdminCall, AdminMethod, AdminResult, ArgsOf } from './adminMethods.ts';
import { definitions } from './definitions.ts';

export interface Operation<M extends AdminMethod> {
  readonly id: number;
  readonly method: M;
  readonly tag: string;
  readonly args: ArgsOf<M>;
  readonly route: Route;
  readonly callName: string;
  readonly deadlineAt: VirtualTimeUs;
  readonly keys: readonly string[];
  readonly outcomes: Outcomes<PartOf<M>>;
  /** Keys need a coordinator or a partition leader, which has to be found out. */
  readonly isLookedUp: boolean;
  /** Broker of each key that has been found. */
  readonly places: ReadonlyMap<string, number>;
  /** Lookups so far. */
  readonly lookups: number;
  /** Keys that are asked again. */
  readonly retries: ReadonlyMap<string, { readonly tries: number; readonly nextAllowedAt: VirtualTimeUs }>;
  /** The first of two questions is answered: which brokers there are. */
  readonly isNodesKnown: boolean;
}

const lookedUp: readonly Route[] = ['groupCoordinator', 'transactionCoordinator', 'partitionLeader'];

export function beginOperation(id: number, call: AdminCall, deadlineAt: VirtualTimeUs): Operation<AdminMethod> {
  return begin(id, call, deadlineAt);
}
function begin<M extends AdminMethod>(
  id: number,
  { method, tag, args }: { readonly method: M; readonly tag: string; readonly args: ArgsOf<M> },
  deadlineAt: VirtualTimeUs,
): Operation<M> {
  const definition = definitions[method];
  const { route, callName } = definition;
  const keys = [...new Set(definition.keys(args))];
  return {
    id,
    method,
    tag,
    args,
    route,
    callName,
    deadlineAt,
    keys,
    outcomes: unrepresentable(method, keys),
    isLookedUp: lookedUp.includes(route),
    places: placesOf(method, args),
    lookups: 0,
    retries: new Map(),
    // `describeTopics` first describes the cluster, for the DescribeTopicPartitions API that these brokers lack.
    isNodesKnown: route !== 'allBrokers' && method !== 'describeTopics',
  };
}

const ofTopics: readonly AdminMethod[] = ['createTopics', 'deleteTopics', 'describeTopics'];
/** A topic without a name is not asked about. */
function unrepresentable<M extends AdminMethod>(method: M, keys: readonly string[]): Outcomes<PartOf<M>> {
  if (!ofTopics.includes(method) || !keys.includes('')) return new Map();
  const message = "The given topic name '' cannot be represented in a request.";
  return new Map([['', failed({ class: 'org.apache.kafka.common.errors.InvalidTopicException', message })]]);
}

/** A broker that the caller names need not be looked up. */
function placesOf<M extends AdminMethod>(method: M, args: ArgsOf<M>): ReadonlyMap<string, number> {
  const named: number | undefined = 'brokerId' in args ? args.brokerId : undefined;
  return named === undefined ? new Map() : new Map(definitions[method].keys(args).map((key) => [key, named]));
}

export function isComplete({ keys, outcomes, isNodesKnown }: Operation<AdminMethod>): boolean {
  return outcomes.has('') || (isNodesKnown && keys.every((key) => outcomes.has(key)));
}

export function withOutcomes<M extends AdminMethod>(operation: Operation<M>, more: Outcomes<PartOf<M>>): Operation<M> {
  return more.size === 0 ? operation : { ...operation, outcomes: new Map([...operation.outcomes, ...more]) };
}

/** The brokers are the keys. */
export function withBrokers<M extends AdminMethod>(operation: Operation<M>, brokers: readonly number[]): Operation<M> {
  return {
    ...operation,
    keys: brokers.map(String),
    places: new Map(brokers.map((broker) => [String(broker), broker])),
  };
}

export function resultOf(operation: Operation<AdminMethod>, nodes: readonly Node[]): AdminResult {
  return finishOperation(operation, nodes) as AdminResult;
}
function finishOperation<M extends AdminMethod>({ method, tag, args, outcomes }: Operation<M>, nodes: readonly Node[]) {
  return { method, tag, result: definitions[method].result(args, outcomes, nodes) };
}

/** A call to be made. */
export interface Ask {
  readonly purpose: 'nodes' | 'lookup' | 'request';
  readonly name: string;
  readonly keys: readonly string[];
  readonly to: 'leastLoaded' | 'controller' | number;
  readonly tries: number;
  readonly nextAllowedAt: VirtualTimeUs;
}

/** The calls for keys that have no outcome and that no call is under way for. */
export function keysToAsk(operation: Operation<AdminMethod>, isAsked: ReadonlySet<string>): readonly Ask[] {
  const { route, callName, outcomes, places, retries, lookups } = operation;
  if (!operation.isNodesKnown) {
    if (isAsked.has('')) return [];
    const name =
      route !== 'allBrokers'
        ? 'listNodes'
        : operation.method === 'listConsumerGroups'
          ? 'findAllBrokers'
          : `${callName}(api=METADATA)`;
    return [{ purpose: 'nodes', name, keys: [''], to: 'leastLoaded', tries: 0, nextAllowedAt: 0 as VirtualTimeUs }];
  }
  const open = operation.keys.filter((key) => !outcomes.has(key) && !isAsked.has(key));
  if (open.length === 0) return [];
  const asks: Ask[] = [];
  const toLookUp = operation.isLookedUp ? open.filter((key) => !places.has(key)) : [];
  if (toLookUp.length > 0) {
    const api = route === 'partitionLeader' ? 'METADATA' : 'FIND_COORDINATOR';
    const name = `${callName}(api=${api})`;
    asks.push({
      purpose: 'lookup',
      name,
      keys: toLookUp,
      to: 'leastLoaded',
      tries: lookups,
      nextAllowedAt: 0 as VirtualTimeUs,
    });
  }
  for (const [to, keys] of byDestination(
    operation,
    open.filter((key) => !toLookUp.includes(key)),
  )) {
    const { tries, nextAllowedAt } = retries.get(keys[0]!) ?? { tries: 0, nextAllowedAt: 0 as VirtualTimeUs };
    asks.push({ purpose: 'request', name: requestName(operation), keys, to, tries, nextAllowedAt });
  }
  return asks;
}

function byDestination(
  { method, route, places }: Operation<AdminMethod>,
  keys: readonly string[],
): ReadonlyMap<Ask['to'], readonly string[]> {
  const destinations = new Map<Ask['to'], string[]>();
  for (const key of keys) {
    const broker = route === 'broker' ? definitions[method].brokerOf?.(key) : places.get(key);
    const to = route === 'controller' ? 'controller' : (broker ?? 'leastLoaded');
    const there = destinations.get(to);
    if (there === undefined) destinations.set(to, [key]);
    // One InitProducerId tells one id: the others go when it is answered.
    else if (method !== 'fenceProducers') there.push(key);
  }
  return destinations;
}

function requestName({ isLookedUp, callName, method }: Operation<AdminMethod>): string {
  return isLookedUp ? `${callName}(api=${apiKeyName[method] ?? callName})` : callName;
}
const apiKeyName: Partial<Record<AdminMethod, string>> = {
  listOffsets: 'LIST_OFFSETS',
  deleteRecords: 'DELETE_RECORDS',
  describeProducers: 'DESCRIBE_PRODUCERS',
  abortTransaction: 'WRITE_TXN_MARKERS',
  describeConsumerGroups: 'DESCRIBE_GROUPS',
  listConsumerGroupOffsets: 'OFFSET_FETCH',
  alterConsumerGroupOffsets: 'OFFSET_COMMIT',
  deleteConsumerGroupOffsets: 'OFFSET_DELETE',
  deleteConsumerGroups: 'DELETE_GROUPS',
  removeMembersFromConsumerGroup: 'LEAVE_GROUP',
  describeTransactions: 'DESCRIBE_TRANSACTIONS',
  fenceProducers: 'INIT_PRODUCER_ID',
};
