/** Mounts the cluster matrix: React owns the elements, D3 and the canvas draw into them, once a frame and only what changed. */
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ViewWords } from '../words.ts';
import './clusterMatrix.css';
import { drawMatrix } from './draw.ts';
import type { FlightPaint, Lane } from './flights.ts';
import { drawFlights, lanesOf } from './flights.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { MatrixLayout } from './layout.ts';
import { layoutMatrix } from './layout.ts';
import { neighbourOf } from './roving.ts';

export interface ClusterMatrixProps {
  /** The cluster at the shown instant; the same object while nothing changed. */
  readonly picture: () => ClusterPicture;
  readonly now: () => VirtualTimeUs;
  /** Calls back at each frame; the answer ends it. */
  readonly onFrame: (listener: () => void) => () => void;
  readonly keys: KeyOrder;
  readonly words: ViewWords;
  readonly theme: string;
  readonly selected: string | null;
  readonly onSelect: (mark: string | null) => void;
  readonly emptyText: string;
}

export function ClusterMatrix({
  picture,
  now,
  onFrame,
  keys,
  words,
  theme,
  selected,
  onSelect,
  emptyText,
}: ClusterMatrixProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const root = useRef<SVGGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useRef<MatrixLayout | null>(null);

  useEffect(() => {
    const frame = host.current;
    const context = canvas.current?.getContext('2d') ?? null;
    if (frame === null || root.current === null || svg.current === null || context === null) return undefined;
    const drawing = {
      picture: null as ClusterPicture | null,
      size: '',
      lanes: [] as readonly Lane[],
      hadFlights: false,
      paint: readPaint(frame),
    };
    const motion = window.matchMedia('(prefers-reduced-motion: reduce)');
    const draw = (): void => {
      const current = picture();
      const size = `${frame.clientWidth}x${frame.clientHeight}`;
      if (current !== drawing.picture || size !== drawing.size) {
        if (frame.clientWidth === 0) return;
        const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
        const isCompact = window.innerHeight / unit <= 840;
        const next = layoutMatrix(current, {
          widthPx: frame.clientWidth,
          heightPx: frame.clientHeight,
          unit,
          isCompact,
        });
        if (size !== drawing.size || next.contentHeight !== layout.current?.contentHeight)
          resize(svg.current!, context, next);
        layout.current = next;
        drawMatrix(root.current!, next, { keys, words, selected });
        drawing.lanes = lanesOf(current.flights, next);
        drawing.picture = current;
        drawing.size = size;
      }
      if (drawing.lanes.length === 0 && !drawing.hadFlights) return;
      const { contentHeight, unit } = layout.current!;
      context.clearRect(0, 0, frame.clientWidth, contentHeight);
      drawFlights(context, drawing.lanes, now(), {
        keys,
        paint: drawing.paint,
        unit,
        isStill: motion.matches,
        countLabel: words.inFlight,
      });
      drawing.hadFlights = drawing.lanes.length > 0;
    };
    draw();
    return onFrame(draw);
  }, [picture, now, onFrame, keys, words, theme, selected]);

  const markAt = (target: EventTarget): string | null =>
    target instanceof Element ? (target.closest<SVGElement>('[data-mark]')?.dataset['mark'] ?? null) : null;
  const onPointerUp = useCallback((event: PointerEvent) => onSelect(markAt(event.target)), [onSelect]);
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const marks = [...(root.current?.querySelectorAll<SVGGElement>('[data-mark]') ?? [])];
      const focused = document.activeElement instanceof SVGElement ? document.activeElement : null;
      if (event.key === 'Enter' && focused !== null) onSelect(markAt(focused));
      if (!event.key.startsWith('Arrow')) return;
      const boxes = marks.map((mark) => mark.getBoundingClientRect());
      const from = marks.findIndex((mark) => mark === focused);
      const next = marks[from === -1 ? 0 : neighbourOf(boxes, from, event.key)];
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    },
    [onSelect],
  );

  const hasNothing = picture().brokers.length === 0 && picture().zookeepers.length === 0;
  return (
    <div className="matrix" ref={host}>
      {/* The arrows of the keyboard move inside: the figure is one stop of the Tab key. */}
      <svg
        ref={svg}
        role="group"
        aria-roledescription="schéma"
        aria-label={words.figure}
        tabIndex={0}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="hatch-bed" />
            <path d="M0 0V6" className="hatch-line" />
          </pattern>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 .8L7.5 4 0 7.2z" fill="context-stroke" />
          </marker>
        </defs>
        <g ref={root} />
      </svg>
      <canvas ref={canvas} aria-hidden="true" />
      {hasNothing ? <p className="matrix-empty">{emptyText}</p> : null}
    </div>
  );
}

function resize(svg: SVGSVGElement, context: CanvasRenderingContext2D, { widthPx, contentHeight }: MatrixLayout): void {
  svg.setAttribute('width', `${widthPx}`);
  svg.setAttribute('height', `${contentHeight}`);
  const ratio = window.devicePixelRatio;
  context.canvas.width = Math.round(widthPx * ratio);
  context.canvas.height = Math.round(contentHeight * ratio);
  context.canvas.style.width = `${widthPx}px`;
  context.canvas.style.height = `${contentHeight}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

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
