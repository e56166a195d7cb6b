import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesFromHex, bytesOf, hexOf, sizeOf, textOf, utf8 } from './bytes.ts';

describe('bytes', () => {
  test('are the UTF-8 form of a text, as TextEncoder gives it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(hexOf(utf8(text))).toBe(Buffer.from(text, 'utf8').toString('hex'));
      }),
    );
  });

  test('are read as TextDecoder reads them, with a replacement character for each longest wrong prefix', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(textOf(bytesOf(octets))).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets));
      }),
    );
  });

  test('of a lone surrogate are a question mark, as in Java', () => {
    expect(utf8('a\ud800b')).toBe('a?b');
  });

  test('come back from their hexadecimal form', () => {
    expect(hexOf(bytesFromHex('00ff7f80'))).toBe('00ff7f80');
  });

  test('of nothing are none', () => {
    expect([sizeOf(null), sizeOf(utf8(''))]).toEqual([0, 0]);
  });
});
