/** What time does to sessions: as one nears its time-out the dashes of its wire shorten and the seconds left are told; expired, it has a cross. */
import { select } from 'd3-selection';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { appendIcon } from '../marks/appendIcon.ts';
import { textWidth } from '../marks/textWidth.ts';
import type { ViewWords } from '../words.ts';
import type { Group } from './joining.ts';
import { whenChanged } from './joining.ts';
import type { MatrixLayout, RackLayout } from './layout.ts';

/** A broker that is heard as it should be is never further from its last ping than a third of its time-out. */
const calmShare = 0.6;

interface SessionLook {
  readonly kind: 'calm' | 'nearing' | 'expired';
  /** Dashes of the wire, in sixths of their length. */
  readonly sixths: number;
  readonly secondsLeft: number;
}

/** In [0, 1]: how much of its time a session has left. */
export function sessionLook(session: RackLayout['broker']['session'], now: VirtualTimeUs): SessionLook {
  if (session?.state === 'expired') return { kind: 'expired', sixths: 1, secondsLeft: 0 };
  if (session === null || session.expiresAt === null) return { kind: 'calm', sixths: 6, secondsLeft: 0 };
  const leftMs = Math.max(0, session.expiresAt - now) / 1000;
  const share = leftMs / Math.max(1, session.timeoutMs);
  if (share >= calmShare) return { kind: 'calm', sixths: 6, secondsLeft: 0 };
  return { kind: 'nearing', sixths: Math.max(1, Math.ceil(share * 6)), secondsLeft: Math.ceil(leftMs / 1000) };
}

/** Called at every frame; touches only what looks otherwise than before. */
export function drawSessions(
  root: Group,
  wires: Group,
  { racks, unit: u }: MatrixLayout,
  now: VirtualTimeUs,
  words: ViewWords,
): void {
  root
    .selectAll<SVGGElement, RackLayout>('g.session')
    .data(
      racks.filter(({ broker }) => broker.session !== null),
      ({ broker }) => broker.broker,
    )
    .join((enter) => enter.append('g').attr('class', 'session'))
    .each(function draw({ broker, x, y, width }) {
      const { kind, sixths, secondsLeft } = sessionLook(broker.session, now);
      const middleX = x + width / 2;
      whenChanged(this, [middleX, y, kind, sixths, secondsLeft, words, u], () => {
        const node = select<SVGGElement, unknown>(this).text(null);
        const wire = wires.select<SVGPathElement>(`[data-wire="session-${broker.broker}"]`);
        wire.style('stroke-dasharray', kind === 'nearing' ? `${(0.7 * sixths * u).toFixed(1)} ${3 * u}` : '');
        if (kind === 'expired') drawSign(node, middleX, y, u);
        else if (kind === 'nearing') drawCountdown(node, words.expiresIn(secondsLeft), middleX, y, u);
      });
    });
}

function drawSign(node: Group, x: number, y: number, u: number): void {
  node
    .append('circle')
    .attr('class', 'session-bed')
    .attr('cx', x)
    .attr('cy', y)
    .attr('r', 8 * u);
  appendIcon(node, 'cross', { x: x - 6 * u, y: y - 6 * u, size: 12 * u, className: 'led-cross' });
}

function drawCountdown(node: Group, text: string, x: number, y: number, u: number): void {
  const width = (textWidth(text, { pixels: 12, weight: 650 }) + 14) * u;
  node
    .append('rect')
    .attr('class', 'session-tag')
    .attr('x', x - width / 2)
    .attr('y', y - 9 * u)
    .attr('width', width)
    .attr('height', 17 * u)
    .attr('rx', 8.5 * u);
  node
    .append('text')
    .attr('class', 't-status')
    .attr('x', x)
    .attr('y', y + 3.8 * u)
    .attr('text-anchor', 'middle')
    .text(text);
}
