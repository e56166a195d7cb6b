/** Where one is in a figure that is shown large: a press goes there. */
import type { JSX, PointerEvent } from 'react';
import type { SeenPart } from './viewport.ts';
import { minimapFrom } from './zoom.ts';

export interface MinimapProps {
  readonly part: SeenPart;
  /** Racks and rows of the figure, in shares of it. */
  readonly parts: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** In shares of the figure. */
  readonly onLook: (x: number, y: number) => void;
}

const widthRem = 9;

/** Nothing below 150 %. For the pointer alone: the keyboard scrolls by moving the focus. */
export function Minimap({ part: seen, parts, onLook }: MinimapProps): JSX.Element | null {
  if (seen.zoom < minimapFrom || seen.isWhole) return null;
  const look = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons === 0) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    onLook((event.clientX - left) / width, (event.clientY - top) / height);
  };
  const height = 100 / seen.aspect;
  return (
    <svg
      className="minimap"
      viewBox={`0 0 100 ${height}`}
      style={{ width: `${widthRem}rem`, height: `${widthRem / seen.aspect}rem` }}
      aria-hidden="true"
      onPointerDown={look}
      onPointerMove={look}
    >
      {parts.map((box) => (
        <rect
          key={`${box.x} ${box.y}`}
          className="minimap-part"
          x={box.x * 100}
          y={box.y * height}
          width={box.width * 100}
          height={box.height * height}
        />
      ))}
      <rect
        className="minimap-seen"
        x={seen.x * 100}
        y={seen.y * height}
        width={seen.width * 100}
        height={seen.height * height}
      />
    </svg>
  );
}
