/** Whether « Taper pour moi » can do anything now, and if not, why. */
import type { Action } from '../../course/lesson.ts';
import type { World } from '../../kernel/world.ts';
import { busyTerminal } from './pendingActions.ts';

export type Help =
  | { readonly kind: 'ready' }
  /** A program has the terminal of the next command. */
  | { readonly kind: 'busy'; readonly program: string }
  /** All has been done; time has to pass. */
  | { readonly kind: 'waits' }
  /** So long has to pass before the next action. */
  | { readonly kind: 'waitsFirst'; readonly seconds: number };

/** What is in the way has to go first. */
export const isHelpful = ({ kind }: Help): boolean => kind === 'ready' || kind === 'waitsFirst';

export function helpOf(pending: readonly Action[], world: World): Help {
  const at = pending.findIndex(({ kind }) => kind !== 'wait');
  if (at < 0) return { kind: 'waits' };
  const busy = busyTerminal(pending, world);
  if (busy !== null) return { kind: 'busy', program: busy.program };
  const seconds = pending.slice(0, at).reduce((sum, action) => sum + (action.kind === 'wait' ? action.seconds : 0), 0);
  return seconds > 0 ? { kind: 'waitsFirst', seconds } : { kind: 'ready' };
}
