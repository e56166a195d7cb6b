/** Icons, drawn in a square of 16: the latin fonts have no arrows or ticks. `currentColor` is the colour of the text around. */

interface IconPath {
  readonly d: string;
  /** Width of the line; filled when there is none. */
  readonly stroke?: number;
}

export const iconPaths = {
  crown: [{ d: 'M2 5l3 3 3-5 3 5 3-3-1.2 8H3.2z' }],
  check: [{ d: 'M3 8.5l3.4 3.4L13 4.6', stroke: 2.2 }],
  cross: [{ d: 'M4 4l8 8M12 4l-8 8', stroke: 2.2 }],
  play: [{ d: 'M4.5 2.5v11l9-5.5z' }],
  pause: [{ d: 'M4 3h3v10H4zM9 3h3v10H9z' }],
  step: [{ d: 'M3 3v10l7-5zM11 3h2.2v10H11z' }],
  back: [{ d: 'M13 3v10L6 8zM2.8 3H5v10H2.8z' }],
  toMarked: [{ d: 'M1.5 3v10l5-5zM7 3v10l5-5zM12.6 2.2h1.8v11.6h-1.8z' }],
  bookmark: [{ d: 'M4 2h8v12l-4-3.2L4 14z' }],
  theme: [{ d: 'M2.4 8a5.6 5.6 0 1 0 11.2 0a5.6 5.6 0 1 0 -11.2 0', stroke: 1.6 }, { d: 'M8 2.4a5.6 5.6 0 010 11.2z' }],
  eye: [
    { d: 'M1.5 8S4 3.6 8 3.6 14.5 8 14.5 8 12 12.4 8 12.4 1.5 8 1.5 8z', stroke: 1.5 },
    { d: 'M6 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0' },
  ],
  plus: [{ d: 'M8 3v10M3 8h10', stroke: 1.9 }],
  next: [{ d: 'M6 3l5 5-5 5', stroke: 1.9 }],
  prev: [{ d: 'M10 3L5 8l5 5', stroke: 1.9 }],
  bulb: [{ d: 'M5.6 10.4A4.3 4.3 0 118 11.4H7.2A2 2 0 015.6 10.4zM6 13.6h4', stroke: 1.6 }],
  type: [
    {
      d: 'M1.5 5.5a1.5 1.5 0 011.5-1.5h10a1.5 1.5 0 011.5 1.5v5a1.5 1.5 0 01-1.5 1.5H3a1.5 1.5 0 01-1.5-1.5z',
      stroke: 1.5,
    },
    { d: 'M4 6.6h.1M7 6.6h.1M10 6.6h.1M12.2 6.6h.1M5 9.6h6', stroke: 1.6 },
  ],
  table: [{ d: 'M2 3.5h12v9H2zM2 6.7h12M6.5 3.5v9', stroke: 1.5 }],
  split: [{ d: 'M2 3h12v10H2zM8 3v10', stroke: 1.5 }],
  keyboard: [{ d: 'M6.3 6.2a1.8 1.8 0 113 1.4c-.8.6-1.3 1-1.3 1.9M8 12v.2', stroke: 1.7 }],
  lesson: [{ d: 'M3 2.5h7.5A1.5 1.5 0 0112 4v9.5H4.5A1.5 1.5 0 013 12zM5.5 5.5h4M5.5 8h4', stroke: 1.5 }],
  scissors: [
    { d: 'M2 4a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M2 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0', stroke: 1.6 },
    { d: 'M5.6 5.4L14 12M5.6 10.6L14 4', stroke: 1.6 },
  ],
  terminal: [{ d: 'M1.5 3h13v10h-13zM4 6l2 2-2 2M8 10.2h3.5', stroke: 1.5 }],
} as const satisfies Readonly<Record<string, readonly IconPath[]>>;

export type IconName = keyof typeof iconPaths;
