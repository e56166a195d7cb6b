/** Draws the matrix into its elements, frame after frame: the structure when the cluster changed, the messages whenever they move. */
import { select } from 'd3-selection';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { drawMatrix } from './draw.ts';
import type { DrawnFlight, FlightPaint } from './drawFlights.ts';
import { drawFlights } from './drawFlights.ts';
import { drawSessions } from './drawSessions.ts';
import { brighten } from './drawWires.ts';
import { tellElections } from './elections.ts';
import type { DrawOptions, Group } from './joining.ts';
import { layer } from './joining.ts';
import type { Lane } from './lanes.ts';
import { lanesOf } from './lanes.ts';
import type { MatrixLayout } from './layout.ts';
import { layoutMatrix } from './layout.ts';
import type { MatrixChoices } from './matrixChoices.ts';
import { Motion } from './motion.ts';
import { nearestWire } from './nearestWire.ts';
import { pinLabels } from './pinning.ts';
import { Viewport } from './viewport.ts';
import type { WireEnds } from './wireEnds.ts';
import { linkMark } from './wireEnds.ts';

export interface MatrixElements {
  /** What is seen: its size is the frame of the figure. */
  readonly frame: HTMLElement;
  /** In it, what scrolls. */
  readonly scroller: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly root: SVGGElement;
  /** Over the scroller, as large as it is. */
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
  readonly viewport: Viewport;
  readonly #elements: MatrixElements;
  readonly #context: CanvasRenderingContext2D;
  readonly #root: Group;
  readonly #motion = new Motion();
  #options: DrawOptions;
  #choices: MatrixChoices;
  #paint: FlightPaint;
  #picture: ClusterPicture | null = null;
  #layout: MatrixLayout | null = null;
  #size = '';
  #now = 0 as VirtualTimeUs;
  #speed = 0;
  /** The last speed at which time ran: a flight that stands still is as slow as it was. */
  #lastSpeed = 1;
  #lanes: readonly Lane[] = [];
  #drawn: readonly DrawnFlight[] = [];
  /** Something stands on the canvas. */
  #isDirty = false;
  readonly #brightened = new Map<string, number>();

  constructor(
    elements: MatrixElements,
    context: CanvasRenderingContext2D,
    options: DrawOptions,
    choices: MatrixChoices,
  ) {
    this.#elements = elements;
    this.#context = context;
    this.#root = select<SVGGElement, unknown>(elements.root);
    this.#options = options;
    this.#choices = choices;
    this.#paint = readPaint(elements.frame);
    this.viewport = new Viewport(elements, () => this.#onView());
  }

  /** Other words, another selection, another theme, other choices: all is drawn again at the next frame. */
  configure(options: DrawOptions, choices: MatrixChoices): void {
    this.#options = options;
    this.#choices = choices;
    this.#paint = readPaint(this.#elements.frame);
    this.#size = '';
  }

  get layout(): MatrixLayout | null {
    return this.#layout;
  }

  /** `speed`: virtual seconds a second; 0 while time stands still. */
  draw(picture: ClusterPicture, now: VirtualTimeUs, speed: number): void {
    const { scroller } = this.#elements;
    if (scroller.clientWidth === 0) return;
    const isJump = this.#picture !== null && jumps(this.#now, now, speed);
    this.#now = now;
    this.#speed = speed;
    if (speed > 0) this.#lastSpeed = speed;
    const size = `${scroller.clientWidth}x${scroller.clientHeight}`;
    const isSame = this.#picture !== null && size === this.#size && isSameStructure(picture, this.#picture);
    if (!isSame) this.#drawStructure(picture, size, isJump);
    if (picture !== this.#picture && this.#layout !== null) this.#lanes = lanesOf(picture.flights, this.#layout);
    this.#picture = picture;
    this.#drawMoving();
  }

  /** The message drawn at a place of the page, the nearest one; null when none is near. */
  messageAt(clientX: number, clientY: number): DrawnFlight | null {
    const [x, y] = this.viewport.pointAt(clientX, clientY);
    let nearest: DrawnFlight | null = null;
    let least = reachUnits * (this.#layout?.unit ?? 1);
    for (const drawn of this.#drawn) {
      const distance = Math.hypot(drawn.x - x, drawn.y - y);
      if (distance <= least) [nearest, least] = [drawn, distance];
    }
    return nearest;
  }

  /** The link whose wire is drawn at a place of the page, within so many units; null when there is none. */
  linkAt(clientX: number, clientY: number, reach: number): AimedLink | null {
    if (this.#layout === null) return null;
    const hit = nearestWire(this.#layout.wires, this.viewport.pointAt(clientX, clientY), reach * this.#layout.unit);
    const ends = hit?.wire.ends ?? null;
    return hit === null || ends === null ? null : { mark: linkMark(ends), ends, isNearLast: hit.share > 0.5 };
  }

  #drawStructure(picture: ClusterPicture, size: string, isJump: boolean): void {
    const { scroller } = this.#elements;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const layout = layoutMatrix(
      picture,
      {
        widthPx: scroller.clientWidth,
        heightPx: scroller.clientHeight,
        unit,
        isCompact: document.documentElement.dataset['density'] === 'compact',
      },
      this.#choices,
    );
    const before = this.#layout;
    const isResized = before === null || size !== this.#size;
    this.#motion.mode = isResized ? 'none' : isJump || isReduced() ? 'still' : 'moving';
    if (isJump && !isReduced()) this.#elements.root.animate([{ opacity: 0.2 }, {}], { duration: 80 });
    const focused = focusedMark(this.#elements.root);
    drawMatrix(this.#root, layout, { ...this.#options, motion: this.#motion, choices: this.#choices });
    if (before !== null) tellElections(this.#root, before, layout, this.#motion);
    this.#motion.flush();
    keepOneTabStop(this.#elements.root);
    keepFocus(this.#elements.root, focused);
    this.#layout = layout;
    this.#lanes = lanesOf(picture.flights, layout);
    this.#size = size;
    this.viewport.show(layout.contentWidth, layout.contentHeight);
    this.#pin();
  }

  /** Sessions that near their end, and messages. */
  #drawMoving(): void {
    if (this.#layout === null) return;
    const wires = layer(this.#root, 'wires');
    drawSessions(layer(this.#root, 'sessions'), wires, this.#layout, this.#now, this.#options.words);
    const isStill = this.#speed === 0;
    const lanes = isStill ? this.#lanes : this.#lanes.filter((lane) => isSeen(lane, this.#speed));
    if (lanes.length < this.#lanes.length && !isReduced()) this.#brighten(wires);
    if (lanes.length === 0 && !this.#isDirty) return;
    this.#isDirty = lanes.length > 0;
    this.viewport.prepare(this.#context);
    this.#drawn = drawFlights(this.#context, lanes, this.#now, {
      keys: this.#options.keys,
      paint: this.#paint,
      unit: this.#layout.unit,
      isStill: isReduced(),
      speed: this.#lastSpeed,
      countLabel: this.#options.words.inFlight,
    });
  }

  /** Wires whose messages are too fast to be seen, each once for as long as it takes to see it. */
  #brighten(wires: Group): void {
    const at = performance.now();
    const keys = new Set<string>();
    for (const lane of this.#lanes) {
      if (lane.wire === null || isSeen(lane, this.#speed)) continue;
      if (at - (this.#brightened.get(lane.wire) ?? 0) < brightMs) continue;
      this.#brightened.set(lane.wire, at);
      keys.add(lane.wire);
    }
    brighten(wires, [...keys]);
  }

  /** Scrolled or zoomed: the canvas shows another part of the figure. */
  #onView(): void {
    this.#pin();
    this.#isDirty = true;
    this.#drawMoving();
  }

  #pin(): void {
    if (this.#layout === null) return;
    pinLabels(this.#elements.root, this.#layout, this.viewport.scroll);
  }
}

/** A message that is on the screen for less is not seen to travel: its effect is what one sees. */
const leastOnScreenMs = 90;
const isSeen = ({ flights }: Lane, speed: number): boolean =>
  flights.some(({ sentAt, dueAt }) => (dueAt - sentAt) / 1000 / speed >= leastOnScreenMs);
const brightMs = 500;

/** Further in time than play goes from one frame to the next: back, or more than two seconds on. */
function jumps(before: VirtualTimeUs, now: VirtualTimeUs, speed: number): boolean {
  const longestStepUs = 2_000_000 + speed * 1_000_000;
  return now < before || now - before > longestStepUs;
}

const isReduced = (): boolean => document.documentElement.dataset['motion'] === 'reduced';

/** All but the messages, part by part: those that did not change keep their identity. */
function isSameStructure(one: ClusterPicture, other: ClusterPicture): boolean {
  if (one === other) return true;
  return (['zookeepers', 'brokers', 'topics', 'producers', 'groups', 'tools', 'impairedLinks'] as const).every(
    (part) => one[part] === other[part],
  );
}

/** The Tab key stops at one mark: the one that had the focus last, else the first. */
function keepOneTabStop(root: SVGGElement): void {
  if (root.querySelector('[data-mark][tabindex="0"]') === null)
    root.querySelector('[data-mark]')?.setAttribute('tabindex', '0');
}

const focusedMark = (root: SVGGElement): string | null =>
  document.activeElement instanceof SVGElement && root.contains(document.activeElement)
    ? (document.activeElement.dataset['mark'] ?? null)
    : null;

/** A row that opens is drawn as another mark of the same name: the focus goes on to it. */
function keepFocus(root: SVGGElement, mark: string | null): void {
  if (mark === null || root.contains(document.activeElement)) return;
  root.querySelector<SVGElement>(`[data-mark="${CSS.escape(mark)}"]`)?.focus();
}

/** Colours of the theme, read once a theme and not once a frame. */
function readPaint(element: Element): FlightPaint {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    tones: Array.from({ length: 11 }, (_, tone) => value(`--k${tone}`)),
    canvas: value('--canvas'),
    request: value('--role-request'),
    ink: value('--ink'),
  };
}
