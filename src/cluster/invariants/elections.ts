/**
 * What the controller writes into `/brokers/topics/<topic>/partitions/<partition>/state`: epochs only grow, another leader has a higher
 * epoch, and comes from the ISR unless `unclean.leader.election.enable` says otherwise.
 */
import type { LeaderEpoch } from '../../kafka/ids.ts';
import { replicationSettingsOf } from '../../kafka/config/topicSettings.ts';
import { decodeConfig, decodePartitionState, paths } from '../broker/znodes.ts';
import type { Broker } from '../broker/broker.ts';
import type { ZnodeTree } from '../zookeeper/znodeTree.ts';
import { findZnode } from '../zookeeper/znodeTree.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';
import type { PartitionHistories, WrittenState } from './partitionHistories.ts';
import { changedZnodes } from './znodeChanges.ts';

const statePath = /^\/brokers\/topics\/([^/]+)\/partitions\/(\d+)\/state$/;

export class Elections implements Invariant {
  readonly #histories: PartitionHistories;
  readonly #lastZxid = new Map<string, number>();
  #broker: Broker | null = null;
  elections = 0;
  uncleanElections = 0;
  isrChanges = 0;

  constructor(histories: PartitionHistories) {
    this.#histories = histories;
  }

  afterEvent({ zooKeepers, brokers }: Observation): void {
    const changed = brokers.at(-1)?.after;
    if (changed !== undefined) this.#broker = changed;
    for (const { before, after, isServing } of zooKeepers) {
      if (!isServing || before?.tree === after.tree) continue;
      for (const { path, after: node } of changedZnodes(before?.tree ?? null, after.tree)) {
        const match = path.startsWith('/brokers/topics/') ? statePath.exec(path) : null;
        if (match === null) continue;
        if (node === null) this.#histories.forget(match[1]!);
        if (node === null || node.mzxid <= (this.#lastZxid.get(path) ?? 0)) continue;
        this.#lastZxid.set(path, node.mzxid);
        const state = decodePartitionState(node.data);
        if (state === null) continue;
        isByPresentController(path, state, node.mzxid, after.tree);
        this.#written(match[1]!, Number(match[2]), state, after.tree);
      }
    }
  }

  #written(topic: string, partition: number, state: WrittenState, tree: ZnodeTree): void {
    const history = this.#histories.of({ topic, partition });
    const before = history.state;
    history.state = state;
    const { leader, leaderEpoch, isr, controllerEpoch } = state;
    const name = `${topic}-${partition}`;
    if (isr.length === 0) broken(`The ISR of ${name} was written empty.`);
    if (leader !== -1 && !isr.includes(leader))
      broken(`Leader ${leader} of ${name} is not in the ISR ${isr.join(',')}.`);
    if (new Set(isr).size < isr.length) broken(`The ISR ${isr.join(',')} of ${name} names a replica twice.`);
    if (before === null) return;
    if (leaderEpoch < before.leaderEpoch)
      broken(`The leader epoch of ${name} went back from ${before.leaderEpoch} to ${leaderEpoch}.`);
    if (controllerEpoch < before.controllerEpoch)
      broken(`The controller epoch of ${name} went back from ${before.controllerEpoch} to ${controllerEpoch}.`);
    if (leaderEpoch === before.leaderEpoch) this.isrChanges += 1;
    else if (leader !== -1) this.elections += 1;
    if (leader !== before.leader && leaderEpoch === before.leaderEpoch)
      broken(`${name} has leader ${leader} instead of ${before.leader} with the same leader epoch ${leaderEpoch}.`);
    if (leaderEpoch !== before.leaderEpoch && isr.some((id) => !before.isr.includes(id) && id !== leader))
      broken(`The ISR of ${name} grew from ${before.isr.join(',')} to ${isr.join(',')} by an election.`);
    if (leader === -1 || before.isr.includes(leader)) return;
    if (!this.#mayElectUncleanly(topic, tree))
      broken(
        `Leader ${leader} of ${name} was elected outside the ISR ${before.isr.join(',')} with unclean.leader.election.enable=false.`,
      );
    if (isr.length !== 1)
      broken(`The ISR of ${name} is ${isr.join(',')} after an unclean election: it must be the leader alone.`);
    this.uncleanElections += 1;
    history.uncleanEpoch = leaderEpoch as LeaderEpoch;
    history.isRebased = false;
  }

  #mayElectUncleanly(topic: string, tree: ZnodeTree): boolean {
    if (this.#broker === null) return true;
    const settings = decodeConfig(findZnode(tree, paths.config('topics', topic))?.data ?? null);
    return replicationSettingsOf(settings, this.#broker.settings.effective).uncleanLeaderElection;
  }
}

/** Every write of a controller is made on condition that the controller epoch is still its own (`KafkaZkClient#wrapRequestWithControllerEpochCheck`). */
function isByPresentController(path: string, { controllerEpoch }: WrittenState, mzxid: number, tree: ZnodeTree): void {
  const epoch = findZnode(tree, paths.controllerEpoch);
  if (epoch !== undefined && epoch.mzxid < mzxid && controllerEpoch < Number(epoch.data))
    broken(`${path} was written by a controller of epoch ${controllerEpoch}, after epoch ${epoch.data} had begun.`);
}
