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
  knot: [{ d: 'M1 12h5c6.4 0 5.6-9 2-9s-4.4 9 2 9h5', stroke: 1.6 }],
  die: [
    {
      d: 'M4 2.3h8A1.7 1.7 0 0 1 13.7 4v8A1.7 1.7 0 0 1 12 13.7H4A1.7 1.7 0 0 1 2.3 12V4A1.7 1.7 0 0 1 4 2.3z',
      stroke: 1.5,
    },
    { d: 'M5.3 5.3h.1M10.7 5.3h.1M8 8h.1M5.3 10.7h.1M10.7 10.7h.1', stroke: 2.1 },
  ],
  skull: [
    {
      d: 'M8 1.8c-3.4 0-5.4 2.2-5.4 5 0 1.9 1 3 2.2 3.6V13h6.4v-2.6c1.2-.6 2.2-1.7 2.2-3.6 0-2.8-2-5-5.4-5z',
      stroke: 1.6,
    },
    { d: 'M4.7 7a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0M8.9 7a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0' },
  ],
  stop: [{ d: 'M5 3.5h6A1.5 1.5 0 0 1 12.5 5v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 11V5A1.5 1.5 0 0 1 5 3.5z' }],
  link: [{ d: 'M2 4.5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M10 11.5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M5.5 6l5 4', stroke: 1.5 }],
  warn: [
    { d: 'M8 2l6.5 11.5h-13z', stroke: 1.7 },
    { d: 'M8 6.4v3.4M8 11.6v.4', stroke: 1.8 },
  ],
  clock: [{ d: 'M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0 -11.6 0M8 4.6V8l2.4 1.6', stroke: 1.6 }],
  hex: [{ d: 'M8 1.2l6 3.4v6.8l-6 3.4-6-3.4V4.6z' }],
  wrench: [
    {
      d: 'M10.2 2.2a3.6 3.6 0 00-3.4 5L2.4 11.6l2 2L8.8 9.2a3.6 3.6 0 005-3.4l-2.2 2-2-2 2.2-2.2a3.6 3.6 0 00-1.6-1.4z',
      stroke: 1.4,
    },
  ],
  down: [{ d: 'M3 6l5 5 5-5', stroke: 1.9 }],
  bolt: [{ d: 'M9.5 1L3 9h4l-1 6 6.5-8.5H8z' }],
  disk: [
    { d: 'M2.5 4.5c0-3 11-3 11 0v7c0 3-11 3-11 0zM2.5 4.5c0 3 11 3 11 0', stroke: 1.5 },
    { d: 'M10.6 10.9h.1', stroke: 2 },
  ],
  hourglass: [{ d: 'M4 2h8M4 14h8M5 2v2.5L8 8l3-3.5V2M5 14v-2.5L8 8l3 3.5V14', stroke: 1.5 }],
  undo: [{ d: 'M6 3L2.5 6.5 6 10M3 6.5h6.2a3.6 3.6 0 0 1 0 7.2H7', stroke: 1.7 }],
  redo: [{ d: 'M10 3l3.5 3.5L10 10M13 6.5H6.8a3.6 3.6 0 0 0 0 7.2H9', stroke: 1.7 }],
} as const satisfies Readonly<Record<string, readonly IconPath[]>>;

export type IconName = keyof typeof iconPaths;
