/** The part of the figure that is seen: its scroll, its zoom, and the canvas over it. */
import type { Point } from './geometry.ts';
import type { MatrixElements } from './matrixPainter.ts';
import { clampZoom, fitOrWhole, scrollAfterZoom, zoomBy } from './zoom.ts';

/** Shares of the figure that are seen, for a minimap. */
export interface SeenPart {
  readonly zoom: number;
  readonly isWhole: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the figure. */
  readonly aspect: number;
}

export class Viewport {
  /** Told whenever another part is seen. */
  onSeen: ((part: SeenPart) => void) | null = null;
  readonly #elements: Pick<MatrixElements, 'scroller' | 'svg' | 'canvas'>;
  readonly #onView: () => void;
  #zoom = 1;
  #content: Point = [1, 1];
  #canvasSize = '';

  constructor(elements: Pick<MatrixElements, 'scroller' | 'svg' | 'canvas'>, onView: () => void) {
    this.#elements = elements;
    this.#onView = onView;
  }

  /** Begins to follow the pointer's wheel and the scroll; the answer ends it. */
  listen(): () => void {
    const { scroller } = this.#elements;
    const onScroll = (): void => {
      this.#onView();
      this.#tell();
    };
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = scroller.getBoundingClientRect();
      this.#zoomTo(zoomBy(this.#zoom, event.deltaY), [event.clientX - left, event.clientY - top]);
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    scroller.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      scroller.removeEventListener('wheel', onWheel);
    };
  }

  /** All of the figure; where all of it is seen already, its full size. */
  fit(): void {
    this.#zoomTo(fitOrWhole(this.#zoom, this.#limits()), [0, 0]);
  }

  /** The figure has that size, in its own pixels. */
  show(width: number, height: number): void {
    this.#content = [width, height];
    this.#zoom = clampZoom(this.#zoom, this.#limits());
    this.#apply();
  }

  /** In the figure's own pixels. */
  get scroll(): { readonly scrollX: number; readonly scrollY: number } {
    const { scroller } = this.#elements;
    return { scrollX: scroller.scrollLeft / this.#zoom, scrollY: scroller.scrollTop / this.#zoom };
  }

  /** Of the figure, in its own pixels, at a place of the page. */
  pointAt(clientX: number, clientY: number): Point {
    const { left, top } = this.#elements.svg.getBoundingClientRect();
    return [(clientX - left) / this.#zoom, (clientY - top) / this.#zoom];
  }

  /** To a place of the figure, in shares of it. */
  lookAt(x: number, y: number): void {
    const { scroller } = this.#elements;
    const [width, height] = this.#content;
    scroller.scrollTo({
      left: x * width * this.#zoom - scroller.clientWidth / 2,
      top: y * height * this.#zoom - scroller.clientHeight / 2,
    });
  }

  /** Clears the canvas and makes it draw in the figure's own pixels. */
  prepare(context: CanvasRenderingContext2D): void {
    const { scroller, canvas } = this.#elements;
    const ratio = window.devicePixelRatio;
    const size = `${scroller.clientWidth}x${scroller.clientHeight}@${ratio}`;
    if (size === this.#canvasSize) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
    } else {
      this.#canvasSize = size;
      canvas.width = Math.round(scroller.clientWidth * ratio);
      canvas.height = Math.round(scroller.clientHeight * ratio);
      canvas.style.width = `${scroller.clientWidth}px`;
      canvas.style.height = `${scroller.clientHeight}px`;
    }
    const scale = ratio * this.#zoom;
    context.setTransform(scale, 0, 0, scale, -scroller.scrollLeft * ratio, -scroller.scrollTop * ratio);
  }

  #limits(): { readonly fit: number } {
    const { scroller } = this.#elements;
    const [width, height] = this.#content;
    return { fit: Math.min(1, scroller.clientWidth / width, scroller.clientHeight / height) };
  }

  #zoomTo(wanted: number, [atX, atY]: Point): void {
    const { scroller } = this.#elements;
    const before = this.#zoom;
    this.#zoom = clampZoom(wanted, this.#limits());
    const left = scrollAfterZoom(scroller.scrollLeft, atX, before, this.#zoom);
    const top = scrollAfterZoom(scroller.scrollTop, atY, before, this.#zoom);
    this.#apply();
    scroller.scrollTo({ left, top });
    this.#onView();
  }

  #apply(): void {
    const { svg } = this.#elements;
    const [width, height] = this.#content;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('width', `${Math.floor(width * this.#zoom)}`);
    svg.setAttribute('height', `${Math.floor(height * this.#zoom)}`);
    this.#tell();
  }

  #tell(): void {
    const { scroller } = this.#elements;
    const [width, height] = this.#content;
    const { scrollX, scrollY } = this.scroll;
    const [seenWidth, seenHeight] = [scroller.clientWidth / this.#zoom, scroller.clientHeight / this.#zoom];
    this.onSeen?.({
      zoom: this.#zoom,
      isWhole: seenWidth >= width - 1 && seenHeight >= height - 1,
      x: scrollX / width,
      y: scrollY / height,
      width: Math.min(1, seenWidth / width),
      height: Math.min(1, seenHeight / height),
      aspect: width / height,
    });
  }
}
