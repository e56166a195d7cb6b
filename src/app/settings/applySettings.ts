/** Puts theme, language, motion and density on the document, and follows the system and the window. */
import type { Settings } from './settings.ts';
import { useSettings } from './settings.ts';

/** A unit is one CSS pixel at scale 1; at most so many units of height make the page compact. */
const compactUnits = 840;

const unitPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Returns the undoing. */
export function followSettings(): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const asked = new URLSearchParams(location.search).get('theme');
  const apply = ({ theme, language, motion }: Settings): void => {
    const { dataset } = document.documentElement;
    const system = dark.matches ? 'dark' : 'light';
    dataset['theme'] = theme === 'system' ? (asked ?? system) : theme;
    dataset['motion'] = motion === 'system' ? (still.matches ? 'reduced' : 'full') : motion;
    document.documentElement.lang = language;
    measure();
  };
  const measure = (): void => {
    document.documentElement.dataset['density'] = innerHeight / unitPx() <= compactUnits ? 'compact' : 'regular';
  };
  const again = (): void => apply(useSettings.getState());
  again();
  const stop = useSettings.subscribe(apply);
  addEventListener('resize', measure);
  dark.addEventListener('change', again);
  still.addEventListener('change', again);
  return () => {
    stop();
    removeEventListener('resize', measure);
    dark.removeEventListener('change', again);
    still.removeEventListener('change', again);
  };
}
