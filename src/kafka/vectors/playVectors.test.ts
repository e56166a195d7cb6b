import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { playVectors, type VectorFile } from './playVectors.ts';
import { replays } from './replays.ts';

const folder = new URL('../../../goldens/algorithms/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));
const readVectors = (name: string): VectorFile =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as VectorFile;

describe('vectors made by the classes of Kafka 3.9.0', () => {
  test.each(names)('%s: every answer is ours', (name) => {
    const vectors = readVectors(name);

    expect(playVectors(name, vectors)).toEqual({ equal: vectors.cases.length, differences: [] });
  });

  test('every replay has its file', () => {
    expect(Object.keys(replays).sort()).toEqual([...names].sort());
  });

  test('a file with an unknown name is not taken for equal', () => {
    expect(playVectors('13-unheard-of', { cases: [] })).toBeNull();
  });

  test('an answer that differs is told with its place', () => {
    const result = playVectors('10-split', { cases: [{ in: 'a b', out: ['a', 'c'] }] });

    expect(result).toEqual({ equal: 0, differences: [{ index: 0, path: 'out[1]: "b" instead of "c"' }] });
  });
});
