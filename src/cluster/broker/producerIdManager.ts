/**
 * Ids of idempotent producers: each broker gives them out of a block of 1 000 that it got from the controller, which notes the last block
 * in `/latest_producer_id_block`.
 *
 * Follows `kafka.coordinator.transaction.RPCProducerIdManager` and `ZkProducerIdManager` (3.9.0, KIP-730).
 */
import type { ProducerId } from '../../kafka/ids.ts';
import { askController } from './controllerChannel.ts';
import { type Turn, update } from './turn.ts';
import { answerOf, askZk } from './zkConnection.ts';
import { encodeProducerIdBlock, lastProducerIdOf, paths } from './znodes.ts';

const BLOCK_SIZE = 1000;
/** The next block is asked for when this much of the present one is used. */
const PREFETCH_THRESHOLD = 0.9;

/** Null while the next block is on its way: the client asks again. */
export function nextProducerId(turn: Turn): ProducerId | null {
  let { producerIds } = turn.broker;
  if (producerIds.next > producerIds.last && producerIds.spare !== null)
    producerIds = { ...producerIds, ...producerIds.spare, spare: null };
  if (producerIds.next > producerIds.last) {
    requestBlock(turn);
    return null;
  }
  update(turn, { producerIds: { ...producerIds, next: producerIds.next + 1 } });
  if (producerIds.next >= producerIds.last + 1 - BLOCK_SIZE * (1 - PREFETCH_THRESHOLD)) requestBlock(turn);
  return producerIds.next as ProducerId;
}

function requestBlock(turn: Turn): void {
  const { producerIds, brokerId, brokerEpoch } = turn.broker;
  if (producerIds.isBeingAllocated || producerIds.spare !== null) return;
  update(turn, { producerIds: { ...producerIds, isBeingAllocated: true } });
  askController(turn, 'forwarding', 'AllocateProducerIds', { brokerId, brokerEpoch }, (later, response) => {
    const { producerIds: now } = later.broker;
    const settled = { ...now, isBeingAllocated: false };
    if (response?.errorCode !== 'NONE') return update(later, { producerIds: settled });
    const { producerIdStart, producerIdLen } = response;
    const block = { next: producerIdStart as number, last: producerIdStart + producerIdLen - 1 };
    update(later, { producerIds: now.next > now.last ? { ...settled, ...block } : { ...settled, spare: block } });
  });
}

/** On the controller: the block after the last one, written before it is given out. */
export function allocateProducerIdBlock(
  turn: Turn,
  brokerId: number,
  then: (turn: Turn, first: number, length: number) => void,
): void {
  askZk(turn, { op: 'getData', path: paths.producerIdBlock, watch: false }, (later, found) => {
    const stored = answerOf(found, 'getData');
    const first = lastProducerIdOf(stored?.data ?? null) + 1;
    const data = encodeProducerIdBlock(brokerId, first, first + BLOCK_SIZE - 1);
    const version = stored?.stat.version ?? -1;
    askZk(later, { op: 'setData', path: paths.producerIdBlock, data, version }, (last, written) => {
      if (written.error === 'OK') then(last, first, BLOCK_SIZE);
      else allocateProducerIdBlock(last, brokerId, then);
    });
  });
}
