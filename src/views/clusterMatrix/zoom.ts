/** How large the figure is shown: pinch, wheel with Ctrl, and `0`, which shows all of it. */

export interface ZoomLimits {
  /** All of the figure fits at this; at most 1. */
  readonly fit: number;
}
const most = 4;
/** A minimap tells where one is from here on. */
export const minimapFrom = 1.5;

export const clampZoom = (zoom: number, { fit }: ZoomLimits): number => Math.min(most, Math.max(fit, zoom));

/** Wheel steps and the spread of a pinch come as the same events, in small and large steps. */
export const zoomBy = (zoom: number, deltaY: number): number =>
  zoom * 2 ** (-Math.max(-60, Math.min(60, deltaY)) / 120);

/** All of it; where that is so already, its full size. */
export const fitOrWhole = (zoom: number, { fit }: ZoomLimits): number => (Math.abs(zoom - fit) < 0.001 ? 1 : fit);

/** Where to scroll to so that what is under the pointer stays under it. `at`: in the frame. */
export const scrollAfterZoom = (scroll: number, at: number, from: number, to: number): number =>
  ((scroll + at) / from) * to - at;
