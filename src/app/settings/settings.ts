/** What a person prefers, kept on this device: language, theme, motion, how much is narrated, bookmarked progress. */
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

export const useSettings = create<Settings>()(
  persist((): Settings => defaults, { name: 'vive-le-log.settings', version: 1 }),
);

export const changeSettings = (change: Partial<Settings>): void => {
  useSettings.setState(change);
};
