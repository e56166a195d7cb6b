/** How slow a link is and how much it loses, on two sliders: carried out when a slider is let go, so that one gesture is one deed. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { Input } from '../../kernel/input.ts';
import type { World } from '../../kernel/world.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import { linkInputs, linkState } from './linkDeeds.ts';
import type { FaultWords } from './words.ts';

/** Milliseconds added to each flight. */
const latencies = [0, 5, 20, 50, 100, 200, 500, 800, 1500, 3000, 6000, 10_000] as const;
/** Of 1 000 flights. */
const losses = [0, 10, 50, 100, 200, 300, 500, 700, 900, 1000] as const;

export function LinkSliders({
  ends,
  world,
  words,
  onAct,
}: {
  readonly ends: WireEnds;
  readonly world: World;
  readonly words: FaultWords;
  readonly onAct: (inputs: readonly Input[]) => void;
}): JSX.Element {
  const { forth, back, ways } = linkState(ends, world);
  return (
    <div className="fault-sliders">
      <Slider
        label={words.latency}
        stops={latencies}
        value={Math.round(Math.max(forth.extraLatencyUs, back.extraLatencyUs) / 1000)}
        text={words.milliseconds}
        isDisabled={ways === 0}
        onSet={(ms) => onAct(linkInputs(ends, world, { extraLatencyUs: ms * 1000 }))}
      />
      <Slider
        label={words.loss}
        stops={losses}
        value={Math.max(forth.lossPerMille, back.lossPerMille)}
        text={words.percent}
        isDisabled={ways === 0}
        onSet={(perMille) => onAct(linkInputs(ends, world, { lossPerMille: perMille }))}
      />
    </div>
  );
}

function Slider({
  label,
  stops,
  value,
  text,
  isDisabled,
  onSet,
}: {
  readonly label: string;
  readonly stops: readonly number[];
  readonly value: number;
  readonly text: (value: number) => string;
  readonly isDisabled: boolean;
  readonly onSet: (value: number) => void;
}): JSX.Element {
  // While it is held, where it is held; then what the link has.
  const [held, setHeld] = useState<number | null>(null);
  const shown = held ?? value;
  const letGo = (): void => {
    if (held === null) return;
    setHeld(null);
    if (held !== value) onSet(held);
  };
  return (
    <label className="fault-slider">
      <span>{label}</span>
      <input
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={nearestStop(stops, shown)}
        disabled={isDisabled}
        aria-valuetext={text(shown)}
        onChange={(event) => setHeld(stops[Number(event.target.value)] ?? 0)}
        onPointerUp={letGo}
        onKeyUp={letGo}
        onBlur={letGo}
      />
      <output>{text(shown)}</output>
    </label>
  );
}

function nearestStop(stops: readonly number[], value: number): number {
  let nearest = 0;
  stops.forEach((stop, index) => {
    if (Math.abs(stop - value) < Math.abs((stops[nearest] ?? 0) - value)) nearest = index;
  });
  return nearest;
}
