/** Patterns and arrow heads that the figure's marks refer to. */
import type { JSX } from 'react';

export function FigureDefinitions(): JSX.Element {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="hatch-bed" />
        <path d="M0 0V6" className="hatch-line" />
      </pattern>
      <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
        <path d="M0 .8L7.5 4 0 7.2z" fill="context-stroke" />
      </marker>
    </defs>
  );
}
