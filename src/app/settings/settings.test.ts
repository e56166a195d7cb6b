import { expect, test } from 'vitest';
import type { Settings } from './settings.ts';
import { firstLanguage, settingsIn } from './settings.ts';

const chosen: Settings = {
  language: 'en',
  theme: 'projector',
  motion: 'reduced',
  narration: 'all',
  letterKeys: false,
  done: { 'tp-topic': true },
  lastLesson: 'tp-produire',
};

test('settings are read back as they were kept', () => {
  expect(settingsIn(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

test('a stale value falls back to its default and takes no other with it', () => {
  expect(settingsIn({ ...chosen, theme: 'sepia', letterKeys: 'no' })).toEqual({
    ...chosen,
    theme: 'system',
    letterKeys: true,
  });
});

test('an absent setting is its default, an unknown one is dropped', () => {
  const { motion: _, ...rest } = chosen;
  expect(settingsIn({ ...rest, density: 'compact' })).toEqual({ ...chosen, motion: 'system' });
});

test('the first visit is in English only for who reads English and no French', () => {
  expect(firstLanguage(['en-US', 'en'])).toBe('en');
  expect(firstLanguage(['de', 'en-GB'])).toBe('en');
  expect(firstLanguage(['en-US', 'fr-CA'])).toBe('fr');
  expect(firstLanguage(['fr'])).toBe('fr');
  expect(firstLanguage(['de-DE'])).toBe('fr');
  expect(firstLanguage([])).toBe('fr');
});

test('what is no settings at all gives the defaults', () => {
  for (const kept of [undefined, null, 'fr', []]) expect(settingsIn(kept).language).toBe('fr');
});
