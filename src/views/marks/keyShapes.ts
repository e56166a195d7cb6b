/**
 * The ten shapes of keys, in order: disc, square, triangle up, diamond, hexagon, triangle down, plus, star, half-disc, ring; a dash for no
 * key. One outline serves SVG (a path) and canvas (the same path, parsed once).
 */

/** 0: no key; 1 to 10: a shape and its hue; `letter` beside the shape from the eleventh key on. */
export interface KeyMark {
  readonly tone: number;
  readonly letter: string | null;
}
export const noKey: KeyMark = { tone: 0, letter: null };

/** Keys in the order of their first appearance get the next shape; after ten the shapes come again, with the key's first letter. */
export function keyMarkAt(index: number, key: string): KeyMark {
  return { tone: (index % 10) + 1, letter: index < 10 ? null : firstLetter(key) };
}

/** A letter beyond the basic plane is two units of the string. */
function firstLetter(key: string): string | null {
  const code = key.codePointAt(0);
  return code === undefined ? null : String.fromCodePoint(code);
}

const round = (value: number): number => Math.round(value * 100) / 100;

function polygon(corners: number, turn: number, outer: number, inner?: number, shiftY = 0): string {
  const count = inner === undefined ? corners : corners * 2;
  const points = Array.from({ length: count }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / count;
    const radius = inner !== undefined && i % 2 === 1 ? inner : outer;
    return `${round(radius * Math.cos(angle))} ${round(radius * Math.sin(angle) + shiftY)}`;
  });
  return `M${points.join('L')}Z`;
}

const up = -Math.PI / 2;
const circle = (r: number): string => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** Outlines around the origin, in a radius of 10. */
const outlines: readonly string[] = [
  'M-9-3h18a3 3 0 0 1 0 6h-18a3 3 0 0 1 0-6Z',
  circle(9.2),
  'M-8.2-8.2h16.4v16.4h-16.4Z',
  polygon(3, up, 11.2, undefined, 1.6),
  polygon(4, up, 11.2),
  polygon(6, up, 10),
  polygon(3, -up, 11.2, undefined, -1.6),
  'M-3.4-10h6.8v6.6H10v6.8H3.4V10h-6.8V3.4H-10v-6.8h6.6Z',
  polygon(5, up, 11.5, 5),
  'M-10-4h20a10 10 0 0 1-20 0Z',
  // A ring: the inner circle runs the other way, so that it stays empty when filled.
  `${circle(9.4)}M-4.2 0a4.2 4.2 0 1 1 8.4 0a4.2 4.2 0 1 1 -8.4 0Z`,
];

/** SVG path data of a shape around the origin, of radius 10: scale it to the radius wanted. */
export const shapePath = (tone: number): string => outlines[tone] ?? outlines[0]!;
