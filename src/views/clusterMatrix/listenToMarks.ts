/** Pointer and keyboard on the marks of a figure: click or Return selects, arrows go to the neighbour, the same partition lights up. */
import type { DrawnFlight } from './drawFlights.ts';
import type { AimedLink, MatrixElements } from './matrixPainter.ts';
import { onLongPress } from './onLongPress.ts';
import { neighbourOf } from './roving.ts';

/** Where a menu is to open, in the page. */
export interface MenuPlace {
  readonly clientX: number;
  readonly clientY: number;
}
export interface MarkListener {
  readonly onSelect: (mark: string | null) => void;
  readonly onMenu: (mark: string, at: MenuPlace) => void;
  /** The message drawn at a place of the page. */
  readonly messageAt: (clientX: number, clientY: number) => DrawnFlight | null;
  /** The link drawn there, within so many units. */
  readonly linkAt: (clientX: number, clientY: number, reach: number) => AimedLink | null;
  /** `0`: all of the figure, or its full size. */
  readonly onFit?: () => void;
}

/** Over a rack, whose wires cross it, a wire is meant only by who points at it well. */
const wireReach = { overRack: 4, beside: 8 } as const;

/** The answer ends the listening. */
export function listenToMarks(
  { svg, root, frame }: Pick<MatrixElements, 'svg' | 'root' | 'frame'>,
  { onSelect, onMenu, messageAt, linkAt, onFit }: MarkListener,
): () => void {
  const marks = (): SVGGElement[] => [...root.querySelectorAll<SVGGElement>('[data-mark]')];
  const linkUnder = ({ clientX, clientY, target }: MouseEvent): string | null => {
    const mark = markAt(target);
    if (mark !== null && !mark.classList.contains('rack')) return null;
    return linkAt(clientX, clientY, mark === null ? wireReach.beside : wireReach.overRack)?.mark ?? null;
  };
  const thingAt = (event: MouseEvent): string | null => {
    const message = messageAt(event.clientX, event.clientY);
    if (message !== null) return `message-${message.flight.fact}`;
    return recordAt(event.target) ?? linkUnder(event) ?? keyOf(markAt(event.target));
  };
  const onClick = (event: MouseEvent): void => onSelect(thingAt(event));
  const onPointerMove = (event: PointerEvent): void => {
    const isOverMessage = messageAt(event.clientX, event.clientY) !== null;
    frame.classList.toggle('is-over-message', isOverMessage);
    frame.classList.toggle('is-over-wire', !isOverMessage && linkUnder(event) !== null);
  };
  const openMenu = (event: MouseEvent): void => {
    const thing = thingAt(event);
    if (thing === null) return;
    event.preventDefault();
    onMenu(thing, event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const focused = markAt(event.target);
    if (focused === null) return;
    if (event.key === 'Enter' || event.key === ' ') onSelect(keyOf(focused));
    else if (event.key === '0' && onFit !== undefined) onFit();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, top, height } = (focused.querySelector('.mark-anchor') ?? focused).getBoundingClientRect();
      onMenu(keyOf(focused) ?? '', { clientX: left, clientY: top + height });
    } else if (event.key.startsWith('Arrow') && !event.shiftKey && !event.ctrlKey)
      moveFocus(marks(), focused, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: FocusEvent): void => {
    const mark = markAt(event.target);
    if (mark === null) return;
    for (const other of marks()) other.setAttribute('tabindex', other === mark ? '0' : '-1');
    lightUp(root, mark);
  };
  const onOver = (event: PointerEvent): void => lightUp(root, markAt(event.target));
  const onLeave = (): void => lightUp(root, null);

  const stopPressing = onLongPress(svg, openMenu);
  svg.addEventListener('click', onClick);
  svg.addEventListener('contextmenu', openMenu);
  svg.addEventListener('pointermove', onPointerMove);
  svg.addEventListener('pointerover', onOver);
  svg.addEventListener('pointerleave', onLeave);
  svg.addEventListener('keydown', onKeyDown);
  svg.addEventListener('focusin', onFocus);
  svg.addEventListener('focusout', onLeave);
  return () => {
    stopPressing();
    svg.removeEventListener('click', onClick);
    svg.removeEventListener('contextmenu', openMenu);
    svg.removeEventListener('pointermove', onPointerMove);
    svg.removeEventListener('pointerover', onOver);
    svg.removeEventListener('pointerleave', onLeave);
    svg.removeEventListener('keydown', onKeyDown);
    svg.removeEventListener('focusin', onFocus);
    svg.removeEventListener('focusout', onLeave);
  };
}

const markAt = (target: EventTarget | null): SVGGElement | null =>
  target instanceof Element ? target.closest<SVGGElement>('[data-mark]') : null;
const recordAt = (target: EventTarget | null): string | null =>
  target instanceof SVGElement ? (target.dataset['record'] ?? null) : null;
const keyOf = (mark: SVGGElement | null): string | null => mark?.dataset['mark'] ?? null;

function moveFocus(marks: readonly SVGGElement[], from: SVGGElement, key: string): void {
  // Of a rack, its head: its strips are marks of their own inside it.
  const boxes = marks.map((mark) => (mark.querySelector('.mark-anchor') ?? mark).getBoundingClientRect());
  marks[neighbourOf(boxes, marks.indexOf(from), key)]?.focus();
}

/** Outlines everything that is the same thing: all replicas of a partition. */
function lightUp(root: SVGGElement, mark: SVGGElement | null): void {
  const same = mark?.dataset['same'];
  for (const other of root.querySelectorAll<SVGGElement>('[data-same]'))
    other.classList.toggle('is-same', same !== undefined && other.dataset['same'] === same);
}
