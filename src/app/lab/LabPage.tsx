/** The lab: opens the session of a lesson or a sandbox, with what is shown meanwhile. The model and the lessons load here. */
import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../i18n/useTexts.ts';
import { Lab } from '../session/Lab.ts';
import type { OpenSession } from '../session/openSession.ts';
import type { What } from '../session/what.ts';
import { changeSettings } from '../settings/settings.ts';
import { LabView } from './LabView.tsx';
import { LoadingPage } from './LoadingPage.tsx';

type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly session: OpenSession; readonly lab: Lab };

export default function LabPage({ what }: { readonly what: What }): JSX.Element {
  const texts = useTexts();
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const [run, setRun] = useState({ number: 0, isFresh: false });

  useEffect(() => {
    let isGone = false;
    let stop: (() => void) | undefined;
    const open = async (): Promise<void> => {
      const { openSession } = await import('../session/openSession.ts');
      const session = await openSession(what, { isFresh: run.isFresh });
      if (isGone) return;
      if (session === null) {
        setOpening({ kind: 'absent' });
        return;
      }
      const lab = new Lab(session);
      stop = lab.run();
      setOpening({ kind: 'open', session, lab });
      if (what.kind === 'lesson') changeSettings({ lastLesson: what.id });
    };
    void open();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [what, run]);

  const restart = useCallback(() => {
    setOpening({ kind: 'opening' });
    setRun(({ number }) => ({ number: number + 1, isFresh: true }));
  }, []);
  switch (opening.kind) {
    case 'opening':
      return (
        <LoadingPage>
          <output>{texts.loading}</output>
        </LoadingPage>
      );
    case 'absent':
      return (
        <LoadingPage>
          <div>
            <p>{texts.unknownLesson}</p>
            <Link href="/" className="btn">
              {texts.backToMap}
            </Link>
          </div>
        </LoadingPage>
      );
    case 'open':
      return <LabView key={run.number} lab={opening.lab} onRestart={restart} />;
  }
}
