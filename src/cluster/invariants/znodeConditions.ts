/**
 * A write on condition that a znode has a certain version is refused when it has another: so a controller that has been replaced writes
 * nothing more. Clients that lose are few, and a znode whose version has grown is therefore asked, and stays as it is, what it would answer
 * to one that knows another version; and each write of a partition's state is looked at on its way, whether it has that condition at all.
 *
 * Follows `PrepRequestProcessor#checkAndIncVersion` (ZooKeeper 3.8.4), `KafkaZkClient#wrapRequestWithControllerEpochCheck` (3.9.0).
 */
import type { Fact } from '../../kernel/facts.ts';
import type { World } from '../../kernel/world.ts';
import { paths } from '../broker/znodes.ts';
import { isZkMessage, noSession, type MultiOp, type Zxid } from '../protocol/zookeeper.ts';
import { superIdentity } from '../zookeeper/accessControl.ts';
import { applyTransaction, prepareTransaction, type WriteRequest } from '../zookeeper/transaction.ts';
import type { ZnodeTree } from '../zookeeper/znodeTree.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import { changedZnodes } from './znodeChanges.ts';

export class ZnodeConditions implements Invariant {
  /** By path, the last version asked about. */
  readonly #asked = new Map<string, number>();

  afterEvent({ world, facts, zooKeepers }: Observation): void {
    for (const { before, after, isServing } of zooKeepers) {
      if (!isServing || before === null || before.tree === after.tree) continue;
      for (const { path, after: node } of changedZnodes(before.tree, after.tree)) {
        if (node !== null && sequentialPath.test(path)) countsOn(after.tree, path);
        if (node === null || node.version === 0 || this.#asked.get(path) === node.version) continue;
        this.#asked.set(path, node.version);
        refusesOtherVersions(after.tree, path, node.version);
      }
    }
    for (const fact of facts) isConditional(fact, world);
  }
}

/** No permission stops it: only the condition is asked about. */
const whoeverAsks = { session: noSession, identities: [superIdentity] };

function refusesOtherVersions(tree: ZnodeTree, path: string, version: number): void {
  for (const other of [version - 1, version + 1]) {
    const set = { op: 'setData', path, data: '', version: other } as const;
    const requests: readonly WriteRequest[] = [
      set,
      { op: 'delete', path, version: other },
      { op: 'multi', ops: [{ op: 'check', path, version: other }] },
      // All of it is done, or nothing.
      {
        op: 'multi',
        ops: [
          { op: 'setData', path, data: '', version },
          { op: 'check', path, version },
        ],
      },
    ];
    for (const request of requests)
      if (prepareTransaction(tree, whoeverAsks, request, { zxid: 0 as Zxid, timeMs: 0 }).kind !== 'error')
        broken(
          `A ${request.op} of ${path} on condition of version ${other} would be done, though its version is ${version}.`,
        );
  }
}

const sequentialPath = /^\/(?:config\/changes|\w+_notification)\/\D*\d{10}$/;

/** The number of a sequential znode is never given again, were the znode deleted at once: who waits for the next one would miss it. */
function countsOn(tree: ZnodeTree, path: string): void {
  const [prefix, number] = [path.slice(0, -10), Number(path.slice(-10))];
  const stamp = { zxid: 0 as Zxid, timeMs: 0 };
  const deletion = { kind: 'change', change: { op: 'delete', path } } as const;
  const { tree: without } = applyTransaction(tree, { ...stamp, session: noSession, body: deletion });
  const create = { op: 'create', path: prefix, data: '', mode: 'PERSISTENT_SEQUENTIAL' } as const;
  const next = prepareTransaction(without, whoeverAsks, create, stamp);
  const created = next.kind === 'change' && next.change.op === 'create' ? next.change.path : '';
  if (Number(created.slice(-10)) <= number)
    broken(`The znode after ${path} would be ${created}, once that is deleted.`);
}

const statePath = /^\/brokers\/topics\/[^/]+\/partitions\/\d+\/state$/;

/** Only controllers write the states of partitions, each on condition that the controller epoch is the one that it was elected in. */
function isConditional({ what, process }: Fact, { processes }: World): void {
  if (what.kind !== 'sent' || process === null || !isZkMessage(what.message) || what.message.kind !== 'request') return;
  if (processes[process]?.program !== 'kafka-server') return;
  const { request } = what.message;
  const ops: readonly MultiOp[] =
    request.op === 'multi' ? request.ops : request.op === 'setData' || request.op === 'create' ? [request] : [];
  const written = ops.find(({ op, path }) => op !== 'check' && statePath.test(path));
  if (written === undefined) return;
  const [check] = ops;
  if (check?.op !== 'check' || check.path !== paths.controllerEpoch || check.version < 0)
    broken(`A broker writes ${written.path} whatever the controller epoch may be.`);
}
