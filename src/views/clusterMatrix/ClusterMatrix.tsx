/** Mounts the cluster matrix: React owns the elements, D3 and the canvas draw into them, once a frame and only what changed. */
import type { JSX, Ref } from 'react';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ViewWords } from '../words.ts';
import './clusterMatrix.css';
import type { KeyOrder } from './keyOrder.ts';
import type { MenuPlace } from './listenToMarks.ts';
import { listenToMarks } from './listenToMarks.ts';
import { MatrixPainter } from './matrixPainter.ts';

/** For who drags something over the figure. */
export interface MatrixHandle {
  readonly linkAt: MatrixPainter['linkAt'];
}

export interface ClusterMatrixProps {
  /** The cluster at the shown instant; the same object while nothing changed. */
  readonly picture: () => ClusterPicture;
  readonly now: () => VirtualTimeUs;
  /** Virtual seconds a second; 0 while time stands still. */
  readonly speed: () => number;
  /** Calls back at each frame; the answer ends it. */
  readonly onFrame: (listener: () => void) => () => void;
  readonly keys: KeyOrder;
  readonly words: ViewWords;
  /** Colours are read again when it changes. */
  readonly theme: string;
  /** Key of a mark. */
  readonly selected: string | null;
  readonly onSelect: (mark: string | null) => void;
  /** Right click, Shift F10, long press. */
  readonly onMenu?: (mark: string, at: MenuPlace) => void;
  /** In place of a cluster of which nothing runs. */
  readonly emptyText: string;
  readonly ref?: Ref<MatrixHandle>;
}

export function ClusterMatrix(props: ClusterMatrixProps): JSX.Element {
  const { picture, now, speed, onFrame, keys, words, theme, selected, onSelect, onMenu, emptyText, ref } = props;
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const root = useRef<SVGGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const empty = useRef<HTMLParagraphElement>(null);
  const painter = useRef<MatrixPainter | null>(null);

  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (frame.current === null || svg.current === null || root.current === null || context === null) return undefined;
    const elements = { frame: frame.current, svg: svg.current, root: root.current, canvas: context.canvas };
    const own = new MatrixPainter(elements, context, { keys, words, selected: null });
    painter.current = own;
    const draw = (): void => {
      const shown = picture();
      own.draw(shown, now(), speed());
      const isThere = shown.brokers.length + shown.zookeepers.length > 0;
      if (empty.current !== null && empty.current.hidden !== isThere) empty.current.hidden = isThere;
    };
    draw();
    // Frames may be far apart, or stand still: another size is drawn at once.
    const observer = new ResizeObserver(draw);
    observer.observe(elements.frame);
    const stopFrames = onFrame(draw);
    const stopListening = listenToMarks(elements, {
      onSelect,
      onMenu: (mark, at) => onMenu?.(mark, at),
      messageAt: (x, y) => own.messageAt(x, y),
      linkAt: (x, y, reach) => own.linkAt(x, y, reach),
    });
    return () => {
      stopFrames();
      observer.disconnect();
      stopListening();
      painter.current = null;
    };
  }, [picture, now, speed, onFrame, keys, words, onSelect, onMenu]);
  useImperativeHandle(ref, () => ({ linkAt: (x, y, reach) => painter.current?.linkAt(x, y, reach) ?? null }), []);

  useEffect(() => {
    // The theme is put on the document by another effect: its colours are there at the next frame.
    const handle = requestAnimationFrame(() => {
      painter.current?.configure({ keys, words, selected });
      painter.current?.draw(picture(), now(), speed());
    });
    return () => cancelAnimationFrame(handle);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- Colours are read from the document when the theme changes.
  }, [keys, words, selected, theme, picture, now, speed]);

  return (
    <div className="matrix" ref={frame}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No HTML element groups the parts of a drawing. */}
      <svg ref={svg} role="group" aria-roledescription={words.figureKind} aria-label={words.figure}>
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
      <p className="matrix-empty" ref={empty}>
        {emptyText}
      </p>
    </div>
  );
}
