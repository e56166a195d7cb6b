/**
 * One sentence on each setting that the simulator honours, in the reader's language. A setting that Kafka knows and that has none here is
 * accepted, and changes nothing.
 */
import { adminConfig } from './adminConfig.ts';
import { brokerConfig } from './brokerConfig.ts';
import { docsInEnglish } from './configDocs.en.ts';
import { docsInFrench } from './configDocs.fr.ts';
import type { ConfigTable } from './configTable.ts';
import { connectConfig } from './connectConfig.ts';
import { consumerConfig } from './consumerConfig.ts';
import { producerConfig } from './producerConfig.ts';
import { streamsConfig } from './streamsConfig.ts';
import { topicConfig } from './topicConfig.ts';

export const configTables = {
  topic: topicConfig,
  broker: brokerConfig,
  producer: producerConfig,
  consumer: consumerConfig,
  admin: adminConfig,
  connect: connectConfig,
  streams: streamsConfig,
} as const satisfies Record<string, ConfigTable>;

export type ConfigTableName = keyof typeof configTables;
export type ConfigDocs = Readonly<Record<ConfigTableName, Readonly<Record<string, string>>>>;

/** What the simulator makes of a setting's name. */
export type ConfigKnowledge = 'simulated' | 'notSimulated' | 'unknown';

export function knowledgeOf(table: ConfigTableName, name: string): ConfigKnowledge {
  if (!Object.hasOwn(configTables[table], name)) return 'unknown';
  return Object.hasOwn(docsInEnglish[table], name) ? 'simulated' : 'notSimulated';
}

/** Null for a setting that is not simulated. */
export function configDoc(table: ConfigTableName, name: string, language: 'fr' | 'en'): string | null {
  const docs: ConfigDocs = language === 'fr' ? docsInFrench : docsInEnglish;
  return docs[table][name] ?? null;
}
