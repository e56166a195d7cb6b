/**
 * A member of a group as the consumer itself sees it: `AbstractCoordinator.MemberState` (3.9.0).
 */
import type { AnyMachineSnapshot } from 'xstate';
import { setup } from 'xstate';
import { createStepper } from '../../../kernel/stepper.ts';

export type MemberEvent =
  | { readonly type: 'JOIN_GROUP_SENT' }
  | { readonly type: 'JOINED' }
  | { readonly type: 'SYNCED' }
  /** Left, fenced, expelled: the generation is forgotten. */
  | { readonly type: 'GENERATION_RESET' };
export type MemberStateName = 'UNJOINED' | 'PREPARING_REBALANCE' | 'COMPLETING_REBALANCE' | 'STABLE';

/** A rebalance may begin from any state: it is joining again that leaves STABLE, not the news of a rebalance. */
const memberStateChart = setup({ types: { events: {} as MemberEvent } }).createMachine({
  id: 'member',
  initial: 'UNJOINED',
  on: {
    JOIN_GROUP_SENT: '.PREPARING_REBALANCE',
    GENERATION_RESET: '.UNJOINED',
  },
  states: {
    UNJOINED: {},
    PREPARING_REBALANCE: { on: { JOINED: 'COMPLETING_REBALANCE' } },
    COMPLETING_REBALANCE: { on: { SYNCED: 'STABLE' } },
    STABLE: {},
  },
});

const stepper = createStepper(memberStateChart, undefined);
export type MemberState = AnyMachineSnapshot;

export const unjoined: MemberState = stepper.initial(undefined).snapshot;

export function stepMember(state: MemberState, event: MemberEvent): MemberState {
  return stepper.next(state, event).snapshot;
}
export function memberStateName(state: MemberState): MemberStateName {
  return state.value as MemberStateName;
}
