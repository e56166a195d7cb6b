/**
 * Before the first batch of a transaction is appended to a partition, its leader asks the coordinator whether the partition was added: else
 * a batch that comes late could open a transaction that nobody ends.
 *
 * Follows `kafka.server.AddPartitionsToTxnManager`, `ReplicaManager#maybeStartTransactionVerificationForPartitions` and
 * `VerificationStateEntry` (3.9.0, KIP-890).
 */
import { coordinatorPartition } from '../../kafka/coordinatorPartition.ts';
import type { ErrorName } from '../../kafka/errors.ts';
import type { BrokerId, ProducerEpoch, ProducerId } from '../../kafka/ids.ts';
import { TRANSACTION_STATE_TOPIC_NAME } from '../../kafka/internalTopics.ts';
import { hasOngoingTransaction } from '../../kafka/log/partitionLog.ts';
import { type TopicPartition, topicPartitionName } from '../../kafka/topicPartition.ts';
import type { AddPartitionsToTxnRequest, AddPartitionsToTxnResponse } from '../protocol/kafka/transactions.ts';
import { brokerBoolean } from './brokerSettings.ts';
import { findPartition } from './broker.ts';
import { aliveBroker, partitionState } from './metadataCache.ts';
import { linkRequest, sendOver } from './nodeLinks.ts';
import { type Turn, update, warn } from './turn.ts';

/** Of a producer in a partition, from the question until something is written. */
interface VerificationState {
  /** Makes this transaction another than the next one of the same producer. */
  readonly guard: number;
  /** Batches with a higher sequence wait for this one. */
  readonly lowestSequence: number;
  readonly epoch: ProducerEpoch;
}

/** What came of it, by partition: errors, and guards with which an append may begin. */
export interface Verdict {
  readonly errors: ReadonlyMap<string, ErrorName>;
  readonly guards: ReadonlyMap<string, number>;
}

/** Goes on with the request that waited. */
export type AfterVerification = (turn: Turn, verdict: Verdict) => void;

interface Question {
  readonly transaction: AddPartitionsToTxnRequest['transactions'][number];
  readonly verdict: Verdict;
  readonly proceed: AfterVerification;
}

export interface TransactionVerifications {
  /** By partition, by producer. */
  readonly states: ReadonlyMap<string, ReadonlyMap<ProducerId, VerificationState>>;
  readonly nextGuard: number;
  /** For each coordinator, what it is to be asked, by transactional id. */
  readonly waiting: ReadonlyMap<BrokerId, ReadonlyMap<string, Question>>;
  /** What each coordinator has been asked. */
  readonly inFlight: ReadonlyMap<BrokerId, readonly Question[]>;
}
export const noVerifications: TransactionVerifications = {
  states: new Map(),
  nextGuard: 0,
  waiting: new Map(),
  inFlight: new Map(),
};

export interface ToVerify {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  /** `baseSequence` −1: offsets, which have none. */
  readonly partitions: readonly (TopicPartition & { readonly baseSequence: number })[];
}

/** Goes on at once when nothing is to be asked. */
export function verifyTransaction(turn: Turn, toVerify: ToVerify, proceed: AfterVerification): void {
  const { transactionalId, producerId, producerEpoch } = toVerify;
  if (!brokerBoolean(turn.broker.settings, 'transaction.partition.verification.enable'))
    return proceed(turn, { errors: new Map(), guards: new Map() });
  const errors = new Map<string, ErrorName>();
  const guards = new Map<string, number>();
  const asked: TopicPartition[] = [];
  for (const { topic, partition, baseSequence } of toVerify.partitions) {
    const name = topicPartitionName({ topic, partition });
    const hosted = findPartition(turn.broker, topic, partition);
    if (hosted === undefined && partitionState(turn.broker.metadata, topic, partition) === undefined)
      errors.set(name, 'UNKNOWN_TOPIC_OR_PARTITION');
    else if (hosted?.role === 'offline') errors.set(name, 'KAFKA_STORAGE_ERROR');
    else if (hosted?.role !== 'leader' || hosted.log === null) errors.set(name, 'NOT_LEADER_OR_FOLLOWER');
    else if (!hasOngoingTransaction(hosted.log, producerId)) {
      guards.set(name, startVerification(turn, name, { producerId, producerEpoch, baseSequence }));
      asked.push({ topic, partition });
    }
  }
  const verdict: Verdict = { errors, guards };
  if (asked.length === 0) return proceed(turn, verdict);
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of asked) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  const transaction = {
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly: true,
    topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
  };
  ask(turn, { transaction, verdict, proceed });
}

function startVerification(
  turn: Turn,
  partition: string,
  {
    producerId,
    producerEpoch,
    baseSequence,
  }: Omit<ToVerify, 'partitions' | 'transactionalId'> & { readonly baseSequence: number },
): number {
  const { states, nextGuard } = turn.broker.verifications;
  const known = states.get(partition)?.get(producerId);
  const fresh = { guard: nextGuard, lowestSequence: baseSequence, epoch: producerEpoch };
  let state: VerificationState = known ?? fresh;
  if (known !== undefined && producerEpoch > known.epoch) state = { ...fresh, guard: known.guard };
  else if (producerEpoch === state.epoch && baseSequence < state.lowestSequence)
    state = { ...state, lowestSequence: baseSequence };
  const ofPartition = new Map(states.get(partition)).set(producerId, state);
  change(turn, {
    states: new Map(states).set(partition, ofPartition),
    nextGuard: known === undefined ? nextGuard + 1 : nextGuard,
  });
  return state.guard;
}

function change(turn: Turn, changes: Partial<TransactionVerifications>): void {
  update(turn, { verifications: { ...turn.broker.verifications, ...changes } });
}

function ask(turn: Turn, question: Question): void {
  const { transactionalId, producerEpoch } = question.transaction;
  const coordinator = coordinatorOf(turn, transactionalId);
  if (coordinator === null) return question.proceed(turn, failed(question, 'COORDINATOR_NOT_AVAILABLE'));
  const { waiting } = turn.broker.verifications;
  const ofNode = new Map(waiting.get(coordinator));
  const other = ofNode.get(transactionalId);
  if (other !== undefined && other.transaction.producerEpoch > producerEpoch)
    return question.proceed(turn, failed(question, 'INVALID_PRODUCER_EPOCH'));
  // One question a transactional id: the older one is given up.
  ofNode.set(transactionalId, question);
  change(turn, { waiting: new Map(waiting).set(coordinator, ofNode) });
  if (other !== undefined) {
    const isFenced = other.transaction.producerEpoch < producerEpoch;
    other.proceed(turn, failed(other, isFenced ? 'INVALID_PRODUCER_EPOCH' : 'NETWORK_EXCEPTION'));
  }
  sendQuestions(turn, coordinator);
}

function coordinatorOf({ broker: { metadata } }: Turn, transactionalId: string): BrokerId | null {
  const topic = TRANSACTION_STATE_TOPIC_NAME;
  const partitionCount = metadata.topics.get(topic)?.partitions.length ?? 0;
  if (partitionCount === 0) return null;
  const leader = partitionState(metadata, topic, coordinatorPartition(transactionalId, { partitionCount }))?.leader;
  return leader === undefined || aliveBroker(metadata, leader) === undefined ? null : leader;
}

const failed = ({ transaction, verdict }: Question, error: ErrorName): Verdict => {
  const errors = new Map(verdict.errors);
  for (const { name, partitions } of transaction.topics)
    for (const partition of partitions) errors.set(topicPartitionName({ topic: name, partition }), error);
  return { ...verdict, errors };
};

/** One request a coordinator at a time, with all that is to be asked. */
function sendQuestions(turn: Turn, coordinator: BrokerId): void {
  const { waiting, inFlight } = turn.broker.verifications;
  const questions = [...(waiting.get(coordinator)?.values() ?? [])];
  if (inFlight.has(coordinator) || questions.length === 0) return;
  const left = new Map(waiting);
  left.delete(coordinator);
  change(turn, { waiting: left, inFlight: new Map(inFlight).set(coordinator, questions) });
  const port = aliveBroker(turn.broker.metadata, coordinator)?.port;
  if (port === undefined) return answered(turn, coordinator, null);
  const body = { transactions: questions.map(({ transaction }) => transaction) };
  const clientId = String(turn.broker.brokerId);
  const link = { name: `verification-${coordinator}`, port, onLoss: 'fail' } as const;
  sendOver(turn, link, linkRequest('AddPartitionsToTxn', clientId, body, onAnswered(coordinator)));
}

const onAnswered =
  (coordinator: BrokerId) =>
  (turn: Turn, response: AddPartitionsToTxnResponse | null): void =>
    answered(turn, coordinator, response);

function answered(turn: Turn, coordinator: BrokerId, response: AddPartitionsToTxnResponse | null): void {
  const { inFlight } = turn.broker.verifications;
  const questions = inFlight.get(coordinator) ?? [];
  const others = new Map(inFlight);
  others.delete(coordinator);
  change(turn, { inFlight: others });
  if (response === null) {
    const port = aliveBroker(turn.broker.metadata, coordinator)?.port ?? -1;
    const text = `AddPartitionsToTxnRequest failed for node ${coordinator} with a network exception.`;
    const ident = `[AddPartitionsToTxnSenderThread-${turn.broker.brokerId}]: `;
    if (port !== -1) warn(turn, ident + text, 'kafka.server.AddPartitionsToTxnManager');
  }
  for (const question of questions) question.proceed(turn, verdictOf(question, response));
  sendQuestions(turn, coordinator);
}

function verdictOf(question: Question, response: AddPartitionsToTxnResponse | null): Verdict {
  if (response === null) return failed(question, 'NETWORK_EXCEPTION');
  if (response.errorCode !== 'NONE') return failed(question, response.errorCode);
  const { transactionalId } = question.transaction;
  const result = response.resultsByTransaction.find((one) => one.transactionalId === transactionalId);
  const errors = new Map(question.verdict.errors);
  for (const { name, partitions } of result?.topicResults ?? []) {
    for (const { partitionIndex, errorCode } of partitions) {
      if (errorCode === 'NONE') continue;
      // Producers know what to do about the former in an answer to Produce.
      const told = errorCode === 'PRODUCER_FENCED' ? 'INVALID_PRODUCER_EPOCH' : errorCode;
      errors.set(topicPartitionName({ topic: name, partition: partitionIndex }), told);
    }
  }
  return { ...question.verdict, errors };
}

/** Null: a batch of a transaction may be appended. Asked in the turn of the append. */
export function appendRefusal(
  turn: Turn,
  { topic, partition, baseSequence }: TopicPartition & { readonly baseSequence: number },
  producerId: ProducerId,
  { guards }: Verdict,
): ErrorName | null {
  if (!brokerBoolean(turn.broker.settings, 'transaction.partition.verification.enable')) return null;
  const log = findPartition(turn.broker, topic, partition)?.log;
  if (log == null || hasOngoingTransaction(log, producerId)) return null;
  const name = topicPartitionName({ topic, partition });
  const state = turn.broker.verifications.states.get(name)?.get(producerId);
  // The transaction that was verified has ended meanwhile.
  if (state === undefined || state.guard !== guards.get(name)) return 'INVALID_TXN_STATE';
  return baseSequence > state.lowestSequence ? 'OUT_OF_ORDER_SEQUENCE_NUMBER' : null;
}

/** Something was written: the transaction is open here, or has ended. */
export function endVerification(turn: Turn, { topic, partition }: TopicPartition, producerId: ProducerId): void {
  const name = topicPartitionName({ topic, partition });
  const { states } = turn.broker.verifications;
  const ofPartition = new Map(states.get(name));
  if (!ofPartition.delete(producerId)) return;
  const left = new Map(states);
  if (ofPartition.size === 0) left.delete(name);
  else left.set(name, ofPartition);
  change(turn, { states: left });
}

/** The partition is led elsewhere. */
export function forgetVerifications(turn: Turn, partition: TopicPartition): void {
  const states = new Map(turn.broker.verifications.states);
  if (states.delete(topicPartitionName(partition))) change(turn, { states });
}
