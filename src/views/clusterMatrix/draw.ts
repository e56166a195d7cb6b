/** Draws the matrix: D3 joins by key, and of a mark that looks as before nothing is touched. */
import { drawProducers, drawTools } from './drawClients.ts';
import { drawGroups } from './drawGroups.ts';
import { drawHeat } from './drawHeat.ts';
import { drawLinkMarks } from './drawLinkMarks.ts';
import { drawLeaderless, drawRowLabels, drawTopicLines } from './drawRows.ts';
import { drawBand, drawRackHeads, drawRacks, drawZooKeepers } from './drawServers.ts';
import { drawStrips } from './drawStrips.ts';
import { drawPartitionLines, drawWires } from './drawWires.ts';
import type { Group, MatrixDrawing } from './joining.ts';
import { layer } from './joining.ts';
import type { MatrixLayout } from './layout.ts';

/** From the back to the front. */
const drawn = [
  ['racks', drawRacks],
  ['partitions', drawPartitionLines],
  ['wires', drawWires],
  ['zookeepers', drawZooKeepers],
  ['lines', drawTopicLines],
  ['strips', drawStrips],
  ['heat', drawHeat],
  ['leaderless', drawLeaderless],
  ['producers', drawProducers],
  ['tools', drawTools],
  ['groups', drawGroups],
  ['links', drawLinkMarks],
  ['rows', drawRowLabels],
  ['heads', drawRackHeads],
  ['band', drawBand],
  // Filled by `drawSessions`, at each frame.
  ['sessions', () => {}],
] as const satisfies readonly (readonly [
  string,
  (root: Group, layout: MatrixLayout, options: MatrixDrawing) => void,
])[];

export function drawMatrix(root: Group, layout: MatrixLayout, options: MatrixDrawing): void {
  for (const [name, draw] of drawn) draw(layer(root, name), layout, options);
}
