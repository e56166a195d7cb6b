/**
 * The hash that gives a key its partition.
 *
 * Follows `org.apache.kafka.common.utils.Utils#murmur2` and `BuiltInPartitioner#partitionForKey` (3.9.0).
 */
import type { Bytes } from '../bytes.ts';

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** A signed 32-bit number. */
export function murmur2(bytes: Bytes): number {
  const { length } = bytes;
  let hash = SEED ^ length;
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let word =
      bytes.charCodeAt(i) |
      (bytes.charCodeAt(i + 1) << 8) |
      (bytes.charCodeAt(i + 2) << 16) |
      (bytes.charCodeAt(i + 3) << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    word = Math.imul(word, MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  const left = length - whole;
  if (left >= 3) hash ^= bytes.charCodeAt(whole + 2) << 16;
  if (left >= 2) hash ^= bytes.charCodeAt(whole + 1) << 8;
  if (left >= 1) hash = Math.imul(hash ^ bytes.charCodeAt(whole), MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** Clears the sign bit: not the absolute value. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}

/** An empty key is a key; only a null one has no partition of its own. */
export function partitionForKey(key: Bytes, { partitionCount }: { readonly partitionCount: number }): number {
  return toPositive(murmur2(key)) % partitionCount;
}
