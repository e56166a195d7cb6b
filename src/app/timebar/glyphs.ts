/** The marks of the scrubber, drawn around the origin, about 12 units wide. */
interface Glyph {
  readonly d: string;
  /** Width of the line; filled when there is none. */
  readonly stroke?: number;
}

const glyphs: Readonly<Record<string, Glyph>> = {
  start: { d: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z' },
  topic: { d: 'M-3 -5h6a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z' },
  controller: { d: 'M0 -6.2L5.4 -3.1V3.1L0 6.2L-5.4 3.1V-3.1z' },
  election: { d: 'M-7 -4l3.5 3L0 -6l3.5 5L7 -4L5.5 5h-11z' },
  isrShrink: { d: 'M0 6L-6.5 -5h13z' },
  isrExpand: { d: 'M0 -6L6.5 5h-13z' },
  rebalance: { d: 'M-6 0a6 6 0 0 1 10 -4.4M6 0a6 6 0 0 1 -10 4.4', stroke: 2.4 },
  sessionExpired: { d: 'M-5 -5L5 5M5 -5L-5 5', stroke: 3 },
  quorumLost: { d: 'M-5 -5L5 5M5 -5L-5 5', stroke: 3 },
  logDirFailed: { d: 'M-6 4.5h12M-4 -5L4 1.5M4 -5L-4 1.5', stroke: 2.6 },
  refusal: { d: 'M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0zM-4 -4L4 4', stroke: 2 },
  truncation: { d: 'M-7 0h6M2.5 -6l-5 12M4.5 0h2.5', stroke: 2.4 },
};
const other: Glyph = { d: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z', stroke: 2 };

export const glyphOf = (kind: string): Glyph => glyphs[kind] ?? other;
