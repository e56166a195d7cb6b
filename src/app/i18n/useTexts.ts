/** The words of the lab in the learner's language. */
import { useSettings } from '../settings/settings.ts';
import { textsEn } from './texts.en.ts';
import type { Texts } from './texts.fr.ts';
import { textsFr } from './texts.fr.ts';

export const useTexts = (): Texts => useSettings(({ language }) => (language === 'fr' ? textsFr : textsEn));
