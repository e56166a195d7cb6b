/**
 * What a person prefers, kept on this device: language, theme, motion, how much is narrated, bookmarked progress. What is read back is
 * checked: it may come from another version, or from another hand.
 */
import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Language = 'fr' | 'en';
export type Theme = 'system' | 'light' | 'dark' | 'projector';
export type Motion = 'system' | 'full' | 'reduced';
export type NarrationLevel = 'essential' | 'normal' | 'all';

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  readonly motion: Motion;
  readonly narration: NarrationLevel;
  /** Single letters act as keys of the page; some assistive tools need them off. */
  readonly letterKeys: boolean;
  /** Lessons done to the end, by id. */
  readonly done: Readonly<Record<string, true>>;
  /** The lesson opened last, to be resumed. */
  readonly lastLesson: string | null;
}

const defaults: Settings = {
  language: 'fr',
  theme: 'system',
  motion: 'system',
  narration: 'normal',
  letterKeys: true,
  done: {},
  lastLesson: null,
};

const keptSchema = v.object({
  language: v.fallback(v.picklist(['fr', 'en']), defaults.language),
  theme: v.fallback(v.picklist(['system', 'light', 'dark', 'projector']), defaults.theme),
  motion: v.fallback(v.picklist(['system', 'full', 'reduced']), defaults.motion),
  narration: v.fallback(v.picklist(['essential', 'normal', 'all']), defaults.narration),
  letterKeys: v.fallback(v.boolean(), defaults.letterKeys),
  done: v.fallback(v.record(v.string(), v.literal(true)), defaults.done),
  lastLesson: v.fallback(v.nullable(v.string()), defaults.lastLesson),
});

/** The settings in what was kept: each that is absent or no longer known is its default, what is no setting is dropped. */
export function settingsIn(kept: unknown): Settings {
  const checked = v.safeParse(keptSchema, kept);
  return checked.success ? checked.output : defaults;
}

/** French, unless the languages of the browser hold English and no French. */
export function firstLanguage(languages: readonly string[]): Language {
  const speaks = (language: Language): boolean => languages.some((one) => one.toLowerCase().startsWith(language));
  return speaks('en') && !speaks('fr') ? 'en' : 'fr';
}

/** None where there is no browser. */
const languagesOfBrowser = (): readonly string[] => (typeof navigator === 'undefined' ? [] : navigator.languages);

export const useSettings = create<Settings>()(
  persist((): Settings => ({ ...defaults, language: firstLanguage(languagesOfBrowser()) }), {
    name: 'vive-le-log.settings',
    version: 1,
    // Nothing is kept before the first change.
    merge: (kept, first) => (kept === undefined ? first : settingsIn(kept)),
  }),
);

export const changeSettings = (change: Partial<Settings>): void => {
  useSettings.setState(change);
};
