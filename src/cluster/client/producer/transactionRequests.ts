/**
 * The producer's requests about ids and transactions: whose turn it is, where it goes, what an answer changes.
 *
 * Follows `Sender#maybeSendAndPollTransactionalRequest` and the request handlers of `TransactionManager` (3.9.0). While one is waiting or
 * under way no records are sent, as the sender's thread waits for it.
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID, NO_LEADER_EPOCH, type LeaderEpoch } from '../../../kafka/ids.ts';
import { type TopicPartition, topicPartitionName } from '../../../kafka/topicPartition.ts';
import { ms, type VirtualTimeUs } from '../../../kernel/time.ts';
import type { CoordinatorType } from '../../protocol/kafka/groups.ts';
import type { KafkaResponse } from '../../protocol/kafka/kafkaMessage.ts';
import { type Question, question } from '../admin/adminDefinition.ts';
import { apiException, exceptionOf, isRetriable, type JavaException, kafkaException } from '../javaException.ts';
import { requestUpdate } from '../metadata.ts';
import {
  type ClientResponse,
  isReady,
  leastLoadedNode,
  logOf,
  lookAgainAt,
  makeReady,
  send,
} from '../networkClient.ts';
import { kafkaErrors } from '../../../kafka/errors.ts';
import type { Node } from '../node.ts';
import { hasIncomplete } from './batches.ts';
import { metadataOf, type Producer, type ProducerTag, type ProducerTurn } from './producerState.ts';
import {
  abortableError,
  completeTransaction,
  enqueue,
  hasError,
  isTransactional,
  type TransactionManager,
  transitionTo,
} from './transactionManager.ts';
import { coordinatorTypeOf, type OffsetToSend, type TxnRequest, type TxnRequestOf } from './txnRequest.ts';

const TRANSACTION_MANAGER = 'org.apache.kafka.clients.producer.internals.TransactionManager';
/** The first partitions of a transaction wait less for the end of the one before. */
const ADD_PARTITIONS_RETRY_BACKOFF_MS = 20;

export interface RequestsRound {
  readonly producer: Producer;
  /** Records must wait. */
  readonly isBusy: boolean;
  readonly wakeAt: VirtualTimeUs | null;
}

export function runTransactionRequests(before: Producer, turn: ProducerTurn): RequestsRound {
  let producer = before;
  for (;;) {
    const manager = producer.transactions;
    if (manager === null) return { producer, isBusy: false, wakeAt: null };
    if (manager.inFlight !== null) return { producer, isBusy: true, wakeAt: null };
    const [request, taken] = nextRequest(producer, manager, turn);
    producer = { ...producer, transactions: taken };
    if (request === null) return { producer, isBusy: false, wakeAt: null };
    if (request.isRetry && taken.nextRequestAt > turn.now) {
      return {
        producer: { ...producer, transactions: putFirst(taken, request) },
        isBusy: true,
        wakeAt: taken.nextRequestAt,
      };
    }
    const round = sendRequestOf(producer, taken, request, turn);
    if (round !== 'again') return round;
    producer = { ...producer, transactions: lookUp(putFirst(taken, request), request) };
  }
}

function putFirst(manager: TransactionManager, request: TxnRequest): TransactionManager {
  return { ...manager, pending: [request, ...manager.pending] };
}

/** `TransactionManager#nextRequest`: EndTxn waits for the records; requests of a failed transaction fail. */
function nextRequest(
  producer: Producer,
  before: TransactionManager,
  turn: ProducerTurn,
): readonly [TxnRequest | null, TransactionManager] {
  let manager = before.newPartitions.size > 0 ? enqueuePartitions(before) : before;
  for (;;) {
    const [request, ...rest] = manager.pending;
    if (request === undefined) return [null, manager];
    if (request.kind === 'endTxn' && hasIncomplete(producer)) return [null, manager];
    manager = { ...manager, pending: rest };
    if (hasError(manager) && !(manager.state === 'ABORTABLE_ERROR' && request.kind === 'findCoordinator')) {
      manager = endCall(manager, request, manager.lastError, turn);
      continue;
    }
    if (request.kind === 'endTxn' && !manager.transactionStarted) {
      // Nothing was ever added: there is nothing to end.
      manager = endCall(completeTransaction(manager), request, null, turn);
      continue;
    }
    return [request, manager];
  }
}

export function enqueuePartitions(manager: TransactionManager): TransactionManager {
  const pendingPartitions = new Map([...manager.pendingPartitions, ...manager.newPartitions]);
  const request: TxnRequest = {
    kind: 'addPartitions',
    partitions: [...pendingPartitions.values()],
    backoffMs: null,
    isRetry: false,
    tag: null,
  };
  return enqueue({ ...manager, newPartitions: new Map(), pendingPartitions }, request);
}

/** The application's call that this request stood for has ended. */
function endCall(
  manager: TransactionManager,
  { tag }: TxnRequest,
  exception: JavaException | null,
  turn: ProducerTurn,
): TransactionManager {
  if (tag === null) return manager;
  if (manager.awaited?.tag !== tag) return manager;
  turn.calls.push({ tag, exception });
  return { ...manager, awaited: null };
}

/** `again`: its coordinator has to be found first. */
function sendRequestOf(
  before: Producer,
  manager: TransactionManager,
  request: TxnRequest,
  turn: ProducerTurn,
): RequestsRound | 'again' {
  const type = coordinatorTypeOf(request, isTransactional(manager));
  let producer = before;
  let node: Node | null;
  if (type === null) {
    const [found, network] = leastLoadedNode(producer.network, metadataOf(producer).cluster.nodes, turn.now);
    producer = { ...producer, network };
    node = found;
  } else {
    node = type === 'GROUP' ? manager.groupCoordinator : manager.coordinator;
    if (node === null) return 'again';
  }
  if (node !== null && isReady(producer.network, node.id, turn.now)) {
    const { api, body } = questionOf(manager, request);
    const tag: ProducerTag = { kind: 'transaction' };
    const network = send(producer.network, node.id, api, body, tag, turn);
    return {
      producer: { ...producer, network, transactions: { ...manager, inFlight: request } },
      isBusy: true,
      wakeAt: null,
    };
  }
  if (node !== null) producer = { ...producer, network: makeReady(producer.network, node, turn) };
  const waiting = { ...producer, transactions: putFirst(manager, request) };
  if (node === null) {
    const backoffUs = ms(producer.settings.common['retry.backoff.ms']);
    return { producer: waiting, isBusy: true, wakeAt: (turn.now + backoffUs) as VirtualTimeUs };
  }
  const lookAt = lookAgainAt(producer.network, node.id);
  // A coordinator that cannot be reached may have moved.
  if (lookAt !== null && type !== null) {
    const { network } = producer;
    const metadata = requestUpdate(metadataOf(producer));
    const again = retry(lookUp(manager, request), request, turn.now + ms(producer.settings.common['retry.backoff.ms']));
    return {
      producer: { ...producer, network: { ...network, metadata }, transactions: again },
      isBusy: true,
      wakeAt: again.nextRequestAt,
    };
  }
  return { producer: waiting, isBusy: true, wakeAt: lookAt };
}

function retry(manager: TransactionManager, request: TxnRequest, at: number): TransactionManager {
  return { ...enqueue(manager, { ...request, isRetry: true }), nextRequestAt: at as VirtualTimeUs };
}

/** Asks for the coordinator that the request needs. */
function lookUp(manager: TransactionManager, request: TxnRequest): TransactionManager {
  const keyType = coordinatorTypeOf(request, isTransactional(manager));
  if (keyType === null) return manager;
  const key = keyType === 'GROUP' && 'group' in request ? request.group.groupId : (manager.transactionalId ?? '');
  return lookUpCoordinator(manager, keyType, key);
}
function lookUpCoordinator(before: TransactionManager, keyType: CoordinatorType, key: string): TransactionManager {
  const manager: TransactionManager =
    keyType === 'GROUP' ? { ...before, groupCoordinator: null } : { ...before, coordinator: null };
  const isAsked = manager.pending.some((other) => other.kind === 'findCoordinator' && other.keyType === keyType);
  return isAsked ? manager : enqueue(manager, { kind: 'findCoordinator', keyType, key, isRetry: false, tag: null });
}

function questionOf(manager: TransactionManager, request: TxnRequest): Question {
  const { producerId, producerEpoch, transactionTimeoutMs } = manager;
  const transactionalId = manager.transactionalId ?? '';
  switch (request.kind) {
    case 'findCoordinator':
      return question('FindCoordinator', { keyType: request.keyType, coordinatorKeys: [request.key] });
    case 'initProducerId':
      return question('InitProducerId', {
        transactionalId: manager.transactionalId,
        transactionTimeoutMs: isTransactional(manager) ? transactionTimeoutMs : 2147483647,
        producerId: request.isEpochBump ? producerId : NO_PRODUCER_ID,
        producerEpoch: request.isEpochBump ? producerEpoch : NO_PRODUCER_EPOCH,
      });
    case 'addPartitions':
      return question('AddPartitionsToTxn', {
        transactions: [
          { transactionalId, producerId, producerEpoch, verifyOnly: false, topics: topicsOf(request.partitions) },
        ],
      });
    case 'addOffsets':
      return question('AddOffsetsToTxn', {
        transactionalId,
        producerId,
        producerEpoch,
        groupId: request.group.groupId,
      });
    case 'txnOffsetCommit': {
      const { groupId, generationId, memberId, groupInstanceId } = request.group;
      return question('TxnOffsetCommit', {
        transactionalId,
        groupId,
        producerId,
        producerEpoch,
        generationId,
        memberId,
        groupInstanceId,
        topics: offsetsByTopic(request.offsets),
      });
    }
    case 'endTxn':
      return question('EndTxn', { transactionalId, producerId, producerEpoch, committed: request.committed });
  }
}

function topicsOf(partitions: readonly TopicPartition[]): { name: string; partitions: number[] }[] {
  const topics: { name: string; partitions: number[] }[] = [];
  for (const { topic, partition } of partitions) {
    const known = topics.find(({ name }) => name === topic);
    if (known === undefined) topics.push({ name: topic, partitions: [partition] });
    else known.partitions.push(partition);
  }
  return topics;
}

function offsetsByTopic(offsets: readonly OffsetToSend[]) {
  return topicsOf(offsets).map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partitionIndex) => {
      const entry = offsets.find(({ topic, partition }) => topic === name && partition === partitionIndex)!;
      return {
        partitionIndex,
        committedOffset: entry.offset,
        committedLeaderEpoch: entry.leaderEpoch === null ? NO_LEADER_EPOCH : (entry.leaderEpoch as LeaderEpoch),
        committedMetadata: entry.metadata,
      };
    }),
  }));
}

/** An answer to the request under way, or its loss. */
export function handleTransactionResponse(
  producer: Producer,
  { answer }: ClientResponse<ProducerTag>,
  turn: ProducerTurn,
): Producer {
  const { transactions } = producer;
  const request = transactions?.inFlight ?? null;
  if (transactions === null || request === null) return producer;
  const manager: TransactionManager = { ...transactions, inFlight: null };
  const backoffMs = producer.settings.common['retry.backoff.ms'];
  const reaction = new Reaction(producer, manager, request, turn, backoffMs);
  if (answer === null) reaction.lookUpAndRetry();
  else react(reaction, request, answer);
  return { ...producer, transactions: reaction.manager };
}

/** What can be done about an answer. */
class Reaction {
  manager: TransactionManager;
  readonly turn: ProducerTurn;
  readonly #producer: Producer;
  readonly #request: TxnRequest;
  readonly #backoffMs: number;

  constructor(
    producer: Producer,
    manager: TransactionManager,
    request: TxnRequest,
    turn: ProducerTurn,
    backoffMs: number,
  ) {
    this.#producer = producer;
    this.manager = manager;
    this.#request = request;
    this.turn = turn;
    this.#backoffMs = backoffMs;
  }
  done(): void {
    this.manager = endCall(this.manager, this.#request, null, this.turn);
  }
  retry(request: TxnRequest = this.#request, backoffMs: number = this.#backoffMs): void {
    this.manager = retry(this.manager, request, this.turn.now + ms(backoffMs));
  }
  lookUpAndRetry(): void {
    this.manager = lookUp(this.manager, this.#request);
    this.retry();
  }
  fatal(exception: JavaException): void {
    this.info(`Transiting to fatal error state due to ${exception.class}: ${exception.message}`);
    this.manager = transitionTo(endCall(this.manager, this.#request, exception, this.turn), 'FATAL_ERROR', exception);
    const { awaited } = this.manager;
    if (awaited !== null) {
      this.turn.calls.push({ tag: awaited.tag, exception });
      this.manager = { ...this.manager, awaited: null };
    }
  }
  abortable(exception: JavaException): void {
    this.info(`Transiting to abortable error state due to ${exception.class}: ${exception.message}`);
    this.manager = abortableError(endCall(this.manager, this.#request, exception, this.turn), exception);
  }
  /** Its id is not known any more: the next abort asks for a new epoch. */
  abortableWithBump(exception: JavaException): void {
    this.manager = { ...this.manager, epochBumpRequired: true };
    this.abortable(exception);
  }
  info(text: string): void {
    this.turn.logs.push(logOf(this.#producer, 'INFO', text, TRANSACTION_MANAGER));
  }
  /** Errors that all requests to the transaction coordinator treat alike; false: another one. */
  common(error: ErrorName): boolean {
    const exception = exceptionOf(error);
    if (error === 'COORDINATOR_NOT_AVAILABLE' || error === 'NOT_COORDINATOR') this.lookUpAndRetry();
    else if (isRetriable(exception)) this.retry();
    else if (error === 'INVALID_PRODUCER_EPOCH' || error === 'PRODUCER_FENCED')
      this.fatal(exceptionOf('PRODUCER_FENCED'));
    else if (error === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' || error === 'INVALID_TXN_STATE') this.fatal(exception);
    else if (error === 'UNKNOWN_PRODUCER_ID' || error === 'INVALID_PRODUCER_ID_MAPPING')
      this.abortableWithBump(exception);
    else if (error === 'TRANSACTION_ABORTABLE') this.abortable(exception);
    else return false;
    return true;
  }
}

function react(reaction: Reaction, request: TxnRequest, answer: KafkaResponse): void {
  switch (request.kind) {
    case 'initProducerId':
      if (answer.api === 'InitProducerId') afterInitProducerId(reaction, request, answer.body);
      return;
    case 'findCoordinator':
      if (answer.api === 'FindCoordinator') afterFindCoordinator(reaction, request, answer.body);
      return;
    case 'addPartitions':
      if (answer.api === 'AddPartitionsToTxn') afterAddPartitions(reaction, request, answer.body);
      return;
    case 'addOffsets':
      if (answer.api === 'AddOffsetsToTxn') afterAddOffsets(reaction, request, answer.body.errorCode);
      return;
    case 'txnOffsetCommit':
      if (answer.api === 'TxnOffsetCommit') afterTxnOffsetCommit(reaction, request, answer.body);
      return;
    case 'endTxn':
      if (answer.api === 'EndTxn') afterEndTxn(reaction, answer.body.errorCode);
      return;
  }
}

type BodyOf<A extends KafkaResponse['api']> = Extract<KafkaResponse, { readonly api: A }>['body'];
const textOf = (error: ErrorName): string => kafkaErrors[error].message ?? '';

function afterInitProducerId(
  reaction: Reaction,
  { isEpochBump }: TxnRequestOf<'initProducerId'>,
  { errorCode, producerId, producerEpoch }: BodyOf<'InitProducerId'>,
): void {
  if (errorCode === 'NONE') {
    reaction.info(`ProducerId set to ${producerId} with epoch ${producerEpoch}`);
    let manager: TransactionManager = {
      ...transitionTo(reaction.manager, 'READY'),
      producerId,
      producerEpoch,
      lastError: null,
    };
    if (isEpochBump) manager = { ...manager, entries: new Map(), unresolved: new Map() };
    reaction.manager = manager;
    reaction.done();
  } else if (errorCode === 'CLUSTER_AUTHORIZATION_FAILED' || errorCode === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED') {
    reaction.abortable(exceptionOf(errorCode));
  } else if (errorCode === 'INVALID_TXN_STATE' || !reaction.common(errorCode)) {
    reaction.fatal(kafkaException(`Unexpected error in InitProducerIdResponse; ${textOf(errorCode)}`));
  }
}

function afterFindCoordinator(
  reaction: Reaction,
  { keyType, key }: TxnRequestOf<'findCoordinator'>,
  { coordinators }: BodyOf<'FindCoordinator'>,
): void {
  const [found] = coordinators;
  if (found === undefined) return reaction.retry();
  const { errorCode, nodeId, host, port, errorMessage } = found;
  if (errorCode === 'NONE') {
    const node: Node = { id: nodeId, host, port, rack: null };
    reaction.info(`Discovered ${keyType.toLowerCase()} coordinator ${host}:${port} (id: ${nodeId} rack: null)`);
    reaction.manager =
      keyType === 'GROUP'
        ? { ...reaction.manager, groupCoordinator: node }
        : { ...reaction.manager, coordinator: node };
  } else if (isRetriable(exceptionOf(errorCode))) reaction.retry();
  else if (errorCode === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED') reaction.fatal(exceptionOf(errorCode));
  else if (errorCode === 'TRANSACTION_ABORTABLE' || errorCode === 'GROUP_AUTHORIZATION_FAILED') {
    reaction.abortable(exceptionOf(errorCode));
  } else {
    const text = `Could not find a coordinator with type ${keyType} with key ${key} due to unexpected error: ${errorMessage}`;
    reaction.fatal(kafkaException(text));
  }
}

function afterAddPartitions(
  reaction: Reaction,
  request: TxnRequestOf<'addPartitions'>,
  { resultsByTransaction }: BodyOf<'AddPartitionsToTxn'>,
): void {
  const errors: [name: string, error: ErrorName][] = [];
  for (const { topicResults } of resultsByTransaction) {
    for (const { name, partitions } of topicResults) {
      for (const { partitionIndex, errorCode } of partitions) errors.push([`${name}-${partitionIndex}`, errorCode]);
    }
  }
  let hasPartitionErrors = false;
  for (const [, error] of errors) {
    if (error === 'NONE') continue;
    if (error === 'CONCURRENT_TRANSACTIONS') {
      const isFirst = reaction.manager.partitionsInTransaction.size === 0;
      return isFirst ? reaction.retry(request, ADD_PARTITIONS_RETRY_BACKOFF_MS) : reaction.retry();
    }
    if (error === 'OPERATION_NOT_ATTEMPTED' || error === 'TOPIC_AUTHORIZATION_FAILED') hasPartitionErrors = true;
    else if (reaction.common(error)) return;
    else hasPartitionErrors = true;
  }
  const pendingPartitions = new Map(reaction.manager.pendingPartitions);
  for (const [name] of errors) pendingPartitions.delete(name);
  reaction.manager = { ...reaction.manager, pendingPartitions };
  if (hasPartitionErrors) {
    const list = errors.map(([name, error]) => `${name}=${error}`).join(', ');
    reaction.abortable(kafkaException(`Could not add partitions to transaction due to errors: {${list}}`));
    return;
  }
  const partitionsInTransaction = new Set([
    ...reaction.manager.partitionsInTransaction,
    ...errors.map(([name]) => name),
  ]);
  reaction.manager = { ...reaction.manager, partitionsInTransaction, transactionStarted: true };
}

function afterAddOffsets(reaction: Reaction, request: TxnRequestOf<'addOffsets'>, error: ErrorName): void {
  if (error === 'NONE') {
    const { offsets, group, tag } = request;
    const commit: TxnRequest = { kind: 'txnOffsetCommit', offsets, group, isRetry: false, tag };
    reaction.manager = enqueue({ ...reaction.manager, transactionStarted: true }, commit);
  } else if (error === 'GROUP_AUTHORIZATION_FAILED') reaction.abortable(exceptionOf(error));
  else if (!reaction.common(error)) {
    reaction.fatal(kafkaException(`Unexpected error in AddOffsetsToTxnResponse: ${textOf(error)}`));
  }
}

function afterTxnOffsetCommit(
  reaction: Reaction,
  request: TxnRequestOf<'txnOffsetCommit'>,
  { topics }: BodyOf<'TxnOffsetCommit'>,
): void {
  let open = request.offsets;
  let isMoved = false;
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      const place = topicPartitionName({ topic: name, partition: partitionIndex });
      if (errorCode === 'NONE') open = open.filter((offset) => topicPartitionName(offset) !== place);
      else if (
        errorCode === 'COORDINATOR_NOT_AVAILABLE' ||
        errorCode === 'NOT_COORDINATOR' ||
        errorCode === 'REQUEST_TIMED_OUT'
      ) {
        isMoved = true;
      } else if (isRetriable(exceptionOf(errorCode))) continue;
      else return refuseOffsets(reaction, errorCode);
    }
  }
  if (open.length === 0) return reaction.done();
  if (isMoved) reaction.manager = lookUp(reaction.manager, request);
  reaction.retry({ ...request, offsets: open });
}

function refuseOffsets(reaction: Reaction, error: ErrorName): void {
  switch (error) {
    case 'GROUP_AUTHORIZATION_FAILED':
    case 'FENCED_INSTANCE_ID':
    case 'TRANSACTION_ABORTABLE':
      return reaction.abortable(exceptionOf(error));
    case 'UNKNOWN_MEMBER_ID':
    case 'ILLEGAL_GENERATION':
      return reaction.abortable({
        class: 'org.apache.kafka.clients.consumer.CommitFailedException',
        message: `Transaction offset Commit failed due to consumer group metadata mismatch: ${textOf(error)}`,
      });
    case 'INVALID_PRODUCER_EPOCH':
    case 'PRODUCER_FENCED':
      return reaction.fatal(exceptionOf('PRODUCER_FENCED'));
    case 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED':
    case 'UNSUPPORTED_FOR_MESSAGE_FORMAT':
      return reaction.fatal(exceptionOf(error));
    default:
      return reaction.fatal(kafkaException(`Unexpected error in TxnOffsetCommitResponse: ${textOf(error)}`));
  }
}

function afterEndTxn(reaction: Reaction, error: ErrorName): void {
  if (error === 'NONE') {
    reaction.manager = completeTransaction(reaction.manager);
    reaction.done();
  } else if (!reaction.common(error)) {
    reaction.fatal(kafkaException(`Unhandled error in EndTxnResponse: ${textOf(error)}`));
  }
}

/** What a call that has waited for `max.block.ms` throws. */
export function awaitTimeout(operation: string, maxBlockMs: number): JavaException {
  return apiException('TimeoutException', `Timeout expired after ${maxBlockMs}ms while awaiting ${operation}`);
}
