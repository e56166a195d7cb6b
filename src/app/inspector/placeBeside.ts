/** Where a card stands: beside its mark, inside the frame, never over the mark while there is room. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

/** `mark` in the frame's coordinates, null when it is not drawn: the card then stands at the top right. */
export function placeBeside(mark: Rect | null, frame: Size, card: Size, gap: number): { left: number; top: number } {
  const furthest = {
    left: Math.max(gap, frame.width - card.width - gap),
    top: Math.max(gap, frame.height - card.height - gap),
  };
  if (mark === null) return { left: furthest.left, top: gap };
  const right = mark.left + mark.width + gap;
  const left = mark.left - card.width - gap;
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(gap, value));
  return {
    left: right <= furthest.left ? right : left >= gap ? left : furthest.left,
    top: clamp(mark.top + mark.height / 2 - card.height / 2, furthest.top),
  };
}
