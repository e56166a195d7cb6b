/**
 * Tells a letter that is a shortcut from one that begins a word. Whoever types a command beside the terminal means the terminal: a letter
 * that another one follows at once does nothing on the page, and the word goes where commands are typed.
 */
import type { PageDeed } from './pageKeys.ts';

/** Two characters that come within this are typed, in milliseconds. */
export const typingGapMs = 300;

export interface AimedDeed {
  readonly deed: PageDeed;
  /** Of the figure: what had the focus when the key was pressed. */
  readonly mark: string | null;
}

/** Pressed, and not known yet to be a shortcut: it is one when nothing follows within `typingGapMs`. */
export interface HeldLetter extends AimedDeed {
  readonly character: string;
  readonly atMs: number;
}

export interface PressedKey {
  /** What it would type; null for a key that types nothing. */
  readonly character: string | null;
  /** What the page does at it. */
  readonly deed: PageDeed | null;
  readonly mark: string | null;
  readonly atMs: number;
  /** The keyboard sends it again because it is held down. */
  readonly isRepeat: boolean;
}

export interface Reading {
  readonly held: HeldLetter | null;
  /** To be done now, in this order. */
  readonly deeds: readonly AimedDeed[];
  /** To be typed at the terminal that is shown; `''` for nothing. */
  readonly text: string;
}

/**
 * What a key means after the letter that is held. `canType`: what is pressed there may be for a terminal, and one is in sight; elsewhere,
 * letters are shortcuts at once.
 */
export function readKey(
  before: HeldLetter | null,
  { character, deed, mark, atMs, isRepeat }: PressedKey,
  { canType }: { readonly canType: boolean },
): Reading {
  const isSpeed = deed === 'slower' || deed === 'faster';
  // A key that is held down is pressed once; the speed goes on and on.
  if (isRepeat && character !== null && !isSpeed) return { held: before, deeds: [], text: '' };
  const earlier = before === null ? [] : [before];
  const atOnce = { held: null, deeds: deed === null ? earlier : [...earlier, { deed, mark }], text: '' };
  if (character === null || !canType) return atOnce;
  // The speed, changed again.
  const isAgain = isSpeed && before?.character === character;
  if (before !== null && atMs - before.atMs <= typingGapMs && !isAgain)
    return { held: null, deeds: [], text: before.character + character };
  // What follows T is for the terminal already.
  if (character === ' ' || deed === 'terminal') return atOnce;
  return deed === null
    ? { held: null, deeds: earlier, text: character }
    : { held: { character, deed, mark, atMs }, deeds: earlier, text: '' };
}

/** The character that a key types, whatever modifiers its keyboard needs for it; null for a combination. */
export function characterOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): string | null {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (!/^[\S ]$/u.test(key)) return null;
  // AltGr counts as Ctrl and Alt on some systems.
  return event.getModifierState('AltGraph') || !(ctrlKey || metaKey || altKey) ? key : null;
}

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead']);

/** It means nothing before another key is pressed. */
export const isModifier = ({ key }: Pick<KeyboardEvent, 'key'>): boolean => modifiers.has(key);
