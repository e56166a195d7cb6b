import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programs } from '../shell/registry.ts';
import type { RecordedScenario } from './compare.ts';
import { compareScenarios } from './compare.ts';
import { playFile } from './playFile.ts';

const textOf = (name: string): string => readFileSync(`goldens/${name}.json`, 'utf8');

const differences = (recording: string, seed: number): string => {
  const recorded = JSON.parse(recording) as RecordedScenario;
  return compareScenarios(recorded, playFile(recorded, { programs, seed })).different.join('\n');
};

/** Recordings that a play is equal to, step by step. */
const equal = ['cli/topics-unreachable'];

/**
 * The same with other names, numbers and texts, which change nothing else: replaced in what is typed and in what is expected. No name here
 * decides an order of hash maps.
 */
const variants: readonly (readonly [scenario: string, replaced: Readonly<Record<string, string>>])[] = [
  [
    'cli/topics-unreachable',
    { 'localhost:9092': 'localhost:9876', '127.0.0.1:9092': '127.0.0.1:9876', 'nulle-part': 'ailleurs' },
  ],
];

describe('a play is equal to the recording of real Kafka', () => {
  test.each(equal)('%s', (name) => {
    expect(differences(textOf(name), 1)).toBe('');
  });

  test.each(equal)('%s, whatever chance brings', (name) => {
    expect(differences(textOf(name), 20_250_519)).toBe('');
  });

  test.each(variants)('%s, with other names', (name, replaced) => {
    const words = Object.keys(replaced).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const pattern = new RegExp(words.join('|'), 'g');

    expect(
      differences(
        textOf(name).replace(pattern, (word) => replaced[word] ?? word),
        1,
      ),
    ).toBe('');
  });
});
