/** How wide an element is and how large a unit, kept up to date. */
import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

export interface TrackSize {
  readonly widthPx: number;
  /** CSS pixels of one pixel at scale 1. */
  readonly unit: number;
}

export function useTrackSize(element: RefObject<HTMLElement | null>): TrackSize {
  const [size, setSize] = useState<TrackSize>({ widthPx: 0, unit: 1 });
  useLayoutEffect(() => {
    const host = element.current;
    if (host === null) return undefined;
    const measure = (): void => {
      const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      setSize((before) =>
        before.widthPx === host.clientWidth && before.unit === unit ? before : { widthPx: host.clientWidth, unit },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
