/**
 * Settings that change while the broker runs: it watches `/config/changes` and reads what each change names.
 *
 * Follows `kafka.server.ZkConfigManager`, `ConfigHandler`, `DynamicBrokerConfig` and
 * `kafka.common.ZkNodeChangeNotificationListener` (3.9.0).
 */
import type { Settings } from '../../kafka/config/settings.ts';
import { logConfigOf, replicationSettingsOf } from '../../kafka/config/topicSettings.ts';
import { withLogConfig } from '../../kafka/log/partitionLog.ts';
import { onUncleanElectionEnabled } from '../controller/electLeaders.ts';
import type { ZkRequest } from '../protocol/zookeeper.ts';
import { withDynamicSettings } from './brokerSettings.ts';
import { maybeIncrementLeaderHighWatermark } from './partition.ts';
import { effectiveMinIsrOf, settingsOfTopic } from './topicSettings.ts';
import { info, putPartition, type Turn, update } from './turn.ts';
import { answerOf, askAllZk, askZk } from './zkConnection.ts';
import { decodeConfig, decodeConfigChange, paths } from './znodes.ts';

type Done = (turn: Turn) => void;

/** How long a change stays in ZooKeeper, in milliseconds. */
const CHANGE_EXPIRATION_MS = 15 * 60_000;

/** The settings of brokers, before anything else is begun. */
export function readBrokerSettingsOfZooKeeper(turn: Turn, done: Done): void {
  const entities = ['<default>', String(turn.broker.brokerId)];
  const requests = entities.map((entity) => ({
    op: 'getData' as const,
    path: paths.config('brokers', entity),
    watch: false,
  }));
  askAllZk(turn, requests, (later, results) => {
    const [shared, own] = results.map((result) => decodeConfig(answerOf(result, 'getData')?.data ?? null));
    update(later, { settings: withDynamicSettings(later.broker.settings, own ?? {}, shared ?? {}) });
    done(later);
  });
}

/** Reads these topics' settings from ZooKeeper. */
export function readTopicSettings(turn: Turn, topics: readonly string[], done: Done): void {
  const requests = topics.map((topic) => ({
    op: 'getData' as const,
    path: paths.config('topics', topic),
    watch: false,
  }));
  askAllZk(turn, requests, (later, results) => {
    const all = new Map(later.broker.topicSettings);
    topics.forEach((topic, at) => all.set(topic, decodeConfig(answerOf(results[at], 'getData')?.data ?? null)));
    update(later, { topicSettings: all });
    done(later);
  });
}

/** All topics' settings, and the watch on changes. */
export function startDynamicConfig(turn: Turn, done: Done): void {
  askZk(turn, { op: 'getChildren', path: '/config/topics', watch: false }, (second, found) => {
    readTopicSettings(second, answerOf(found, 'getChildren')?.children ?? [], (last) =>
      askZk(last, { op: 'getChildren', path: paths.configChanges, watch: true }, (now, changes) => {
        // What was changed before this start has just been read.
        const names = answerOf(changes, 'getChildren')?.children ?? [];
        update(now, { lastConfigChange: Math.max(-1, ...names.map(numberOf)) });
        done(now);
      }),
    );
  });
}

const numberOf = (name: string): number => Number(name.slice('config_change_'.length));

/** Watch on `/config/changes`. */
export function onConfigChanges(turn: Turn): void {
  askZk(turn, { op: 'getChildren', path: paths.configChanges, watch: true }, (later, found) => {
    const names = [...(answerOf(found, 'getChildren')?.children ?? [])].sort();
    const fresh = names.filter((name) => numberOf(name) > later.broker.lastConfigChange);
    const requests = names.map(
      (name): ZkRequest => ({ op: 'getData', path: `${paths.configChanges}/${name}`, watch: false }),
    );
    if (fresh.length > 0) update(later, { lastConfigChange: numberOf(fresh[fresh.length - 1]!) });
    askAllZk(later, requests, (last, results) => {
      names.forEach((name, at) => {
        const change = answerOf(results[at], 'getData');
        if (change === undefined) return;
        if (last.nowMs - change.stat.ctime > CHANGE_EXPIRATION_MS)
          askZk(last, { op: 'delete', path: `${paths.configChanges}/${name}`, version: -1 }, () => {});
        if (fresh.includes(name)) applyChange(last, decodeConfigChange(change.data));
      });
    });
  });
}

function applyChange(turn: Turn, entityPath: string): void {
  const [entityType, entity] = entityPath.split('/');
  if (entity === undefined) return;
  if (entityType === 'topics') {
    readTopicSettings(turn, [entity], (later) => {
      const settings = settingsOfTopic(later.broker.topicSettings, entity);
      announce(later, entityPath, settings);
      applyTopicSettings(later, (topic) => topic === entity);
      if (settings['unclean.leader.election.enable'] === 'true') onUncleanElectionEnabled(later);
    });
  } else if (entityType === 'brokers' && (entity === '<default>' || Number(entity) === turn.broker.brokerId)) {
    const before = uncleanByDefault(turn);
    readBrokerSettingsOfZooKeeper(turn, (later) => {
      const { settings } = later.broker;
      announce(later, entityPath, entity === '<default>' ? settings.dynamicDefault : settings.dynamic);
      applyTopicSettings(later, () => true);
      if (uncleanByDefault(later) && !before) onUncleanElectionEnabled(later);
    });
  }
}

const uncleanByDefault = ({ broker }: Turn): boolean =>
  replicationSettingsOf({}, broker.settings.effective).uncleanLeaderElection;

function announce(turn: Turn, entityPath: string, settings: Settings): void {
  const shown = Object.entries(settings).map(([name, value]) => `${name} -> ${value}`);
  const kind = shown.length > 4 ? 'HashMap' : 'Map';
  info(
    turn,
    `Processing override for entityPath: ${entityPath} with config: ${kind}(${shown.join(', ')})`,
    'kafka.server.ZkConfigManager',
  );
}

/** Logs and leaders obey the new settings from now on. */
function applyTopicSettings(turn: Turn, isConcerned: (topic: string) => boolean): void {
  const { settings, topicSettings } = turn.broker;
  for (const partition of turn.broker.partitions) {
    if (partition === null || partition.log === null || !isConcerned(partition.topic)) continue;
    const config = logConfigOf(settingsOfTopic(topicSettings, partition.topic), settings.effective);
    const replicaCount = partition.replicas.length;
    const effectiveMinIsr = effectiveMinIsrOf(topicSettings, partition.topic, settings, replicaCount);
    putPartition(turn, { ...partition, log: withLogConfig(partition.log, config), effectiveMinIsr });
    if (partition.role === 'leader') maybeIncrementLeaderHighWatermark(turn, partition.index);
  }
}
