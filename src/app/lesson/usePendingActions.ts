/** What « Taper pour moi » would do next, and whether it can, followed while the lesson and the cluster go on. Whatever types asks here. */
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Action } from '../../course/lesson.ts';
import { scriptOf } from '../../course/scriptOf.ts';
import { useWords } from '../i18n/useWords.ts';
import type { Lab } from '../session/Lab.ts';
import type { Help } from './help.ts';
import { helpOf, isHelpful } from './help.ts';
import { pendingActions } from './pendingActions.ts';
import { typedLines } from './typedLines.ts';

type LabState = ReturnType<Lab['store']['getState']>;

const nothing: readonly Action[] = [];

function pendingIn({ lesson, startedAt }: Lab['open'], { progress, tasks, timeline }: LabState): readonly Action[] {
  if (lesson === null) return nothing;
  const typed = typedLines(timeline, startedAt);
  return pendingActions(lesson, { step: progress.step, tasks }, { typed, world: timeline.world });
}

/** The same array as long as nothing of it changes; none without a lesson, or while it could not be done. */
export function usePendingActions(lab: Lab): readonly Action[] {
  return useStore(
    lab.store,
    useShallow((state) => {
      const pending = pendingIn(lab.open, state);
      return isHelpful(helpOf(pending, state.timeline.world)) ? pending : nothing;
    }),
  );
}

/** Whether « Taper pour moi » can do anything at this moment. */
export function canHelpNow(lab: Lab): boolean {
  const state = lab.store.getState();
  return isHelpful(helpOf(pendingIn(lab.open, state), state.timeline.world));
}

/** Whether « Taper pour moi » can do anything now; why not, or what it does first (null: nothing to say). */
export function useHelp(lab: Lab): {
  readonly canHelp: boolean;
  readonly reason: string | null;
} {
  const { lab: texts } = useWords();
  const help = useStore(
    lab.store,
    useShallow((state) => helpOf(pendingIn(lab.open, state), state.timeline.world)),
  );
  return { canHelp: isHelpful(help), reason: reasonOf(help, texts) };
}

function reasonOf(help: Help, texts: ReturnType<typeof useWords>['lab']): string | null {
  switch (help.kind) {
    case 'ready':
      return null;
    case 'busy':
      return texts.helpBusy(scriptOf(help.program));
    case 'waits':
      return texts.helpWaits;
    case 'waitsFirst':
      return texts.helpWaitsFirst(help.seconds);
  }
}
