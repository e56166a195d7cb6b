/** Branches of a session: acting in the past begins one, and the future that was known stays with the branch that was left. */
import type { FactId } from './events.ts';
import type { Fact } from './facts.ts';
import type { StampedInput } from './input.ts';
import type { Position } from './position.ts';
import { stepOf } from './position.ts';
import type { BranchData } from './session.ts';
import type { Stretch } from './stretch.ts';
import type { VirtualTimeUs } from './time.ts';

/** What the outside sees of a branch. */
export interface Branch {
  readonly id: number;
  /** Null for the first. */
  readonly parent: number | null;
  readonly forkedAtEvent: number;
  readonly forkedAt: VirtualTimeUs;
  /** Since the fork. */
  readonly inputs: readonly StampedInput[];
  /** How far it is known. */
  readonly endAt: VirtualTimeUs;
}

export interface MarkedFact {
  readonly fact: Fact;
  /** The step that recorded it. */
  readonly step: number;
}

/** The history of one branch, from the very beginning: what comes before the fork is shared with its parent. */
export interface BranchHistory {
  readonly id: number;
  readonly parent: number | null;
  readonly fork: Position;
  inputs: StampedInput[];
  stretches: Stretch[];
  marked: MarkedFact[];
  /** Facts before this id have been seen, the marked ones kept. */
  seenUpTo: FactId;
  /** As far as it is known: it may have been played in an earlier sitting only. */
  end: Position;
}

/** A branch read from a session: nothing of it has been played yet. */
export function branchFromData(data: BranchData, parent: BranchHistory | undefined, first: Stretch): BranchHistory {
  const inherited = parent?.inputs.slice(0, data.inheritedInputs) ?? [];
  const forkedAt = data.inputs[0]?.at ?? data.end.at;
  return {
    id: data.id,
    parent: data.parent,
    fork: {
      eventCount: data.forkedAtEvent,
      inputCount: data.inheritedInputs,
      at: parent === undefined ? first.start.at : forkedAt,
    },
    inputs: [...inherited, ...data.inputs],
    stretches: [first.withoutFacts()],
    marked: [],
    seenUpTo: first.firstFact,
    end: data.end,
  };
}

export const branchToData = ({ id, parent, fork, inputs, end }: BranchHistory): BranchData => ({
  id,
  parent,
  forkedAtEvent: fork.eventCount,
  inheritedInputs: fork.inputCount,
  inputs: inputs.slice(fork.inputCount),
  end,
});

export const describeBranch = ({ id, parent, fork, inputs, end }: BranchHistory): Branch => ({
  id,
  parent,
  forkedAtEvent: fork.eventCount,
  forkedAt: fork.at,
  inputs: inputs.slice(fork.inputCount),
  endAt: end.at,
});

/** Takes over what another branch has played of the history that both share. */
export function borrow(branch: BranchHistory, other: BranchHistory, sharedSteps: number): void {
  const shared = other.stretches.filter(({ start }) => stepOf(start) < sharedSteps);
  const last = shared.at(-1);
  if (last === undefined || shared.length <= branch.stretches.length) return;
  // The last may reach past the fork: from there on its facts are each branch's own.
  branch.stretches = [...shared.slice(0, -1), last.withoutFacts()];
  branch.seenUpTo = last.firstFact;
  branch.marked = other.marked.filter(({ fact }) => fact.id < last.firstFact);
}

/** How many steps two branches have in common: up to the fork at which the first of them left the other's line. */
export function sharedSteps(
  branches: ReadonlyMap<number, BranchHistory>,
  one: BranchHistory,
  other: BranchHistory,
): number {
  const limits = new Map<number, number>();
  let limit = Number.POSITIVE_INFINITY;
  for (let branch: BranchHistory | undefined = one; branch !== undefined; branch = parentOf(branches, branch)) {
    limits.set(branch.id, limit);
    limit = Math.min(limit, stepOf(branch.fork));
  }
  limit = Number.POSITIVE_INFINITY;
  for (let branch: BranchHistory | undefined = other; branch !== undefined; branch = parentOf(branches, branch)) {
    const common = limits.get(branch.id);
    if (common !== undefined) return Math.min(common, limit);
    limit = Math.min(limit, stepOf(branch.fork));
  }
  return 0;
}

const parentOf = (
  branches: ReadonlyMap<number, BranchHistory>,
  { parent }: BranchHistory,
): BranchHistory | undefined => (parent === null ? undefined : branches.get(parent));
