/** The configuration of what a mark stands for: what was set, what is by default, and a sentence on each. */
import { brokerIn } from '../../cluster/broker/pictureOfBroker.ts';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { ConfigTableName } from '../../kafka/config/configDocs.ts';
import { configDoc, configTables, knowledgeOf } from '../../kafka/config/configDocs.ts';
import type { ConfigTable } from '../../kafka/config/configTable.ts';
import type { Settings } from '../../kafka/config/settings.ts';
import type { World } from '../../kernel/world.ts';
import type { Mark } from './mark.ts';

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  /** As Kafka prints it; null for none. */
  readonly defaultValue: string | null;
  readonly knowledge: 'simulated' | 'notSimulated' | 'unknown';
  readonly doc: string | null;
}
export interface Configuration {
  /** What was set, in a file, on a command line or while running; what differs from the default first, what changes nothing here last. */
  readonly given: readonly SettingRow[];
  /** Simulated settings that nobody has set. */
  readonly byDefault: readonly SettingRow[];
}

/** Null for what has no configuration that is known from here. */
export function configurationOf(
  mark: Mark,
  picture: ClusterPicture,
  { processes }: Pick<World, 'processes'>,
  language: Language,
): Configuration | null {
  switch (mark.kind) {
    case 'broker': {
      const id = picture.brokers.find(({ broker }) => broker === mark.broker)?.process;
      const process = id === undefined ? undefined : processes[id];
      const broker = process === undefined ? null : brokerIn(process);
      return broker === null ? null : describe('broker', broker.settings.effective, language);
    }
    case 'replica': {
      const topic = picture.topics.find((one) => one.topic === mark.topic);
      return topic === undefined ? null : describe('topic', topic.configs, language);
    }
    case 'producer': {
      const producer = picture.producers.find(({ process }) => process === mark.process);
      if (producer === undefined) return null;
      // Only these are known from outside: none is said to be by default.
      const settings = { acks: producer.acks, 'enable.idempotence': `${producer.isIdempotent}` };
      return { given: describe('producer', settings, language).given, byDefault: [] };
    }
    default:
      return null;
  }
}

function describe(table: ConfigTableName, settings: Settings, language: Language): Configuration {
  const definitions: ConfigTable = configTables[table];
  const row = (name: string, value: string): SettingRow => ({
    name,
    value,
    defaultValue: definitions[name]?.defaultValue ?? null,
    knowledge: knowledgeOf(table, name),
    doc: configDoc(table, name, language),
  });
  return {
    given: Object.entries(settings)
      .map(([name, value]) => row(name, value))
      .sort((a, b) => interest(b) - interest(a)),
    byDefault: Object.entries(definitions).flatMap(([name, { defaultValue }]) =>
      defaultValue === null || Object.hasOwn(settings, name) || knowledgeOf(table, name) !== 'simulated'
        ? []
        : [row(name, defaultValue)],
    ),
  };
}

const interest = ({ value, defaultValue, knowledge }: SettingRow): number =>
  (knowledge === 'notSimulated' ? 0 : 2) + (value === defaultValue ? 0 : 1);
