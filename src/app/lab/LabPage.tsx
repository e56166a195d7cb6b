/** The lab: shows the lesson's words at once, and opens its session, or a sandbox's, as soon as the model is there. */
import type { ComponentType, JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../i18n/useWords.ts';
import type { Lab } from '../session/Lab.ts';
import type { KeptSession, SavedSession } from '../session/savedSessions.ts';
import { forgetSession, loadSession } from '../session/savedSessions.ts';
import type { What } from '../session/what.ts';
import { changeSettings } from '../settings/settings.ts';
import type { LabViewProps } from './LabView.tsx';
import { LessonPreview } from './LessonPreview.tsx';
import { LoadingPage } from './LoadingPage.tsx';
import { UnknownPage } from './UnknownPage.tsx';

type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'open';
      readonly lab: Lab;
      readonly View: ComponentType<LabViewProps>;
      readonly Terminals: LabViewProps['Terminals'];
    };

/** Each opening of the page's session is a run. */
interface Run {
  readonly number: number;
  /** What the browser keeps, nothing, or a session that is given back. */
  readonly begins: 'kept' | 'fresh' | SavedSession;
  /** The session that gave way to this one, to be given back when asked for. */
  readonly replaced: SavedSession | null;
}

async function keptFor(what: What, { begins }: Run): Promise<KeptSession> {
  if (begins === 'kept') return loadSession(what);
  if (begins === 'fresh') return forgetSession(what);
  return { kind: 'found', saved: begins };
}

export default function LabPage({ what }: { readonly what: What }): JSX.Element {
  const { lab: texts } = useWords();
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const [run, setRun] = useState<Run>({ number: 0, begins: 'kept', replaced: null });

  useEffect(() => {
    let isGone = false;
    let stop: (() => void) | undefined;
    const open = async (): Promise<void> => {
      // The terminals are fetched beside the model, not after it.
      const terminals = import('./LabTerminals.tsx');
      // What the browser keeps is read meanwhile.
      const kept = keptFor(what, run);
      const { openLab, LabView } = await import('./openLab.ts');
      if (isGone) return;
      const lab = await openLab(what, await kept);
      const { LabTerminals } = await terminals;
      if (isGone) return;
      if (lab === null) {
        setOpening({ kind: 'absent' });
        return;
      }
      stop = lab.run();
      if (new URLSearchParams(location.search).has('e2e')) (await import('../testing/labInTests.ts')).exposeLab(lab);
      setOpening({ kind: 'open', lab, View: LabView, Terminals: LabTerminals });
      if (what.kind === 'lesson') changeSettings({ lastLesson: what.id });
    };
    void open();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [what, run]);

  const restart = useCallback((replaced: SavedSession) => {
    setOpening({ kind: 'opening' });
    setRun(({ number }) => ({ number: number + 1, begins: 'fresh', replaced }));
  }, []);
  const undoRestart = useCallback(() => {
    setOpening({ kind: 'opening' });
    setRun(({ number, replaced }) => ({ number: number + 1, begins: replaced ?? 'kept', replaced: null }));
  }, []);
  switch (opening.kind) {
    case 'opening':
      return what.kind === 'lesson' ? (
        <LessonPreview id={what.id} />
      ) : (
        <LoadingPage>
          <output>{texts.loading}</output>
        </LoadingPage>
      );
    case 'absent':
      return <UnknownPage what="lesson" />;
    case 'open':
      return (
        <opening.View
          key={run.number}
          lab={opening.lab}
          Terminals={opening.Terminals}
          onRestart={restart}
          onUndoRestart={run.replaced === null ? null : undoRestart}
        />
      );
  }
}
