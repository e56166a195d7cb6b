/** Whether the window is as a media query says, followed. */
import { useSyncExternalStore } from 'react';

/** Too narrow for the lesson beside the figure. */
export const narrow = '(max-width: 1100px)';
/** Too narrow for the figure above terminals, and for a whole cluster. */
export const handheld = '(max-width: 899px)';
/** What points is a mouse or the like, not a finger: most likely there is a keyboard beside it, and none opens on the screen. */
export const finePointer = '(pointer: fine)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}
