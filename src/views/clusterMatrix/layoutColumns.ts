/** Where the columns of the matrix stand: producers, row labels, one rack for each broker, lanes, groups. */
import type { BrokerPicture } from '../../cluster/picture.ts';
import type { Box, Frame } from './geometry.ts';

export interface RackLayout extends Box {
  readonly broker: BrokerPicture;
  readonly headHeight: number;
}
export interface Columns {
  /** Wider than the frame when racks have their least width. */
  readonly contentWidth: number;
  readonly pad: number;
  readonly producersWidth: number;
  readonly racksX: number;
  readonly racksRight: number;
  readonly rackWidth: number;
  readonly rackGap: number;
  readonly groupsX: number;
  readonly groupsWidth: number;
  /** The vertical line from which writes go into their rows. */
  readonly busX: number;
}

/** Narrower than this a rack does not get: the figure scrolls sideways instead. */
const leastRackUnits = 150;

export function layoutColumns(brokers: readonly BrokerPicture[], { widthPx, unit: u, isCompact }: Frame): Columns {
  const isNarrow = widthPx < 900 * u;
  const isTight = isCompact || isNarrow;
  const rackGap = (isCompact ? 10 : 13) * u;
  const pad = 12 * u;
  const producersWidth = (isTight ? 120 : 176) * u;
  const isWide = brokers.length < 3 && !isNarrow;
  const leftGutter = (isWide ? 110 : isTight ? 70 : 96) * u;
  const rightGutter = (isTight ? 46 : 74) * u;
  const groupsWidth = (isTight ? 156 : 210) * u;
  const racksX = pad + producersWidth + leftGutter;
  const count = Math.max(1, brokers.length);
  const room = widthPx - racksX - rightGutter - groupsWidth - pad;
  const rackWidth = Math.max(leastRackUnits * u, (room - rackGap * (count - 1)) / count);
  const racksRight = racksX + rackWidth * count + rackGap * (count - 1);
  const groupsX = racksRight + rightGutter;
  return {
    contentWidth: Math.max(widthPx, groupsX + groupsWidth + pad),
    pad,
    producersWidth,
    racksX,
    racksRight,
    rackWidth,
    rackGap,
    groupsX,
    groupsWidth,
    busX: pad + producersWidth + leftGutter * 0.16,
  };
}
