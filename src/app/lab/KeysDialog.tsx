/** The keys of the page, and the settings of those who need other ones: letters, narration, motion. */
import type { JSX } from 'react';
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/useWords.ts';
import { changeSettings, type Motion, type NarrationLevel, useSettings } from '../settings/settings.ts';

const levels: readonly NarrationLevel[] = ['essential', 'normal', 'all'];
const motions: readonly Motion[] = ['system', 'full', 'reduced'];

export function KeysDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { keys, lab } = useWords();
  const { letterKeys, narration, motion } = useSettings();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Else the first field gets the focus, and what is above it is scrolled out of sight.
    title.current?.focus();
  }, []);
  return (
    <dialog className="keys-dialog" ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <h2 id="keys-title" ref={title} tabIndex={-1}>
        {keys.title}
      </h2>
      <dl>
        {keys.rows.map(([key, deed]) => (
          <div key={key} className="key-row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{deed}</dd>
          </div>
        ))}
      </dl>
      <div className="key-settings">
        <label>
          <input
            type="checkbox"
            checked={letterKeys}
            onChange={(event) => changeSettings({ letterKeys: event.target.checked })}
          />{' '}
          {keys.letters}
        </label>
        <label>
          {keys.narration}{' '}
          <select
            value={narration}
            onChange={(event) =>
              changeSettings({ narration: levels.find((level) => level === event.target.value) ?? 'normal' })
            }
          >
            {levels.map((level) => (
              <option key={level} value={level}>
                {keys.narrationLevels[level]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {keys.motion}{' '}
          <select
            value={motion}
            onChange={(event) =>
              changeSettings({ motion: motions.find((one) => one === event.target.value) ?? 'system' })
            }
          >
            {motions.map((one) => (
              <option key={one} value={one}>
                {keys.motions[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <form method="dialog">
        <button type="submit" className="btn primary">
          {lab.close}
        </button>
      </form>
    </dialog>
  );
}
