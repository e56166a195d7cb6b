/** The tabs of the terminals: arrows choose, Enter goes in, Delete closes. */
import type { JSX, KeyboardEvent } from 'react';
import { memo, useRef } from 'react';

export interface TerminalTab {
  readonly terminal: string;
  readonly name: string;
  /** What its lamp says, in words. */
  readonly state: string;
  readonly isRunning: boolean;
  readonly isShown: boolean;
}

export interface TerminalTabsProps {
  readonly label: string;
  readonly tabs: readonly TerminalTab[];
  /** The shown one that keys go to. */
  readonly active: string | null;
  readonly idOf: (kind: 'tab' | 'pane', terminal: string) => string;
  readonly onChoose: (terminal: string) => void;
  readonly onEnter: (terminal: string) => void;
  readonly onClose: (terminal: string) => void;
}

export const TerminalTabs = memo(function TerminalTabs({
  label,
  tabs,
  active,
  idOf,
  onChoose,
  onEnter,
  onClose,
}: TerminalTabsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, index: number): void => {
    const target = targetOf(event.key, index, tabs.length);
    const tab = tabs[target ?? index];
    if (tab === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (target !== null) {
      onChoose(tab.terminal);
      list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[target]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onEnter(tab.terminal);
    else if (event.key === 'Delete') onClose(tab.terminal);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="terminals-tabs" role="tablist" aria-label={label} aria-multiselectable="true" ref={list}>
      {tabs.map(({ terminal, name, state, isRunning, isShown }, index) => (
        <button
          key={terminal}
          type="button"
          role="tab"
          className="terminals-tab"
          id={idOf('tab', terminal)}
          aria-controls={idOf('pane', terminal)}
          aria-label={`${name}, ${state}`}
          aria-selected={isShown}
          tabIndex={terminal === active ? 0 : -1}
          onClick={() => onEnter(terminal)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          <i className={isRunning ? 'terminals-led' : 'terminals-led is-idle'} aria-hidden="true" title={state} />
          {name}
        </button>
      ))}
    </div>
  );
});

/** Which tab a key goes to; null for a key of no movement. */
function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
