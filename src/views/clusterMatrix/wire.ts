/** One wire of the matrix. */
import type { Point } from './geometry.ts';
import type { WireEnds } from './wireEnds.ts';

export type WireKind = 'session' | 'ensemble' | 'write' | 'read' | 'replicate' | 'trunk' | 'tool' | 'link';
export interface Wire {
  readonly key: string;
  readonly kind: WireKind;
  readonly points: readonly Point[];
  /** The processes that it joins; null where one of them is not drawn. */
  readonly ends: WireEnds | null;
  /** Of a group's reads: 1 to 4; else 0. */
  readonly tone: number;
  readonly isBroken: boolean;
  /** Nothing comes through, one way or both. */
  readonly isCut?: boolean;
}

export const wire = (
  key: string,
  kind: WireKind,
  points: readonly Point[],
  rest: Partial<Pick<Wire, 'ends' | 'tone' | 'isBroken'>> = {},
): Wire => ({ key, kind, points, ends: null, tone: 0, isBroken: false, ...rest });
