/**
 * An election is told in three beats of 300 ms: the controller's hexagon pulses; the candidates of the replica list are outlined in their
 * order; the crown lands on the chosen one. Wires take their new way last.
 */
import type { Group } from './joining.ts';
import type { MatrixLayout } from './layout.ts';
import { stripKey } from './layoutRows.ts';
import type { Motion } from './motion.ts';

const beatMs = 300;

/** Of all partitions that have another leader than in the drawing before. */
export function tellElections(root: Group, before: MatrixLayout, layout: MatrixLayout, motion: Motion): void {
  if (!motion.isMoving) return;
  const leaders = new Map(before.rows.map(({ key, partition }) => [key, partition.leader]));
  const elected = layout.rows.filter(({ key, partition }) => {
    const leader = leaders.get(key);
    return leader !== undefined && leader !== partition.leader && partition.leader >= 0;
  });
  if (elected.length === 0) return;
  const find = (selector: string): Element | null => root.node()?.querySelector(selector) ?? null;
  const hexagon = find('.rack-head .controller');
  if (hexagon !== null)
    motion.tell(
      'election',
      hexagon,
      [{ transform: 'scale(1)' }, { transform: 'scale(1.25)' }, { transform: 'scale(1)' }],
      {
        duration: beatMs,
      },
    );
  for (const { key, partition } of elected) {
    partition.replicas.forEach(({ broker }, order) => {
      const bed = find(`[data-mark="replica-${CSS.escape(stripKey(partition, broker))}"] > rect.bed`);
      const outline = { stroke: 'var(--accent)', strokeWidth: '2.5px' };
      const delay = beatMs + order * (beatMs / partition.replicas.length);
      if (bed !== null) motion.tell('election', bed, [outline, outline], { duration: 120, delay, fill: 'none' });
    });
    const crowned = find(`[data-mark="replica-${CSS.escape(stripKey(partition, partition.leader))}"] .pill--leader`);
    if (crowned !== null)
      motion.tell(
        'election',
        crowned,
        [
          { transform: 'scale(1.5)', opacity: 0 },
          { transform: 'scale(1)', opacity: 1 },
        ],
        {
          duration: 200,
          delay: 2 * beatMs,
          easing: 'cubic-bezier(0.34, 1.3, 0.64, 1)',
        },
      );
    for (const wire of layout.wires) {
      const isOwn = wire.key === `write-${key}` || wire.key.startsWith(`read-${key}-`);
      const path = isOwn ? find(`[data-wire="${CSS.escape(wire.key)}"]`) : null;
      if (path !== null)
        motion.tell('election', path, [{ opacity: 0 }, { opacity: 1 }], { duration: 160, delay: 2 * beatMs + 200 });
    }
  }
}
