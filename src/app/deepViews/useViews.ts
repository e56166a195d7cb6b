/** Which view of the cluster is shown, and the ways to another: keys, tabs, a thing's deep view, back. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { parseMark } from '../inspector/mark.ts';
import type { Folding } from '../lab/useFolding.ts';
import type { Lab } from '../session/Lab.ts';
import type { ViewName } from './views.ts';
import { allViews, hasSomething, viewOf } from './views.ts';

export interface Views {
  readonly view: ViewName;
  readonly show: (view: ViewName) => void;
  /** The view of that key, if it has something to show. */
  readonly showByKey: (key: string) => void;
  /** The deep view of a thing, by the key of its mark; nothing where it has none. */
  readonly openMark: (mark: string) => void;
  /** Of what has the focus; null: of what is selected. */
  readonly openFocused: (focused: string | null) => void;
  readonly close: () => void;
}

/** Panels that gave way to a deep view, and were not given back: the page was left meanwhile. */
const gaveWayKey = 'vive-le-log.panelsGaveWay';

/** `panels`: they fold while a deep view takes the whole frame, and come back with the cluster. */
export function useViews(lab: Lab, panels: readonly Folding[]): Views {
  const [view, setView] = useState<ViewName>('cluster');
  const shown = useRef<ViewName>('cluster');
  const gaveWay = useRef<readonly Folding[]>([]);
  const latest = useRef(panels);
  useEffect(() => {
    latest.current = panels;
  });
  useEffect(() => {
    if (sessionStorage.getItem(gaveWayKey) === null) return;
    sessionStorage.removeItem(gaveWayKey);
    for (const panel of latest.current) panel.unfold();
  }, []);

  const show = useCallback((next: ViewName) => {
    if (next === shown.current) return;
    if (next === 'cluster') {
      for (const panel of gaveWay.current) panel.unfold();
      gaveWay.current = [];
      sessionStorage.removeItem(gaveWayKey);
    } else if (shown.current === 'cluster') {
      gaveWay.current = latest.current.filter((panel) => panel.fold());
      if (gaveWay.current.length > 0) sessionStorage.setItem(gaveWayKey, '');
    }
    shown.current = next;
    setView(next);
  }, []);
  const openMark = useCallback(
    (key: string) => {
      const mark = parseMark(key);
      const next = mark === null ? null : viewOf(mark);
      if (next === null) return;
      lab.select(key);
      show(next);
    },
    [lab, show],
  );
  const { store } = lab;
  const selected = useStore(store, (state) => state.selected);
  return useMemo(
    () => ({
      view,
      show,
      openMark,
      showByKey: (key) => {
        const found = allViews.find((one) => one.key === key);
        if (found !== undefined && hasSomething(found.name, lab.picture())) show(found.name);
      },
      openFocused: (focused) => {
        const mark = focused ?? selected;
        if (mark !== null) openMark(mark);
      },
      close: () => {
        if (document.querySelector('.inspector-card') === null && shown.current !== 'cluster') show('cluster');
        else lab.select(null);
      },
    }),
    [view, show, openMark, lab, selected],
  );
}
