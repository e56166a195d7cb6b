/** Beside the figure: what of it is shown, how heat is measured, how large it is. */
import type { JSX } from 'react';
import { Icon } from '../marks/Icon.tsx';
import type { ViewWords } from '../words.ts';
import type { HeatMeasure, MatrixChoices } from './matrixChoices.ts';
import type { SeenPart } from './viewport.ts';

export interface MatrixControlsProps {
  readonly words: ViewWords;
  readonly choices: MatrixChoices;
  readonly onChoices: (choices: MatrixChoices) => void;
  readonly hasInternalTopics: boolean;
  readonly hasHeat: boolean;
  readonly seen: SeenPart | null;
  readonly onFit: () => void;
}

const measures: readonly HeatMeasure[] = ['lag', 'size'];

export function MatrixControls(props: MatrixControlsProps): JSX.Element | null {
  const { words, choices, onChoices, hasInternalTopics, hasHeat, seen, onFit } = props;
  const isZoomed = seen !== null && (Math.abs(seen.zoom - 1) > 0.01 || !seen.isWhole);
  if (!hasInternalTopics && !hasHeat && !isZoomed) return null;
  return (
    <div className="matrix-controls">
      {hasHeat ? (
        <fieldset className="matrix-switch">
          <legend className="visually-hidden">{words.heatMeasure}</legend>
          {measures.map((measure) => (
            <button
              key={measure}
              type="button"
              aria-pressed={choices.heatMeasure === measure}
              title={measure === 'lag' ? words.heatLagHelp : words.heatSizeHelp}
              onClick={() => onChoices({ ...choices, heatMeasure: measure })}
            >
              {measure === 'lag' ? words.heatLag : words.heatSize}
            </button>
          ))}
        </fieldset>
      ) : null}
      {hasInternalTopics ? (
        <button
          type="button"
          className="matrix-toggle"
          aria-pressed={choices.hasInternalTopics}
          title={words.internalTopicsHelp}
          onClick={() => onChoices({ ...choices, hasInternalTopics: !choices.hasInternalTopics })}
        >
          {choices.hasInternalTopics ? <Icon name="check" size={0.9} /> : null}
          {words.internalTopics}
        </button>
      ) : null}
      {isZoomed ? (
        <button type="button" className="matrix-toggle" title={words.fitHelp} onClick={onFit}>
          {words.zoom(Math.round(seen.zoom * 100))}
        </button>
      ) : null}
    </div>
  );
}
