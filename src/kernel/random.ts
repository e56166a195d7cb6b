/**
 * Chance from a seed: a 32-bit generator (sfc32, from PractRand by Chris Doty-Humphrey, public domain) whose state is a plain value,
 * so that a checkpoint holds it and a replay draws the same.
 */

/** Four unsigned 32-bit words; the last is a counter. */
export type RandomState = readonly [number, number, number, number];

/** One draw: an unsigned 32-bit integer, and the state that draws the next. */
export function nextUint32([a, b, c, counter]: RandomState): readonly [number, RandomState] {
  const drawn = (((a + b) >>> 0) + counter) >>> 0;
  const rotated = ((c << 21) | (c >>> 11)) >>> 0;
  return [drawn, [(b ^ (b >>> 9)) >>> 0, (c + (c << 3)) >>> 0, (rotated + drawn) >>> 0, (counter + 1) >>> 0]];
}

/** A whole number in [0, bound), each equally likely up to 2⁻³² × bound. `bound` ≥ 1. */
export function nextBelow(state: RandomState, bound: number): readonly [number, RandomState] {
  const [drawn, next] = nextUint32(state);
  return [Math.floor((drawn / 0x1_0000_0000) * bound), next];
}

/** A whole number in [low, high]. */
export function nextBetween(state: RandomState, low: number, high: number): readonly [number, RandomState] {
  const [drawn, next] = nextBelow(state, high - low + 1);
  return [low + drawn, next];
}

/** The stream of that name: streams of one seed are independent, so that drawing from one never shifts another. */
export function streamOf(seed: number, name: string): RandomState {
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  let state: RandomState = [hash, seed >>> 0, (hash ^ 0x9e3779b9) >>> 0, 1];
  // The first draws of close seeds resemble each other.
  for (let i = 0; i < 12; i++) state = nextUint32(state)[1];
  return state;
}

/** A random (version 4) UUID, as Java prints it. */
export function nextUuid(state: RandomState): readonly [string, RandomState] {
  let rest = state;
  let hex = '';
  for (let word = 0; word < 4; word++) {
    const [drawn, next] = nextUint32(rest);
    hex += drawn.toString(16).padStart(8, '0');
    rest = next;
  }
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return [
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`,
    rest,
  ];
}
