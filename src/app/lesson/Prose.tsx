/** A sentence with `code` in it. */
import type { JSX } from 'react';

export function Prose({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, index) => {
        const key = `${index}:${part}`;
        return index % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>;
      })}
    </>
  );
}
