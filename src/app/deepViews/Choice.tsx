/** Which of several things a deep view is about. */
import type { JSX } from 'react';

export interface ChoiceProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** Nothing where there is nothing to choose. */
export function Choice({ label, names, chosen, onChoose }: ChoiceProps): JSX.Element | null {
  if (names.length < 2) return null;
  return (
    <label className="deep-choice">
      <span>{label}</span>
      <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
