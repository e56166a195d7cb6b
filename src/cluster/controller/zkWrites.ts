/**
 * What the controller asks of ZooKeeper. Each write is made together with a check of `/controller_epoch`: who is controller no more writes
 * nothing. An event that is abandoned, or whose session has expired, gets no answer.
 *
 * Follows `kafka.zk.KafkaZkClient#retryRequestsUntilConnected(requests, expectedControllerZkVersion)` (3.9.0).
 */
import type { Turn } from '../broker/turn.ts';
import { askAllZk } from '../broker/zkConnection.ts';
import { paths } from '../broker/znodes.ts';
import type { Stat, ZkErrorName, ZkRequest, ZkResult, ZkWrite } from '../protocol/zookeeper.ts';
import { controllerOf } from './controllerContext.ts';

export interface Written {
  readonly error: ZkErrorName;
  /** Of the znode created or set. */
  readonly stat: Stat | null;
}

type Results = readonly ZkResult[];

/** Asks several things at once for the event that is being handled. */
export function askAll(turn: Turn, requests: readonly ZkRequest[], then: (turn: Turn, results: Results) => void): void {
  const { term } = controllerOf(turn);
  const onAnswered = (later: Turn, results: Results): void => {
    if (controllerOf(later).term === term) then(later, results);
  };
  askAllZk(turn, requests, onAnswered, { endsWithSession: true });
}

export function askOne(turn: Turn, request: ZkRequest, then: (turn: Turn, result: ZkResult) => void): void {
  askAll(turn, [request], (later, [result]) => then(later, result!));
}

/** Calls back only while this broker is the controller; otherwise it resigns, and what it was doing ends here. */
export function writeAsController(
  turn: Turn,
  writes: readonly ZkWrite[],
  then: (turn: Turn, written: readonly Written[]) => void,
): void {
  const { epochZkVersion } = controllerOf(turn);
  const requests = writes.map((write) => ({
    op: 'multi' as const,
    ops: [{ op: 'check' as const, path: paths.controllerEpoch, version: epochZkVersion }, write],
  }));
  askAll(turn, requests, (later, results) => {
    const written = results.map(({ error, response }): Written & { readonly isFenced: boolean } => {
      const [check, write] = response?.op === 'multi' ? response.results : [];
      const isFenced = check?.op === 'error' && check.error !== 'OK' && check.error !== 'RUNTIMEINCONSISTENCY';
      if (error === 'OK' && (write?.op === 'create' || write?.op === 'setData'))
        return { error, stat: write.stat, isFenced: false };
      const failure = write?.op === 'error' ? write.error : error;
      return { error: error === 'OK' ? 'OK' : failure, stat: null, isFenced };
    });
    if (written.some(({ isFenced }) => isFenced)) return later.controllerHooks.onControllerMoved(later);
    then(later, written);
  });
}
