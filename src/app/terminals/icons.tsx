/** The small pictures on the terminals' buttons. */
import type { JSX } from 'react';

const paths = {
  close: 'M4 4l8 8M12 4l-8 8',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6',
  plus: 'M8 3v10M3 8h10',
  split: 'M2 3h12v10H2zM8 3v10',
  unsplit: 'M2 3h12v10H2z',
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }): JSX.Element {
  return (
    <svg className="terminals-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}
