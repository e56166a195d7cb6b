/** A panel that folds by a key or a button and remembers it; its size is remembered with the layout of its group. */
import { useCallback, useMemo, useRef } from 'react';
import type { PanelImperativeHandle } from 'react-resizable-panels';

export interface Folding {
  readonly panelRef: React.RefObject<PanelImperativeHandle | null>;
  readonly toggle: () => void;
  readonly unfold: () => void;
  /** True when it was open, and is folded now. */
  readonly fold: () => boolean;
}

export function useFolding(): Folding {
  const panelRef = useRef<PanelImperativeHandle | null>(null);
  const toggle = useCallback(() => {
    const panel = panelRef.current;
    if (panel === null) return;
    if (panel.isCollapsed()) panel.expand();
    else panel.collapse();
  }, []);
  const unfold = useCallback(() => {
    if (panelRef.current?.isCollapsed() === true) panelRef.current.expand();
  }, []);
  const fold = useCallback(() => {
    const panel = panelRef.current;
    if (panel === null || panel.isCollapsed()) return false;
    panel.collapse();
    return true;
  }, []);
  return useMemo(() => ({ panelRef, toggle, unfold, fold }), [toggle, unfold, fold]);
}
