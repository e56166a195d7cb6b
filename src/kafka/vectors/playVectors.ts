/**
 * Plays a file of vectors made by Kafka's own classes and compares every answer.
 */
import type { Json } from './json.ts';
import { replays } from './replays.ts';

/** A file of `goldens/algorithms`. */
export interface VectorFile {
  readonly cases: readonly { readonly in: Json; readonly out: Json }[];
}

export interface VectorDifference {
  readonly index: number;
  /** Where the answers first part, with both values. */
  readonly path: string;
}

/** Null for a file that no replay knows. */
export function playVectors(
  name: string,
  { cases }: VectorFile,
): { readonly equal: number; readonly differences: readonly VectorDifference[] } | null {
  const replay = replays[name];
  if (replay === undefined) return null;
  const differences: VectorDifference[] = [];
  cases.forEach((vector, index) => {
    const path = firstDifference(replay(vector.in as never, vector.out as never), vector.out, 'out');
    if (path !== null) differences.push({ index, path });
  });
  return { equal: cases.length - differences.length, differences };
}

/** Null when both are the same; an absent field differs from null. */
function firstDifference(ours: Json | undefined, theirs: Json | undefined, path: string): string | null {
  if (ours === theirs) return null;
  if (isList(ours) && isList(theirs)) {
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
      const found = firstDifference(ours[i], theirs[i], `${path}[${i}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (isObject(ours) && isObject(theirs)) {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      const found = firstDifference(ours[key], theirs[key], `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return `${path}: ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value);
}
