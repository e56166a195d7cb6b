/** What the page has to say about the session: a failure of the simulator, a hidden branch, a session that could not be read. */
import type { JSX } from 'react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { isOwnInput } from '../../course/ownInputs.ts';
import { useWords } from '../i18n/useWords.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import { clockText } from '../timebar/clock.ts';

export function Notices({
  lab,
  onUndoRestart,
}: {
  readonly lab: Lab;
  readonly onUndoRestart: (() => void) | null;
}): JSX.Element | null {
  const { lab: texts } = useWords();
  const { language } = useSettings();
  const failure = useStore(lab.store, (state) => state.failure);
  const isHiddenBranch = useStore(lab.store, (state) => state.isHiddenBranch);
  const [isBrokenTold, setIsBrokenTold] = useState(false);
  const [isRestartTold, setIsRestartTold] = useState(false);
  // Whoever has begun anew has no use for it, and going back does not bring it back: what was typed stays in its branch.
  const isOffered = useStore(
    lab.store,
    ({ timeline }) =>
      onUndoRestart !== null &&
      !timeline.branches.some(({ inputs }) =>
        inputs.some((stamped) => stamped.input.kind === 'typed' && isOwnInput(stamped, lab.open.startedAt)),
      ),
  );
  if (failure !== null) {
    const report = JSON.stringify({ message: failure.message, at: failure.at, session: lab.timeline.toSession() });
    return (
      <div className="notice bad" role="alert">
        <span>{texts.simulatorStopped(clockText(failure.at - lab.open.startedAt, language))}</span>
        <button type="button" className="btn small primary" onClick={() => lab.recover()}>
          {texts.goBack}
        </button>
        <button type="button" className="btn small" onClick={() => void navigator.clipboard.writeText(report)}>
          {texts.copyReport}
        </button>
      </div>
    );
  }
  if (isHiddenBranch) {
    return (
      <output className="notice">
        <span>{texts.hiddenBranch}</span>
        <button type="button" className="btn small primary" onClick={() => lab.leaveHiddenBranch()}>
          {texts.leaveBranch}
        </button>
      </output>
    );
  }
  if (lab.open.wasBroken && !isBrokenTold) {
    return (
      <output className="notice">
        <span>{texts.savedSessionBroken}</span>
        <button type="button" className="btn small" onClick={() => setIsBrokenTold(true)}>
          {texts.close}
        </button>
      </output>
    );
  }
  if (onUndoRestart !== null && isOffered && !isRestartTold) {
    return (
      <output className="notice">
        <span>{texts.restarted}</span>
        <button type="button" className="btn small primary" onClick={onUndoRestart}>
          {texts.undoRestart}
        </button>
        <button type="button" className="btn small" onClick={() => setIsRestartTold(true)}>
          {texts.close}
        </button>
      </output>
    );
  }
  return null;
}
