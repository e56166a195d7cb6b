/**
 * The broker's session with ZooKeeper, and who waits for its answers. A request that the loss of a connection left without answer is
 * made again once there is a connection.
 *
 * Follows `kafka.zookeeper.ZooKeeperClient` and `kafka.zk.KafkaZkClient#retryRequestsUntilConnected` (3.9.0).
 */
import type { Delivered, KernelEvent } from '../../kernel/events.ts';
import type { ZkErrorName, ZkRequest, ZkResponse, ZkResult, WatchedEvent } from '../protocol/zookeeper.ts';
import type { ZkClientState, ZkOutcome, ZkSessionEvent, ZkTimerEvent } from '../zookeeper/client.ts';
import { zkClient, zkClose, zkConnect, zkHandle, zkRequest } from '../zookeeper/client.ts';
import type { Turn } from './turn.ts';
import { info, update } from './turn.ts';

const LOGGER = 'kafka.zookeeper.ZooKeeperClient';

/** Which request of which batch. */
interface Tag {
  readonly batch: number;
  readonly at: number;
}
/** Requests sent together, and what follows when all have been answered. */
interface Batch {
  readonly requests: readonly ZkRequest[];
  readonly results: readonly (ZkResult | null)[];
  readonly onAnswered: (turn: Turn, results: readonly ZkResult[]) => void;
  /** Whether it is given up when the session expires; otherwise it is asked again in the next one. */
  readonly endsWithSession: boolean;
}

export interface ZkConnection {
  readonly client: ZkClientState<Tag> | null;
  readonly batches: ReadonlyMap<number, Batch>;
  readonly nextBatch: number;
  /** To be asked again when connected. */
  readonly lost: readonly Tag[];
}

export const noZkConnection: ZkConnection = { client: null, batches: new Map(), nextBatch: 0, lost: [] };

/** What the connection tells the broker. */
export interface ZkListener {
  onSession(turn: Turn, event: ZkSessionEvent): void;
  onWatch(turn: Turn, event: WatchedEvent): void;
}

export function connectZooKeeper(turn: Turn): void {
  const { process, settings } = turn.broker;
  const client = zkClient<Tag>({
    process: process.process,
    connectString: settings.zookeeperConnect,
    sessionTimeoutMs: settings.zookeeperSessionTimeoutMs,
    seed: process.seed,
    sockets: { first: 30_000, count: 2_700 },
  });
  info(turn, `[ZooKeeperClient Kafka server] Initializing a new session to ${settings.zookeeperConnect}.`, LOGGER);
  take(turn, zkConnect(client, turn.now), null);
}

/** After the session expired: a new one. */
export function reinitializeSession(turn: Turn): void {
  const { client } = turn.broker.zk;
  if (client === null) return;
  const { zookeeperConnect } = turn.broker.settings;
  info(turn, `[ZooKeeperClient Kafka server] Initializing a new session to ${zookeeperConnect}.`, LOGGER);
  take(turn, zkConnect(client, turn.now), null);
}

export function closeZooKeeper(turn: Turn, listener: ZkListener): void {
  const { client } = turn.broker.zk;
  if (client !== null) take(turn, zkClose(client, turn.now), listener);
}

/** Asks one thing. */
export function askZk(turn: Turn, request: ZkRequest, then: (turn: Turn, result: ZkResult) => void): void {
  askAllZk(turn, [request], (later, [result]) => then(later, result!));
}

/** Asks several things at once; the answers come together, in the order of the requests. Asked nothing, goes on at once. */
export function askAllZk(
  turn: Turn,
  requests: readonly ZkRequest[],
  then: (turn: Turn, results: readonly ZkResult[]) => void,
  { endsWithSession } = { endsWithSession: false },
): void {
  if (requests.length === 0) return then(turn, []);
  const { zk } = turn.broker;
  const id = zk.nextBatch;
  const batches = new Map(zk.batches);
  batches.set(id, { requests, results: requests.map(() => null), onAnswered: then, endsWithSession });
  update(turn, { zk: { ...zk, batches, nextBatch: id + 1 } });
  for (let at = 0; at < requests.length; at++) send(turn, { batch: id, at }, requests[at]!);
}

function send(turn: Turn, tag: Tag, request: ZkRequest): void {
  const { client } = turn.broker.zk;
  if (client !== null) take(turn, zkRequest(client, request, tag, turn.now), null);
}

/** False when the event is not ZooKeeper's. */
export function handleZkEvent(turn: Turn, event: Delivered<KernelEvent | ZkTimerEvent>, listener: ZkListener): boolean {
  const { client } = turn.broker.zk;
  if (client === null) return false;
  const outcome = zkHandle(client, event);
  if (outcome === null) return false;
  take(turn, outcome, listener);
  return true;
}

function take(turn: Turn, outcome: ZkOutcome<Tag>, listener: ZkListener | null): void {
  update(turn, { zk: { ...turn.broker.zk, client: outcome.state } });
  turn.effects.push(...outcome.effects);
  turn.lines.push(...outcome.logs);
  for (const session of outcome.sessionEvents) {
    if (session === 'connected') resend(turn);
    if (session === 'expired') giveUp(turn);
    listener?.onSession(turn, session);
  }
  for (const { tag, result } of outcome.responses) answer(turn, tag, result);
  for (const watched of outcome.watchEvents) listener?.onWatch(turn, watched);
}

const mayComeBack = (error: ZkErrorName): boolean => error === 'CONNECTIONLOSS' || error === 'SESSIONEXPIRED';

function answer(turn: Turn, tag: Tag, result: ZkResult): void {
  const { zk } = turn.broker;
  const batch = zk.batches.get(tag.batch);
  if (batch === undefined) return;
  if (mayComeBack(result.error)) {
    if (zk.lost.every((other) => other.batch !== tag.batch))
      info(turn, '[ZooKeeperClient Kafka server] Waiting until connected.', LOGGER);
    update(turn, { zk: { ...zk, lost: [...zk.lost, tag] } });
    return;
  }
  const results = batch.results.with(tag.at, result);
  const batches = new Map(zk.batches);
  const isComplete = results.every((other) => other !== null);
  if (isComplete) batches.delete(tag.batch);
  else batches.set(tag.batch, { ...batch, results });
  update(turn, { zk: { ...zk, batches } });
  if (isComplete) batch.onAnswered(turn, results);
}

/** The session has expired, and what belonged to it. */
function giveUp(turn: Turn): void {
  const { zk } = turn.broker;
  const batches = new Map([...zk.batches].filter(([, { endsWithSession }]) => !endsWithSession));
  update(turn, { zk: { ...zk, batches, lost: zk.lost.filter(({ batch }) => batches.has(batch)) } });
}

function resend(turn: Turn): void {
  const { zk } = turn.broker;
  if (zk.lost.length === 0) return;
  update(turn, { zk: { ...zk, lost: [] } });
  const waiting = new Set(zk.lost.map(({ batch }) => batch));
  for (let i = 0; i < waiting.size; i++) info(turn, '[ZooKeeperClient Kafka server] Connected.', LOGGER);
  for (const tag of zk.lost) {
    const request = zk.batches.get(tag.batch)?.requests[tag.at];
    if (request !== undefined) send(turn, tag, request);
  }
}

/** The answer of one kind, or undefined when the request failed. */
export function answerOf<Op extends ZkResponse['op']>(
  result: ZkResult | undefined,
  op: Op,
): Extract<ZkResponse, { op: Op }> | undefined {
  const response = result?.response;
  return result?.error === 'OK' && isOf(response, op) ? response : undefined;
}

function isOf<Op extends ZkResponse['op']>(
  response: ZkResponse | null | undefined,
  op: Op,
): response is Extract<ZkResponse, { op: Op }> {
  return response?.op === op;
}
