/** Mounts a figure of a deep view: React owns the elements, D3 draws into them: the structure when it changed, what moves at each frame. */
import type { JSX } from 'react';
import { useEffect, useRef } from 'react';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import { FigureDefinitions } from '../clusterMatrix/FigureDefinitions.tsx';
import type { MenuPlace } from '../clusterMatrix/listenToMarks.ts';
import { listenToMarks } from '../clusterMatrix/listenToMarks.ts';
import './deepFigure.css';

/** Moves what moves by itself to where it is at an instant. */
export type Move = (now: VirtualTimeUs) => void;

export interface DeepFigureProps<Picture> {
  /** At the shown instant; the same object while nothing changed. Null: there is no such thing at this instant. */
  readonly picture: () => Picture | null;
  /** Draws the structure; answers how its moving parts move. The same function while words, keys and selection are the same. */
  readonly draw: (root: SVGGElement, picture: Picture, frame: Frame) => Drawn;
  readonly now: () => VirtualTimeUs;
  /** Calls back at each frame; the answer ends it. */
  readonly onFrame: (listener: () => void) => () => void;
  /** Widths and colours are read again when it changes. */
  readonly theme: string;
  readonly label: string;
  readonly kind: string;
  /** In place of a figure of nothing. */
  readonly emptyText: string;
  readonly onSelect: (mark: string | null) => void;
  /** Right click, Shift F10, long press. */
  readonly onMenu?: (mark: string, at: MenuPlace) => void;
}
export interface Drawn {
  /** Larger than the frame when not all fits: the frame scrolls. */
  readonly contentHeight: number;
  readonly move: Move;
}

export function DeepFigure<Picture>(props: DeepFigureProps<Picture>): JSX.Element {
  const { picture, draw, now, onFrame, theme, label, kind, emptyText, onSelect, onMenu } = props;
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const root = useRef<SVGGElement>(null);
  const empty = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (frame.current === null || svg.current === null || root.current === null) return undefined;
    return listenToMarks(
      { svg: svg.current, root: root.current, frame: frame.current },
      {
        onSelect,
        onMenu: (mark, at) => onMenu?.(mark, at),
        messageAt: () => null,
        linkAt: () => null,
      },
    );
  }, [onSelect, onMenu]);

  useEffect(() => {
    const elements = { frame: frame.current, svg: svg.current, root: root.current };
    if (elements.frame === null || elements.svg === null || elements.root === null) return undefined;
    const { frame: host, svg: drawing, root: group } = elements;
    let before: { readonly picture: Picture; readonly size: string } | null = null;
    let drawn: Drawn | null = null;
    const paint = (): void => {
      const shown = picture();
      if (empty.current !== null) empty.current.hidden = shown !== null;
      drawing.style.visibility = shown === null ? 'hidden' : '';
      if (shown === null || host.clientWidth === 0) return;
      const style = getComputedStyle(host);
      const inner = (side: number, ...paddings: readonly string[]): number =>
        paddings.reduce((rest, padding) => rest - Number.parseFloat(padding), side);
      const widthPx = inner(host.clientWidth, style.paddingLeft, style.paddingRight);
      const heightPx = inner(host.clientHeight, style.paddingTop, style.paddingBottom);
      const size = `${widthPx}x${heightPx}`;
      if (before === null || drawn === null || shown !== before.picture || size !== before.size) {
        drawn = draw(group, shown, { widthPx, heightPx, ...densityOf() });
        drawing.setAttribute('width', `${widthPx}`);
        drawing.setAttribute('height', `${Math.max(heightPx, drawn.contentHeight)}`);
        keepOneTabStop(group);
        before = { picture: shown, size };
      }
      drawn.move(now());
    };
    // The theme is put on the document by another effect: its widths are there at the next frame.
    const handle = requestAnimationFrame(paint);
    const stop = onFrame(paint);
    // Frames may be far apart, or stand still: another size is drawn at once.
    const observer = new ResizeObserver(paint);
    observer.observe(host);
    return () => {
      cancelAnimationFrame(handle);
      observer.disconnect();
      stop();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- The density of the document follows the theme.
  }, [picture, draw, now, onFrame, theme]);

  return (
    <div className="deep-plot" ref={frame}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No HTML element groups the parts of a drawing. */}
      <svg ref={svg} role="group" aria-roledescription={kind} aria-label={label}>
        <FigureDefinitions />
        <g ref={root} />
      </svg>
      <p className="deep-empty" ref={empty} hidden>
        {emptyText}
      </p>
    </div>
  );
}

const densityOf = (): Pick<Frame, 'unit' | 'isCompact'> => ({
  unit: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,
  isCompact: document.documentElement.dataset['density'] === 'compact',
});

/** The Tab key stops at one mark: the one that had the focus last, else the first. */
function keepOneTabStop(root: SVGGElement): void {
  if (root.querySelector('[data-mark][tabindex="0"]') === null)
    root.querySelector('[data-mark]')?.setAttribute('tabindex', '0');
}
