/** Carries out the keys of the page. */
import { useEffect, useRef } from 'react';
import type { FaultKey } from '../faults/faultKeys.ts';
import { useSettings } from '../settings/settings.ts';
import type { Lab } from '../session/Lab.ts';
import { stopBeside } from '../timebar/speeds.ts';
import type { PageDeed } from './pageKeys.ts';
import { deedOf } from './pageKeys.ts';
import type { HeldLetter, Reading } from './wordOrShortcut.ts';
import { characterOf, readKey, typingGapMs } from './wordOrShortcut.ts';

export interface PagePanels {
  readonly toggleLesson: () => void;
  readonly toggleTerminals: () => void;
  readonly enterTerminal: () => void;
  readonly typeForMe: () => void;
  /** A terminal is in sight. */
  readonly canType: () => boolean;
  /** At the terminal that is shown, which gets the focus. */
  readonly type: (text: string) => void;
  readonly toggleTable: () => void;
  readonly showKeys: () => void;
  /** By the number of its key; nothing where there is no such view. */
  readonly showView: (key: string) => void;
  /** The deep view of what has the focus, else of what is selected. */
  readonly openView: () => void;
  /** What is open last closes first: a card, then a deep view. */
  readonly close: () => void;
  /** On what is selected in the figure. */
  readonly pressFault: (key: FaultKey) => void;
}

/** In the order of F6. */
const regions = ['#lesson', '#figure', '#terminals', 'footer.timebar'] as const;

export function usePageKeys(lab: Lab, panels: PagePanels): void {
  const latest = useRef(panels);
  useEffect(() => {
    latest.current = panels;
  });
  useEffect(() => {
    let held: HeldLetter | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (reading: Reading): void => {
      clearTimeout(timer);
      ({ held } = reading);
      for (const deed of reading.deeds) perform(deed, lab, latest.current);
      if (reading.text !== '') latest.current.type(reading.text);
      if (held === null) return;
      const { deed } = held;
      timer = setTimeout(() => follow({ held: null, deeds: [deed], text: '' }), typingGapMs);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog:modal') !== null) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target === null) return;
      const isTyping = target.closest('.xterm, input:not([type="range"]):not([type="radio"]), textarea') !== null;
      const deed = deedOf(event, {
        isTyping,
        isOnControl:
          target.closest('button, a, input:not([type="range"]), select, summary, [role="tab"], [role="separator"]') !==
          null,
        isOnSlider: target.closest('input[type="range"], [role="slider"]') !== null,
        hasLetters: useSettings.getState().letterKeys,
      });
      // A list chooses by letters.
      const character = isTyping || (deed === null && target.closest('select') !== null) ? null : characterOf(event);
      if (deed === null && character === null) return;
      const canType = latest.current.canType();
      if (deed === null && !canType) return;
      event.preventDefault();
      follow(readKey(held, { character, deed, atMs: event.timeStamp }, { canType }));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [lab]);
}

function perform(deed: PageDeed, lab: Lab, panels: PagePanels): void {
  const { isPlaying, speed, effectiveSpeed } = lab.store.getState();
  switch (deed) {
    case 'playOrPause':
      return lab.setPlaying(!isPlaying);
    case 'stepOn':
      return lab.step(1);
    case 'stepBack':
      return lab.step(-1);
    case 'nextMarked':
      return lab.stepToMarked(1);
    case 'previousMarked':
      return lab.stepToMarked(-1);
    case 'slower':
    case 'faster':
      return lab.setSpeed(stopBeside(speed === 'auto' ? effectiveSpeed : speed, deed === 'faster' ? 1 : -1));
    case 'bookmark':
      return lab.addBookmark();
    case 'lesson':
    case 'foldLesson':
      return panels.toggleLesson();
    case 'foldTerminals':
      return panels.toggleTerminals();
    case 'terminal':
      return panels.enterTerminal();
    case 'table':
      return panels.toggleTable();
    case 'why':
      return askWhy(lab);
    case 'close':
      return panels.close();
    case 'keys':
      return panels.showKeys();
    case 'nextRegion':
    case 'previousRegion':
      return focusRegion(deed === 'nextRegion' ? 1 : -1);
    case 'undo':
      return lab.undo();
    case 'redo':
      return lab.redo();
    case 'typeForMe':
      return panels.typeForMe();
    case 'kill':
    case 'pauseOrResume':
    case 'restart':
    case 'cut':
    case 'slow':
    case 'lossy':
      return panels.pressFault(deed);
    case 'openView':
      return panels.openView();
    default:
      return panels.showView(deed.slice(-1));
  }
}

/** « Pourquoi ? » of the latest fact of what is selected, else of the mark that has the focus. */
function askWhy(lab: Lab): void {
  const focused = document.activeElement?.closest('[data-mark]')?.getAttribute('data-mark') ?? null;
  if (lab.store.getState().selected === null && focused !== null) lab.select(focused);
  // Once its card is drawn.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.inspector-fact .btn')?.click());
}

function focusRegion(direction: 1 | -1): void {
  const present = regions.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const from = present.findIndex((region) => region.contains(document.activeElement));
  const next = from === -1 ? (direction === 1 ? 0 : -1) : (from + direction) % present.length;
  const region = present.at(next);
  const inside = region?.querySelector<HTMLElement>('[tabindex="0"], button:not(:disabled), a');
  (region?.matches('[tabindex]') === true ? region : inside)?.focus();
}
