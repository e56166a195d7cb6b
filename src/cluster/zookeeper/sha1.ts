/** SHA-1 (RFC 3174), with which ZooKeeper keeps the passwords of its `digest` scheme. */
import type { Bytes } from '../../kafka/bytes.ts';
import { bytesOf } from '../../kafka/bytes.ts';

/** The digest's 20 bytes. */
export function sha1(message: Bytes): Bytes {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const padded = wordsOf(message);
  for (let at = 0; at < padded.length; at += 16) mix(state, padded.slice(at, at + 16));
  return bytesOf(state.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]));
}

/** A one bit, zeros, and the length in bits, in blocks of 16 words. */
function wordsOf(message: Bytes): number[] {
  const words = Array.from({ length: 16 * Math.ceil((message.length + 9) / 64) }, () => 0);
  for (let at = 0; at <= message.length; at++) {
    const byte = at < message.length ? message.charCodeAt(at) : 0x80;
    words[at >> 2]! |= byte << (24 - 8 * (at & 3));
  }
  words[words.length - 1] = message.length * 8;
  return words;
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function mix(state: number[], block: readonly number[]): void {
  const words = [...block];
  for (let at = 16; at < 80; at++)
    words.push(rotated(words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!, 1));
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (let at = 0; at < 80; at++) {
    const next = (rotated(a, 5) + chosen(at, b, c, d) + e + words[at]!) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, at) => {
    state[at] = (state[at]! + word) | 0;
  });
}

/** The function and the constant of a round. */
function chosen(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}
