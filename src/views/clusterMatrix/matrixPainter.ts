/** Draws the matrix into its elements, frame after frame: the structure when the cluster changed, the messages whenever they move. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { drawMatrix } from './draw.ts';
import type { DrawnFlight, FlightPaint, Lane } from './flights.ts';
import { drawFlights, lanesOf } from './flights.ts';
import type { DrawOptions } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import { layoutMatrix } from './layout.ts';

export interface MatrixElements {
  /** It scrolls; its size is the frame of the figure. */
  readonly frame: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly root: SVGGElement;
  readonly canvas: HTMLCanvasElement;
}

/** The pointer finds a message this near, in units. */
const reachUnits = 12;

export class MatrixPainter {
  readonly #elements: MatrixElements;
  readonly #context: CanvasRenderingContext2D;
  #options: DrawOptions;
  #paint: FlightPaint;
  #picture: ClusterPicture | null = null;
  #layout: MatrixLayout | null = null;
  #size = '';
  #lanes: readonly Lane[] = [];
  #drawn: readonly DrawnFlight[] = [];

  constructor(elements: MatrixElements, context: CanvasRenderingContext2D, options: DrawOptions) {
    this.#elements = elements;
    this.#context = context;
    this.#options = options;
    this.#paint = readPaint(elements.frame);
  }

  /** Other words, another selection, another theme: all is drawn again at the next frame. */
  configure(options: DrawOptions): void {
    this.#options = options;
    this.#paint = readPaint(this.#elements.frame);
    this.#picture = null;
  }

  draw(picture: ClusterPicture, now: VirtualTimeUs): void {
    const { frame } = this.#elements;
    if (frame.clientWidth === 0) return;
    const size = `${frame.clientWidth}x${frame.clientHeight}`;
    if (picture !== this.#picture || size !== this.#size) this.#drawStructure(picture, size);
    this.#drawMessages(now);
  }

  /** The message drawn at a place of the page, the nearest one; null when none is near. */
  messageAt(clientX: number, clientY: number): DrawnFlight | null {
    const { left, top } = this.#elements.canvas.getBoundingClientRect();
    let nearest: DrawnFlight | null = null;
    let least = reachUnits * (this.#layout?.unit ?? 1);
    for (const drawn of this.#drawn) {
      const distance = Math.hypot(drawn.x - (clientX - left), drawn.y - (clientY - top));
      if (distance <= least) [nearest, least] = [drawn, distance];
    }
    return nearest;
  }

  #drawStructure(picture: ClusterPicture, size: string): void {
    const { frame, root } = this.#elements;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const layout = layoutMatrix(picture, {
      widthPx: frame.clientWidth,
      heightPx: frame.clientHeight,
      unit,
      isCompact: document.documentElement.dataset['density'] === 'compact',
    });
    if (size !== this.#size || layout.contentHeight !== this.#layout?.contentHeight) this.#resize(layout);
    drawMatrix(root, layout, this.#options);
    keepOneTabStop(root);
    this.#layout = layout;
    this.#lanes = lanesOf(picture.flights, layout);
    this.#picture = picture;
    this.#size = size;
  }

  #drawMessages(now: VirtualTimeUs): void {
    if (this.#layout === null || (this.#lanes.length === 0 && this.#drawn.length === 0)) return;
    const { contentHeight, widthPx, unit } = this.#layout;
    this.#context.clearRect(0, 0, widthPx, contentHeight);
    this.#drawn = drawFlights(this.#context, this.#lanes, now, {
      keys: this.#options.keys,
      paint: this.#paint,
      unit,
      isStill: document.documentElement.dataset['motion'] === 'reduced',
      countLabel: this.#options.words.inFlight,
    });
  }

  #resize({ widthPx, contentHeight }: MatrixLayout): void {
    const { svg, canvas } = this.#elements;
    svg.setAttribute('width', `${widthPx}`);
    svg.setAttribute('height', `${contentHeight}`);
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(widthPx * ratio);
    canvas.height = Math.round(contentHeight * ratio);
    canvas.style.width = `${widthPx}px`;
    canvas.style.height = `${contentHeight}px`;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
}

/** The Tab key stops at one mark: the one that had the focus last, else the first. */
function keepOneTabStop(root: SVGGElement): void {
  if (root.querySelector('[data-mark][tabindex="0"]') === null)
    root.querySelector('[data-mark]')?.setAttribute('tabindex', '0');
}

/** Colours of the theme, read once a theme and not once a frame. */
function readPaint(element: Element): FlightPaint {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    tones: Array.from({ length: 11 }, (_, tone) => value(`--k${tone}`)),
    canvas: value('--canvas'),
    request: value('--role-request'),
    zookeeper: value('--role-zookeeper'),
    ink: value('--ink'),
  };
}
