/** Mounts the cluster matrix: React owns the elements, D3 and the canvas draw into them, once a frame and only what changed. */
import type { JSX, Ref } from 'react';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { ViewWords } from '../words.ts';
import './clusterMatrix.css';
import './wires.css';
import { FigureDefinitions } from './FigureDefinitions.tsx';
import type { Box } from './geometry.ts';
import { forgetLooks } from './joining.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { MatrixLayout } from './layout.ts';
import type { MenuPlace } from './listenToMarks.ts';
import { listenToMarks } from './listenToMarks.ts';
import { MatrixControls } from './MatrixControls.tsx';
import type { MatrixChoices } from './matrixChoices.ts';
import { toggleOf, withToggle } from './matrixChoices.ts';
import { MatrixPainter } from './matrixPainter.ts';
import { Minimap } from './Minimap.tsx';
import { loadLabelFonts } from '../marks/textWidth.ts';
import { shownTopics } from './shownTopics.ts';
import type { SeenPart } from './viewport.ts';

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
  /** What of the cluster is shown; kept by who keeps the figure. */
  readonly choices: MatrixChoices;
  readonly onChoices: (choices: MatrixChoices) => void;
  /** In place of a cluster of which nothing runs. */
  readonly emptyText: string;
  readonly ref?: Ref<MatrixHandle>;
}

export function ClusterMatrix(props: ClusterMatrixProps): JSX.Element {
  const { picture, now, speed, onFrame, keys, words, theme, selected, onSelect, onMenu, emptyText, ref } = props;
  const { choices, onChoices } = props;
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const root = useRef<SVGGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const empty = useRef<HTMLParagraphElement>(null);
  const painter = useRef<MatrixPainter | null>(null);
  const latest = useRef({ choices, onChoices });
  const [seen, setSeen] = useState<{ readonly part: SeenPart; readonly parts: readonly Box[] } | null>(null);
  // What the controls offer follows the cluster.
  const [offers, setOffers] = useState({ hasInternalTopics: false, hasHeat: false });

  useEffect(() => {
    latest.current = { choices, onChoices };
  });
  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (frame.current === null || scroller.current === null || svg.current === null) return undefined;
    if (root.current === null || context === null) return undefined;
    const elements = {
      frame: frame.current,
      scroller: scroller.current,
      svg: svg.current,
      root: root.current,
      canvas: context.canvas,
    };
    const own = new MatrixPainter(elements, context, { keys, words, selected: null }, latest.current.choices);
    painter.current = own;
    own.viewport.onSeen = (part) =>
      setSeen((before) =>
        before !== null && isSamePart(before.part, part) ? before : { part, parts: partsOf(own.layout) },
      );
    const draw = (): void => {
      const shown = picture();
      own.draw(shown, now(), speed());
      const isThere = shown.brokers.length + shown.zookeepers.length > 0;
      if (empty.current !== null && empty.current.hidden !== isThere) empty.current.hidden = isThere;
      const next = offersOf(shown, latest.current.choices);
      setOffers((before) =>
        before.hasHeat === next.hasHeat && before.hasInternalTopics === next.hasInternalTopics ? before : next,
      );
    };
    draw();
    void loadLabelFonts().then((hasLoaded) => {
      if (!hasLoaded || painter.current !== own) return;
      forgetLooks();
      own.configure({ keys, words, selected: null }, latest.current.choices);
      draw();
    });
    const select = (mark: string | null): void => {
      const toggle = mark === null ? null : toggleOf(mark, own.layout?.lines ?? []);
      if (toggle === null) return onSelect(mark);
      latest.current.onChoices(withToggle(latest.current.choices, toggle));
    };
    const resized = new ResizeObserver(draw);
    resized.observe(scroller.current);
    const stops = [
      onFrame(draw),
      own.viewport.listen(),
      listenToMarks(elements, {
        onSelect: select,
        onMenu: (mark, at) => onMenu?.(mark, at),
        messageAt: (x, y) => own.messageAt(x, y),
        linkAt: (x, y, reach) => own.linkAt(x, y, reach),
        onFit: () => own.viewport.fit(),
      }),
      () => resized.disconnect(),
    ];
    return () => {
      for (const stop of stops) stop();
      painter.current = null;
    };
  }, [picture, now, speed, onFrame, keys, words, onSelect, onMenu]);
  useImperativeHandle(ref, () => ({ linkAt: (x, y, reach) => painter.current?.linkAt(x, y, reach) ?? null }), []);

  useEffect(() => {
    // The theme is put on the document by another effect: its colours are there at the next frame.
    const handle = requestAnimationFrame(() => {
      painter.current?.configure({ keys, words, selected }, choices);
      painter.current?.draw(picture(), now(), speed());
    });
    return () => cancelAnimationFrame(handle);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- Colours are read from the document when the theme changes.
  }, [keys, words, selected, choices, theme, picture, now, speed]);

  return (
    <div className="matrix" ref={frame}>
      <div className="matrix-scroll" ref={scroller}>
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No HTML element groups the parts of a drawing. */}
        <svg ref={svg} role="group" aria-roledescription={words.figureKind} aria-label={words.figure}>
          <FigureDefinitions />
          <g ref={root} />
        </svg>
      </div>
      <canvas ref={canvas} aria-hidden="true" />
      <p className="matrix-empty" ref={empty}>
        {emptyText}
      </p>
      <MatrixControls
        {...offers}
        words={words}
        choices={choices}
        onChoices={onChoices}
        seen={seen?.part ?? null}
        onFit={() => painter.current?.viewport.fit()}
      />
      {seen === null ? null : <Minimap {...seen} onLook={(x, y) => painter.current?.viewport.lookAt(x, y)} />}
    </div>
  );
}

const isSamePart = (before: SeenPart, next: SeenPart): boolean =>
  (Object.keys(next) as (keyof SeenPart)[]).every((name) => before[name] === next[name]);

function offersOf(
  picture: ClusterPicture,
  choices: MatrixChoices,
): { readonly hasInternalTopics: boolean; readonly hasHeat: boolean } {
  return {
    hasInternalTopics: picture.topics.some(({ isInternal }) => isInternal),
    hasHeat: shownTopics(picture, choices).some(({ isOpen, isHeat }) => isOpen && isHeat),
  };
}

/** What a minimap draws: racks and rows, in shares of the figure. */
function partsOf(layout: MatrixLayout | null): readonly Box[] {
  if (layout === null) return [];
  const { contentWidth, contentHeight } = layout;
  return [...layout.racks, ...layout.strips, ...layout.groups, ...layout.producers].map(({ x, y, width, height }) => ({
    x: x / contentWidth,
    y: y / contentHeight,
    width: width / contentWidth,
    height: height / contentHeight,
  }));
}
