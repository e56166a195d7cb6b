import { describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { pollFileSource, startFileSource } from './fileStreamSource.ts';

const fileWith = (text: string) => ({ named: 0, contentOf: () => utf8(text) });

describe('the file source', () => {
  test('waits for the end of a line', () => {
    const first = pollFileSource(startFileSource({ startPosition: null }), fileWith('foo\nba'));
    const second = pollFileSource(first.task, fileWith('foo\nbar\n'));

    expect(first).toMatchObject({ outcome: 'lines', lines: [{ value: 'foo', position: 4 }] });
    expect(second).toMatchObject({ outcome: 'lines', lines: [{ value: 'bar', position: 8 }] });
  });

  test('waits for the file', () => {
    const polled = pollFileSource(startFileSource({ startPosition: null }), { named: null, contentOf: () => utf8('') });

    expect(polled).toMatchObject({ outcome: 'nothing', isFileMissing: true });
  });

  test('counts characters and skips bytes: after a restart an accent makes it read again from too early', () => {
    const text = 'été\nhiver\n';
    const first = pollFileSource(startFileSource({ startPosition: null }), fileWith(text));
    const again = pollFileSource(startFileSource({ startPosition: 10 }), fileWith(`${text}printemps\n`));

    expect(first).toMatchObject({ lines: [{ position: 4 }, { position: 10 }] });
    expect(again).toMatchObject({ lines: [{ value: 'r' }, { value: 'printemps' }] });
  });

  test('never comes back from a position past the end of the file', () => {
    expect(pollFileSource(startFileSource({ startPosition: 100 }), fileWith('un\n')).outcome).toBe('neverReturns');
  });

  test('reads a long file whole, whatever its characters', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `ligne ${i} – été 😀`);
    let task = startFileSource({ startPosition: null, batchSize: 100_000 });
    const polled = pollFileSource(task, fileWith(`${lines.join('\n')}\n`));
    task = polled.task;

    expect(polled.outcome === 'lines' && polled.lines.map(({ value }) => value)).toEqual(lines);
  });
});
