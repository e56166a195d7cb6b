/** The terminals of a lab, with what the lesson would type next. */
import type { JSX, Ref } from 'react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { inputsOf } from '../../course/actors.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import { linksIn } from '../terminals/outputLinks.ts';
import type { ShownTerminals } from '../terminals/shownTerminals.ts';
import type { TerminalsHandle } from '../terminals/Terminals.tsx';
import { Terminals } from '../terminals/Terminals.tsx';
import type { PageAction } from '../terminals/typist.ts';
import { usePendingActions } from '../lesson/usePendingActions.ts';

/** A wait that « Taper pour moi » runs through. */
const longWaitSeconds = 5;

export interface LabTerminalsProps {
  readonly lab: Lab;
  readonly ref: Ref<TerminalsHandle>;
}

export function LabTerminals({ lab, ref }: LabTerminalsProps): JSX.Element {
  const language = useSettings((settings) => settings.language);
  const theme = useSettings((settings) => settings.theme);
  const timeline = useStore(lab.store, (state) => state.timeline);
  const changes = useStore(lab.store, (state) => state.changes);
  const pending = usePendingActions(lab);
  const act = useCallback((input: Parameters<Lab['act']>[0]) => lab.act(input), [lab]);
  const linksInOutput = useCallback((line: string) => linksIn(line, lab.picture()), [lab]);
  const select = useCallback((mark: string) => lab.select(mark), [lab]);
  const keepShown = useCallback((shown: ShownTerminals) => lab.noteShown(shown), [lab]);
  const actForLearner = useCallback(
    (action: PageAction) => {
      if (action.kind === 'travel') return lab.travel(action.backSeconds);
      if (action.kind === 'wait') return action.seconds < longWaitSeconds ? undefined : lab.hurry(action.seconds);
      for (const input of inputsOf(lab.timeline.world, action)) lab.act(input);
    },
    [lab],
  );
  return (
    <Terminals
      ref={ref}
      timeline={timeline}
      tick={changes}
      language={language}
      theme={theme}
      onAct={act}
      onPageAction={actForLearner}
      pending={pending}
      linksIn={linksInOutput}
      onSelect={select}
      shown={lab.open.shown}
      onShown={keepShown}
    />
  );
}
