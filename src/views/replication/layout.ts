/**
 * One partition, every replica a row, all on one offset axis, so that a lag is a visible shift. Values to positions, in CSS pixels; nothing
 * here draws. The leader is the first row, the others follow in the order of the assignment.
 */
import type { Exchange, ReplicationPicture, ReplicationReplica } from '../../cluster/broker/pictureOfReplication.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import { stripKey } from '../clusterMatrix/layoutRows.ts';

/** What is known of the partition from its history. */
export interface ReplicationHistory {
  /** By leader epoch. */
  readonly leaders: ReadonlyMap<number, number>;
  /** By broker: its last truncation, while nothing has been copied over what it cut. */
  readonly truncations: ReadonlyMap<number, { readonly from: number; readonly to: number }>;
}

export interface EpochBand {
  readonly epoch: number;
  readonly leader: number | null;
  readonly x: number;
  readonly width: number;
  /** Its texts have room. */
  readonly isNamed: boolean;
}

export interface ReplicaRow {
  readonly key: string;
  readonly seen: ReplicationReplica;
  readonly isLeader: boolean;
  readonly y: number;
  /** Lines under the pill that have room. */
  readonly lineCount: number;
  /** Offsets that were cut, or are about to be, in the frame. */
  readonly lost: { readonly from: number; readonly to: number; readonly isCut: boolean } | null;
}

export interface ExchangeWire {
  readonly key: string;
  readonly broker: number;
  readonly exchange: Exchange;
  readonly isOutOfSync: boolean;
  /** Of the request; the answer comes back at `answerX`. */
  readonly x: number;
  readonly answerX: number;
  /** The answer is right of the request, and so are the words about it. */
  readonly isRight: boolean;
  /** Gaps between rows, from the leader's down to the follower's. */
  readonly spans: readonly (readonly [top: number, bottom: number])[];
  /** A note of what was cut stands in the gap above the follower. */
  readonly hasNoteAbove: boolean;
}

export interface ReplicationLayout extends Frame {
  readonly picture: ReplicationPicture;
  readonly history: ReplicationHistory;
  readonly labelX: number;
  readonly cellsX: number;
  readonly slotWidth: number;
  readonly first: number;
  readonly slots: number;
  readonly cellHeight: number;
  readonly bandTop: number;
  readonly bandBottom: number;
  readonly bands: readonly EpochBand[];
  readonly rows: readonly ReplicaRow[];
  readonly wires: readonly ExchangeWire[];
}

/** x of the boundary before an offset. */
export const offsetX = (
  { cellsX, first, slotWidth }: Pick<ReplicationLayout, 'cellsX' | 'first' | 'slotWidth'>,
  offset: number,
): number => cellsX + (offset - first) * slotWidth;

export function layoutReplication(
  picture: ReplicationPicture,
  history: ReplicationHistory,
  frame: Frame,
): ReplicationLayout {
  const { widthPx, heightPx, unit: u } = frame;
  const isLow = heightPx < 430 * u;
  const ordered = [...picture.replicas].sort(
    (a, b) => Number(b.replica.broker === picture.leader) - Number(a.replica.broker === picture.leader),
  );
  const cellsX = (widthPx < 620 * u ? 176 : 206) * u;
  const room = widthPx - cellsX - 8 * u;
  const slots = Math.max(5, Math.min(24, Math.floor(room / (66 * u))));
  const slotWidth = Math.min(74 * u, room / slots);
  const ends = ordered.map(({ replica }) => replica.logEndOffset);
  const cut = [...history.truncations.values()].map(({ from }) => from);
  // Two free slots at the end: where the next records go, and the word LEO.
  const first = Math.max(0, Math.max(0, ...ends, ...cut) + 2 - slots);
  const cellHeight = Math.max(20 * u, Math.min(58 * u, heightPx * 0.1));
  const top = (isLow ? 74 : 92) * u;
  const foot = (isLow ? 42 : 92) * u;
  const gaps = Math.max(1, ordered.length - 1);
  const rowGap = Math.max(cellHeight + 34 * u, Math.min(300 * u, (heightPx - top - cellHeight - foot) / gaps));
  const place = { cellsX, first, slotWidth };
  const rows = ordered.map((seen, index): ReplicaRow => {
    const { broker } = seen.replica;
    const isLast = index === ordered.length - 1;
    return {
      key: stripKey(picture, broker),
      seen,
      isLeader: broker === picture.leader,
      y: top + index * rowGap,
      lineCount: Math.max(0, Math.min(4, Math.floor(((isLast ? cellHeight + foot : rowGap) - 66 * u) / (18 * u)))),
      lost: lostIn(seen, history.truncations.get(broker), { first, slots }),
    };
  });
  const bottom = (rows.at(-1)?.y ?? top) + cellHeight;
  return {
    ...frame,
    ...place,
    picture,
    history,
    labelX: 0,
    slots,
    cellHeight,
    bandTop: 4 * u,
    bandBottom: Math.min(Math.max(heightPx - 10 * u, bottom + 30 * u), bottom + foot),
    bands: bandsOf(picture, history, { ...place, slots, unit: u }),
    rows,
    wires: wiresOf(rows, { ...place, slots, cellHeight, unit: u }),
  };
}

function lostIn(
  { replica }: ReplicationReplica,
  truncation: { readonly from: number; readonly to: number } | undefined,
  { first, slots }: { readonly first: number; readonly slots: number },
): ReplicaRow['lost'] {
  const { divergesAt } = replica;
  if (divergesAt !== null) return { from: Math.max(first, divergesAt), to: replica.logEndOffset, isCut: false };
  if (truncation === undefined || truncation.from <= replica.logEndOffset) return null;
  const from = Math.max(first, truncation.to, replica.logEndOffset);
  return { from, to: Math.min(first + slots, truncation.from), isCut: true };
}

/** Of the leader's checkpoint file; without a leader, of the replica that knows most. */
export function epochsOf({ replicas, leader }: ReplicationPicture): ReplicationReplica['epochs'] {
  const leading = replicas.find(({ replica }) => replica.broker === leader);
  if (leading !== undefined && leading.epochs.length > 0) return leading.epochs;
  return replicas.reduce<ReplicationReplica['epochs']>(
    (most, { epochs }) => ((epochs.at(-1)?.epoch ?? -1) > (most.at(-1)?.epoch ?? -1) ? epochs : most),
    [],
  );
}

function bandsOf(
  picture: ReplicationPicture,
  { leaders }: ReplicationHistory,
  { unit: u, slots, ...place }: Parameters<typeof offsetX>[0] & { readonly slots: number; readonly unit: number },
): readonly EpochBand[] {
  const epochs = epochsOf(picture);
  const last = place.first + slots;
  return epochs.flatMap(({ epoch, startOffset }, index) => {
    const from = Math.max(place.first, index === 0 ? 0 : startOffset);
    const to = Math.min(last, epochs[index + 1]?.startOffset ?? last);
    if (to <= from) return [];
    const x = offsetX(place, from) + 2 * u;
    const width = (to - from) * place.slotWidth - 4 * u;
    return [{ epoch, leader: leaders.get(epoch) ?? null, x, width, isNamed: width >= 84 * u }];
  });
}

function wiresOf(
  rows: readonly ReplicaRow[],
  {
    unit: u,
    slots,
    cellHeight,
    ...place
  }: Parameters<typeof offsetX>[0] & { readonly slots: number; readonly cellHeight: number; readonly unit: number },
): readonly ExchangeWire[] {
  const taken: number[] = [];
  return rows.flatMap(({ seen, key }, index): ExchangeWire[] => {
    const { exchange, replica } = seen;
    if (exchange === null || exchange.stage === 'paused' || index === 0) return [];
    const least = place.cellsX + 12 * u;
    const most = offsetX(place, place.first + slots) - 16 * u;
    const here = offsetX(place, exchange.fetchOffset) + 0.35 * place.slotWidth;
    let x = Math.min(most, Math.max(least + (rows.length - 2) * 30 * u, here));
    // Wires of followers at the same offset stand side by side, the farther one on the left: it crosses no words of a nearer one.
    while (taken.some((other) => Math.abs(other - x) < 26 * u) && x - 30 * u >= least) x -= 30 * u;
    taken.push(x);
    const answerGap = 1.4 * place.slotWidth;
    const isRight = x + answerGap + 260 * u < most;
    const spans = rows
      .slice(0, index)
      .map((row, at): readonly [number, number] => [row.y + cellHeight + 28 * u, rows[at + 1]!.y - 32 * u]);
    return [
      {
        key,
        broker: replica.broker,
        exchange,
        isOutOfSync: !replica.isInSync,
        x,
        answerX: isRight ? x + answerGap : Math.max(least, x - answerGap),
        isRight,
        spans: spans.filter(([from, to]) => to - from > 18 * u),
        hasNoteAbove: (rows[index - 1]?.lost ?? null) !== null,
      },
    ];
  });
}
