/** Where one terminal is on the page: the place that its screen fills, and what the page says beside it, never in it. */
import type { JSX } from 'react';
import { memo, useEffect, useRef } from 'react';
import type { TerminalDesk } from './terminalDesk.ts';
import type { TerminalScreen } from './terminalScreen.ts';
import { TypeForMe } from './TypeForMe.tsx';

export interface TerminalPaneProps {
  readonly desk: TerminalDesk;
  readonly terminal: string;
  readonly id: string;
  readonly tabId: string;
  /** 0: left; null: out of sight. */
  readonly place: number | null;
  readonly screenLabel: string;
  readonly inputLabel: string;
  /** What is said when its shell has ended. */
  readonly ended: string | null;
  readonly reopen: string;
  /** What the button says when the lesson proposes something here. */
  readonly typeForMe: string | null;
}

export const TerminalPane = memo(function TerminalPane(props: TerminalPaneProps): JSX.Element {
  const { desk, terminal, id, tabId, place, screenLabel, inputLabel, ended, reopen, typeForMe } = props;
  const pane = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen>(null);

  useEffect(() => {
    if (host.current === null) return;
    const attached = desk.attach(terminal, host.current);
    screen.current = attached.screen;
    const observer = new ResizeObserver(() => attached.screen.fit());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      screen.current = null;
      attached.detach();
    };
  }, [desk, terminal]);

  useEffect(() => {
    if (screen.current !== null) screen.current.label = inputLabel;
  }, [inputLabel]);

  useEffect(() => {
    const element = pane.current;
    // In a terminal every key belongs to it, but the one that goes to the next region.
    const keep = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') event.stopPropagation();
    };
    const come = (): void => desk.show(terminal);
    element?.addEventListener('keydown', keep);
    element?.addEventListener('focusin', come);
    return () => {
      element?.removeEventListener('keydown', keep);
      element?.removeEventListener('focusin', come);
    };
  }, [desk, terminal]);

  return (
    <div
      className={place === 1 ? 'terminals-pane is-second' : 'terminals-pane'}
      role="tabpanel"
      id={id}
      aria-labelledby={tabId}
      hidden={place === null}
      style={place === null ? undefined : { order: place }}
      ref={pane}
    >
      <div className="terminals-screen" role="log" aria-live="off" aria-label={screenLabel} ref={host} />
      {ended !== null && (
        <p className="terminals-ended">
          {ended}
          <button type="button" className="terminals-type" onClick={() => desk.enterLine(terminal, '')}>
            {reopen}
          </button>
        </p>
      )}
      {ended === null && typeForMe !== null && (
        <TypeForMe
          label={typeForMe}
          onPress={() => {
            desk.typeForMe();
            desk.enter(terminal);
          }}
          isInPane
        />
      )}
    </div>
  );
});
