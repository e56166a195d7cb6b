/**
 * States of a group and the way between them.
 *
 * Follows `kafka.coordinator.group.GroupState` (3.9.0): each state names those it may be entered from.
 */
export type GroupState =
  /** Without members; kept for its offsets, or because it only stores offsets. */
  | 'Empty'
  /** Waits for its members to join (again). */
  | 'PreparingRebalance'
  /** Has a new generation, and waits for its leader's assignment. */
  | 'CompletingRebalance'
  | 'Stable'
  /** Being removed, or moved to another coordinator. */
  | 'Dead';

const validPreviousStates: Readonly<Record<GroupState, readonly GroupState[]>> = {
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Stable', 'PreparingRebalance', 'CompletingRebalance', 'Empty', 'Dead'],
  Empty: ['PreparingRebalance'],
};

export const mayMove = (from: GroupState, to: GroupState): boolean => validPreviousStates[to].includes(from);
