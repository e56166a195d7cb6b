/** Which key does what on the lab page, outside terminals and text fields. */
import type { FaultKey } from '../faults/faultKeys.ts';

export type PageDeed =
  | 'playOrPause'
  | 'stepOn'
  | 'stepBack'
  | 'nextMarked'
  | 'previousMarked'
  | 'slower'
  | 'faster'
  | 'bookmark'
  | 'lesson'
  | 'terminal'
  | 'table'
  | 'why'
  | 'close'
  | 'keys'
  | 'nextRegion'
  | 'previousRegion'
  | 'undo'
  | 'redo'
  | FaultKey
  | 'typeForMe'
  | 'foldLesson'
  | 'foldTerminals'
  | 'openView'
  | ViewDeed;

/** Shows the view of that key. */
export type ViewDeed = `view${1 | 3 | 4 | 6}`;

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'getModifierState'>;

const withControl: Readonly<Record<string, PageDeed>> = {
  b: 'foldLesson',
  j: 'foldTerminals',
  z: 'undo',
  Enter: 'typeForMe',
};
const withControlAndShift: Readonly<Record<string, PageDeed>> = { z: 'redo' };
const plain: Readonly<Record<string, PageDeed>> = {
  ' ': 'playOrPause',
  ArrowRight: 'stepOn',
  ArrowLeft: 'stepBack',
  Escape: 'close',
};
const letters: Readonly<Record<string, PageDeed>> = {
  '[': 'slower',
  ']': 'faster',
  m: 'bookmark',
  l: 'lesson',
  t: 'terminal',
  v: 'table',
  '1': 'view1',
  '3': 'view3',
  '4': 'view4',
  '6': 'view6',
  '?': 'keys',
};
/** They need something to act on. */
const lettersOfSubject: Readonly<Record<string, PageDeed>> = {
  w: 'why',
  o: 'openView',
  k: 'kill',
  s: 'pauseOrResume',
  r: 'restart',
  x: 'cut',
  n: 'slow',
  d: 'lossy',
};

/**
 * Null: the key is not the page's. `isTyping`: a terminal, a text field or a list has the focus, every key but those of the regions is its own.
 * `isOnControl`: a button has it, and keeps space and arrows; `isOnSlider`: a slider, which keeps the arrows. `hasLetters`: single letters act.
 * `hasSubject`: something has the focus in the figure, or is selected.
 */
export function deedOf(
  event: Key,
  where: {
    readonly isTyping: boolean;
    readonly isOnControl: boolean;
    readonly isOnSlider: boolean;
    readonly hasLetters: boolean;
    readonly hasSubject: boolean;
  },
): PageDeed | null {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key === 'F6') return shiftKey ? 'previousRegion' : 'nextRegion';
  if (where.isTyping) return null;
  const letter = where.hasLetters ? key.toLowerCase() : '';
  const byLetter = letters[letter] ?? (where.hasSubject ? lettersOfSubject[letter] : undefined) ?? null;
  // AltGr, which is Ctrl and Alt on some systems, makes another character, no combination.
  if (event.getModifierState('AltGraph')) return byLetter;
  if (altKey) return null;
  if (ctrlKey || metaKey)
    return (shiftKey ? withControlAndShift : withControl)[key === 'Enter' ? key : key.toLowerCase()] ?? null;
  if (!(key in plain)) return byLetter;
  if (key === 'Escape') return 'close';
  if (where.isOnControl || (where.isOnSlider && key !== ' ')) return null;
  if (shiftKey && key === 'ArrowRight') return 'nextMarked';
  if (shiftKey && key === 'ArrowLeft') return 'previousMarked';
  return plain[key] ?? null;
}
