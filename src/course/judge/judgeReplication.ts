/** Predicates over leaders, in-sync replicas, the controller, and what ZooKeeper holds of them. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import { isEphemeralOwner } from '../../cluster/zookeeper/znodeTree.ts';
import type { Evidence } from '../evidence.ts';
import type { ReplicationPredicate } from '../predicate.ts';
import type { Finding } from './finding.ts';
import { counted, finding, isCount } from './finding.ts';
import { findPartition, partitionsOf } from './seenPartitions.ts';

export function judgeReplication(predicate: ReplicationPredicate, evidence: Evidence): Finding {
  const { picture } = evidence;
  switch (predicate.is) {
    case 'leaderIs': {
      const leader = findPartition(picture, predicate)?.leader ?? null;
      return finding(leader === predicate.broker, leader);
    }
    case 'leaderIsNot': {
      const leader = findPartition(picture, predicate)?.leader ?? null;
      const lives = picture.brokers.some(({ broker, health }) => broker === leader && health !== 'dead');
      return finding(leader !== null && leader !== predicate.broker && lives, leader);
    }
    case 'leaderEpoch':
      return counted(predicate.epoch, findPartition(picture, predicate)?.leaderEpoch ?? -1);
    case 'leadersSpread': {
      const leaders = new Set(partitionsOf(picture, predicate.topic).map(({ leader }) => leader));
      leaders.delete(-1);
      return counted(predicate.brokers, leaders.size);
    }
    case 'isrSize':
      return counted(predicate.size, findPartition(picture, predicate)?.isr.length ?? 0);
    case 'underReplicated': {
      const short = partitionsOf(picture, predicate.topic).filter(({ isr, replicas }) => isr.length < replicas.length);
      return counted(predicate.count, short.length);
    }
    case 'controllerIs': {
      const controller = controllerOf(picture);
      return finding(controller === predicate.broker, controller);
    }
    case 'controllerIsNot': {
      const controller = controllerOf(picture);
      return finding(controller >= 0 && controller !== predicate.broker, controller);
    }
    case 'controllerEpoch':
      return counted(
        predicate.epoch,
        Math.max(-1, ...picture.brokers.map(({ controllerEpoch }) => controllerEpoch ?? -1)),
      );
    case 'znode': {
      const { exists = true, data, isEphemeral, children } = predicate;
      const znode = evidence.znode(predicate.path);
      if (znode === undefined || !exists) return finding(!exists && znode === undefined && evidence.hasZooKeeper);
      const holds =
        (data === undefined || (znode.data ?? '').includes(data)) &&
        (isEphemeral === undefined || isEphemeralOwner(znode.ephemeralOwner) === isEphemeral) &&
        (children === undefined || isCount(children, znode.children.size));
      return finding(holds, children === undefined ? znode.data : znode.children.size);
    }
    case 'zooKeeperServes': {
      const leader = picture.zookeepers.find(
        ({ role, isServing }) => isServing && (role === 'leader' || role === 'standalone'),
      );
      return finding(leader !== undefined && leader.server !== predicate.leaderIsNot, leader?.server ?? null);
    }
  }
}

/** −1: none. */
const controllerOf = ({ brokers }: ClusterPicture): number =>
  brokers.find(({ isController, health }) => isController && health !== 'dead')?.broker ?? -1;
