import { describe, expect, test } from 'vitest';
import { clampZoom, fitOrWhole, scrollAfterZoom, zoomBy } from './zoom.ts';

describe('the zoom', () => {
  test('doubles with a notch of the wheel towards the figure, and comes back with one away from it', () => {
    expect(zoomBy(zoomBy(1, -60), 60)).toBeCloseTo(1);
    expect(zoomBy(1, -60)).toBeCloseTo(Math.SQRT2);
  });

  test('stays between all of the figure and four times its size', () => {
    expect([0.1, 1, 9].map((zoom) => clampZoom(zoom, { fit: 0.4 }))).toEqual([0.4, 1, 4]);
  });

  test('with 0 shows all of the figure, and pressed again its full size', () => {
    expect([2.5, 0.4].map((zoom) => fitOrWhole(zoom, { fit: 0.4 }))).toEqual([0.4, 1]);
  });

  test('keeps under the pointer what is under it', () => {
    const [scroll, at, from, to] = [120, 80, 1, 2.5];
    const after = scrollAfterZoom(scroll, at, from, to);

    expect((after + at) / to).toBeCloseTo((scroll + at) / from);
  });
});
