/**
 * Byte arrays as immutable values: a string whose character codes are bytes, 0 to 255.
 *
 * Engines store such a string in one byte a character; it compares with `===`, serves as a map key and is shared freely,
 * where a `Uint8Array` could be changed behind the back of an older version of the log.
 */
declare const bytes: unique symbol;
/** Each character code is one byte. Made by `utf8`, `bytesOf` or `bytesFromHex`, read by `textOf`. */
export type Bytes = string & { readonly [bytes]: true };

export const EMPTY_BYTES = '' as Bytes;

/** The UTF-8 form of a text; a lone surrogate becomes `?`, as in Java's `String.getBytes(UTF_8)`. */
export function utf8(text: string): Bytes {
  if (isAscii(text)) return text as Bytes;
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) out += character;
    else if (code < 0x800) out += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code >= 0xd800 && code <= 0xdfff) out += '?';
    else if (code < 0x10000) {
      out += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      out += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
    }
  }
  return out as Bytes;
}

/** The text that the bytes are the UTF-8 form of; what is not UTF-8 becomes U+FFFD, one for each longest wrong prefix. */
export function textOf(bytes: Bytes): string {
  if (isAscii(bytes)) return bytes;
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const { codePoint, length } = decodeAt(bytes, at);
    out += String.fromCodePoint(codePoint);
    at += length;
  }
  return out;
}

/** Number of bytes; a null has none. */
export function sizeOf(bytes: Bytes | null): number {
  return bytes === null ? 0 : bytes.length;
}

export function bytesOf(octets: Iterable<number>): Bytes {
  let out = '';
  for (const octet of octets) out += String.fromCharCode(octet & 0xff);
  return out as Bytes;
}

/** Two lower-case digits a byte. */
export function hexOf(bytes: Bytes): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += bytes.charCodeAt(i).toString(16).padStart(2, '0');
  return out;
}

export function bytesFromHex(hex: string): Bytes {
  let out = '';
  for (let i = 0; i < hex.length; i += 2) out += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16));
  return out as Bytes;
}

/** `length` zero bytes. */
export function zeroBytes(length: number): Bytes {
  return '\0'.repeat(length) as Bytes;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Lowest and highest second byte after each lead byte: what UTF-8 forbids (overlong forms, surrogates) is wrong at once. */
function secondByteRange(lead: number): readonly [low: number, high: number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

function decodeAt(bytes: Bytes, at: number): { readonly codePoint: number; readonly length: number } {
  const lead = bytes.charCodeAt(at);
  if (lead < 0x80) return { codePoint: lead, length: 1 };
  const following =
    lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
  if (following === 0) return { codePoint: 0xfffd, length: 1 };
  let codePoint = lead & (0x3f >> following);
  let [low, high] = secondByteRange(lead);
  for (let i = 1; i <= following; i++) {
    const next = at + i < bytes.length ? bytes.charCodeAt(at + i) : -1;
    if (next < low || next > high) return { codePoint: 0xfffd, length: i };
    codePoint = (codePoint << 6) | (next & 0x3f);
    [low, high] = [0x80, 0xbf];
  }
  return { codePoint, length: following + 1 };
}
