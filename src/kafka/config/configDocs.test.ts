import { describe, expect, test } from 'vitest';
import { docsInEnglish } from './configDocs.en.ts';
import { docsInFrench } from './configDocs.fr.ts';
import { configDoc, type ConfigTableName, configTables, knowledgeOf } from './configDocs.ts';

const tables = Object.keys(configTables) as ConfigTableName[];

describe('the sentences on settings', () => {
  test.each(tables)('%s: French and English say something of the same settings, all of them Kafka’s', (table) => {
    const names = Object.keys(docsInEnglish[table]);

    expect(Object.keys(docsInFrench[table])).toEqual(names);
    expect(names.filter((name) => !Object.hasOwn(configTables[table], name))).toEqual([]);
  });

  test('a setting is simulated, known only, or unknown', () => {
    const knowledge = ['retention.ms', 'compression.type', 'nulle.part'].map((name) => knowledgeOf('topic', name));

    expect(knowledge).toEqual(['simulated', 'notSimulated', 'unknown']);
  });

  test('a setting that is not simulated has no sentence', () => {
    expect(configDoc('topic', 'compression.type', 'fr')).toBeNull();
    expect(configDoc('producer', 'acks', 'fr')).toContain('tous les réplicas synchronisés');
  });
});
