/** What a card says of the links between two sides: who they are, what is under way, what a cut holds back. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { World } from '../../kernel/world.ts';
import type { ViewWords } from '../../views/words.ts';
import { partiesOf } from '../faults/parties.ts';
import type { Mark } from './mark.ts';
import type { ValueRow } from './values.ts';
import type { InspectorWords } from './words.ts';

type LinkMark = Extract<Mark, { kind: 'link' }>;

/** « Broker 0 – Broker 2 » */
export function linkName(
  { from, to }: LinkMark,
  picture: ClusterPicture,
  words: Pick<ViewWords, 'broker' | 'client'>,
): string {
  const parties = partiesOf(picture, words);
  const named = (side: readonly number[]): string =>
    side.map((id) => parties.find(({ process }) => process === id)?.name ?? `${1000 + id}`).join(', ');
  return `${named(from)} – ${named(to)}`;
}

/** Null when one side has gone. */
export function linkValues(
  { from, to }: LinkMark,
  {
    picture,
    world,
    words,
  }: { readonly picture: ClusterPicture; readonly world: World; readonly words: InspectorWords },
): readonly ValueRow[] | null {
  const isGone = (side: readonly number[]): boolean =>
    side.every((id) => (world.processes[id]?.status ?? 'exited') === 'exited');
  if (isGone(from) || isGone(to)) return null;
  const joins = (one: number, other: number): boolean =>
    (from.includes(one) && to.includes(other)) || (from.includes(other) && to.includes(one));
  const held = [...world.ends.values()]
    .filter(({ process, peerProcess }) => peerProcess !== null && joins(process, peerProcess))
    .reduce((sum, { unsent }) => sum + unsent.length, 0);
  const flying = picture.flights.filter((flight) => joins(flight.from, flight.to)).length;
  return [
    { label: words.labels.inFlight, value: `${flying}` },
    ...(held === 0 ? [] : [{ label: words.labels.heldBack, value: `${held}` }]),
  ];
}
