/** What stays in sight when the figure is scrolled: names of rows and topics at the left edge, heads of racks at the upper one. */
import type { MatrixLayout } from './layout.ts';

/** `scrollX`, `scrollY`: in the figure's own pixels. */
export function pinLabels(
  root: SVGGElement,
  { columns, racks, unit: u }: MatrixLayout,
  { scrollX, scrollY }: { readonly scrollX: number; readonly scrollY: number },
): void {
  const labelsX = columns.racksX - 50 * u;
  const dx = Math.max(0, scrollX - labelsX);
  const dy = Math.max(0, scrollY - (racks[0]?.y ?? 0));
  const move = (selector: string, x: number, y: number): void => {
    for (const element of root.querySelectorAll<SVGElement>(selector)) {
      const isPinned = x > 0 || y > 0;
      element.style.transform = isPinned ? `translate(${x}px, ${y}px)` : '';
      element.classList.toggle('is-pinned', isPinned);
    }
  };
  move('.layer-rows', dx, 0);
  move('.pinned', Math.max(0, scrollX - columns.racksX + 4 * u), 0);
  move('.layer-heads', 0, dy);
  move('.layer-band', scrollX, 0);
}
