/** The narration of a lab: it listens whenever something has happened. */
import type { JSX } from 'react';
import { useStore } from 'zustand';
import { Narration } from '../narration/Narration.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';

export function LabNarration({ lab, isScrubbing }: { readonly lab: Lab; readonly isScrubbing: boolean }): JSX.Element {
  const language = useSettings((settings) => settings.language);
  const level = useSettings((settings) => settings.narration);
  const changes = useStore(lab.store, (state) => state.changes);
  const timeline = useStore(lab.store, (state) => state.timeline);
  return (
    <Narration
      timeline={timeline}
      picture={lab.picture()}
      tick={changes}
      language={language}
      level={level}
      startedAt={lab.open.startedAt}
      isScrubbing={isScrubbing}
    />
  );
}
