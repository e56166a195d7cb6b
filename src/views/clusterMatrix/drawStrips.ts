/** A replica as a strip of records: bed, role, cells, and positions over them. Each part is drawn again only when it looks otherwise. */
import { select } from 'd3-selection';
import type { ReplicaPicture } from '../../cluster/picture.ts';
import { caretsByPartition } from './carets.ts';
import { drawCells } from './drawCells.ts';
import { drawPositions } from './drawPositions.ts';
import { drawRole } from './drawRole.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { asButton, layer, whenChanged } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import type { StripLayout } from './layoutRows.ts';
import { partitionKey } from './layoutRows.ts';

/** How a strip was drawn last: what has come since lands, what has gone fades. */
export interface ShownStrip {
  readonly replica: ReplicaPicture;
  readonly first: number;
}
const shownBefore = new WeakMap<Element, ShownStrip>();

export function drawStrips(root: Group, layout: MatrixLayout, options: MatrixDrawing): void {
  const { unit: u, isCompact } = layout;
  const { words, selected, motion } = options;
  const carets = caretsByPartition(layout.groups);
  const nodes = root
    .selectAll<SVGGElement, StripLayout>('g.strip')
    .data(layout.strips, (strip) => strip.key)
    .join('g')
    .attr('class', function keep({ replica }) {
      const kept = ['is-same', 'is-changed'].filter((name) => this.classList.contains(name));
      return ['strip mark', `strip--${replica.role}`, replica.isInSync ? '' : 'strip--out', ...kept].join(' ');
    })
    .attr('data-mark', ({ key }) => `replica-${key}`)
    .attr('data-same', ({ partition }) => partitionKey(partition));
  asButton(
    nodes,
    ({ partition, replica }) => words.replica({ topic: partition.topic, partition: partition.partition, ...replica }),
    ({ key }) => selected === `replica-${key}`,
  );
  nodes.each(function draw(strip) {
    const { replica, partition } = strip;
    const node = select<SVGGElement, unknown>(this);
    const shown = shownBefore.get(this);
    shownBefore.set(this, { replica, first: strip.first });
    if (shown !== undefined && shown.replica !== replica && isOtherLook(shown.replica, replica)) motion.changed(this);
    drawBed(node, strip, u);
    const own = replica.role === 'leader' ? (carets.get(partitionKey(partition)) ?? []) : [];
    const place = [strip.x, strip.width, strip.cellsY, strip.cellHeight, strip.cellsX, strip.first, strip.slots, u];
    whenPart(node, 'role', [...place.slice(0, 4), ...roleLook(strip), isCompact, words], (part, before) => {
      drawRole(part, strip, { u, isCompact, words });
      const wasInSync = shown?.replica.isInSync;
      const flipped = part.select<SVGGElement>('.isr').node();
      if (before !== undefined && wasInSync !== undefined && wasInSync !== replica.isInSync && flipped !== null)
        motion.tell('isr', flipped, [{ transform: 'scaleY(0)' }, { transform: 'scaleY(1)' }], { duration: 220 });
    });
    const cells = layer(node, 'cells');
    whenChanged(cells.node()!, [replica.log, replica.role, replica.divergesAt, ...place], () =>
      drawCells(cells, strip, shown, { ...options, u }),
    );
    const caretLook = own.map(({ at, group, isHollow }) => `${group}${isHollow ? '~' : ':'}${at}`).join();
    const { highWatermark, logEndOffset } = replica;
    whenPart(node, 'positions', [...place, replica.role, highWatermark, logEndOffset, caretLook], (part) =>
      drawPositions(part, strip, own, shown, { u, motion }),
    );
  });
}

const roleLook = ({ badgeY, isTight, replica }: StripLayout): readonly unknown[] => [
  badgeY,
  isTight,
  replica.role,
  replica.isInSync,
  replica.leaderEpoch,
  // The pill gives way to the wires that come down at the log's end.
  replica.role === 'leader' ? replica.logEndOffset : 0,
];

const isOtherLook = (one: ReplicaPicture, other: ReplicaPicture): boolean =>
  (['role', 'isInSync', 'leaderEpoch', 'highWatermark', 'logStartOffset', 'logEndOffset'] as const).some(
    (part) => one[part] !== other[part],
  );

/** A part of a mark, emptied and drawn again when its look is another. */
function whenPart(
  node: Group,
  name: string,
  look: readonly unknown[],
  redraw: (part: Group, before: readonly unknown[] | undefined) => void,
): void {
  const part = layer(node, name);
  whenChanged(part.node()!, look, (before) => redraw(part.text(null), before));
}

/** First in its group: what is outlined when the mark has the focus. */
function drawBed(node: Group, { x, y, width, height }: StripLayout, u: number): void {
  const found = node.select<SVGRectElement>(':scope > rect.bed');
  const bed = found.empty() ? node.insert('rect', ':first-child').attr('class', 'bed') : found;
  whenChanged(bed.node()!, [x, y, width, height], () =>
    bed
      .attr('x', x)
      .attr('y', y)
      .attr('width', width)
      .attr('height', height)
      .attr('rx', 5 * u),
  );
}
