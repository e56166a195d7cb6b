/** The speed of playback: a logarithmic slider, and a button for the automatic one. */
import type { JSX } from 'react';
import { memo } from 'react';
import type { Language } from '../../course/courseLesson.ts';
import { countText } from '../narration/numbers.ts';
import { nearestStop, speedStops, speedText } from './speeds.ts';
import type { TimeBarWords } from './words.ts';

interface SpeedControlProps {
  readonly speed: 'auto' | number;
  readonly effectiveSpeed: number;
  readonly words: TimeBarWords;
  readonly language: Language;
  readonly onSpeed: (speed: 'auto' | number) => void;
}

export const SpeedControl = memo(function SpeedControl({
  speed,
  effectiveSpeed,
  words,
  language,
  onSpeed,
}: SpeedControlProps): JSX.Element {
  const isAutomatic = speed === 'auto';
  const shown = isAutomatic ? effectiveSpeed : speed;
  const stop = nearestStop(shown);
  return (
    <div className={isAutomatic ? 'timebar-speed automatic' : 'timebar-speed'}>
      <div className="timebar-speed-head">
        <span aria-hidden="true">{words.speed}</span>
        <span className="timebar-speed-now">
          <button
            type="button"
            aria-pressed={isAutomatic}
            aria-label={words.automaticTitle}
            title={words.automaticTitle}
            onClick={() => onSpeed(isAutomatic ? speedStops[stop]! : 'auto')}
          >
            {words.automatic}
          </button>
          <span aria-hidden="true">{isAutomatic ? ' · ' : ' '}</span>
          <b aria-hidden="true">{speedText(shown, language)}</b>
        </span>
      </div>
      <input
        type="range"
        min={0}
        max={speedStops.length - 1}
        step={1}
        value={stop}
        aria-label={words.speed}
        aria-valuetext={words.spokenSpeed(spokenSpeed(speedStops[stop]!, words, language), isAutomatic)}
        onChange={(event) => onSpeed(speedStops[Number(event.target.value)]!)}
      />
    </div>
  );
});

function spokenSpeed(speed: number, words: TimeBarWords, language: Language): string {
  if (speed === 1) return words.realSpeed;
  return speed > 1
    ? words.timesFaster(countText(speed, language))
    : words.timesSlower(countText(Math.round(1 / speed), language));
}
