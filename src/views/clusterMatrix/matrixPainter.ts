/** Draws the matrix into its elements, frame after frame: the structure when the cluster changed, the messages whenever they move. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { drawMatrix } from './draw.ts';
import type { DrawnFlight, FlightPaint, Lane } from './flights.ts';
import { drawFlights, lanesOf } from './flights.ts';
import type { DrawOptions } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import { layoutMatrix } from './layout.ts';
import { nearestWire } from './nearestWire.ts';
import type { WireEnds } from './wireEnds.ts';
import { endsOfWire, linkMark } from './wireEnds.ts';

export interface MatrixElements {
  /** It scrolls; its size is the frame of the figure. */
  readonly frame: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly root: SVGGElement;
  readonly canvas: HTMLCanvasElement;
}

/** The pointer finds a message this near, in units. */
const reachUnits = 12;

/** What a wire under the pointer stands for. */
export interface AimedLink {
  readonly mark: string;
  readonly ends: WireEnds;
  /** The pointer is nearer to the end named last. */
  readonly isNearLast: boolean;
}

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
  /** Something stands on the canvas. */
  #isDirty = false;

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

  /** `speed`: virtual seconds a second; 0 while time stands still. */
  draw(picture: ClusterPicture, now: VirtualTimeUs, speed: number): void {
    const { frame } = this.#elements;
    if (frame.clientWidth === 0) return;
    const size = `${frame.clientWidth}x${frame.clientHeight}`;
    const isSame = this.#picture !== null && size === this.#size && isSameStructure(picture, this.#picture);
    if (!isSame) this.#drawStructure(picture, size);
    if (picture !== this.#picture && this.#layout !== null) this.#lanes = lanesOf(picture.flights, this.#layout);
    this.#picture = picture;
    this.#drawMessages(now, speed);
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

  /** The link whose wire is drawn at a place of the page, within so many units; null when there is none. */
  linkAt(clientX: number, clientY: number, reach: number): AimedLink | null {
    if (this.#layout === null) return null;
    const { left, top } = this.#elements.svg.getBoundingClientRect();
    const hit = nearestWire(this.#layout.wires, [clientX - left, clientY - top], reach * this.#layout.unit);
    const ends = hit === null ? null : endsOfWire(hit.wire, this.#layout);
    return hit === null || ends === null ? null : { mark: linkMark(ends), ends, isNearLast: hit.share > 0.5 };
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
    this.#size = size;
  }

  #drawMessages(now: VirtualTimeUs, speed: number): void {
    if (this.#layout === null) return;
    const lanes = speed === 0 ? this.#lanes : this.#lanes.filter((lane) => isSeen(lane, speed));
    if (lanes.length === 0 && !this.#isDirty) return;
    this.#isDirty = lanes.length > 0;
    const { contentHeight, widthPx, unit } = this.#layout;
    this.#context.clearRect(0, 0, widthPx, contentHeight);
    this.#drawn = drawFlights(this.#context, lanes, now, {
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

/** A message that is on the screen for less is not seen to travel: its effect is what one sees. */
const leastOnScreenMs = 90;
const isSeen = ({ flights }: Lane, speed: number): boolean =>
  flights.some(({ sentAt, dueAt }) => (dueAt - sentAt) / 1000 / speed >= leastOnScreenMs);

/** All but the messages, part by part: those that did not change keep their identity. */
function isSameStructure(one: ClusterPicture, other: ClusterPicture): boolean {
  if (one === other) return true;
  return (['zookeepers', 'brokers', 'topics', 'producers', 'groups', 'tools', 'impairedLinks'] as const).every(
    (part) => {
      const [a, b]: [readonly unknown[], readonly unknown[]] = [one[part], other[part]];
      return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
    },
  );
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
