/** Deeds as buttons: what is impossible is greyed, says why, and stays within reach of the keyboard. */
import type { JSX } from 'react';
import type { Input } from '../../kernel/input.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import type { Deed } from './deed.ts';
import { iconOf, shortcutOf } from './verbs.ts';
import type { FaultWords } from './words.ts';

export function DeedButtons<Verb extends keyof typeof iconOf>({
  deeds,
  labelOf,
  words,
  isInRows = false,
  onAct,
}: {
  readonly deeds: readonly Deed<Verb>[];
  readonly labelOf: (verb: Verb) => string;
  readonly words: FaultWords;
  /** One below the other: labels are long. */
  readonly isInRows?: boolean;
  readonly onAct: (inputs: readonly Input[]) => void;
}): JSX.Element {
  return (
    <div className={isInRows ? 'fault-acts is-in-rows' : 'fault-acts'}>
      {deeds.map(({ verb, refusal, inputs }) => {
        const label = labelOf(verb);
        const reason = refusal === null ? null : words.refusals[refusal];
        const shortcut = shortcutOf[verb];
        return (
          <button
            // The same button suspends and resumes: the focus stays on it.
            key={verb === 'resume' ? 'pause' : verb}
            type="button"
            className={`fault-act${verb === 'kill' || verb === 'cut' ? ' is-danger' : ''}`}
            aria-disabled={reason !== null}
            aria-keyshortcuts={shortcut}
            title={reason ?? (shortcut === undefined ? label : `${label} (${shortcut})`)}
            onClick={() => {
              if (reason === null) onAct(inputs);
            }}
          >
            <Icon name={iconOf[verb]} />
            {label}
          </button>
        );
      })}
    </div>
  );
}
