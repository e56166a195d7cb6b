/** A button pressed with the mouse leaves the focus where one types: the next key still goes there, and Space still plays. */
import { useEffect } from 'react';

export function useKeptFocus(): void {
  useEffect(() => {
    const keep = (event: MouseEvent): void => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      // A dialog holds the focus while it is open.
      if (button !== null && button.closest('dialog') === null) event.preventDefault();
    };
    document.addEventListener('mousedown', keep);
    return () => document.removeEventListener('mousedown', keep);
  }, []);
}
