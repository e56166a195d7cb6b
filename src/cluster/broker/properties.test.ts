import { describe, expect, test } from 'vitest';
import { parseProperties } from './properties.ts';

describe('a properties file', () => {
  test('has keys and values around =, : or white space, comments, continuation lines and escapes', () => {
    const text = '# comment\n! another\na=1\nb : 2\nc 3\nlong = one,\\\n   two\npath=C:\\\\x\nempty=\na = 4\n';

    expect(parseProperties(text)).toEqual({ a: '4', b: '2', c: '3', long: 'one,two', path: 'C:\\x', empty: '' });
  });
});
