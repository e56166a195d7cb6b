/** What « Taper pour moi » would do next, followed while the lesson and the cluster go on. */
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Action } from '../../course/lesson.ts';
import type { Lab } from '../session/Lab.ts';
import type { Help } from './help.ts';
import { helpOf } from './help.ts';
import { pendingActions } from './pendingActions.ts';

/** The same array as long as nothing of it changes; none without a lesson. */
export function usePendingActions(lab: Lab): readonly Action[] {
  const { lesson } = lab.open;
  return useStore(
    lab.store,
    useShallow(({ progress, typed, timeline }): readonly Action[] =>
      lesson === null ? [] : pendingActions(lesson, progress, { typed, world: timeline.world }),
    ),
  );
}

/** What « Taper pour moi » can do now; the same object as long as nothing of it changes. */
export function useHelp(lab: Lab): Help {
  const pending = usePendingActions(lab);
  return useStore(
    lab.store,
    useShallow(({ timeline }) => helpOf(pending, timeline.world)),
  );
}
