/** What can be done to the links between two sides: cut them, one way or both, slow them, make them lose, mend them. */
import type { ProcessId } from '../../kernel/events.ts';
import type { Input } from '../../kernel/input.ts';
import type { LinkCondition } from '../../kernel/network.ts';
import { healthyLink } from '../../kernel/network.ts';
import type { World } from '../../kernel/world.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import type { Deed, Refusal } from './deed.ts';
import { possible, refused } from './deed.ts';

export type LinkVerb = 'cut' | 'cutForth' | 'cutBack' | 'slow' | 'lossy' | 'mend';

/** What a knot adds to each flight, in microseconds: the middle of the design's scale. */
export const knotUs = 800_000;
/** What a die makes a link lose, of 1 000 flights. */
export const dieLossPerMille = 300;

/** The two sides as a whole, each way the worst of its links; `forth` from the first to the second. */
export interface LinkState {
  readonly forth: LinkCondition;
  readonly back: LinkCondition;
  /** Ways that can carry anything: both ends live. */
  readonly ways: number;
}

interface Way {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly isForth: boolean;
  readonly condition: LinkCondition;
}

function waysOf({ from, to }: WireEnds, { processes, links }: World): readonly Way[] {
  const isAlive = (process: ProcessId): boolean => {
    const status = processes[process]?.status;
    return status !== undefined && status !== 'exited';
  };
  return from.filter(isAlive).flatMap((one) =>
    to
      .filter((other) => other !== one && isAlive(other))
      .flatMap((other) => [
        { from: one, to: other, isForth: true, condition: links.between(one, other) },
        { from: other, to: one, isForth: false, condition: links.between(other, one) },
      ]),
  );
}

export function linkState(ends: WireEnds, world: World): LinkState {
  const ways = waysOf(ends, world);
  const worst = (isForth: boolean): LinkCondition => {
    const conditions = ways.filter((way) => way.isForth === isForth).map(({ condition }) => condition);
    return {
      isCut: conditions.some(({ isCut }) => isCut),
      extraLatencyUs: Math.max(0, ...conditions.map(({ extraLatencyUs }) => extraLatencyUs)),
      lossPerMille: Math.max(0, ...conditions.map(({ lossPerMille }) => lossPerMille)),
    };
  };
  return { forth: worst(true), back: worst(false), ways: ways.length };
}

/** What sets the links to another condition, both ways unless told: only of those that are not in it yet. */
export function linkInputs(
  ends: WireEnds,
  world: World,
  change: Partial<LinkCondition>,
  isWanted: (way: { readonly isForth: boolean }) => boolean = () => true,
): readonly Input[] {
  return waysOf(ends, world)
    .filter(isWanted)
    .map(({ from, to, condition }) => ({ from, to, before: condition, condition: { ...condition, ...change } }))
    .filter(({ before, condition }) => !isSame(before, condition))
    .map(({ from, to, condition }) => ({ kind: 'setLink', from, to, condition }));
}

const isSame = (one: LinkCondition, other: LinkCondition): boolean =>
  one.isCut === other.isCut && one.extraLatencyUs === other.extraLatencyUs && one.lossPerMille === other.lossPerMille;

export function linkDeeds(ends: WireEnds, world: World): readonly Deed<LinkVerb>[] {
  const { ways } = linkState(ends, world);
  const deed = (verb: LinkVerb, inputs: readonly Input[], nothing: Refusal): Deed<LinkVerb> =>
    ways === 0 ? refused(verb, 'endIsDead') : inputs.length === 0 ? refused(verb, nothing) : possible(verb, inputs);
  const cut = { isCut: true } as const;
  return [
    deed('cut', linkInputs(ends, world, cut), 'isCut'),
    deed(
      'cutForth',
      linkInputs(ends, world, cut, ({ isForth }) => isForth),
      'isCut',
    ),
    deed(
      'cutBack',
      linkInputs(ends, world, cut, ({ isForth }) => !isForth),
      'isCut',
    ),
    deed('slow', linkInputs(ends, world, { extraLatencyUs: knotUs }), 'isSlow'),
    deed('lossy', linkInputs(ends, world, { lossPerMille: dieLossPerMille }), 'isLossy'),
    deed('mend', linkInputs(ends, world, healthyLink), 'isHealthy'),
  ];
}
