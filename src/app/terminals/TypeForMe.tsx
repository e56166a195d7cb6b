/** The button that types what the lesson proposes. */
import type { JSX } from 'react';
import { Icon } from './icons.tsx';

export function TypeForMe({
  label,
  onPress,
  isInPane = false,
}: {
  readonly label: string;
  readonly onPress: () => void;
  readonly isInPane?: boolean;
}): JSX.Element {
  return (
    <button type="button" className={isInPane ? 'terminals-type is-in-pane' : 'terminals-type'} onClick={onPress}>
      <Icon name="keyboard" />
      {label} <kbd>Ctrl ↵</kbd>
    </button>
  );
}
