/** Where an arrow key goes from a mark: the nearest one in that direction. */
export interface MarkBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Index of the neighbour; `from` itself where there is none. What lies aside counts three times as far as what lies ahead. */
export function neighbourOf(boxes: readonly MarkBox[], from: number, key: string): number {
  const own = boxes[from];
  if (own === undefined) return 0;
  const middle = ({ x, y, width, height }: MarkBox): readonly [number, number] => [x + width / 2, y + height / 2];
  const [x, y] = middle(own);
  let nearest = from;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, index) => {
    if (index === from) return;
    const [otherX, otherY] = middle(box);
    const [dx, dy] = [otherX - x, otherY - y];
    const ahead = key === 'ArrowRight' ? dx : key === 'ArrowLeft' ? -dx : key === 'ArrowDown' ? dy : -dy;
    const aside = Math.abs(key === 'ArrowRight' || key === 'ArrowLeft' ? dy : dx);
    if (ahead <= 1) return;
    const distance = ahead + 3 * aside;
    if (distance < least) {
      least = distance;
      nearest = index;
    }
  });
  return nearest;
}
