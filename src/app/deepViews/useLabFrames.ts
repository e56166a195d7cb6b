/** What a figure asks of the lab at each frame. */
import { useCallback } from 'react';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Lab } from '../session/Lab.ts';

export function useLabFrames(lab: Lab): {
  readonly now: () => VirtualTimeUs;
  readonly onFrame: (listener: () => void) => () => void;
} {
  const now = useCallback(() => lab.timeline.now, [lab]);
  const onFrame = useCallback((listener: () => void) => lab.onFrame(listener), [lab]);
  return { now, onFrame };
}
