/** Lengths of the figure, in CSS pixels before the zoom; a unit is a CSS pixel at scale 1. */

export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** CSS pixels of one unit: 1 at scale 1, more for larger text. */
  readonly unit: number;
  readonly isCompact: boolean;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Point = readonly [number, number];

export const middleOf = ({ x, y, width, height }: Box): Point => [x + width / 2, y + height / 2];

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
