/** What an address shows that leads to nothing: it says so, and where there is something. */
import type { JSX } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/useWords.ts';
import { keyOf, sandboxes } from '../session/what.ts';
import { LoadingPage } from './LoadingPage.tsx';

export function UnknownPage({ what }: { readonly what: 'lesson' | 'sandbox' | 'page' }): JSX.Element {
  const { lab: texts, home } = useWords();
  return (
    <LoadingPage>
      <div className="unknown">
        <p>{texts.unknown[what]}</p>
        {what !== 'sandbox' ? null : (
          <ul>
            {sandboxes.map((sandbox) => (
              <li key={sandbox.preset}>
                <Link href={`/labo/${keyOf({ kind: 'sandbox', ...sandbox })}`} className="btn small">
                  {home.cluster(sandbox)}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <Link href="/" className="btn">
          {texts.backToMap}
        </Link>
      </div>
    </LoadingPage>
  );
}
