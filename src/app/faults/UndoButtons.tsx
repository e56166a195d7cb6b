/** Undo and redo in the top bar: exact travel to before the last deed, and back. */
import type { JSX } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../../views/marks/Icon.tsx';
import type { Lab } from '../session/Lab.ts';
import { positionAfterNext, positionBeforeLast } from '../session/undo.ts';
import { useSettings } from '../settings/settings.ts';
import { faultWordsIn } from './scene.ts';

export function UndoButtons({ lab }: { readonly lab: Lab }): JSX.Element {
  const { language } = useSettings();
  const words = faultWordsIn(language);
  const canUndo = useStore(lab.store, () => positionBeforeLast(lab.timeline, lab.open.startedAt) !== null);
  const canRedo = useStore(lab.store, () => positionAfterNext(lab.timeline) !== null);
  return (
    <span className="row" style={{ gap: 0 }}>
      <button
        type="button"
        className="btn quiet small icon"
        aria-label={words.undo}
        title={words.undoTitle}
        aria-keyshortcuts="Control+Z"
        disabled={!canUndo}
        onClick={() => lab.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="btn quiet small icon"
        aria-label={words.redo}
        title={words.redoTitle}
        aria-keyshortcuts="Control+Shift+Z"
        disabled={!canRedo}
        onClick={() => lab.redo()}
      >
        <Icon name="redo" />
      </button>
    </span>
  );
}
