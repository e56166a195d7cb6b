/** The tabs above the figure: which view of the cluster it is. Arrows choose. */
import type { JSX, KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { View, ViewName } from './views.ts';

export interface ViewTabsProps {
  readonly label: string;
  /** Those that have something to show. */
  readonly views: readonly View[];
  readonly shown: ViewName;
  readonly nameOf: (view: ViewName) => string;
  readonly onShow: (view: ViewName) => void;
}

export function ViewTabs({ label, views, shown, nameOf, onShow }: ViewTabsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? views.length - 1 : index + step;
    const view = views[(target + views.length) % views.length];
    if ((step === 0 && target === index) || view === undefined || event.shiftKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    onShow(view.name);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[views.indexOf(view)]?.focus();
  };
  return (
    <div className="seg" role="tablist" aria-label={label} ref={list}>
      {views.map(({ name, key }, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`view-${name}`}
          aria-controls="figure"
          aria-selected={name === shown}
          aria-keyshortcuts={key}
          title={`${nameOf(name)} (${key})`}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => onShow(name)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          {nameOf(name)}
        </button>
      ))}
    </div>
  );
}
