/** The settings that topics have of their own, as this broker has read them from `/config/topics`, and what follows from them. */
import type { Settings } from '../../kafka/config/settings.ts';
import { logConfigOf, replicationSettingsOf } from '../../kafka/config/topicSettings.ts';
import type { LogConfig } from '../../kafka/log/logConfig.ts';
import type { BrokerSettings } from './brokerSettings.ts';

/** By topic; a topic without settings of its own may be absent. */
export type TopicSettings = ReadonlyMap<string, Settings>;

const NONE: Settings = {};

export const settingsOfTopic = (all: TopicSettings, topic: string): Settings => all.get(topic) ?? NONE;

export const logConfigOfTopic = (all: TopicSettings, topic: string, { effective }: BrokerSettings): LogConfig =>
  logConfigOf(settingsOfTopic(all, topic), effective);

/** `min.insync.replicas`, never more than there are replicas. */
export function effectiveMinIsrOf(
  all: TopicSettings,
  topic: string,
  { effective }: BrokerSettings,
  replicaCount: number,
): number {
  return Math.min(replicationSettingsOf(settingsOfTopic(all, topic), effective).minInsyncReplicas, replicaCount);
}
