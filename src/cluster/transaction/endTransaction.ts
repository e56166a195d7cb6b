/**
 * EndTxn, and the ends that the coordinator decides itself: when a successor comes, and when time is over. The decision is written first
 * and answered then; markers follow.
 *
 * Follows `TransactionCoordinator#endTransaction` (3.9.0).
 */
import type { ErrorName } from '../../kafka/errors.ts';
import { NO_PRODUCER_EPOCH, type ProducerEpoch, type ProducerId } from '../../kafka/ids.ts';
import type { EndTxnRequest } from '../protocol/kafka/transactions.ts';
import {
  type Completion,
  type EndAnswer,
  log,
  type PendingAppend,
  putTransaction,
  type RequestTag,
  type TransactionTurn,
  transactionIn,
} from './coordinatorTurn.ts';
import { sendMarkers } from './markers.ts';
import { prepareAbortOrCommit, prepareComplete, type TransactionMetadata } from './transactionMetadata.ts';
import { begin, printTransit, transactionOfProducer } from './transitions.ts';

interface End {
  readonly transactionalId: string;
  readonly producerId: ProducerId;
  readonly producerEpoch: ProducerEpoch;
  readonly isCommit: boolean;
  /** A client must have the very epoch; the coordinator itself may have raised it. */
  readonly isFromClient: boolean;
}

export function endTxn(turn: TransactionTurn, to: RequestTag, { committed, ...producer }: EndTxnRequest): void {
  endTransaction(turn, { ...producer, isCommit: committed, isFromClient: true }, { kind: 'EndTxn', to });
}

export function endTransaction(turn: TransactionTurn, end: End, answer: EndAnswer): void {
  const found = transactionOfProducer(turn, end);
  if (typeof found === 'string') return answerEnd(turn, answer, end.transactionalId, found);
  const { coordinatorEpoch } = found;
  const refusal = refusalOf(found.metadata, end);
  if (refusal !== null) return answerEnd(turn, answer, end.transactionalId, refusal);
  const isEpochFence = found.metadata.pendingState === 'PrepareEpochFence';
  const { producerEpoch } = end;
  const metadata: TransactionMetadata = isEpochFence
    ? { ...found.metadata, pendingState: null, producerEpoch, lastProducerEpoch: NO_PRODUCER_EPOCH }
    : found.metadata;
  const state = end.isCommit ? 'PrepareCommit' : 'PrepareAbort';
  const prepared = prepareAbortOrCommit(metadata, state, turn.nowMs);
  begin(turn, coordinatorEpoch, prepared, { kind: 'end', isCommit: end.isCommit, isEpochFence, answer });
}

/** Null: it may end now. NONE: it has ended that way already. */
function refusalOf(
  { producerEpoch, pendingState, state }: TransactionMetadata,
  end: Pick<End, 'producerEpoch' | 'isCommit' | 'isFromClient'>,
): ErrorName | null {
  if ((end.isFromClient && end.producerEpoch !== producerEpoch) || end.producerEpoch < producerEpoch)
    return 'PRODUCER_FENCED';
  if (pendingState !== null && pendingState !== 'PrepareEpochFence') return 'CONCURRENT_TRANSACTIONS';
  switch (state) {
    case 'Ongoing':
      return null;
    case 'CompleteCommit':
      return end.isCommit ? 'NONE' : 'INVALID_TXN_STATE';
    case 'CompleteAbort':
      return end.isCommit ? 'INVALID_TXN_STATE' : 'NONE';
    case 'PrepareCommit':
      return end.isCommit ? 'CONCURRENT_TRANSACTIONS' : 'INVALID_TXN_STATE';
    case 'PrepareAbort':
      return end.isCommit ? 'INVALID_TXN_STATE' : 'CONCURRENT_TRANSACTIONS';
    case 'Empty':
      return 'INVALID_TXN_STATE';
    case 'Dead':
    case 'PrepareEpochFence':
      throw new Error(`A transaction is ${state}: it should never get there.`);
  }
}

type EndAppend = Extract<PendingAppend, { readonly kind: 'transition' }> & {
  readonly next: Extract<PendingAppend, { readonly kind: 'transition' }>['next'] & { readonly kind: 'end' };
};

/** The decision is in the log, or could not be written. */
export function finishDecision(turn: TransactionTurn, pending: EndAppend, error: ErrorName): void {
  const { transactionalId, coordinatorEpoch, transit, next } = pending;
  const metadata = transactionIn(turn, pending);
  if (error === 'NONE' && metadata !== null) {
    const prepared = prepareComplete(metadata, turn.nowMs);
    putTransaction(turn, prepared.metadata);
    answerEnd(turn, next.answer, transactionalId, 'NONE');
    const completion: Completion = { transactionalId, coordinatorEpoch, transit: prepared.transit };
    return sendMarkers(turn, completion, { isCommit: next.isCommit });
  }
  const result = next.isCommit ? 'COMMIT' : 'ABORT';
  const text =
    `Aborting sending of transaction markers and returning ${error} error to client for ${transactionalId}'s EndTransaction request of ${result}, ` +
    `since appending ${printTransit(transit)} to transaction log with coordinator epoch ${coordinatorEpoch} failed`;
  log(turn, 'INFO', text);
  if (next.isEpochFence && metadata !== null) {
    putTransaction(turn, { ...metadata, hasFailedEpochFence: true });
    const fence =
      `The coordinator failed to write an epoch fence transition for producer ${transactionalId} to the transaction log with error ${error}. ` +
      `The epoch was increased to ${transit.producerEpoch} but not returned to the client`;
    log(turn, 'WARN', fence);
  }
  answerEnd(turn, next.answer, transactionalId, error);
}

function answerEnd(turn: TransactionTurn, answer: EndAnswer, transactionalId: string, error: ErrorName): void {
  if (answer.kind === 'EndTxn') turn.replies.push({ to: answer.to, api: 'EndTxn', body: { errorCode: error } });
  else if (answer.kind === 'InitProducerId') {
    const errorCode = error === 'NONE' ? 'CONCURRENT_TRANSACTIONS' : error;
    const body = { errorCode, producerId: -1 as ProducerId, producerEpoch: NO_PRODUCER_EPOCH };
    turn.replies.push({ to: answer.to, api: 'InitProducerId', body });
  } else if (error === 'NONE') {
    const text = `Completed rollback of ongoing transaction for transactionalId ${transactionalId} due to timeout`;
    log(turn, 'INFO', text);
  } else if (!isOrdinary(error)) {
    log(
      turn,
      'WARN',
      `Rollback of ongoing transaction for transactionalId ${transactionalId} failed due to error ${error}`,
    );
  }
}

/** Somebody else has ended it meanwhile. */
const isOrdinary = (error: ErrorName): boolean =>
  error === 'INVALID_PRODUCER_ID_MAPPING' || error === 'PRODUCER_FENCED' || error === 'CONCURRENT_TRANSACTIONS';
