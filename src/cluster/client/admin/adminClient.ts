/**
 * Kafka's admin client as a value: it queues calls, finds out which broker each must go to, retries, gives up at its deadline.
 *
 * Follows `org.apache.kafka.clients.admin.KafkaAdminClient` and `internals.AdminApiDriver` (3.9.0). A lookup that found nothing is
 * repeated at once, as in Kafka. One liberty: a method's result comes when all its keys have theirs.
 */
import { adminConfig } from '../../../kafka/config/adminConfig.ts';
import type { Delivered } from '../../../kernel/events.ts';
import { ms, timestampMsAt, type VirtualTimeUs } from '../../../kernel/time.ts';
import type { KafkaResponse } from '../../protocol/kafka/kafkaMessage.ts';
import { backoffUs, type BackoffRange } from '../backoff.ts';
import { bootstrapOf, commonConfigOf, numberSetting, wrongSetting } from '../clientConfig.ts';
import type { ClientEvent, ClientInit, ClientLog, ClientStep, Created } from '../clientStep.ts';
import { nodeById } from '../cluster.ts';
import {
  apiException,
  configException,
  isRetriable,
  type JavaException,
  kafkaException,
  simpleName,
} from '../javaException.ts';
import {
  type ClientResponse,
  closeNetwork,
  createNetworkClient,
  disconnect,
  handleNetwork,
  isConnectionFailed,
  isReady,
  leastLoadedNode,
  logOf,
  lookAgainAt,
  makeReady,
  type NetworkClient,
  type NetworkTurn,
  networkTurn,
  scheduleWakeUp,
  send,
} from '../networkClient.ts';
import type { Node } from '../node.ts';
import { type Complaint, failed, question, type Question, type Reading } from './adminDefinition.ts';
import {
  type AdminMetadata,
  clearController,
  createAdminMetadata,
  isMetadataReady,
  nextFetchAt,
  requestUpdate,
  updated,
  updateFailed,
} from './adminMetadata.ts';
import type { AdminCall, AdminMethod, AdminResult, Outcome } from './adminMethods.ts';
import { definitions } from './definitions.ts';
import { noBrokersToList } from './groupMethods.ts';
import { lookupQuestion, readLookup } from './lookup.ts';
import {
  beginOperation,
  isComplete,
  keysToAsk,
  type Operation,
  resultOf,
  withBrokers,
  withOutcomes,
} from './operation.ts';

const ADMIN_CLIENT = 'org.apache.kafka.clients.admin.KafkaAdminClient';

/** Where a call goes. */
type NodeProvider = 'leastLoaded' | 'controller' | 'metadata' | number;

/** One request of the client, on its way or waiting to be. */
interface Call {
  readonly id: number;
  /** Null: the client's own question for metadata. */
  readonly operation: number | null;
  readonly purpose: 'metadata' | 'nodes' | 'lookup' | 'request';
  readonly name: string;
  readonly keys: readonly string[];
  readonly deadlineAt: VirtualTimeUs;
  readonly provider: NodeProvider;
  readonly tries: number;
  readonly nextAllowedTryAt: VirtualTimeUs;
  readonly stage: 'pending' | 'assigned' | 'inFlight';
  readonly node: Node | null;
}

/** The client's state, to be kept and handed back. */
export interface AdminClient {
  readonly slot: number;
  readonly clientId: string;
  readonly logPrefix: string;
  readonly network: NetworkClient<number>;
  readonly metadata: AdminMetadata;
  readonly calls: readonly Call[];
  readonly operations: readonly Operation<AdminMethod>[];
  readonly nextId: number;
  readonly requestTimeoutUs: number;
  readonly defaultApiTimeoutMs: number;
  readonly retryBackoff: BackoffRange;
  readonly retries: number;
  /** By node id: when a node with waiting calls is given up for being slow to connect. */
  readonly nodeReadyDeadlines: ReadonlyMap<number, VirtualTimeUs>;
}

/** `results`: calls that this step completed, each once. */
export interface AdminStep extends ClientStep<AdminClient> {
  readonly results: readonly AdminResult[];
}

interface AdminTurn extends NetworkTurn<number> {
  readonly results: AdminResult[];
}

/** `Admin.create`: KafkaException `Failed to create new KafkaAdminClient` with its cause when settings are wrong. */
export function createAdminClient(init: ClientInit): Created<AdminClient> {
  const { properties, slot, seed, now } = init;
  const wrong = wrongSetting(adminConfig, properties);
  if (wrong !== null) return { outcome: 'failed', exception: wrong, logs: [] };
  const refused = (cause: JavaException, logs: readonly ClientLog[]): Created<AdminClient> => ({
    outcome: 'failed',
    exception: kafkaException('Failed to create new KafkaAdminClient', cause),
    logs,
  });
  if ((properties['bootstrap.servers'] ?? '').trim() === '') {
    return refused(configException('You must set either bootstrap.servers or bootstrap.controllers'), []);
  }
  const bootstrap = bootstrapOf(properties);
  if (bootstrap.outcome === 'failed') return refused(bootstrap.exception, bootstrap.logs);
  const config = commonConfigOf(adminConfig, properties);
  const requestTimeoutMs = config['request.timeout.ms'];
  const apiTimeoutMs = numberSetting(adminConfig, properties, 'default.api.timeout.ms');
  if (apiTimeoutMs < requestTimeoutMs && properties['default.api.timeout.ms'] !== undefined) {
    const message =
      'The specified value of default.api.timeout.ms must be no smaller than the value of request.timeout.ms.';
    return refused(configException(message), bootstrap.logs);
  }
  const given = properties['client.id'] ?? '';
  const clientId = given === '' ? `adminclient-${slot + 1}` : given;
  const logPrefix = `[AdminClient clientId=${clientId}] `;
  const admin: AdminClient = {
    slot,
    clientId,
    logPrefix,
    network: createNetworkClient(config, {
      slot,
      seed,
      clientId,
      logPrefix,
      maxInFlight: 1,
      metadata: null,
      isLazy: true,
    }),
    metadata: createAdminMetadata(bootstrap.nodes, {
      refreshBackoffUs: ms(config['retry.backoff.ms']),
      expireUs: ms(config['metadata.max.age.ms']),
    }),
    calls: [],
    operations: [],
    nextId: 0,
    requestTimeoutUs: ms(requestTimeoutMs),
    defaultApiTimeoutMs: Math.max(apiTimeoutMs, requestTimeoutMs),
    retryBackoff: { initialMs: config['retry.backoff.ms'], maxMs: config['retry.backoff.max.ms'] },
    retries: numberSetting(adminConfig, properties, 'retries'),
    nodeReadyDeadlines: new Map(),
  };
  const turn = beginAdminTurn(now);
  turn.logs.push(...bootstrap.logs);
  if (apiTimeoutMs < requestTimeoutMs) {
    turn.logs.push({
      level: 'WARN',
      text: `${logPrefix}Overriding the default value for default.api.timeout.ms (${apiTimeoutMs}) with the explicitly configured request timeout ${requestTimeoutMs}`,
      class: ADMIN_CLIENT,
    });
  }
  const { state, effects, logs } = finish(admin, turn);
  return { outcome: 'created', state, effects, logs };
}

/** Starts a call; its result comes with this or a later step. */
export function callAdmin(admin: AdminClient, call: AdminCall, now: VirtualTimeUs): AdminStep {
  const deadlineAt = (now + ms(call.timeoutMs ?? admin.defaultApiTimeoutMs)) as VirtualTimeUs;
  const operation = beginOperation(admin.nextId, call, deadlineAt);
  const turn = beginAdminTurn(now);
  const started = { ...admin, nextId: admin.nextId + 1, operations: [...admin.operations, operation] };
  return finish(advance(started, operation, turn), turn);
}

/** Every network event and CLIENT_TIMER of the process; what is not this client's changes nothing. */
export function handleAdmin(admin: AdminClient, event: Delivered<ClientEvent>): AdminStep {
  const turn = beginAdminTurn(event.now);
  return finish({ ...admin, network: handleNetwork(admin.network, event, turn) }, turn);
}

/** `Admin.close()` when no call is left: connections and timer go. */
export function closeAdmin(admin: AdminClient, now: VirtualTimeUs): AdminStep {
  const turn = beginAdminTurn(now);
  const network = closeNetwork(admin.network, turn);
  return stepOf({ ...admin, network, calls: [], operations: [] }, turn);
}

function beginAdminTurn(now: VirtualTimeUs): AdminTurn {
  return { ...networkTurn<number>(now), results: [] };
}
function stepOf(state: AdminClient, { effects, logs, results }: AdminTurn): AdminStep {
  return { state, effects, logs, results };
}

/** One round of `AdminClientRunnable#processRequests`. */
function finish(before: AdminClient, turn: AdminTurn): AdminStep {
  let admin = digest(before, turn);
  admin = timeOut(admin, turn);
  admin = assignPending(admin, turn);
  admin = maybeFetchMetadata(admin, turn);
  admin = sendEligible(admin, turn);
  admin = digest(admin, turn);
  const network = scheduleWakeUp(admin.network, nextWakeUp(admin, turn.now), turn);
  return stepOf({ ...admin, network }, turn);
}

/** Lost connections and answers, until there is nothing more to take in. */
function digest(before: AdminClient, turn: AdminTurn): AdminClient {
  let admin = before;
  while (turn.disconnections.length > 0 || turn.responses.length > 0) {
    if (turn.disconnections.length > 0) {
      turn.disconnections.length = 0;
      admin = { ...admin, metadata: requestUpdate(admin.metadata) };
      admin = unassign(admin, (node) => isConnectionFailed(admin.network, node.id));
    }
    for (const response of turn.responses.splice(0)) admin = takeResponse(admin, response, turn);
  }
  return admin;
}

/** Calls that were about to go to these nodes look for one anew. */
function unassign(admin: AdminClient, isConcerned: (node: Node) => boolean): AdminClient {
  if (!admin.calls.some(({ stage, node }) => stage === 'assigned' && node !== null && isConcerned(node))) return admin;
  const nodeReadyDeadlines = new Map(admin.nodeReadyDeadlines);
  const calls = admin.calls.map((call): Call => {
    if (call.stage !== 'assigned' || call.node === null || !isConcerned(call.node)) return call;
    nodeReadyDeadlines.delete(call.node.id);
    return { ...call, stage: 'pending', node: null };
  });
  return { ...admin, calls, nodeReadyDeadlines };
}

function takeResponse(before: AdminClient, response: ClientResponse<number>, turn: AdminTurn): AdminClient {
  const call = before.calls.find(({ id, stage }) => id === response.tag && stage === 'inFlight');
  if (call === undefined) return before;
  const admin = { ...before, calls: before.calls.filter((other) => other !== call) };
  if (response.answer === null) {
    const message = `Cancelled ${call.name} request with correlation id ${response.correlationId} due to node ${response.node} being disconnected`;
    return fail(admin, call, apiException('DisconnectException', message), turn);
  }
  if (call.purpose === 'metadata') return learnBrokers(admin, response.answer, turn);
  const operation = admin.operations.find(({ id }) => id === call.operation);
  return operation === undefined || call.node === null
    ? admin
    : takeAnswer(admin, { ...call, node: call.node }, operation, response.answer, turn);
}

function learnBrokers(admin: AdminClient, answer: KafkaResponse, turn: AdminTurn): AdminClient {
  if (answer.api !== 'Metadata') return admin;
  // A better destination may be known now.
  return unassign({ ...admin, metadata: updated(admin.metadata, answer.body, turn.now) }, () => true);
}

function takeAnswer(
  admin: AdminClient,
  call: Call & { readonly node: Node },
  operation: Operation<AdminMethod>,
  answer: KafkaResponse,
  turn: AdminTurn,
): AdminClient {
  if (call.purpose === 'nodes' || call.purpose === 'lookup') {
    const found = readLookup(operation, call.keys, answer);
    if (found.failure !== null) return fail(admin, call, found.failure, turn);
    complain(admin, found.complaints, turn);
    let next = withOutcomes(operation, found.failures);
    if (found.brokers !== null) next = withBrokers(next, found.brokers);
    const places = new Map([...next.places, ...found.places]);
    return advance(admin, { ...next, places, isNodesKnown: true, lookups: operation.lookups + 1 }, turn);
  }
  const { outcomes, lookAgain = [], failure, isNotController, complaints = [] } = readAnswer(operation, call, answer);
  complain(admin, complaints, turn);
  if (isNotController === true) {
    const metadata = requestUpdate(clearController(admin.metadata));
    return fail({ ...admin, metadata }, call, apiException('NotControllerException', notController), turn);
  }
  if (failure !== undefined) return fail(admin, call, failure, turn);
  const places = new Map(operation.places);
  for (const key of lookAgain) places.delete(key);
  const open = call.keys.filter((key) => !outcomes.has(key));
  const [nextAllowedAt, after] = open.length > 0 ? retryAt(admin, call.tries, turn.now) : [turn.now, admin];
  const retries = new Map(operation.retries);
  for (const key of open) retries.set(key, { tries: call.tries + 1, nextAllowedAt });
  return advance(after, { ...withOutcomes(operation, outcomes), places, retries }, turn);
}

function complain(admin: AdminClient, complaints: readonly Complaint[], turn: AdminTurn): void {
  for (const { text, by, exception } of complaints) {
    const line = logOf(admin, 'ERROR', text, `org.apache.kafka.clients.admin.internals.${by}`);
    turn.logs.push(exception === undefined ? line : { ...line, exception });
  }
}
const notController = 'This is not the correct controller for this cluster.';

function readAnswer<M extends AdminMethod>(
  operation: Operation<M>,
  { keys, node }: Call & { readonly node: Node },
  answer: KafkaResponse,
): Reading<Operation<M>['outcomes'] extends ReadonlyMap<string, Outcome<infer T>> ? T : never> {
  return definitions[operation.method].read(operation.args, keys, answer, node);
}

function retryAt(admin: AdminClient, tries: number, now: VirtualTimeUs): readonly [VirtualTimeUs, AdminClient] {
  const [waitUs, random] = backoffUs(admin.retryBackoff, tries, admin.network.random);
  return [(now + waitUs) as VirtualTimeUs, { ...admin, network: { ...admin.network, random } }];
}

/** Hands a completed operation over, or makes the calls for the keys that nobody is asked for yet. */
function advance(before: AdminClient, operation: Operation<AdminMethod>, turn: AdminTurn): AdminClient {
  if (isComplete(operation)) {
    turn.results.push(resultOf(operation, before.metadata.cluster.nodes));
    return {
      ...before,
      operations: before.operations.filter(({ id }) => id !== operation.id),
      calls: before.calls.filter((call) => call.operation !== operation.id),
    };
  }
  const known = before.operations.findIndex(({ id }) => id === operation.id);
  if (known < 0) return before;
  let admin: AdminClient = { ...before, operations: before.operations.with(known, operation) };
  const isAsked = new Set(admin.calls.flatMap((call) => (call.operation === operation.id ? call.keys : [])));
  for (const ask of keysToAsk(operation, isAsked)) {
    const call: Call = {
      id: admin.nextId,
      operation: operation.id,
      purpose: ask.purpose,
      name: ask.name,
      keys: ask.keys,
      deadlineAt: operation.deadlineAt,
      provider: ask.to,
      tries: ask.tries,
      nextAllowedTryAt: ask.nextAllowedAt,
      stage: 'pending',
      node: null,
    };
    admin = { ...admin, nextId: admin.nextId + 1, calls: [...admin.calls, call] };
  }
  return admin;
}

/** `Call#fail`: again after a backoff, or for good. The call is no longer among the client's. */
function fail(before: AdminClient, call: Call, exception: JavaException, turn: AdminTurn): AdminClient {
  const [nextAllowedTryAt, admin] = retryAt(before, call.tries, turn.now);
  const next: Call = { ...call, node: null, stage: 'pending', tries: call.tries + 1, nextAllowedTryAt };
  if (call.deadlineAt <= turn.now || (isRetriable(exception) && next.tries > admin.retries)) {
    const isTimeout = simpleName(exception) === 'TimeoutException';
    return giveUp(admin, call, isTimeout ? exception : timedOut(next, exception, turn.now), turn);
  }
  if (!isRetriable(exception)) return giveUp(admin, call, exception, turn);
  const operation = admin.operations.find(({ id }) => id === call.operation);
  // Keys whose broker does not answer are looked up again: their coordinator or leader may be elsewhere by now.
  if (simpleName(exception) === 'DisconnectException' && call.purpose === 'request' && operation?.isLookedUp === true) {
    const places = new Map(operation.places);
    const retries = new Map(operation.retries);
    for (const key of call.keys) {
      places.delete(key);
      retries.set(key, { tries: next.tries, nextAllowedAt: nextAllowedTryAt });
    }
    return advance(admin, { ...operation, places, retries }, turn);
  }
  return { ...admin, calls: [...admin.calls, next] };
}

function timedOut(call: Call, cause: JavaException, now: VirtualTimeUs): JavaException {
  const { name, deadlineAt, tries, nextAllowedTryAt } = call;
  const text = `Call(callName=${name}, deadlineMs=${timestampMsAt(deadlineAt)}, tries=${tries}, nextAllowedTryMs=${timestampMsAt(nextAllowedTryAt)})`;
  return apiException(
    'TimeoutException',
    `${text} timed out at ${timestampMsAt(now)} after ${tries} attempt(s)`,
    cause,
  );
}

function giveUp(admin: AdminClient, call: Call, exception: JavaException, turn: AdminTurn): AdminClient {
  if (call.operation === null) {
    turn.logs.push({ ...logOf(admin, 'INFO', 'Metadata update failed', ADMIN_METADATA), exception });
    return { ...admin, metadata: updateFailed(admin.metadata) };
  }
  const operation = admin.operations.find(({ id }) => id === call.operation);
  if (operation === undefined) return admin;
  const keys = call.purpose === 'nodes' ? [...operation.keys, ''] : call.keys;
  const isListing = call.purpose === 'nodes' && operation.method === 'listConsumerGroups';
  const failure = failed(isListing ? noBrokersToList(exception) : exception);
  const failures = new Map(keys.map((key) => [key, failure]));
  return advance(admin, { ...withOutcomes(operation, failures), isNodesKnown: true }, turn);
}
const ADMIN_METADATA = 'org.apache.kafka.clients.admin.internals.AdminMetadataManager';

function timeOut(before: AdminClient, turn: AdminTurn): AdminClient {
  let admin = before;
  for (const call of before.calls) {
    // Late from the next millisecond on.
    if (turn.now < call.deadlineAt + 1000) continue;
    if (call.stage === 'inFlight') {
      if (call.node === null) continue;
      const text = `Disconnecting from ${call.node.id} due to timeout while awaiting ${call.name}`;
      turn.logs.push(logOf(admin, 'INFO', text, ADMIN_CLIENT));
      admin = { ...admin, network: disconnect(admin.network, call.node.id, turn) };
      continue;
    }
    if (!admin.calls.includes(call)) continue;
    const why =
      call.stage === 'pending' ? 'Timed out waiting for a node assignment.' : 'Timed out waiting to send the call.';
    admin = { ...admin, calls: admin.calls.filter((other) => other !== call) };
    admin = fail(admin, call, apiException('TimeoutException', `${why} Call: ${call.name}`), turn);
  }
  return digest(admin, turn);
}

function assignPending(before: AdminClient, turn: AdminTurn): AdminClient {
  let admin = before;
  for (const call of before.calls) {
    if (call.stage === 'pending' && call.nextAllowedTryAt <= turn.now) admin = assign(admin, call, turn.now);
  }
  return admin;
}

function assign(before: AdminClient, call: Call, now: VirtualTimeUs): AdminClient {
  const [node, admin] = provide(before, call.provider, now);
  if (node === null) return admin;
  return {
    ...admin,
    calls: admin.calls.map((other) => (other === call ? { ...call, stage: 'assigned', node } : other)),
  };
}

function provide(admin: AdminClient, provider: NodeProvider, now: VirtualTimeUs): readonly [Node | null, AdminClient] {
  const { cluster } = admin.metadata;
  if (provider === 'metadata' || (provider === 'leastLoaded' && isMetadataReady(admin.metadata))) {
    const [node, network] = leastLoadedNode(admin.network, cluster.nodes, now);
    return [node, network === admin.network ? admin : { ...admin, network }];
  }
  if (isMetadataReady(admin.metadata)) {
    const node =
      provider === 'controller' ? cluster.controller : provider === 'leastLoaded' ? null : nodeById(cluster, provider);
    if (node !== null) return [node, admin];
  }
  return [null, { ...admin, metadata: requestUpdate(admin.metadata) }];
}

function maybeFetchMetadata(before: AdminClient, turn: AdminTurn): AdminClient {
  const dueAt = nextFetchAt(before.metadata);
  if (dueAt === null || dueAt > turn.now) return before;
  const call: Call = {
    id: before.nextId,
    operation: null,
    purpose: 'metadata',
    name: 'fetchMetadata',
    keys: [],
    deadlineAt: (turn.now + before.requestTimeoutUs) as VirtualTimeUs,
    provider: 'metadata',
    tries: 0,
    nextAllowedTryAt: turn.now,
    stage: 'pending',
    node: null,
  };
  const metadata: AdminMetadata = { ...before.metadata, state: 'UPDATE_PENDING', lastAttemptAt: turn.now };
  return assign({ ...before, metadata, nextId: before.nextId + 1, calls: [...before.calls, call] }, call, turn.now);
}

/** One call at a time goes to a node. */
function sendEligible(before: AdminClient, turn: AdminTurn): AdminClient {
  let admin = before;
  const seen = new Set<number>();
  for (const call of before.calls) {
    if (call.stage !== 'assigned' || call.node === null || seen.has(call.node.id)) continue;
    const { node } = call;
    seen.add(node.id);
    if (admin.calls.some((other) => other.stage === 'inFlight' && other.node?.id === node.id)) {
      admin = withoutDeadline(admin, node.id);
    } else if (isReady(admin.network, node.id, turn.now)) {
      admin = sendCall(admin, call, node, turn);
    } else {
      admin = awaitNode({ ...admin, network: makeReady(admin.network, node, turn) }, node, turn);
    }
  }
  return admin;
}

function withoutDeadline(admin: AdminClient, node: number): AdminClient {
  if (!admin.nodeReadyDeadlines.has(node)) return admin;
  const nodeReadyDeadlines = new Map(admin.nodeReadyDeadlines);
  nodeReadyDeadlines.delete(node);
  return { ...admin, nodeReadyDeadlines };
}

function awaitNode(admin: AdminClient, node: Node, turn: AdminTurn): AdminClient {
  const deadline = admin.nodeReadyDeadlines.get(node.id);
  if (deadline === undefined) {
    const at = (turn.now + admin.requestTimeoutUs) as VirtualTimeUs;
    return { ...admin, nodeReadyDeadlines: new Map(admin.nodeReadyDeadlines).set(node.id, at) };
  }
  if (turn.now < deadline) return admin;
  const count = admin.calls.filter((call) => call.stage === 'assigned' && call.node?.id === node.id).length;
  const text = `Disconnecting from ${node.id} and revoking ${count} node assignment(s) because the node is taking too long to become ready.`;
  turn.logs.push(logOf(admin, 'INFO', text, ADMIN_CLIENT));
  const released = unassign(admin, ({ id }) => id === node.id);
  return { ...released, network: disconnect(released.network, node.id, turn) };
}

function sendCall(before: AdminClient, call: Call, node: Node, turn: AdminTurn): AdminClient {
  const { now } = turn;
  const readyDeadline = before.nodeReadyDeadlines.get(node.id);
  const admin = withoutDeadline(before, node.id);
  // The time that the node took to become ready is part of the request's.
  const requestUs = readyDeadline === undefined ? admin.requestTimeoutUs : readyDeadline - now;
  const timeoutUs = Math.max(0, Math.min(requestUs, call.deadlineAt - now));
  const { api, body } = questionOf(admin, call, Math.floor(timeoutUs / 1000));
  const network = send(admin.network, node.id, api, body, call.id, turn, { timeoutUs });
  const calls = admin.calls.map((other): Call => (other === call ? { ...call, stage: 'inFlight' } : other));
  return { ...admin, network, calls };
}

function questionOf(admin: AdminClient, call: Call, timeoutMs: number): Question {
  const operation = admin.operations.find(({ id }) => id === call.operation);
  if (operation === undefined || call.purpose === 'metadata') {
    return question('Metadata', { topics: [], allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false });
  }
  if (call.purpose === 'request') return requestOf(operation, call.keys, timeoutMs);
  return lookupQuestion(operation, call.keys);
}

function requestOf<M extends AdminMethod>(
  operation: Operation<M>,
  keys: readonly string[],
  timeoutMs: number,
): Question {
  return definitions[operation.method].ask(operation.args, keys, timeoutMs);
}

function nextWakeUp(admin: AdminClient, now: VirtualTimeUs): VirtualTimeUs | null {
  let wakeAt = nextFetchAt(admin.metadata) ?? Number.MAX_SAFE_INTEGER;
  for (const { stage, deadlineAt, nextAllowedTryAt, node } of admin.calls) {
    // A call is late one millisecond after its deadline.
    wakeAt = Math.min(wakeAt, deadlineAt + 1000);
    if (stage === 'pending') {
      wakeAt = Math.min(wakeAt, nextAllowedTryAt > now ? nextAllowedTryAt : now + ms(admin.retryBackoff.initialMs));
    } else if (stage === 'assigned' && node !== null) {
      const deadline = admin.nodeReadyDeadlines.get(node.id);
      if (deadline !== undefined) wakeAt = Math.min(wakeAt, deadline);
      const lookAt = lookAgainAt(admin.network, node.id);
      if (lookAt !== null) wakeAt = Math.min(wakeAt, lookAt);
    }
  }
  return wakeAt === Number.MAX_SAFE_INTEGER ? null : (wakeAt as VirtualTimeUs);
}
