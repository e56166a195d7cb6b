/** The bar at the top of every page: where one is, theme, language. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '../../views/marks/Icon.tsx';
import { useWords } from '../i18n/useWords.ts';
import { changeSettings, type Theme, useSettings } from '../settings/settings.ts';

const nextTheme: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'projector',
  projector: 'light',
};

export function Header({ children }: { readonly children?: ReactNode }) {
  const words = useWords();
  const { theme, language } = useSettings();
  return (
    <header className="top">
      <Link href="/" className="brand" aria-label={words.backHome}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="1" y="4" width="6" height="16" rx="1.5" fill="var(--accent)" />
          <rect x="9" y="4" width="6" height="16" rx="1.5" fill="var(--accent)" opacity=".62" />
          <rect
            x="17"
            y="4"
            width="6"
            height="16"
            rx="1.5"
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.6"
            strokeDasharray="2.4 2"
          />
        </svg>
        Vive le Log
      </Link>
      <div className="grow row" style={{ gap: 'var(--s-4)' }}>
        {children}
      </div>
      <span className="row" style={{ gap: '.1rem' }}>
        <button
          type="button"
          className="btn quiet small icon"
          title={words.themeIs(theme)}
          aria-label={words.themeIs(theme)}
          onClick={() => changeSettings({ theme: nextTheme[theme] })}
        >
          <Icon name="theme" />
        </button>
        <button
          type="button"
          className="btn quiet small"
          aria-label={words.otherLanguage}
          title={words.otherLanguage}
          onClick={() => changeSettings({ language: language === 'fr' ? 'en' : 'fr' })}
        >
          {language.toUpperCase()}
        </button>
      </span>
    </header>
  );
}
