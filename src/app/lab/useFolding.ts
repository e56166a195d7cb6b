/** A panel that folds by a key or a button and remembers it; its size is remembered with the layout of its group. */
import { useCallback, useRef } from 'react';
import type { PanelImperativeHandle } from 'react-resizable-panels';

export interface Folding {
  readonly panelRef: React.RefObject<PanelImperativeHandle | null>;
  readonly toggle: () => void;
  readonly unfold: () => void;
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
  return { panelRef, toggle, unfold };
}
