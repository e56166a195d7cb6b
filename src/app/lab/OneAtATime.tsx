/** Where there is no room for both: the figure or the terminals, by tabs. What is out of sight stays as it is. */
import type { JSX, KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../i18n/useWords.ts';

export type Side = 'figure' | 'terminals';
const sides: readonly Side[] = ['figure', 'terminals'];

export interface OneAtATimeProps {
  readonly shown: Side;
  readonly onShow: (side: Side) => void;
  readonly figure: ReactNode;
  readonly terminals: ReactNode;
}

export function OneAtATime({ shown, onShow, figure, terminals }: OneAtATimeProps): JSX.Element {
  const { lab: texts } = useWords();
  const names: Readonly<Record<Side, string>> = { figure: texts.cluster, terminals: texts.terminals };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    const other = shown === 'figure' ? 'terminals' : 'figure';
    onShow(other);
    document.getElementById(`side-tab-${other}`)?.focus();
  };
  return (
    <div className="one-at-a-time">
      <div role="tablist" aria-label={texts.sides} className="side-tabs">
        {sides.map((side) => (
          <button
            key={side}
            type="button"
            role="tab"
            id={`side-tab-${side}`}
            aria-selected={side === shown}
            aria-controls={`side-${side}`}
            tabIndex={side === shown ? 0 : -1}
            className={side === shown ? 'btn small on' : 'btn small'}
            onClick={() => onShow(side)}
            onKeyDown={onKeyDown}
          >
            {names[side]}
          </button>
        ))}
        <span className="caption dim">{texts.tooNarrow}</span>
      </div>
      {sides.map((side) => (
        <div
          key={side}
          role="tabpanel"
          id={`side-${side}`}
          aria-labelledby={`side-tab-${side}`}
          hidden={side !== shown}
          className="side"
        >
          {side === 'figure' ? figure : terminals}
        </div>
      ))}
    </div>
  );
}
