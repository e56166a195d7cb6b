/** Keeps a card beside its mark in the frame that holds both, whenever either changes its size. */
import { placeBeside } from './placeBeside.ts';

const gapPx = 8;

/** `selected`: the mark's `data-mark`. The answer ends it. */
export function keepBeside(card: HTMLElement, selected: string): (() => void) | undefined {
  const frame = card.offsetParent;
  if (!(frame instanceof HTMLElement)) return undefined;
  const place = (): void => {
    const key = CSS.escape(selected);
    const mark = frame.querySelector(`[data-mark="${key}"], [data-link="${key}"]`)?.getBoundingClientRect();
    const origin = frame.getBoundingClientRect();
    const { left, top } = placeBeside(
      mark === undefined
        ? null
        : { left: mark.left - origin.left, top: mark.top - origin.top, width: mark.width, height: mark.height },
      { width: frame.clientWidth, height: frame.clientHeight },
      { width: card.offsetWidth, height: card.offsetHeight },
      gapPx,
    );
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  };
  place();
  const observer = new ResizeObserver(place);
  observer.observe(card);
  observer.observe(frame);
  return () => observer.disconnect();
}
