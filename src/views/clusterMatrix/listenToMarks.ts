/** Pointer and keyboard on the marks of a figure: click or Return selects, arrows go to the neighbour, the same partition lights up. */
import type { DrawnFlight } from './flights.ts';
import type { MatrixElements } from './matrixPainter.ts';
import { neighbourOf } from './roving.ts';

/** `messageAt`: the message drawn at a place of the page. The answer ends the listening. */
export function listenToMarks(
  { svg, root, frame }: MatrixElements,
  onSelect: (mark: string | null) => void,
  messageAt: (clientX: number, clientY: number) => DrawnFlight | null,
): () => void {
  const marks = (): SVGGElement[] => [...root.querySelectorAll<SVGGElement>('[data-mark]')];
  const onClick = (event: MouseEvent): void => {
    const message = messageAt(event.clientX, event.clientY);
    if (message !== null) return onSelect(`message-${message.flight.fact}`);
    onSelect(recordAt(event.target) ?? keyOf(markAt(event.target)));
  };
  const onPointerMove = (event: PointerEvent): void => {
    frame.classList.toggle('is-over-message', messageAt(event.clientX, event.clientY) !== null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const focused = markAt(event.target);
    if (focused === null) return;
    if (event.key === 'Enter' || event.key === ' ') onSelect(keyOf(focused));
    else if (event.key.startsWith('Arrow') && !event.shiftKey && !event.ctrlKey) moveFocus(marks(), focused, event.key);
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

  svg.addEventListener('click', onClick);
  svg.addEventListener('pointermove', onPointerMove);
  svg.addEventListener('pointerover', onOver);
  svg.addEventListener('pointerleave', onLeave);
  svg.addEventListener('keydown', onKeyDown);
  svg.addEventListener('focusin', onFocus);
  svg.addEventListener('focusout', onLeave);
  return () => {
    svg.removeEventListener('click', onClick);
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
