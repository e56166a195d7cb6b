/**
 * Tells a letter that is a shortcut from one that begins a word. Whoever types a command beside the terminal means the terminal: a letter
 * that another one follows at once does nothing on the page, and the word goes where commands are typed.
 */
import type { PageDeed } from './pageKeys.ts';

/** Two characters that come within this are typed, in milliseconds. */
export const typingGapMs = 300;

/** Pressed, and not known yet to be a shortcut: it is one when nothing follows within `typingGapMs`. */
export interface HeldLetter {
  readonly character: string;
  readonly deed: PageDeed;
  readonly atMs: number;
}

export interface PressedKey {
  /** What it would type; null for a key that types nothing, and for the space, which always plays. */
  readonly character: string | null;
  /** What the page does at it. */
  readonly deed: PageDeed | null;
  readonly atMs: number;
}

export interface Reading {
  readonly held: HeldLetter | null;
  /** To be done now, in this order. */
  readonly deeds: readonly PageDeed[];
  /** To be typed at the terminal that is shown; `''` for nothing. */
  readonly text: string;
}

/** What a key means after the letter that is held. `canType`: a terminal is in sight; without one, letters are shortcuts at once. */
export function readKey(
  before: HeldLetter | null,
  { character, deed, atMs }: PressedKey,
  { canType }: { readonly canType: boolean },
): Reading {
  // A modifier alone, a key that is not the page's.
  if (character === null && deed === null) return { held: before, deeds: [], text: '' };
  const isWord = before !== null && atMs - before.atMs <= typingGapMs;
  const earlier = before === null ? [] : [before.deed];
  if (character === null || !canType)
    return { held: null, deeds: deed === null ? earlier : [...earlier, deed], text: '' };
  // No command begins with one letter twice: that is a shortcut pressed again.
  const isAgain = before?.character === character && deed !== null;
  if (isWord && !isAgain) return { held: null, deeds: [], text: before.character + character };
  return deed === null
    ? { held: null, deeds: earlier, text: character }
    : { held: { character, deed, atMs }, deeds: earlier, text: '' };
}

/** The character that a key types, whatever modifiers its keyboard needs for it; null for the space and for a combination. */
export function characterOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): string | null {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (!/^\S$/u.test(key)) return null;
  // AltGr counts as Ctrl and Alt on some systems.
  return event.getModifierState('AltGraph') || !(ctrlKey || metaKey || altKey) ? key : null;
}
