/** Whether the window is too narrow for the lesson beside the figure. */
import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 1100px)';

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(narrow);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => matchMedia(narrow).matches,
  );
}
