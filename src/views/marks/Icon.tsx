/** An icon beside a word, or in a button that has a name of its own: never read out. */
import { iconPaths, type IconName } from './iconPaths.ts';

export function Icon({ name, size = 1.1 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="i" style={{ width: `${size}em`, height: `${size}em` }} viewBox="0 0 16 16" aria-hidden="true">
      {iconPaths[name].map((path) =>
        'stroke' in path ? (
          <path
            key={path.d}
            d={path.d}
            fill="none"
            stroke="currentColor"
            strokeWidth={path.stroke}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        ) : (
          <path key={path.d} d={path.d} fill="currentColor" />
        ),
      )}
    </svg>
  );
}
