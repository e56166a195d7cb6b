import { describe, expect, test } from 'vitest';
import { neighbourOf } from './roving.ts';

/** Two columns, two rows. */
const boxes = [
  { x: 0, y: 0, width: 10, height: 10 },
  { x: 20, y: 0, width: 10, height: 10 },
  { x: 0, y: 20, width: 10, height: 10 },
  { x: 20, y: 20, width: 10, height: 10 },
];

describe('an arrow key', () => {
  test('goes to the nearest mark that lies ahead', () => {
    expect([
      neighbourOf(boxes, 0, 'ArrowRight'),
      neighbourOf(boxes, 0, 'ArrowDown'),
      neighbourOf(boxes, 3, 'ArrowLeft'),
      neighbourOf(boxes, 3, 'ArrowUp'),
    ]).toEqual([1, 2, 2, 1]);
  });

  test('stays where nothing lies ahead', () => {
    expect(neighbourOf(boxes, 1, 'ArrowRight')).toBe(1);
  });
});
