/**
 * Zigzag variable-length integers, seven bits a byte, least significant first.
 *
 * Follows `org.apache.kafka.common.utils.ByteUtils` (writeVarint, writeVarlong). Arithmetic is on doubles, exact up to 2^53.
 */
const TWO_TO_32 = 0x1_0000_0000;

/** Bytes that the integer takes: 1 for −64 to 63, up to 8 for a millisecond timestamp. */
export function varintSize(value: number): number {
  let unsigned = value >= 0 ? value * 2 : -value * 2 - 1;
  let size = 1;
  while (unsigned >= 128) {
    unsigned = Math.floor(unsigned / 128);
    size += 1;
  }
  return size;
}

/** The integer's bytes, as characters. */
export function varintBytes(value: number): string {
  let unsigned = value >= 0 ? value * 2 : -value * 2 - 1;
  let out = '';
  while (unsigned >= 128) {
    out += String.fromCharCode((unsigned % 128) | 0x80);
    unsigned = Math.floor(unsigned / 128);
  }
  return out + String.fromCharCode(unsigned);
}

/** Reads the integer at `position` and says where the next field starts. */
export function readVarint(bytes: string, position: number): { readonly value: number; readonly next: number } {
  let unsigned = 0;
  let scale = 1;
  for (let at = position; ; at++) {
    const byte = bytes.charCodeAt(at);
    unsigned += (byte & 0x7f) * scale;
    if (byte < 0x80 || at >= bytes.length) {
      return { value: unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2, next: at + 1 };
    }
    scale *= 128;
  }
}

/** Two's complement, big-endian, in 8 bytes: exact for the integers of a double. */
export function int64Bytes(value: number): string {
  const high = Math.floor(value / TWO_TO_32);
  return int32Bytes(high) + int32Bytes(value - high * TWO_TO_32);
}

export function int32Bytes(value: number): string {
  return String.fromCharCode((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

export function int16Bytes(value: number): string {
  return String.fromCharCode((value >> 8) & 0xff, value & 0xff);
}

export function readInt64(bytes: string, position: number): number {
  return readInt32(bytes, position) * TWO_TO_32 + (readInt32(bytes, position + 4) >>> 0);
}

export function readInt32(bytes: string, position: number): number {
  return (
    (bytes.charCodeAt(position) << 24) |
    (bytes.charCodeAt(position + 1) << 16) |
    (bytes.charCodeAt(position + 2) << 8) |
    bytes.charCodeAt(position + 3)
  );
}

export function readInt16(bytes: string, position: number): number {
  return ((bytes.charCodeAt(position) << 24) >> 16) | bytes.charCodeAt(position + 1);
}
