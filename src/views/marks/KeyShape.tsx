/** The shape of a key beside its name. */
import { shapePath, type KeyMark } from './keyShapes.ts';

export function KeyShape({ mark, size = 0.875 }: { readonly mark: KeyMark; readonly size?: number }) {
  return (
    <svg
      className={`i tone-${mark.tone}`}
      style={{ width: `${size}rem`, height: `${size}rem` }}
      viewBox="-12 -12 24 24"
      aria-hidden="true"
    >
      <path className="shape" d={shapePath(mark.tone)} />
    </svg>
  );
}
