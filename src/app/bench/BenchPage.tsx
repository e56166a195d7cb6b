/**
 * Measures the picture: `#/bench/2000` flies that many messages at once over a cluster that does not change otherwise,
 * `#/bench/6/brokerDown` shows another scene. Playwright reads the figures from the page.
 */
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { ClusterMatrix } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import { KeyOrder } from '../../views/clusterMatrix/keyOrder.ts';
import { noChoices } from '../../views/clusterMatrix/matrixChoices.ts';
import { mockupKeys, mockupPicture } from '../../views/testing/mockupCluster.ts';
import { mockupScenes } from '../../views/testing/mockupScenes.ts';
import { wordsOf } from '../i18n/useWords.ts';
import { useSettings } from '../settings/settings.ts';
import { describeFrames, type FrameFigures } from './frameFigures.ts';

/** Virtual microseconds a real millisecond: a thousandth of the real speed, so that a flight of 4 ms takes 4 s. */
const usPerMs = 1;
const refreshMs = 1000;

export interface BenchPageProps {
  readonly flightCount: number;
  /** One of `mockupScenes`; the whole cluster unless told. */
  readonly scene?: string | undefined;
}

export default function BenchPage({ flightCount, scene: sceneName }: BenchPageProps): JSX.Element {
  const { language } = useSettings();
  const [figures, setFigures] = useState<FrameFigures | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [choices, setChoices] = useState(noChoices);
  const pictureAt = useMemo(() => {
    const change = Object.entries(mockupScenes).find(([name]) => name === sceneName)?.[1];
    return (now: VirtualTimeUs) => {
      const picture = mockupPicture(now, flightCount);
      return change === undefined ? picture : change(picture);
    };
  }, [flightCount, sceneName]);
  const scene = useRef({ now: 0 as VirtualTimeUs, picture: pictureAt(0 as VirtualTimeUs) });
  const keys = useMemo(() => {
    const order = new KeyOrder();
    for (const key of mockupKeys) order.markOf(key);
    return order;
  }, []);
  const listeners = useRef(new Set<() => void>());

  useEffect(() => {
    const began = performance.now();
    let frames: { readonly gapMs: number; readonly workMs: number }[] = [];
    let [last, lastRefresh] = [began, began];
    let handle = requestAnimationFrame(function onFrame(at) {
      handle = requestAnimationFrame(onFrame);
      const now = Math.floor((at - began) * usPerMs) as VirtualTimeUs;
      const next = pictureAt(now);
      const isSame = next.flights[0]?.fact === scene.current.picture.flights[0]?.fact;
      scene.current = { now, picture: isSame ? scene.current.picture : next };
      const start = performance.now();
      for (const listener of listeners.current) listener();
      frames.push({ gapMs: at - last, workMs: performance.now() - start });
      last = at;
      if (at - lastRefresh >= refreshMs) {
        setFigures(describeFrames(frames));
        frames = [];
        lastRefresh = at;
      }
    });
    return () => cancelAnimationFrame(handle);
  }, [pictureAt]);

  const source = useMemo(
    () => ({
      picture: () => scene.current.picture,
      now: () => scene.current.now,
      speed: () => usPerMs / 1000,
      onFrame: (listener: () => void) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [],
  );
  return (
    <main style={{ display: 'grid', height: '100%', gridTemplateRows: 'auto minmax(0, 1fr)' }}>
      <output className="mono small" data-figures={figures === null ? undefined : JSON.stringify(figures)}>
        {figures === null
          ? '…'
          : `${flightCount} · ${figures.framesPerSecond.toFixed(0)} fps · ${figures.medianWorkMs.toFixed(1)} ms · max ${figures.longestGapMs.toFixed(0)} ms`}
      </output>
      <ClusterMatrix
        {...source}
        keys={keys}
        words={wordsOf(language).views}
        theme={document.documentElement.dataset['theme'] ?? 'light'}
        selected={selected}
        onSelect={setSelected}
        choices={choices}
        onChoices={setChoices}
        emptyText=""
      />
    </main>
  );
}
