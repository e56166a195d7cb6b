import { describe, expect, test } from 'vitest';
import { Thrown } from '../stackTrace.ts';
import { lineReaderOf, readRecord } from './lineReader.ts';

const keyed = { 'parse.key': 'true', 'key.separator': ':' };
const read = (properties: Readonly<Record<string, string>>, line: string) =>
  readRecord(lineReaderOf(properties), line, 6);
const refusal = (run: () => unknown): string | null => {
  try {
    run();
  } catch (problem) {
    if (problem instanceof Thrown) return problem.exception.message;
    throw problem;
  }
  return null;
};

describe('a line typed into the console producer', () => {
  test('is a value', () => {
    expect(read({}, '  bonjour ')).toEqual({ key: null, value: '  bonjour ', headers: [] });
  });

  test('is a key and a value at the first separator', () => {
    expect(read(keyed, 'k1:v:suite')).toMatchObject({ key: 'k1', value: 'v:suite' });
    expect(read(keyed, ':vide')).toMatchObject({ key: '', value: 'vide' });
  });

  test('without separator is refused, or a value where errors are ignored', () => {
    expect(refusal(() => read(keyed, 'rien'))).toBe("No key separator found on line number 6: 'rien'");
    expect(read({ ...keyed, 'ignore.error': 'true' }, 'rien')).toMatchObject({ key: null, value: 'rien' });
  });

  test('has nulls where the marker stands', () => {
    expect(read({ ...keyed, 'null.marker': 'NULL' }, 'k1:NULL')).toMatchObject({ key: 'k1', value: null });
  });

  test('begins with its headers', () => {
    const properties = { 'parse.key': 'true', 'parse.headers': 'true' };

    expect(read(properties, 'h1:v1,h2:\tclé\tv')).toEqual({
      key: 'clÃ©',
      value: 'v',
      headers: [
        { key: 'h1', value: 'v1' },
        { key: 'h2', value: '' },
      ],
    });
  });

  test('cannot have the same mark for two things', () => {
    expect(refusal(() => lineReaderOf({ 'headers.separator': '\t' }))).toBe(
      'headers.delimiter and headers.separator may not be equal',
    );
  });
});
