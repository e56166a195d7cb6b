/** A finger that rests on the figure asks for the menu, also where the browser does not say so itself (Safari on iOS). */
const longPressMs = 550;
/** A finger that moves further scrolls. */
const mostMovedPx = 10;

/** `onPress`: with the event of the finger's arrival. The answer ends the listening. */
export function onLongPress(element: SVGElement, onPress: (event: PointerEvent) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: PointerEvent | null = null;
  const rest = (): void => {
    clearTimeout(timer);
    start = null;
  };
  const onDown = (event: PointerEvent): void => {
    rest();
    if (event.pointerType !== 'touch') return;
    start = event;
    timer = setTimeout(() => {
      rest();
      onPress(event);
    }, longPressMs);
  };
  const onMove = ({ clientX, clientY }: PointerEvent): void => {
    if (start !== null && Math.hypot(clientX - start.clientX, clientY - start.clientY) > mostMovedPx) rest();
  };
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  for (const type of ['pointerup', 'pointercancel', 'contextmenu'] as const)
    element.addEventListener(type, rest, { signal });
  return () => {
    rest();
    listening.abort();
  };
}
