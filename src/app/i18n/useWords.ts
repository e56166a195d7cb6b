/** The words of the page in the learner's language. */
import { useSettings } from '../settings/settings.ts';
import { en } from './en.ts';
import { fr, type Words } from './fr.ts';

export const wordsOf = (language: 'fr' | 'en'): Words => (language === 'fr' ? fr : en);

export const useWords = (): Words => wordsOf(useSettings((settings) => settings.language));
