/**
 * ZooKeeper's promises: zxids and versions only grow, one transaction has one zxid on all servers, is on the disks of a majority before
 * anybody sees it, and is left out by none that comes after it; ephemerals belong to sessions that live.
 */
import type { ZkDatabase } from '../zookeeper/database.ts';
import type { LoggedTxn } from '../zookeeper/transaction.ts';
import { hexOfZxid, type Zxid } from '../protocol/zookeeper.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation, ZooKeeperChange } from './observation.ts';
import { changedZnodes, type ZnodeChange } from './znodeChanges.ts';

export class Znodes implements Invariant {
  /** Of all servers, by zxid. */
  readonly #committed = new Map<number, LoggedTxn>();
  /** The latest of them. */
  #latest = 0;
  /** By zxid, the one before it: all servers apply them in the same order, and leave none out. */
  readonly #previous = new Map<number, number>();
  /** Those that served clients at the last look. */
  readonly #serving = new Set<number>();
  /** By server, what clients last read there: one that looks for a leader has also applied what it logged and nobody committed. */
  readonly #served = new Map<number, ZkDatabase>();
  /** By server, what is on its disk. */
  readonly #disks = new Map<number, ZkDatabase>();

  afterEvent({ zooKeepers }: Observation): void {
    for (const change of zooKeepers) {
      const { before, after, isAlone, isServing } = change;
      this.#disks.set(change.server, after);
      if (isAlone) onlyGrows(change);
      if (isServing) this.#agrees(change);
      if (isServing && !this.#serving.has(change.server)) this.#hasNoGaps(change.server, after, 0);
      else if (isServing && before !== null) this.#hasNoGaps(change.server, after, before.lastZxid);
      if (isServing) this.#serving.add(change.server);
      else this.#serving.delete(change.server);
      if (before?.tree.ephemerals !== after.tree.ephemerals || before.sessions !== after.sessions)
        haveOwners(change.server, after);
      if (!isServing) continue;
      const known = this.#served.get(change.server);
      this.#served.set(change.server, after);
      if (known === undefined || known.tree === after.tree || after.lastZxid < known.lastZxid) continue;
      for (const changed of changedZnodes(known.tree, after.tree)) versionsGrow(changed, isAlone);
    }
  }

  #agrees({ server, before, after, ensembleSize }: ZooKeeperChange): void {
    const from = before === null ? 0 : before.lastZxid;
    const latest = this.#latest;
    for (let log = after.applied; log !== null && log !== before?.applied && log.txn.zxid >= from; log = log.previous) {
      const { txn, previous } = log;
      if (previous !== null && previous.txn.zxid >= txn.zxid)
        broken(`Server ${server} applied zxid ${hexOfZxid(txn.zxid)} after ${hexOfZxid(previous.txn.zxid)}.`);
      const known = this.#committed.get(txn.zxid);
      if (known === undefined) {
        this.#committed.set(txn.zxid, txn);
        this.#isHeldByMajority(txn.zxid, server, ensembleSize);
        if (txn.zxid > latest && previous !== null && previous.txn.zxid < latest)
          broken(
            `Server ${server} committed zxid ${hexOfZxid(txn.zxid)} after ${hexOfZxid(previous.txn.zxid)}, and has lost ${hexOfZxid(latest as Zxid)}.`,
          );
        this.#latest = Math.max(this.#latest, txn.zxid);
      } else if (known !== txn && JSON.stringify(known.body) !== JSON.stringify(txn.body))
        broken(`Server ${server} committed another transaction under zxid ${hexOfZxid(txn.zxid)} than the ensemble.`);
    }
  }

  /** Of one that begins to serve, all that it has: it was brought up to date by its leader. */
  #hasNoGaps(server: number, { applied }: ZkDatabase, from: number): void {
    for (let log = applied; log !== null && log.previous !== null && log.txn.zxid > from; log = log.previous) {
      const [zxid, previous] = [log.txn.zxid, log.previous.txn.zxid];
      const known = this.#previous.get(zxid);
      if (known === undefined) this.#previous.set(zxid, previous);
      else if (known !== previous)
        broken(
          `Server ${server} applied zxid ${hexOfZxid(zxid)} after ${hexOfZxid(previous)}, another server after ${hexOfZxid(known as Zxid)}.`,
        );
    }
  }

  #isHeldByMajority(zxid: Zxid, server: number, ensembleSize: number): void {
    let holders = 0;
    for (const { lastZxid, logged } of this.#disks.values())
      if (lastZxid >= zxid || logged.some((txn) => txn.zxid === zxid)) holders += 1;
    if (holders * 2 <= ensembleSize)
      broken(`Server ${server} committed zxid ${hexOfZxid(zxid)}, which ${holders} of ${ensembleSize} servers have.`);
  }
}

function onlyGrows({ server, before, after }: ZooKeeperChange): void {
  if (before !== null && after.lastZxid < before.lastZxid)
    broken(
      `The last zxid of server ${server} went back from ${hexOfZxid(before.lastZxid)} to ${hexOfZxid(after.lastZxid)}.`,
    );
}

function haveOwners(server: number, { tree, sessions }: ZkDatabase): void {
  for (const [session, paths] of tree.ephemerals) {
    if (!sessions.has(session))
      broken(`Server ${server} keeps the ephemeral ${[...paths][0]} of session ${session}, which is closed.`);
  }
}

function versionsGrow({ path, before, after }: ZnodeChange, isEveryChangeSeen: boolean): void {
  if (before === null || after === null) return;
  if (after.czxid !== before.czxid) {
    if (after.czxid < before.czxid) broken(`The czxid of ${path} went back.`);
    return;
  }
  if (after.version < before.version)
    broken(`The version of ${path} went back from ${before.version} to ${after.version}.`);
  if (after.mzxid < before.mzxid || after.pzxid < before.pzxid) broken(`A zxid of ${path} went back.`);
  if (after.mzxid !== before.mzxid && after.version === before.version)
    broken(`${path} was changed without a new version: it stays ${after.version}.`);
  if (isEveryChangeSeen && after.data !== before.data && after.version === before.version)
    broken(`The data of ${path} changed and its version did not.`);
}
