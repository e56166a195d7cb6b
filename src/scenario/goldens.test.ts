import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programs } from '../shell/registry.ts';
import type { RecordedScenario } from './compare.ts';
import { compareScenarios } from './compare.ts';
import { playFile } from './playFile.ts';

const read = (name: string): RecordedScenario =>
  JSON.parse(readFileSync(`goldens/${name}.json`, 'utf8')) as RecordedScenario;

/** Recordings that a play is equal to, step by step. */
const equal = ['cli/topics-unreachable'];

describe('a play is equal to the recording of real Kafka', () => {
  test.each(equal)('%s', (name) => {
    const recorded = read(name);

    const { different } = compareScenarios(recorded, playFile(recorded, { programs, seed: 1 }));

    expect(different.join('\n')).toBe('');
  });
});
