/** Carries out the keys of the page. */
import { useEffect, useRef } from 'react';
import type { FaultKey } from '../faults/faultKeys.ts';
import { useSettings } from '../settings/settings.ts';
import type { Lab } from '../session/Lab.ts';
import { stopBeside } from '../timebar/speeds.ts';
import { deedOf } from './pageKeys.ts';
import type { AimedDeed, HeldLetter, PressedKey, Reading } from './wordOrShortcut.ts';
import { characterOf, isModifier, readKey, typingGapMs } from './wordOrShortcut.ts';

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
  /** The deep view of that mark, which had the focus; null: of what is selected. */
  readonly openView: (focused: string | null) => void;
  /** What is open last closes first: a card, then a deep view. */
  readonly close: () => void;
  /** On that mark, which had the focus; null: on what is selected in the figure. */
  readonly pressFault: (key: FaultKey, focused: string | null) => void;
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
      if (reading.held !== held) {
        clearTimeout(timer);
        // Before anything is done: what moves the focus decides what is held.
        ({ held } = reading);
        if (held !== null) timer = setTimeout(decide, typingGapMs);
      }
      for (const deed of reading.deeds) perform(deed, lab, latest.current);
      if (reading.text !== '') latest.current.type(reading.text);
    };
    /** What is held was a shortcut. */
    const decide = (): void => {
      if (held !== null) follow({ held: null, deeds: [held], text: '' });
    };
    const read = (event: KeyboardEvent, target: Element): Reading | null => {
      const { canType, ...key } = pressed(event, target, lab.store.getState().selected);
      const isForTerminal = canType && latest.current.canType();
      // Nobody's here: the browser's.
      if (key.deed === null && (key.character === null || !isForTerminal)) return null;
      return readKey(held, key, { canType: isForTerminal });
    };
    // While a letter is held, before anything else hears of the key: it may be of the same word, else the letter acts first.
    const onKeyWhileHeld = (event: KeyboardEvent): void => {
      if (held === null || isModifier(event)) return;
      const { target } = event;
      const isLate = event.timeStamp - held.atMs > typingGapMs;
      const reading =
        isLate || characterOf(event) === null || !(target instanceof Element) ? null : read(event, target);
      if (reading === null) return decide();
      event.preventDefault();
      event.stopPropagation();
      follow(reading);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isModifier(event) || document.querySelector('dialog:modal') !== null) return;
      const reading = event.target instanceof Element ? read(event, event.target) : null;
      if (reading === null) return;
      event.preventDefault();
      follow(reading);
    };
    document.addEventListener('keydown', onKeyWhileHeld, true);
    document.addEventListener('pointerdown', decide, true);
    document.addEventListener('focusin', decide, true);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyWhileHeld, true);
      document.removeEventListener('pointerdown', decide, true);
      document.removeEventListener('focusin', decide, true);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [lab]);
}

const controls = 'button, a, input, select, textarea, summary, [role="tab"], [role="slider"], [role="separator"]';

/** What a key is that is pressed there. `canType`: a word may go from there to the terminal. */
function pressed(
  event: KeyboardEvent,
  target: Element,
  selected: string | null,
): PressedKey & { readonly canType: boolean } {
  const { letterKeys } = useSettings.getState();
  const mark = target.closest('#figure [data-mark]')?.getAttribute('data-mark') ?? null;
  const deed = deedOf(event, {
    isTyping: target.closest('.xterm, input:not([type="range"]):not([type="radio"]), textarea, select') !== null,
    isOnControl:
      target.closest('button, a, input:not([type="range"]), summary, [role="tab"], [role="separator"]') !== null,
    isOnSlider: target.closest('input[type="range"], [role="slider"]') !== null,
    hasLetters: letterKeys,
    hasSubject: mark !== null || selected !== null,
  });
  // A click in the text of the lesson puts the focus on the lesson.
  const isAtRest =
    target === document.body || (target.closest('#figure, #lesson') !== null && !target.closest(controls));
  return {
    character: characterOf(event),
    deed,
    mark,
    atMs: event.timeStamp,
    isRepeat: event.repeat,
    canType: letterKeys && isAtRest,
  };
}

function perform({ deed, mark: focused }: AimedDeed, lab: Lab, panels: PagePanels): void {
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
      return askWhy(lab, focused);
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
      return panels.pressFault(deed, focused);
    case 'openView':
      return panels.openView(focused);
    default:
      return panels.showView(deed.slice(-1));
  }
}

/** « Pourquoi ? » of the latest fact of what is selected, else of the mark that had the focus. */
function askWhy(lab: Lab, focused: string | null): void {
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
