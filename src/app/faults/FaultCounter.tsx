/** How many faults are active, in the top bar; one press lists them, and lifts one or all. */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../../views/marks/Icon.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import type { ActiveFault } from './activeFaults.ts';
import { activeFaults } from './activeFaults.ts';
import { faultText } from './faultText.ts';
import './faults.css';
import { sceneOf } from './scene.ts';

const faultsOf = (lab: Lab): readonly ActiveFault[] => {
  const { timeline } = lab;
  return activeFaults(timeline.world, lab.picture(), timeline.inputs.slice(0, timeline.position.inputCount));
};

export function FaultCounter({ lab }: { readonly lab: Lab }): JSX.Element | null {
  const { language } = useSettings();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // Drawn again when the faults are others, not at each tick.
  useStore(lab.store, () => JSON.stringify(faultsOf(lab)));
  const faults = faultsOf(lab);
  const scene = sceneOf(lab, language);
  const { words } = scene;
  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };
  const lift = (lifted: readonly ActiveFault[]): void => {
    for (const { lift: inputs } of lifted) for (const input of inputs) lab.act(input);
  };
  if (faults.length === 0 && !isOpen) return null;
  return (
    <div className="fault-counter">
      <button
        ref={button}
        type="button"
        className={`fault-count${faults.length === 0 ? ' is-none' : ''}`}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="warn" />
        {words.count(faults.length)}
      </button>
      {isOpen ? (
        <Popover label={words.list} onClose={close}>
          {faults.length === 0 ? <p className="dim">{words.nothingLeft}</p> : null}
          <ul>
            {faults.map((fault) => {
              const { what, how } = faultText(fault, scene);
              const reason = fault.refusal === null ? null : words.refusals[fault.refusal];
              return (
                <li key={fault.key}>
                  <span>
                    {what} <small>{how}</small>
                    {reason === null ? null : <small>{reason}</small>}
                  </span>
                  <button
                    type="button"
                    className="btn small"
                    aria-label={words.liftOf(`${what}, ${how}`)}
                    title={reason ?? undefined}
                    aria-disabled={reason !== null}
                    onClick={() => lift([fault])}
                  >
                    {words.lift}
                  </button>
                </li>
              );
            })}
          </ul>
          {faults.length > 1 ? (
            <button type="button" className="btn small" onClick={() => lift(faults)}>
              {words.liftAll}
            </button>
          ) : null}
        </Popover>
      ) : null}
    </div>
  );
}

/** Closes by Escape, or when one presses beside it. */
function Popover({
  label,
  onClose,
  children,
}: {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
    // The button that had the focus may have gone with its fault.
    if (document.activeElement === document.body) box.current?.focus();
  });
  useEffect(() => {
    box.current?.focus();
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (target instanceof Element && target.closest('.fault-counter') === null) latest.current();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <dialog ref={box} open tabIndex={-1} className="fault-popover" aria-label={label} onKeyDown={onKeyDown}>
      <h2>{label}</h2>
      {children}
    </dialog>
  );
}
